"""Relay pages: 25 by default, 25 at most, cursors that only this server understands."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.sandbox.simulator import Refused

PAGE_CAP = 25

# How a cursor tells the place behind it, by the switch ``cursors``; and how far apart the numbers of two places are.
_TELLING = {"place": "", "opaque": "item:", "numbers": ""}
_APART = {"place": 1, "opaque": 1, "numbers": 1000}


@dataclass(frozen=True, slots=True)
class PageInfo:
    end_cursor: str | None
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """What the caller asked for."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


class Page:
    """One page of ``items``; ``start`` is the place of its first node among all of them."""

    total_amount = None

    def __init__(self, nodes: Sequence[Any], start: int, total: int, *, cursors: str = "place") -> None:
        self.nodes = list(nodes)
        self.total_nodes = total
        self.edges = [
            {"cursor": write_cursor(start + place, cursors), "node": node} for place, node in enumerate(nodes)
        ]
        self.page_info = PageInfo(
            end_cursor=self.edges[-1]["cursor"] if self.edges else None,
            has_next_page=start + len(self.nodes) < total,
            has_previous_page=start > 0 and bool(self.nodes),
            start_cursor=self.edges[0]["cursor"] if self.edges else None,
        )


def cut_page(items: Sequence[Any], window: Window, *, cap: str, cursors: str = "place") -> Page:
    """``cap`` says what becomes of more than 25: ``reject`` or ``clamp``. Raises Refused."""
    first, last = (_size(name, getattr(window, name), cap) for name in ("first", "last"))
    if first is None and last is None:
        first = PAGE_CAP
    start = 0 if window.after is None else min(_read_cursor(window.after, cursors), len(items))
    end = len(items) if window.before is None else max(start, _read_cursor(window.before, cursors) - 1)
    end = min(end, len(items))
    if first is not None:
        end = min(end, start + first)
    if last is not None:
        start = max(start, end - last)
    return Page(items[start:end], start, len(items), cursors=cursors)


def silent_page(items: Sequence[Any], *, total: str) -> Page:
    """The page of a server that throttles without a word: nothing on it, and nothing after it."""
    page = Page([], 0, 0)
    page.total_nodes = len(items) if total == "real" else 0
    return page


def write_cursor(place: int, form: str = "place") -> str:
    """The cursor of the item at this place, counted from 0: the first one's is ``MQ``."""
    told = f"{_TELLING[form]}{(place + 1) * _APART[form]}"
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def _read_cursor(cursor: str, form: str) -> int:
    try:
        told = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        place = int(told.removeprefix(_TELLING[form])) // _APART[form]
    except (NotBase64, ValueError) as unknown:
        raise Refused(f"Invalid cursor: {cursor!r}", 400) from unknown
    return max(place, 0)


def _size(name: str, wanted: int | None, cap: str) -> int | None:
    if wanted is None:
        return None
    if wanted < 0:
        raise Refused(f"`{name}` must not be negative", 400)
    if wanted > PAGE_CAP and cap == "reject":
        raise Refused(f"`{name}` must not be greater than {PAGE_CAP}", 400)
    return min(wanted, PAGE_CAP)
