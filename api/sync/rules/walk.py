"""Walking a list that moves while it is walked: where the next page begins, and when the end is reached.

The list is read in id order, so what is placed meanwhile comes last and shifts nothing. A row that appears further in
front (an order that was approved) repeats rows, which costs nothing. A row that leaves pulls the next page over one that
was not read: the total then went down, and the walk goes back by a page. What even that cannot see is found by counting.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final

# Rows asked for at a time; a platform may give fewer.
PAGE: Final = 100
# In one walk: a total that goes up and down with every call must not keep it from ending.
MOST_STEPS_BACK: Final = 5


@dataclass(frozen=True, slots=True)
class Walk:
    """`offset` is the next row to ask for, `total` what the platform claimed last, None before the first page."""

    offset: int = 0
    total: int | None = None


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What a page says about the walk. `keys` are those of its rows; `is_last` is the platform's word."""

    keys: Sequence[Hashable]
    total: int
    is_last: bool


def went_back(walk: Walk, page: PageSeen) -> bool:
    """Whether rows may have slipped past unread between the page before and this one."""
    return walk.total is not None and walk.offset > 0 and page.total < walk.total


def advance(walk: Walk, page: PageSeen, *, steps_back: int = 0) -> Walk | None:
    """The walk after this page, None at the end. `steps_back` counts the times it went back already.

    Rows are counted once however often a page repeats them: a doubled row must not stand for one that was not read.
    """
    if steps_back < MOST_STEPS_BACK and went_back(walk, page):
        return Walk(max(0, walk.offset - PAGE), page.total)
    reached = walk.offset + len(set(page.keys))
    if not page.keys or (page.is_last and reached >= page.total):
        return None
    return Walk(reached, page.total)
