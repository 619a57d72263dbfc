"""Builds a fresh world: demo (a year of a busy shop), tests (the same shapes, small), empty (no orders)."""

from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from api.sandbox.anchor import Anchor
from api.sandbox.inksoft.seed.accounts import make_accounts
from api.sandbox.inksoft.seed.calendar import order_instants
from api.sandbox.inksoft.seed.catalogue import make_catalogue
from api.sandbox.inksoft.seed.orders import make_order
from api.sandbox.inksoft.seed.shapes.bench import Bench
from api.sandbox.inksoft.seed.shapes.goods import lay_out_goods
from api.sandbox.inksoft.seed.shapes.lives import lay_out_lives, lay_out_twins, open_odd_stores
from api.sandbox.inksoft.seed.shapes.payments import lay_out_payments
from api.sandbox.inksoft.seed.stores import add_main_store, make_store
from api.sandbox.inksoft.world.account import Account, Store
from api.sandbox.inksoft.world.world import World
from api.sandbox.switches import Switches

# account → (sub-stores of the ordinary kind, ordinary orders, orders of its one very busy store)
VOLUMES = {
    "demo": {
        "northside": (94, 11_240, 700),
        "harbor": (4, 60, 0),
        "smalltown": (2, 12, 0),
        "maple": (3, 40, 0),
    },
    "tests": {"northside": (6, 66, 0), "harbor": (1, 10, 0), "smalltown": (1, 4, 0), "maple": (0, 2, 0)},
    "empty": {},
}
SHAPES_FROM = 870_001
OPENED = timedelta(days=460)


def build_world(anchor: Anchor, switches: Switches) -> World:
    """The world of an anchor. The same anchor always gives the same world, down to every id."""
    world = World(switches, products=make_catalogue())
    for account in make_accounts():
        world.add_account(account)
        main = add_main_store(world, account, anchor.at - OPENED)
        volume = VOLUMES[anchor.seed].get(account.handle)
        if volume:
            _fill_account(world, account, main, anchor, volume)
    return world


def _fill_account(
    world: World, account: Account, main: Store, anchor: Anchor, volume: tuple[int, int, int]
) -> None:
    sub_stores, ordinary, busy = volume
    stores = [main] if not sub_stores else []
    for number in range(sub_stores):
        store = make_store(world, account, number, anchor.at - OPENED)
        world.add_store(store)
        stores.append(store)
    random = Random(anchor.number + account.publisher_id)
    if account.handle == "northside":
        _lay_out_shapes(world, account, anchor.at)
    busy_store = _open_busy_store(world, account, anchor.at) if busy else None
    placed = [(at, _pick_store(stores, random)) for at in order_instants(random, anchor.at, ordinary)]
    if busy_store:
        placed += [(at, busy_store) for at in _rush(random, anchor.at, busy)]
    placed.sort(key=lambda order: order[0])
    first = account.next_order_id = max(account.next_order_id, 880_001)
    world.add_orders(
        make_order(
            world, store, number, at, Random(anchor.number ^ number ^ account.publisher_id << 32), anchor.at
        )
        for number, (at, store) in enumerate(placed, start=first)
    )


def _pick_store(stores: list[Store], random: Random) -> Store:
    """Few stores take most of the orders, as everywhere."""
    weights = list(accumulate(1 / (rank + 6) for rank in range(len(stores))))
    return random.choices(stores, cum_weights=weights)[0]


def _open_busy_store(world: World, account: Account, at: datetime) -> Store:
    store = make_store(
        world, account, 600, at - timedelta(days=12), kind="team", name="State Finals Fan Shop"
    )
    store.approves = False
    world.add_store(store)
    return store


def _rush(random: Random, until: datetime, how_many: int) -> list[datetime]:
    """A store near its close: half of its ten days' orders come on the last."""
    minutes = [int(14_400 * random.random() ** 2.2) + 5 for _ in range(how_many)]
    return [until - timedelta(minutes=minute) for minute in minutes]


def _lay_out_shapes(world: World, account: Account, at: datetime) -> None:
    """The odd orders of the last days, in a store of their own; numbers from SHAPES_FROM, the same in every seed."""
    store = make_store(world, account, 500, at - timedelta(days=30), kind="spirit", name="Shapes Test Shop")
    store.approves, store.pays_later, store.tax_ppm, store.taxes_shipping = False, False, 56_700, False
    world.add_store(store)
    bench = Bench(world, store, SHAPES_FROM, at - timedelta(days=6), at)
    lay_out_goods(bench)
    lay_out_payments(bench)
    lay_out_lives(bench)
    odd = open_odd_stores(bench, range(510, 514))
    lay_out_twins(bench, odd[2], odd[3])
