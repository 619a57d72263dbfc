"""How long sessions last and how guessing is slowed (L4)."""

from datetime import datetime, timedelta

IDLE = timedelta(days=7)
ABSOLUTE = timedelta(days=30)
# A session's last use is written at most this often: reading a page is not a write.
TOUCH = timedelta(minutes=5)

FREE_FAILURES = 5
LONGEST_BLOCK = timedelta(minutes=15)


def block_after(failures: int) -> timedelta:
    """How long a subject waits after this many failures in a row: nothing for the first five, then 2 s doubling to 15 minutes."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_FAILURES + 1, 12)), LONGEST_BLOCK)


def is_usable(
    now: datetime, *, last_seen_at: datetime, expires_at: datetime, ended_at: datetime | None
) -> bool:
    """A session that has not ended, not idled too long and is not too old."""
    return ended_at is None and now < expires_at and now - last_seen_at < IDLE
