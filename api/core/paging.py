"""Keyset pages: a signed cursor on (sort key, id) that carries the filters it was made for, both ways."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

import orjson
from fastapi import Query
from pydantic import Field

from api.core.problems import Problem
from api.core.schema import Wire

Row = TypeVar("Row")
Shown = TypeVar("Shown")
Direction = Literal["next", "prev"]

Limit = Annotated[int, Query(ge=1, le=100, description="Rows a page.")]
CursorText = Annotated[str | None, Query(max_length=1000, description="From `next_cursor` or `prev_cursor`.")]


class InvalidCursor(Problem):
    """This cursor is not one of ours, or belongs to another list, sort order or filter. Start again without it."""

    status = 400


class Page(Wire, Generic[Shown]):
    """One page of a list. A cursor is null at its end of the list."""

    data: list[Shown]
    has_more: bool
    next_cursor: str | None
    prev_cursor: str | None
    total_count: int | None = Field(
        default=None, description="Only with `include=total_count`; capped at 10,001."
    )


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page starts: the sort values of the row before it (next) or behind it (prev)."""

    direction: Direction
    values: tuple[Any, ...]


class Cursors:
    """Makes and checks cursors. The signature covers the list's name and filters, so that none works elsewhere."""

    def __init__(self, key: str) -> None:
        self._key = hashlib.sha256(b"cursor\0" + key.encode()).digest()

    def read(self, text: str | None, *, listing: str, filters: Mapping[str, Any]) -> Position | None:
        """The position in `text`; None for the first page; raises `InvalidCursor`."""
        if text is None:
            return None
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            payload, signature = raw[:-16], raw[-16:]
            if not hmac.compare_digest(signature, self._sign(payload, listing, filters)):
                raise InvalidCursor
            direction, values = orjson.loads(payload)
            return Position(direction=direction, values=tuple(values))
        except (ValueError, TypeError):
            raise InvalidCursor from None

    def write(
        self, direction: Direction, values: Sequence[Any], *, listing: str, filters: Mapping[str, Any]
    ) -> str:
        payload = orjson.dumps([direction, list(values)])
        return base64.urlsafe_b64encode(payload + self._sign(payload, listing, filters)).decode().rstrip("=")

    def _sign(self, payload: bytes, listing: str, filters: Mapping[str, Any]) -> bytes:
        scope = orjson.dumps([listing, dict(filters)], option=orjson.OPT_SORT_KEYS, default=str)
        return hmac.new(self._key, scope + b"\0" + payload, hashlib.sha256).digest()[:16]

    def page(
        self,
        rows: Sequence[Row],
        *,
        limit: int,
        position: Position | None,
        listing: str,
        filters: Mapping[str, Any],
        key: Callable[[Row], Sequence[Any]],
        show: Callable[[Row], Shown],
        total_count: int | None = None,
    ) -> Page[Shown]:
        """Make a page of `limit + 1` rows that were read in the direction of `position` (prev = reversed order)."""
        backwards = position is not None and position.direction == "prev"
        more = len(rows) > limit
        kept = list(rows[:limit])
        if backwards:
            kept.reverse()
        has_next = more if not backwards else True
        has_prev = (position is not None) if not backwards else more

        def cursor(direction: Direction, row: Row) -> str:
            return self.write(direction, key(row), listing=listing, filters=filters)

        return Page[Any](
            data=[show(row) for row in kept],
            has_more=has_next and bool(kept),
            next_cursor=cursor("next", kept[-1]) if kept and has_next else None,
            prev_cursor=cursor("prev", kept[0]) if kept and has_prev else None,
            total_count=total_count,
        )
