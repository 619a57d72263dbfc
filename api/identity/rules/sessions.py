"""How long sessions last."""

from datetime import datetime, timedelta

IDLE = timedelta(days=7)
ABSOLUTE = timedelta(days=30)
# A session's last use is written at most this often: reading a page is not a write.
TOUCH = timedelta(minutes=5)


def is_usable(
    now: datetime, *, last_seen_at: datetime, expires_at: datetime, ended_at: datetime | None
) -> bool:
    """A session that has not ended, not idled too long and is not too old."""
    return ended_at is None and now < expires_at and now - last_seen_at < IDLE


def shown_agent(header: str) -> str:
    """What a browser calls itself, as people are shown it: printable, at most 200 characters."""
    return "".join(character for character in header if character.isprintable())[:200].strip()
