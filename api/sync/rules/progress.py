"""How far a reading is, for the bar that people watch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

Walked = Literal["recent", "changes", "history"]


def progress(
    state: str, *, expected: int | None, seen: int, details_expected: int, details_read: int
) -> float:
    """0 to 1; only a reading that succeeded is at 1. A detail counts like an entry of the list."""
    if state == "succeeded":
        return 1.0
    whole = (expected or 0) + details_expected
    done = min(seen, expected or 0) + min(details_read, details_expected)
    return min(0.99, round(done / whole, 3)) if whole else 0.0


def entries_seen(
    placed: Sequence[datetime], walked: Walked, *, is_first_import: bool, recent_since: datetime | None
) -> int:
    """How many of a page's entries count as seen, given when they were placed.

    A first import is on its way to the whole list: what changes meanwhile counts for nothing, and orders that a walk
    over the recent ones (`recent_since`) met already do not count again.
    """
    if not is_first_import or walked == "recent":
        return len(placed)
    if walked == "changes":
        return 0
    return len(placed) if recent_since is None else sum(moment < recent_since for moment in placed)
