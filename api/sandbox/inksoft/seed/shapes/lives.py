"""Odd lives: approvals, sources, cancellations, deliveries, stores with one name, numbers used twice."""

from datetime import timedelta

from api.sandbox.inksoft.seed.parts import PICKUP, hand_over, pay, ship
from api.sandbox.inksoft.seed.shapes.bench import Bench
from api.sandbox.inksoft.seed.stores import make_store
from api.sandbox.inksoft.world.account import Store
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.person import Address, Person

TWIN_NUMBER = 860_001


def lay_out_lives(bench: Bench) -> None:
    """One order per shape, in a fixed sequence."""
    _approvals(bench)
    _sources(bench)
    _shoppers(bench)
    _endings(bench)


def _goods(bench: Bench, order: Order, *, paid: bool = True) -> Order:
    order.items = [bench.item("MC100", {"M": 2}), bench.item("ST700", {"L": 1}, "front and back")]
    if paid:
        pay(bench.world, order)
    return order


def _approvals(bench: Bench) -> None:
    for shape in ("pending_approval", "pending_approval_too"):
        order = _goods(bench, bench.order())
        order.approval_required = True
        bench.finish(shape, order)
    approved = _goods(bench, bench.order())
    approved.approval_required, approved.approved_at = True, approved.created_at + timedelta(hours=2)
    approved.modified_at = approved.approved_at
    bench.finish("approved_later", approved)


def _sources(bench: Bench) -> None:
    nowhere = bench.world.proposals[bench.store.publisher_id]
    without = _goods(bench, bench.order(store=nowhere, order_type="Proposals"), paid=False)
    without.proposal_id, without.payment_method = 5501, "PayLater"
    bench.finish("proposal_without_store", without)
    within = _goods(bench, bench.order(order_type="Proposals"))
    within.proposal_id = 5502
    bench.finish("proposal_in_store", within)
    staff = _goods(bench, bench.order(order_type="Invoice"), paid=False)
    staff.payment_method = "PayLater"
    bench.finish("staff_invoice", staff)
    embedded = _goods(bench, bench.order())
    embedded.external_id = "shop-cart-1001"
    bench.finish("embedded_designer", embedded)


def _shoppers(bench: Bench) -> None:
    silent = _goods(bench, bench.order())
    silent.person = Person("Walk-in", "Customer", "")
    bench.finish("no_email", silent)
    abroad = _goods(bench, bench.order())
    abroad.ship_to = Address("Långgatan 12", "Malmö", "", "211 22", "SE", "lgh 1203")
    abroad.person = Person("Åsa", "Öberg", "asa.oberg@shopper.example", "+46 40 555 01", "Öbergs Målerï AB")
    bench.finish("ship_abroad", abroad)
    hostile = _goods(bench, bench.order())
    hostile.person = Person("<script>alert(1)</script>", 'Ro"berto \u202e', "x+'--@shopper.example")
    hostile.notes = '=HYPERLINK("http://127.0.0.1")\nsecond line\ttab ' + "long " * 400
    hostile.checkout = {"Room": "4B", "Teacher": "Ms. Øre", "": "blank question"}
    bench.finish("hostile_texts", hostile)


def _endings(bench: Bench) -> None:
    cancelled = _goods(bench, bench.order(), paid=False)
    cancelled.cancelled = True
    bench.finish("cancelled", cancelled)
    owed = _goods(bench, bench.order())
    owed.cancelled = True
    bench.finish("cancelled_not_refunded", owed)
    sent = _goods(bench, bench.order())
    ship(bench.world, sent, sent.created_at + timedelta(hours=3), "1ZDEMOSHAPE01")
    bench.finish("shipped", sent)
    fetched = _goods(bench, bench.order(delivery=PICKUP))
    hand_over(bench.world, fetched, fetched.created_at + timedelta(hours=3), "Grandma")
    bench.finish("picked_up", fetched)
    waiting = _goods(bench, bench.order(delivery=PICKUP))
    waiting.production_status = "Ready for Pickup"
    bench.finish("waiting_for_pickup", waiting)


def lay_out_twins(bench: Bench, first: Store, second: Store) -> None:
    """One order number in two stores: two shoppers, two orders."""
    for store in (first, second):
        twin = _goods(bench, bench.order(store=store, order_id=TWIN_NUMBER))
        twin.person = Person("Twin", store.name.split()[0], f"twin.{store.id}@shopper.example")
        bench.finish("same_number_in_two_stores", twin)


def open_odd_stores(bench: Bench, numbers: range) -> list[Store]:
    """A store without orders, a closed one with a late order, two with one name. Uses four of ``numbers``."""
    world, account, since = (
        bench.world,
        bench.world.account_of(bench.store),
        bench.seen_at - timedelta(days=90),
    )
    empty = make_store(world, account, numbers[0], since, kind="spirit", name="Quiet Valley Spirit Shop")
    closed = make_store(world, account, numbers[1], since, kind="popup", name="Winter Gala")
    closed.closed_at = bench.next_at - timedelta(days=20)
    stores = [empty, closed]
    for store in stores:
        world.add_store(store)
    for number in numbers[2:4]:
        store = make_store(world, account, number, since, kind="team", name="Lincoln Eagles")
        world.add_store(store)
        stores.append(store)
    shape = {"account": account.handle, "store_id": empty.id, "store_uri": empty.uri}
    world.shapes["store_without_orders"] = [dict(shape)]
    bench.finish("late_order_in_closed_store", _goods(bench, bench.order(store=closed)))
    for store in stores[2:]:
        bench.finish("stores_with_one_name", _goods(bench, bench.order(store=store)))
    return stores
