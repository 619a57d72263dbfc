"""Printavo's time zones as IANA names. It is written in Rails, whose own names may come instead."""

from collections.abc import Mapping
from functools import cache
from typing import Final
from zoneinfo import available_timezones

_FALLBACK: Final = "UTC"

# Rails' names of the zones where its shops are; any other unknown name counts as UTC.
_RAILS: Final[Mapping[str, str]] = {
    "Hawaii": "Pacific/Honolulu",
    "Alaska": "America/Juneau",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Tijuana": "America/Tijuana",
    "Mountain Time (US & Canada)": "America/Denver",
    "Arizona": "America/Phoenix",
    "Chihuahua": "America/Chihuahua",
    "Mazatlan": "America/Mazatlan",
    "Central Time (US & Canada)": "America/Chicago",
    "Saskatchewan": "America/Regina",
    "Guadalajara": "America/Mexico_City",
    "Mexico City": "America/Mexico_City",
    "Monterrey": "America/Monterrey",
    "Central America": "America/Guatemala",
    "Eastern Time (US & Canada)": "America/New_York",
    "Indiana (East)": "America/Indiana/Indianapolis",
    "Bogota": "America/Bogota",
    "Lima": "America/Lima",
    "Quito": "America/Lima",
    "Atlantic Time (Canada)": "America/Halifax",
    "Caracas": "America/Caracas",
    "Puerto Rico": "America/Puerto_Rico",
    "Santiago": "America/Santiago",
    "Newfoundland": "America/St_Johns",
    "Brasilia": "America/Sao_Paulo",
    "Buenos Aires": "America/Argentina/Buenos_Aires",
    "Dublin": "Europe/Dublin",
    "London": "Europe/London",
    "Edinburgh": "Europe/London",
    "Lisbon": "Europe/Lisbon",
    "Amsterdam": "Europe/Amsterdam",
    "Berlin": "Europe/Berlin",
    "Madrid": "Europe/Madrid",
    "Paris": "Europe/Paris",
    "Rome": "Europe/Rome",
    "Perth": "Australia/Perth",
    "Adelaide": "Australia/Adelaide",
    "Brisbane": "Australia/Brisbane",
    "Melbourne": "Australia/Melbourne",
    "Sydney": "Australia/Sydney",
    "Auckland": "Pacific/Auckland",
    "Wellington": "Pacific/Auckland",
}


def iana_zone(name: str) -> str:
    """The IANA name of a zone given by its IANA or Rails name; UTC when it is neither."""
    name = name.strip()
    if name in _RAILS:
        return _RAILS[name]
    return name if name in _known() else _FALLBACK


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())
