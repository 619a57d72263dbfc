"""Whether the parts of an order make its total, as the books of an invoice would show them (I15). Cents throughout."""

from typing import Final

from api.connectors.store_platform import OrderSnapshot

LARGEST_ROUNDING: Final = 5


def items_amount(order: OrderSnapshot) -> int:
    """What the order's pieces cost together, as they go onto lines."""
    return sum(item.total_amount for item in order.items if item.quantity > 0)


def residual(order: OrderSnapshot) -> int:
    """What the platform's total says beyond the parts that we know."""
    money = order.money
    known = items_amount(order) - money.discount_amount
    known += money.shipping_amount + money.tax_amount + money.fee_amount
    return money.total_amount - known


def is_small(amount: int) -> bool:
    """Small enough to be made up for, as rounding."""
    return abs(amount) <= LARGEST_ROUNDING


def net_collected(order: OrderSnapshot) -> int:
    """What the store kept of the payments."""
    return order.money.collected_amount - order.money.refunded_amount


def wrong_by(order: OrderSnapshot) -> int:
    """0 when the order adds up; otherwise what its parts lack, or what was given back beyond what was charged or paid."""
    rest = residual(order)
    if not is_small(rest):
        return rest
    return min(net_collected(order), order.money.total_amount - order.money.refunded_amount, 0)
