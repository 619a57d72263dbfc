"""The one clock of the sandboxes, which a test may set ahead, and how its instants are written down."""

from datetime import UTC, datetime, timedelta


class _Clock:
    """The real clock, so far ahead. In memory only: a restarted sandbox runs with the real one again."""

    ahead = timedelta(0)


def ahead() -> timedelta:
    """How far this sandbox runs ahead of the real clock."""
    return _Clock.ahead


def set_ahead(by: timedelta) -> None:
    """Run so far ahead of the real clock from now on."""
    _Clock.ahead = by


def now() -> datetime:
    """The present instant in UTC, without microseconds below the millisecond (what the ledger can hold)."""
    instant = datetime.now(UTC) + _Clock.ahead
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def stamp(instant: datetime) -> str:
    """``2030-04-01T14:03:22.123Z``: always UTC, always milliseconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def parse_stamp(text: str) -> datetime:
    """The inverse of ``stamp``. Raises ValueError when the text has no offset."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    return instant.astimezone(UTC)
