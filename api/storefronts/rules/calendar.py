"""The calendar of the dashboard: days of the shop, none left out."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = 30


def last_days(now: datetime, zone: ZoneInfo) -> list[date]:
    """The last 30 days in the shop's time zone, today last."""
    today = now.astimezone(zone).date()
    return [today - timedelta(days=DAYS - 1 - number) for number in range(DAYS)]


def begin_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day begins in the shop."""
    return datetime.combine(day, time(), zone)


def fill_days(days: list[date], counts: Mapping[date, int]) -> list[tuple[date, int]]:
    """Every day with its count; a day without orders has 0."""
    return [(day, counts.get(day, 0)) for day in days]
