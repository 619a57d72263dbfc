"""Money that moves after the order: payments, refunds, staff corrections."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from api.sandbox.inksoft.acts.target import OnOrder, edited, find_order
from api.sandbox.inksoft.world.order import Adjustment, Payment
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act, Refused


class Refund(OnOrder):
    """Money given back: so many cents, or everything that was paid when no amount is said."""

    amount_cents: int | None = Field(default=None, ge=1)
    reason: str = Field(default="Refund", max_length=200)


class Payed(OnOrder):
    """Money taken in: so many cents, or everything that is due."""

    amount_cents: int | None = Field(default=None, ge=1)
    event: Literal["Sale", "GiftCertificate"] = "Sale"


class Adjust(OnOrder):
    """A fee or a discount by staff."""

    type: Literal["Fee", "Discount"]
    amount_cents: int = Field(ge=1, le=10_000_000)
    description: str = Field(default="Adjustment", max_length=200)


class Misprice(OnOrder):
    """Cents by which TotalAmount differs from what its parts add up to (0 = adds up again)."""

    cents: int = Field(ge=-1_000_000, le=1_000_000)


def _refund(world: World, args: Refund, at: datetime) -> Any:
    """What was paid too much goes back first; only the rest is a Refund adjustment, which lowers what was earned."""
    order = find_order(world, args)
    paid = sum(payment.cents for payment in order.payments)
    amount = paid if args.amount_cents is None else args.amount_cents
    if amount <= 0 or amount > paid:
        raise Refused(f"order {order.id} has {paid} cents paid; {amount} cannot be given back")
    earned_less = amount - min(amount, max(-order.totals.due, 0))
    order.payments.append(Payment(world.fresh_id(), "Refund", -amount, at, "Visa"))
    if earned_less:
        order.adjustments.append(Adjustment(world.fresh_id(), "Refund", args.reason, earned_less, at))
    return edited(world, order, at, status=True)


def _record_payment(world: World, args: Payed, at: datetime) -> Any:
    order = find_order(world, args)
    amount = order.totals.due if args.amount_cents is None else args.amount_cents
    if amount <= 0:
        raise Refused(f"order {order.id} has nothing due")
    order.payments.append(Payment(world.fresh_id(), args.event, amount, at, "Visa"))
    return edited(world, order, at, status=True)


def _adjust(world: World, args: Adjust, at: datetime) -> Any:
    order = find_order(world, args)
    order.adjustments.append(Adjustment(world.fresh_id(), args.type, args.description, args.amount_cents, at))
    return edited(world, order, at)


def _misprice(world: World, args: Misprice, at: datetime) -> Any:
    order = find_order(world, args)
    order.unexplained = args.cents
    return edited(world, order, at)


ACTS: Mapping[str, Act[World]] = {
    "refund": Act(Refund, _refund),
    "record_payment": Act(Payed, _record_payment),
    "adjust": Act(Adjust, _adjust),
    "misprice": Act(Misprice, _misprice),
}
