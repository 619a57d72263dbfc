"""Writes that come through Api2: shipments, sessions, carts. People have no use for them."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any

from api.sandbox.inksoft.acts.target import edited
from api.sandbox.inksoft.seed.parts import FREE, pay, start_order
from api.sandbox.inksoft.world.account import Session, Store
from api.sandbox.inksoft.world.artwork import Artwork
from api.sandbox.inksoft.world.order import Order, Packed, RetailItem, Shipment, SizeRow
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act, Args, Refused


class OrderKey(Args):
    """An order by its account's number in a store."""

    store_id: int
    id: int


class Shipments(Args):
    """One parcel for each order."""

    publisher_id: int
    orders: list[OrderKey]
    tracking: str
    complete: bool
    notify: bool


class OpenSession(Args):
    """``token`` is the digest of the token that was handed out."""

    publisher_id: int
    token: str
    person: str
    staff: bool


class Cart(Args):
    """The whole cart of a session."""

    token: str
    items: list[dict[str, int]]


class CartOrder(Args):
    """An order to be made of a session's cart."""

    token: str
    store_id: int
    external_id: str
    purchase_order: str


def _create_shipments(world: World, args: Shipments, at: datetime) -> Any:
    orders = [_find(world, args.publisher_id, key) for key in args.orders]
    if any(order.cancelled for order in orders):
        raise Refused("A canceled order cannot be shipped")
    for order in orders:
        packed = tuple(Packed(world.fresh_id(), row.id, row.quantity) for row in order.rows() if row.quantity)
        order.shipments.append(Shipment(world.fresh_id(), world.fresh_id(), at, args.tracking, "", packed))
        if args.complete:
            order.production_status = "Complete"
        if args.notify and order.person.email:
            order.mails_sent += 1
            world.mails += 1
        edited(world, order, at, status=True)
    return {"shipped": [order.id for order in orders]}


def _find(world: World, publisher_id: int, key: OrderKey) -> Order:
    for order in world.numbered(publisher_id, key.id):
        if order.store_id == key.store_id:
            return order
    raise Refused("Order not found", 404)


def _open_session(world: World, args: OpenSession, at: datetime) -> Any:
    world.sessions[args.token] = Session(args.publisher_id, args.person, at, args.staff)
    return {"person": args.person}


def _set_cart(world: World, args: Cart, at: datetime) -> Any:
    del at
    for row in args.items:
        if world.size(row["ProductId"], row["ProductStyleId"], row["ProductStyleSizeId"]) is None:
            raise Refused("Cart holds a product that does not exist")
        if row["Quantity"] < 1:
            raise Refused("Cart holds a quantity below 1")
    world.sessions[args.token].cart = args.items
    return {"items": len(args.items)}


def _save_cart_order(world: World, args: CartOrder, at: datetime) -> Any:
    session, store = world.sessions[args.token], world.stores[args.store_id]
    known = any(order.external_id == args.external_id for order in world.orders[store.publisher_id])
    if known and world.switches["repeated_external_id"] == "refuse":
        raise Refused("ExternalOrderId has been used already")
    order_id = world.account_of(store).next_order_id
    order = start_order(world, store, order_id, at, Random(order_id), delivery=FREE)
    order.items = [_item(world, store, row) for row in session.cart]
    order.external_id, order.purchase_order = args.external_id, args.purchase_order
    order.approval_required = store.approves
    pay(world, order)
    world.add_orders([order])
    session.cart = []
    return {"order": order.id}


def _item(world: World, store: Store, row: dict[str, int]) -> RetailItem:
    product, style = world.goods(row["ProductId"], row["ProductStyleId"])
    size = next(size for size in style.sizes if size.id == row["ProductStyleSizeId"])
    artwork: Artwork | None = store.offers[0].artwork if store.offers else None
    piece = SizeRow(world.fresh_id(), size.id, size.name, row["Quantity"], product.price + size.upcharge)
    return RetailItem(world.fresh_id(), product.id, style.id, artwork, [piece])


ACTS: Mapping[str, Act[World]] = {
    "create_order_shipments": Act(Shipments, _create_shipments, personal=False),
    "open_session": Act(OpenSession, _open_session, personal=False),
    "set_cart": Act(Cart, _set_cart, personal=False),
    "save_cart_order": Act(CartOrder, _save_cart_order, personal=False),
}
