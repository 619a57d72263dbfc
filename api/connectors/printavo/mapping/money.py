"""Printavo's dollars (JSON numbers) and our integer cents."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

_CENT: Final = Decimal("0.01")
_NOISE: Final = Decimal("0.0001")
_LIMIT: Final = Decimal(10) ** 12


def cents(value: object) -> int:
    """Whole cents of a dollar amount that was parsed without floats (`Decimal` or `int`).

    Binary noise (12.370000000000001) is rounded half-even; raises `ValueError` for anything further than 0.0001 from a cent.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        message = "not a number"
        raise ValueError(message)  # noqa: TRY004 - pydantic reads a ValueError as a wrong value, lets a TypeError through
    dollars = Decimal(value)
    if not dollars.is_finite() or abs(dollars) >= _LIMIT:
        message = "not an amount of money"
        raise ValueError(message)
    nearest = dollars.quantize(_CENT, rounding=ROUND_HALF_EVEN)
    if abs(dollars - nearest) > _NOISE:
        message = "not a whole number of cents"
        raise ValueError(message)
    return int(nearest * 100)


def dollars(amount: int) -> float:
    """The wire form of `amount` cents: the float nearest to it, which JSON writes with at most two decimals."""
    return amount / 100
