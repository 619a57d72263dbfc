"""An order's money in cents, and which of the vendor's doubtful amounts count.

How the totals add up is not published. We hold: total = items - discount + shipping + tax + fees, before refunds. Where
an order contradicts that, the fewest doubtful amounts are counted that make it add up; if none do, nothing is bent and
the difference stays visible to the proof that comes before anything is sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Final, Literal

from api.connectors.inksoft.wire.order import WireOrder, WirePayment
from api.connectors.store_platform import Adjustment, OrderMoney

Doubt = Literal[
    "extras",  # add-ons and personalization come on top of the item totals
    "process",  # the processing amount is a fee in the total
    "gift",  # the total is what gift certificates left to pay
    "later_discount",  # discounts given by adjustment are not in TotalDiscount
    "quantity_discount",  # quantity discounts are not in TotalDiscount
    "refunds",  # the total was lowered by refunds
    "shipping_tax",  # tax on shipping is not in TaxAmount
]
RAISES_TOTAL: Final[frozenset[Doubt]] = frozenset({"gift", "refunds"})
LOWERS_SUM: Final[frozenset[Doubt]] = frozenset({"later_discount", "quantity_discount"})
ROUNDING: Final = 5
"""Cents that an order may be off by the vendor's own rounding."""

_KINDS: Final[dict[str, Literal["discount", "fee", "refund"]]] = {
    "discount": "discount",
    "fee": "fee",
    "refund": "refund",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """`extras_on_top` says that item totals are to be raised by what add-ons and personalization cost."""

    money: OrderMoney
    extras_on_top: bool


def cents(amount: Decimal) -> int:
    """Currency units to cents, halves away from zero."""
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def adjustments(order: WireOrder) -> tuple[Adjustment, ...]:
    """In the order they were made. A type that is not published counts by its sign: a fee or a discount."""
    made = sorted(order.total_adjustments, key=lambda each: (len(each.id), each.id))
    return tuple(
        Adjustment(
            kind=_KINDS.get(each.type.lower(), "discount" if each.amount < 0 else "fee"),
            description=each.description,
            amount=abs(cents(each.amount)),
        )
        for each in made
    )


def settle(order: WireOrder, *, items: int, extras: int) -> Settled:
    """`items` are the cents of all lines as the vendor totals them, `extras` those of add-ons and personalization."""
    plain = _money(order, items, {})
    counted = _counted(plain, _doubts(order, extras))
    return Settled(_money(order, items, counted), extras_on_top="extras" in counted)


def residual(money: OrderMoney) -> int:
    """Cents by which the total differs from its parts."""
    parts = money.items_amount - money.discount_amount
    parts += money.shipping_amount + money.tax_amount + money.fee_amount
    return money.total_amount - parts


def _doubts(order: WireOrder, extras: int) -> dict[Doubt, int]:
    doubts: dict[Doubt, int] = {
        "extras": extras,
        "process": cents(order.process_amount),
        "gift": _gift(order),
        "later_discount": _adjusted(order, "discount"),
        "quantity_discount": 0
        if order.total_discount is None
        else abs(cents(order.quantity_discount_amount)),
        "refunds": _refunded(order),
        "shipping_tax": cents(order.shipping_tax),
    }
    return {name: amount for name, amount in doubts.items() if amount}


def _counted(plain: OrderMoney, doubts: Mapping[Doubt, int]) -> dict[Doubt, int]:
    """The smallest set that adds up exactly, else the smallest that does but for rounding, else none."""
    for tolerance in (0, ROUNDING):
        for chosen in _subsets(list(doubts)):
            effect = sum(_effect(name, doubts[name]) for name in chosen)
            if abs(residual(plain) + effect) <= tolerance:
                return {name: doubts[name] for name in chosen}
    return {}


def _subsets(names: Sequence[Doubt]) -> Iterator[tuple[Doubt, ...]]:
    for size in range(len(names) + 1):
        yield from combinations(names, size)


def _effect(name: Doubt, amount: int) -> int:
    """What counting a doubt does to the residual."""
    return amount if name in RAISES_TOTAL or name in LOWERS_SUM else -amount


def _money(order: WireOrder, items: int, counted: Mapping[Doubt, int]) -> OrderMoney:
    total = cents(order.total_amount) + sum(counted.get(name, 0) for name in RAISES_TOTAL)
    due = cents(order.amount_due)
    # A total that refunds have lowered is settled by the refund itself, so what it shows as overpaid went back.
    unpaid = max(due, 0) if "refunds" in counted else due
    return OrderMoney(
        items_amount=items + counted.get("extras", 0),
        discount_amount=_discount(order) + sum(counted.get(name, 0) for name in LOWERS_SUM),
        shipping_amount=cents(order.shipping_amount),
        tax_amount=cents(order.tax_amount) + counted.get("shipping_tax", 0),
        fee_amount=_adjusted(order, "fee") + counted.get("process", 0),
        gift_amount=_gift(order),
        total_amount=total,
        due_amount=due,
        collected_amount=total - unpaid,
        refunded_amount=_refunded(order),
    )


def _discount(order: WireOrder) -> int:
    if order.total_discount is not None:
        return abs(cents(order.total_discount))
    return abs(cents(order.retail_discount)) + abs(cents(order.quantity_discount_amount))


def _gift(order: WireOrder) -> int:
    return abs(cents(order.gift_certificate_amount))


def _adjusted(order: WireOrder, kind: Literal["discount", "fee", "refund"]) -> int:
    return sum(each.amount for each in adjustments(order) if each.kind == kind)


def _refunded(order: WireOrder) -> int:
    """Refund adjustments; where there are none, refund payments that the amount due does not account for already.

    What was paid too much and went back is no refund: total minus due is what the shop kept of the payments then.
    """
    by_adjustment = _adjusted(order, "refund")
    if by_adjustment:
        return by_adjustment
    valid = [each for each in order.payments if each.date_voided is None]
    back = sum(abs(cents(each.amount)) for each in valid if _is_refund(each))
    kept = sum(cents(each.amount) for each in valid if not _is_refund(each)) - back
    settled = cents(order.total_amount) - cents(order.amount_due)
    return 0 if settled in {kept, kept + _gift(order)} else back


def _is_refund(payment: WirePayment) -> bool:
    return "refund" in payment.event_type.lower()
