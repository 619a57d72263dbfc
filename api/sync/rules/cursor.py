"""Where reading a link stands, and what is read next."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from api.sync.rules.walk import Walk

# An account with more orders is read from the share date on first, so that its feed need not wait for its history.
RECENT_FIRST_ABOVE: Final = 1000
# How often the platform is asked how many orders it has in all.
COUNT_EVERY: Final = timedelta(hours=1)

Phase = Literal["recent", "changes"]


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the list that is being walked: orders placed (`recent`) or changed (`changes`) since then.

    `since` and `platform_at` (its first answer) are the platform's time, `started_at` is ours.
    """

    phase: Phase
    since: datetime
    started_at: datetime
    walk: Walk = field(default_factory=Walk)
    platform_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """`history` is None once every order was listed. `modified_through` is None until nothing older can be missed.

    `platform_through` is the same moment by the platform's clock: it alone says since when changes are asked for, so
    that a worker whose clock is ahead skips nothing. `began_at` is the first call of all; `missing` how many orders the
    platform counted that no walk could find; `step` the fence between two readers; `reread_after` the last open order
    that was read again; `reconciliation_id` the comparison that the walk of the history serves.
    """

    step: int = 0
    began_at: datetime | None = None
    window: Window | None = None
    modified_through: datetime | None = None
    platform_through: datetime | None = None
    history: Walk | None = field(default_factory=Walk)
    counted_at: datetime | None = None
    missing: int = 0
    reread_after: UUID | None = None
    reread_at: datetime | None = None
    compared_at: datetime | None = None
    reconciliation_id: UUID | None = None

    @property
    def history_comes_first(self) -> bool:
        """A first reading starts with a page of the history, which tells the total, and goes on with it if it is short."""
        if self.window is not None or self.modified_through is not None or self.history is None:
            return False
        return self.history.total is None or self.history.total <= RECENT_FIRST_ABOVE


def window_is_due(cursor: Cursor, *, run_started_at: datetime, interval: timedelta, now: datetime) -> bool:
    """Every run reads what changed at least once after it was asked for; a long one again and again."""
    through = cursor.modified_through
    if cursor.window is not None or through is None:
        return True
    return through < run_started_at or now - through >= interval


def next_window(cursor: Cursor, *, share_from: datetime, overlap: timedelta, now: datetime) -> Window:
    """What to walk next: the rest of a walk that was broken off, else what changed, else what is shared.

    A platform that never tells its time is asked for everything that is shared, every time: slow, and nothing is lost.
    """
    if cursor.window is not None:
        return cursor.window
    if cursor.modified_through is None:
        return Window("recent", share_from, now)
    since = share_from if cursor.platform_through is None else cursor.platform_through - overlap
    return Window("changes", since, now)


def after_window(cursor: Cursor, window: Window, walk: Walk | None, *, told_at: datetime | None) -> Cursor:
    """The cursor after a page of the window. Its end moves both clocks' moments to when it began.

    Ours never moves back: it only says when to ask. The platform's is what its first answer said, whatever was said
    before: a server of theirs that was ahead for one answer must not keep the next one from looking back.
    """
    window = replace(window, platform_at=window.platform_at or told_at)
    if walk is not None:
        return replace(cursor, window=replace(window, walk=walk))
    through = max(cursor.modified_through or window.started_at, window.started_at)
    platform_through = window.platform_at or cursor.platform_through
    return replace(cursor, window=None, modified_through=through, platform_through=platform_through)


def after_history_page(
    cursor: Cursor, walk: Walk | None, *, told_at: datetime | None, now: datetime
) -> Cursor:
    """The cursor after a page of the history. The first answer of all is since when changes are looked for."""
    return replace(
        cursor,
        history=walk,
        began_at=cursor.began_at or now,
        platform_through=cursor.platform_through or told_at,
    )


def after_history(cursor: Cursor, *, total: int, stored: int, now: datetime) -> Cursor:
    """The end of the history. If more is missing than any walk left missing before, everything is walked once more."""
    missing = max(0, total - stored)
    return replace(
        cursor,
        history=Walk() if missing > cursor.missing else None,
        modified_through=cursor.modified_through or cursor.began_at or now,
        missing=missing,
        counted_at=now,
        reread_at=cursor.reread_at or now,
        compared_at=cursor.compared_at or now,
    )


def count_is_due(cursor: Cursor, *, asked_at: datetime | None, now: datetime) -> bool:
    """Hourly, and when a person asks for a reading. While the history is being walked, its own end counts."""
    if cursor.history is not None:
        return False
    since = now - COUNT_EVERY if asked_at is None else asked_at
    return cursor.counted_at is None or cursor.counted_at <= since


def after_count(cursor: Cursor, *, total: int, stored: int, now: datetime) -> Cursor:
    """Walk everything again when the platform counts more orders than are stored, beyond those that no walk found."""
    walk_again = max(0, total - stored) > cursor.missing
    # What was found since is not missing any more: the next order that slips past must not hide behind it.
    missing = min(max(0, total - stored), cursor.missing)
    return replace(cursor, counted_at=now, history=Walk() if walk_again else None, missing=missing)
