"""The pieces orders are put together from; ordinary and odd orders use the same ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from api.sandbox.inksoft.seed.people import make_address, make_person
from api.sandbox.inksoft.world.account import Store
from api.sandbox.inksoft.world.artwork import Offer
from api.sandbox.inksoft.world.money import add_up
from api.sandbox.inksoft.world.order import Delivery, Order, Packed, Payment, RetailItem, Shipment, SizeRow
from api.sandbox.inksoft.world.world import World

GROUND = Delivery(12, "Ground", "UPS", 895)
POST = Delivery(13, "First Class", "USPS", 550)
FREE = Delivery(14, "Free Shipping", "UPS", 0)
PICKUP = Delivery(20, "Pick up at school office", "", 0, pickup=True)
DELIVERIES = (GROUND, POST, FREE, PICKUP)


def start_order(
    world: World,
    store: Store,
    order_id: int,
    at: datetime,
    random: Random,
    *,
    order_type: str = "WebOrder",
    delivery: Delivery = GROUND,
) -> Order:
    """An order with its shopper, address and the store's tax, but no goods and no payment yet."""
    account = world.account_of(store)
    country = "CA" if account.currency == "CAD" else "US"
    return Order(
        id=order_id,
        publisher_id=store.publisher_id,
        store_id=store.id,
        created_at=at,
        modified_at=at,
        person=make_person(random, order_id, account.handle),
        user_id=order_id % 1_000_000 + store.publisher_id * 1_000_000,
        order_type=order_type,
        ship_to=None if delivery.pickup else make_address(random, country),
        delivery=delivery,
        tax_ppm=store.tax_ppm,
        taxes_shipping=store.taxes_shipping,
    )


def make_item(world: World, offer: Offer, sizes: Mapping[str, int]) -> RetailItem:
    """A retail item with one row per size, each at the offer's price plus the size's upcharge."""
    _, style = world.goods(offer.product_id, offer.style_id)
    rows = []
    for name, quantity in sizes.items():
        size = style.size(name)
        rows.append(SizeRow(world.fresh_id(), size.id, size.name, quantity, offer.price + size.upcharge))
    return RetailItem(world.fresh_id(), offer.product_id, offer.style_id, offer.artwork, rows)


def pay(
    world: World, order: Order, cents: int | None = None, *, event: str = "Sale", minutes: int = 0
) -> None:
    """A payment, of everything that is due unless ``cents`` says otherwise; nothing due = no payment."""
    amount = add_up(order).due if cents is None else cents
    if amount:
        at = order.created_at + timedelta(minutes=minutes)
        card = ("Visa", f"{order.id % 10_000:04d}") if event != "GiftCertificate" else ("", "")
        order.payments.append(Payment(world.fresh_id(), event, amount, at, *card))


def ship(world: World, order: Order, at: datetime, tracking: str, carrier: str = "UPS") -> None:
    """One parcel with everything in it."""
    packed = tuple(Packed(world.fresh_id(), row.id, row.quantity) for row in order.rows() if row.quantity)
    order.shipments.append(Shipment(world.fresh_id(), world.fresh_id(), at, tracking, carrier, packed))
    order.production_status = "Complete"


def hand_over(world: World, order: Order, at: datetime, to: str) -> None:
    """Picked up over the counter."""
    packed = tuple(Packed(world.fresh_id(), row.id, row.quantity) for row in order.rows() if row.quantity)
    order.shipments.append(Shipment(world.fresh_id(), world.fresh_id(), at, "", "", packed, picked_up_by=to))
    order.picked_up = True
    order.production_status = "Complete"
