"""How far the account's clock is from UTC, for dates that do not say it: measured, because no field tells it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final

STEP: Final = timedelta(minutes=15)
# By how much UTC is ahead of the clocks of the world, in steps.
EARLIEST_STEPS: Final = timedelta(hours=-14) // STEP
LATEST_STEPS: Final = timedelta(hours=12) // STEP


async def measure_offset(
    written: datetime, is_placed_since: Callable[[datetime], Awaitable[bool]]
) -> timedelta:
    """Local time minus UTC, to the quarter of an hour, from an order's date without offset.

    The filter by dates takes an offset, so it knows the real moment: two questions when the clock is UTC, at most nine
    otherwise. A date with an offset, and a filter that finds the order nowhere, count as UTC.
    """
    if written.tzinfo is not None:
        return timedelta(0)
    as_utc = written.replace(tzinfo=UTC)
    if await is_placed_since(as_utc):
        if not await is_placed_since(as_utc + STEP):
            return timedelta(0)
        low, high = 1, LATEST_STEPS
    else:
        low, high = EARLIEST_STEPS, -1
        if not await is_placed_since(as_utc + low * STEP):
            return timedelta(0)
    # The last moment since which the order was placed, in steps: it was so at `low`.
    while low < high:
        middle = (low + high + 1) // 2
        if await is_placed_since(as_utc + middle * STEP):
            low = middle
        else:
            high = middle - 1
    return -low * STEP
