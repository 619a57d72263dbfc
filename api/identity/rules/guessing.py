"""How guessing is slowed (L4)."""

from datetime import timedelta

FREE_FAILURES = 5
LONGEST_BLOCK = timedelta(minutes=15)


def block_after(failures: int) -> timedelta:
    """How long a subject waits after this many failures in a row: nothing for the first five, then 2 s doubling to 15 minutes."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE_FAILURES + 1, 12)), LONGEST_BLOCK)
