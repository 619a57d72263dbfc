"""Nicknames and dates of new invoices, made from what a shop chose."""

from datetime import date, datetime, time, timedelta
from string import Formatter
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PATTERN_FIELDS = frozenset({"store", "date"})
PRODUCTION_HOUR = time(17, 0)


def is_pattern(pattern: str) -> bool:
    """Whether a nickname pattern names nothing but {store} and {date}."""
    try:
        return all(
            name is None or (name in PATTERN_FIELDS and not spec and not conversion)
            for _, name, spec, conversion in Formatter().parse(pattern)
        )
    except ValueError:
        return False


def make_nickname(pattern: str, *, store: str, on: date) -> str:
    """The name of a new invoice, at most 120 characters."""
    return pattern.format(store=store, date=on.isoformat())[:120]


def zone_of(name: str) -> ZoneInfo:
    """The shop's time zone; UTC when its name is unknown here."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def due_dates(
    now: datetime, zone: ZoneInfo, *, customer_days: int, production_days: int
) -> tuple[date, datetime]:
    """(customer due date, production due moment at 17:00), both counted in the shop's own days."""
    today = now.astimezone(zone).date()
    production = datetime.combine(today + timedelta(days=production_days), PRODUCTION_HOUR, tzinfo=zone)
    return today + timedelta(days=customer_days), production
