"""What of an order its invoice is made of, and whether an edit in InkSoft after attaching touches that (A8).

A purchasing text, a production status, an address or a picture says nothing about what stands on the invoice.
"""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from api.connectors.store_platform import OrderItem, OrderSnapshot
from api.orders.rules.row import pieces_of


@dataclass(frozen=True, slots=True)
class Departure:
    """How an order differs from what was attached. `fact` is made of what it is now: another edit is another fact."""

    fact: str
    details: dict[str, Any]


def find_departure(attached: OrderSnapshot, now: OrderSnapshot, *, is_cancelled: bool) -> Departure | None:
    """None while the order is what was attached. `is_cancelled` is the list's word, which comes before the whole order."""
    was, is_ = _what_counts(attached), _what_counts(now)
    if was == is_ and not is_cancelled:
        return None
    return Departure(
        sha256(repr((is_, is_cancelled)).encode()).hexdigest()[:16],
        {
            "pieces_before": pieces_of(attached),
            "pieces_after": pieces_of(now),
            "amount_before": attached.money.total_amount,
            "amount_after": now.money.total_amount,
            "refunded_before": attached.money.refunded_amount,
            "refunded_after": now.money.refunded_amount,
            "is_cancelled": is_cancelled,
        },
    )


def _what_counts(order: OrderSnapshot) -> tuple[Any, ...]:
    """The lines in any order, and the money that stands beside them."""
    money = order.money
    return (
        sorted(repr(_bare(item)) for item in order.items if item.quantity > 0),
        money.total_amount,
        money.discount_amount,
        money.shipping_amount,
        money.tax_amount,
        money.fee_amount,
        money.collected_amount,
        money.refunded_amount,
    )


def _bare(item: OrderItem) -> OrderItem:
    """Goods, size, pieces, price, decoration and names; a custom line shows its notes too."""
    return replace(
        item,
        external_id="",
        line_external_id="",
        decorations=tuple(replace(each, mockup_url=None) for each in item.decorations),
        purchasing=(),
        mockup_urls=(),
        notes=item.notes if item.kind == "custom" else "",
    )
