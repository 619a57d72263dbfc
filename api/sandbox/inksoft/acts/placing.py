"""Orders placed by shoppers, by staff, or from proposals: spelled out, or made from a seed number."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any, Literal

from pydantic import Field

from api.sandbox.inksoft.acts.target import OnStore, facts, find_store
from api.sandbox.inksoft.seed.artworks import KITS, make_artwork
from api.sandbox.inksoft.seed.catalogue import by_sku
from api.sandbox.inksoft.seed.orders import make_order
from api.sandbox.inksoft.seed.parts import GROUND, PICKUP, make_item, pay, start_order
from api.sandbox.inksoft.world.account import Store
from api.sandbox.inksoft.world.artwork import Offer
from api.sandbox.inksoft.world.order import NameNumber, Order, RetailItem
from api.sandbox.inksoft.world.person import Person
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act, Args, Refused

Quantity = int


class Goods(Args):
    """Goods by style number and colour name (the first when missing); ``kit`` names the decoration, null = blank."""

    sku: str
    color: str | None = None
    kit: str | None = "front"
    sizes: dict[str, Quantity] = Field(min_length=1, max_length=40)
    unit_price_cents: int | None = Field(default=None, ge=0, le=10_000_000)
    names: list[str] = Field(default_factory=list, max_length=500)


class PlaceOrder(OnStore):
    """With ``seed`` the goods and the shopper are made up (``count`` orders from successive seeds); with ``goods``
    they are as said. ``order_id`` takes a number that another store may use too.
    """

    seed: int | None = Field(default=None, ge=0)
    count: int = Field(default=1, ge=1, le=1000)
    goods: list[Goods] = Field(default_factory=list, max_length=50)
    order_id: int | None = Field(default=None, ge=1, le=2**40)
    order_type: Literal["WebOrder", "Invoice", "Proposals"] = "WebOrder"
    email: str | None = Field(default=None, max_length=200)
    first_name: str | None = Field(default=None, max_length=100)
    last_name: str | None = Field(default=None, max_length=100)
    pickup: bool = False
    paid: bool = True
    approval_required: bool | None = None
    minutes_ago: int = Field(default=0, ge=0, le=1_000_000)


def _place(world: World, args: PlaceOrder, at: datetime) -> Any:
    if (args.seed is None) == (not args.goods):
        raise Refused("give either a seed or goods", 400)
    if args.count > 1 and (args.goods or args.order_id is not None):
        raise Refused("only orders made from a seed can be placed by the dozen", 400)
    store = find_store(world, args)
    placed_at = at - timedelta(minutes=args.minutes_ago)
    orders = []
    for number in range(args.count):
        order_id = args.order_id or world.account_of(store).next_order_id
        order = (
            _made_up(world, args, store, order_id, placed_at, number)
            if args.seed is not None
            else _as_said(world, args, store, order_id, placed_at)
        )
        order.order_type = args.order_type
        if args.order_type == "Proposals":
            order.proposal_id = order_id % 100_000
        if args.approval_required is not None:
            order.approval_required, order.approved_at = args.approval_required, None
        order.person = _shopper(args, order.person)
        order.created_at, order.modified_at = (
            placed_at,
            at if world.switches["modified_date"] == "every_edit" else placed_at,
        )
        world.add_orders([order])
        orders.append(facts(world, order))
    return {"orders": orders}


def _made_up(world: World, args: PlaceOrder, store: Store, order_id: int, at: datetime, number: int) -> Order:
    order = make_order(world, store, order_id, at, Random((args.seed or 0) + number), at)
    if not args.paid:
        order.payments, order.payment_method = [], "PayLater"
    return order


def _as_said(world: World, args: PlaceOrder, store: Store, order_id: int, at: datetime) -> Order:
    items = [_item(world, store, goods) for goods in args.goods]
    order = start_order(
        world, store, order_id, at, Random(order_id), delivery=PICKUP if args.pickup else GROUND
    )
    order.items, order.approval_required = items, store.approves
    if args.paid:
        pay(world, order)
    else:
        order.payment_method = "PayLater"
    return order


def _item(world: World, store: Store, goods: Goods) -> RetailItem:
    try:
        product = by_sku(world.products, goods.sku)
    except KeyError as unknown:
        raise Refused(f"nothing has the style number {goods.sku!r}", 400) from unknown
    styles = [style for style in product.styles if goods.color in {None, style.name}]
    if not styles:
        raise Refused(f"{goods.sku} does not come in {goods.color!r}", 400)
    if goods.kit is not None and goods.kit not in KITS:
        raise Refused(f"no decoration is called {goods.kit!r}; there are {', '.join(KITS)}", 400)
    missing = [size for size in goods.sizes if size not in {known.name for known in styles[0].sizes}]
    if missing or any(quantity < 0 for quantity in goods.sizes.values()):
        raise Refused(f"{goods.sku} does not come in {', '.join(missing) or 'negative quantities'}", 400)
    number = store.id * 10 + 100 + list(KITS).index(goods.kit) if goods.kit else 0
    artwork = make_artwork(number, store.name, goods.kit) if goods.kit else None
    price = product.price if goods.unit_price_cents is None else goods.unit_price_cents
    item = make_item(world, Offer(product.id, styles[0].id, artwork, price), goods.sizes)
    _name(item, goods.names)
    return item


def _name(item: RetailItem, names: list[str]) -> None:
    """One name per piece, in the order of the sizes; the number is the name's place."""
    left = [NameNumber(name, str(number)) for number, name in enumerate(names, start=1)]
    for row in item.rows:
        row.names, left = tuple(left[: row.quantity]), left[row.quantity :]


def _shopper(args: PlaceOrder, person: Person) -> Person:
    return Person(
        person.first if args.first_name is None else args.first_name,
        person.last if args.last_name is None else args.last_name,
        person.email if args.email is None else args.email,
        person.phone,
        person.company,
    )


ACTS: Mapping[str, Act[World]] = {"place_order": Act(PlaceOrder, _place)}
