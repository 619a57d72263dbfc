"""Ordinary orders: everything about one follows from its store, its number, its instant and a seed number."""

from bisect import bisect
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from api.sandbox.inksoft.seed.catalogue import SIZE_MIX
from api.sandbox.inksoft.seed.parts import GROUND, PICKUP, POST, hand_over, make_item, pay, ship, start_order
from api.sandbox.inksoft.world.account import Store
from api.sandbox.inksoft.world.money import add_up
from api.sandbox.inksoft.world.order import (
    Adjustment,
    Coupon,
    NameNumber,
    Order,
    Payment,
    Personal,
    RetailItem,
)
from api.sandbox.inksoft.world.product import Style
from api.sandbox.inksoft.world.world import World

LINES, LINE_WEIGHTS = (1, 2, 3, 4, 5, 6, 8, 10), tuple(accumulate((16, 20, 20, 16, 12, 8, 5, 3)))  # mean 3.6
QUANTITIES, QUANTITY_WEIGHTS = (1, 2, 3, 6), tuple(accumulate((82, 12, 4, 2)))
# An order reaches each stage after that many days, a few more or less.
STAGES, STAGE_DAYS = ("Open", "Scheduled", "In Production", "Ready", "Complete"), (8, 14, 22, 26)
APPROVED_BY_DAY = 12
DOZEN = 12
PURCHASING_TEXTS = ("Needs Ordering", "Ordered", "Partially Received", "Received", "Backordered")
COUPONS = (Coupon("SPIRIT10", percent=10), Coupon("TAKE5", cents=500))
TEACHERS = ("Ms. Park", "Mr. Alvarez", "Mrs. Stone", "Coach Dee")


def chance(random: Random, percent: float) -> bool:
    """True in that share of cases."""
    return random.random() * 100 < percent


def make_order(
    world: World, store: Store, order_id: int, at: datetime, random: Random, seen_at: datetime
) -> Order:
    """An order placed ``at`` and as far along as such an order is by ``seen_at``."""
    delivery = random.choices((GROUND, POST, PICKUP), cum_weights=(50, 65, 100))[0]
    order = start_order(world, store, order_id, at, random, delivery=delivery)
    order.items = _choose_goods(world, store, random)
    _extras(world, store, order, random)
    if store.pays_later:
        order.payment_method = random.choice(("PurchaseOrder", "PayLater"))
    else:
        pay(world, order)
    order.approval_required = store.approves
    _age(world, order, random, seen_at)
    return order


def _choose_goods(world: World, store: Store, random: Random) -> list[RetailItem]:
    """Sizes by the trade's mix, never twice the same size of the same thing."""
    wanted: dict[int, dict[str, int]] = {}
    for _ in range(random.choices(LINES, cum_weights=LINE_WEIGHTS)[0]):
        index = random.randrange(len(store.offers))
        offer = store.offers[index]
        _, style = world.goods(offer.product_id, offer.style_id)
        quantity = random.choices(QUANTITIES, cum_weights=QUANTITY_WEIGHTS)[0]
        sizes = wanted.setdefault(index, {})
        size = _pick_size(style, random)
        sizes[size] = sizes.get(size, 0) + quantity
    return [make_item(world, store.offers[index], sizes) for index, sizes in wanted.items()]


def _pick_size(style: Style, random: Random) -> str:
    names = [size.name for size in style.sizes if size.name in SIZE_MIX]
    if not names:
        return random.choice(style.sizes).name
    return random.choices(names, weights=[SIZE_MIX[name] for name in names])[0]


def _extras(world: World, store: Store, order: Order, random: Random) -> None:
    """Names on jerseys, due dates, checkout answers, coupons, exemptions: each on a share of orders."""
    if store.kind == "team":
        _put_names(order, random)
    if store.kind == "company":
        order.due_at = order.created_at + timedelta(days=14)
    if store.kind == "spirit" and chance(random, 50):
        order.checkout = {"Teacher": random.choice(TEACHERS)}
    if chance(random, 6):
        order.coupon = random.choice(COUPONS)
    if chance(random, 2):
        order.tax_exempt = True
    if order.pieces >= DOZEN:
        order.quantity_discount_percent = 5
    if chance(random, 2):
        order.adjustments.append(Adjustment(world.fresh_id(), "Fee", "Rush handling", 750, order.created_at))


def _put_names(order: Order, random: Random) -> None:
    for item in order.items:
        if item.artwork is None or not item.artwork.name.endswith("jersey"):
            continue
        for row in item.rows:
            row.names = tuple(
                NameNumber(order.person.last.upper(), str(random.randrange(100))) for _ in range(row.quantity)
            )
            if chance(random, 10):
                row.personal = (Personal("Position", random.choice(("Keeper", "Wing", "Center"))),)


def _age(world: World, order: Order, random: Random, seen_at: datetime) -> None:
    """Move the order through the life that its age suggests, and its modified date with it."""
    days = (seen_at - order.created_at) / timedelta(days=1)
    if order.approval_required:
        if days < APPROVED_BY_DAY and chance(random, 60):
            return
        _approve(order, random, seen_at)
    if chance(random, 2.5):
        _cancel(world, order, random, seen_at)
        return
    if chance(random, 1.5) and order.payments:
        _refund_part(world, order, seen_at)
    _produce(world, order, random, days, seen_at)


def _approve(order: Order, random: Random, seen_at: datetime) -> None:
    wanted = order.created_at + timedelta(hours=random.randrange(2, 72))
    order.approved_at = order.modified_at = min(wanted, seen_at)


def _cancel(world: World, order: Order, random: Random, seen_at: datetime) -> None:
    order.cancelled = True
    order.modified_at = min(order.created_at + timedelta(days=1), seen_at)
    paid = sum(payment.cents for payment in order.payments)
    if paid and chance(random, 80):
        order.payments.append(Payment(world.fresh_id(), "Refund", -paid, order.modified_at, "Visa"))
        order.adjustments.append(
            Adjustment(world.fresh_id(), "Refund", "Order cancelled", paid, order.modified_at)
        )


def _refund_part(world: World, order: Order, seen_at: datetime) -> None:
    part = min(500, add_up(order).total // 2)
    if part <= 0:
        return
    order.modified_at = min(order.created_at + timedelta(days=4), seen_at)
    order.payments.append(Payment(world.fresh_id(), "Refund", -part, order.modified_at, "Visa"))
    order.adjustments.append(Adjustment(world.fresh_id(), "Refund", "Goodwill", part, order.modified_at))


def _produce(world: World, order: Order, random: Random, days: float, seen_at: datetime) -> None:
    stage = STAGES[bisect(STAGE_DAYS, days + random.uniform(-6, 6))]
    if stage == "Open":
        return
    pickup = order.delivery is not None and order.delivery.pickup
    touched = min(order.created_at + timedelta(days=max(days * 0.8, 1)), seen_at)
    order.modified_at = max(order.modified_at, touched)
    order.production_status = stage.replace("Ready", "Ready for Pickup" if pickup else "Ready to Ship")
    if stage == "Scheduled":
        _note_purchasing(order, random)
    elif stage == "Complete" and pickup:
        hand_over(world, order, touched, order.person.name)
    elif stage == "Complete":
        ship(world, order, touched, f"1ZDEMO{order.id:08d}")


def _note_purchasing(order: Order, random: Random) -> None:
    """Shops that keep purchasing in InkSoft write their own words beside each card item, on every side alike."""
    if chance(random, 50):
        return
    for item in order.items:
        for row in item.rows:
            text = random.choice(PURCHASING_TEXTS)
            sides = item.artwork.decorations if item.artwork else ()
            row.purchasing = {decoration.side: text for decoration in sides}
