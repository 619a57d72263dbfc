"""Cents from the wire's floats and back. Printavo speaks dollars as floats, derived ones with binary noise."""

from decimal import ROUND_HALF_UP, Decimal
from math import inf, nextafter

_CENT = Decimal("0.01")


def to_cents(dollars: float) -> int:
    """Whole cents, halves away from zero."""
    return int(Decimal(str(dollars)).quantize(_CENT, ROUND_HALF_UP).scaleb(2))


def round_cents(cents: Decimal) -> int:
    """Whole cents of a computed amount, halves away from zero."""
    return int(cents.quantize(Decimal(1), ROUND_HALF_UP))


def to_dollars(cents: int, *, noisy: bool = False) -> float:
    """``1237`` is 12.37, or 12.370000000000001 when noisy: the next float, as an unlucky sum leaves it."""
    dollars = cents / 100
    return nextafter(dollars, inf if dollars > 0 else -inf) if noisy and cents else dollars
