"""The one clock of the sandboxes, and how its instants are written down."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant in UTC, without microseconds below the millisecond (what the ledger can hold)."""
    instant = datetime.now(UTC)
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
