"""The calendar of the dashboard: days of the shop, none left out."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def last_days(now: datetime, zone: ZoneInfo, days: int) -> list[date]:
    """The last so many days in the shop's time zone, today last."""
    today = now.astimezone(zone).date()
    return [today - timedelta(days=days - 1 - number) for number in range(days)]


def fill_days(days: list[date], counts: Mapping[date, int]) -> list[tuple[date, int]]:
    """Every day with its count; a day without orders has 0."""
    return [(day, counts.get(day, 0)) for day in days]
