"""InkSoft's instants as UTC: with an offset they say it themselves, without one they are the account's local time."""

from datetime import UTC, datetime, timedelta

LATEST = datetime(9999, 12, 31, tzinfo=UTC)


def as_utc(moment: datetime, offset: timedelta) -> datetime:
    """`offset` is local time minus UTC (-5 h for New York in winter) and counts for naive moments only."""
    try:
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC) - offset
    except OverflowError:  # the last day of year 9999, another way to say "never"
        return LATEST


def as_utc_if_any(moment: datetime | None, offset: timedelta) -> datetime | None:
    return None if moment is None else as_utc(moment, offset)
