"""When orders come in: the year of a spirit-wear shop, counted back from the seed's instant."""

from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

# Of a hundred orders in a year, January to December.
MONTHS = (4, 5, 7, 9, 9, 6, 7, 14, 13, 9, 10, 7)
DAYS_BACK = 425  # fourteen months
_MINUTES = 24 * 60


def order_instants(random: Random, until: datetime, how_many: int) -> list[datetime]:
    """``how_many`` instants in the fourteen months before ``until``, by the year's mix, oldest first."""
    days = [until - timedelta(days=back) for back in range(DAYS_BACK, 0, -1)]
    weights = list(accumulate(MONTHS[day.month - 1] for day in days))
    picked = random.choices(days, cum_weights=weights, k=how_many)
    return sorted(
        day + timedelta(minutes=_minute_of_day(random, day), seconds=random.randrange(60)) for day in picked
    )


def _minute_of_day(random: Random, day: datetime) -> int:
    """Shoppers order in the afternoon and evening; offset within the 24 hours that end a day after ``day``."""
    wanted = int(random.triangular(0, _MINUTES - 1, 20 * 60))
    return (wanted - day.hour * 60 - day.minute) % (_MINUTES - 1)
