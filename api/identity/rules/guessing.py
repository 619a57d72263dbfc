"""How guessing is slowed (L4)."""

from datetime import timedelta

FREE = 5
# Behind one address there can be a whole shop, whose people mistype as others do.
FREE_OF_AN_ADDRESS = 30
LONGEST_BLOCK = timedelta(minutes=15)


def block_after(failures: int, *, free: int = FREE) -> timedelta:
    """How long a subject waits after this many failures in a row: nothing for the free ones, then 2 s doubling to 15 minutes."""
    if failures < free:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - free + 1, 12)), LONGEST_BLOCK)
