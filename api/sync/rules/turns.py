"""What is read again without being told to: open orders by the hour, the whole list by night."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from api.settings.rules.choices import zone_of
from api.sync.rules.cursor import Cursor

# The hour of the shop's night at which its comparison may begin; shops take their turns over the hours that follow.
NIGHT: Final = timedelta(hours=1)
SPREAD: Final = 1 / 6
_EPOCH: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a shop's own wall clock


def reread_is_due(cursor: Cursor, *, every: timedelta, now: datetime) -> bool:
    """Once everything was listed, every so often. A last time that lies in the future was another machine's clock."""
    if cursor.history is not None:
        return False
    return cursor.reread_at is None or abs(now - cursor.reread_at) >= every


def comparison_is_due(
    cursor: Cursor, *, every: timedelta, time_zone: str, workspace_id: UUID, now: datetime
) -> bool:
    """Once a night, wherever the shop is, and not in the first half of the time between two.

    Workspaces have their own minute, so that not all of a zone ask at once.
    """
    if cursor.history is not None:
        return False
    last = cursor.compared_at
    if last is None:
        return True
    own = NIGHT + every * SPREAD * (workspace_id.int % 1000 / 1000)
    zone = zone_of(time_zone)
    return abs(now - last) >= every / 2 and _night(now, zone, own, every) != _night(last, zone, own, every)


def _night(moment: datetime, zone: ZoneInfo, own: timedelta, every: timedelta) -> int:
    """The number of the night (or of the time between two comparisons) that a moment belongs to."""
    local = moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    return (local - own - _EPOCH) // every
