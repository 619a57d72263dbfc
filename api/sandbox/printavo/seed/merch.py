"""Six merch stores an account: four open (one closes tomorrow), two closed; one without orders."""

from datetime import timedelta
from random import Random
from typing import Any

from api.sandbox.printavo.merch import MerchAddress, MerchOrder, MerchStore
from api.sandbox.printavo.records import Account
from api.sandbox.printavo.world import World

# Name, days until it closes (None = it stays open; below 0 = closed), orders.
_STORES: tuple[tuple[str, int | None, int], ...] = (
    ("Falcons Spirit Wear", 1, 32),
    ("Company Store", None, 18),
    ("Robotics Club Pop-up", 12, 9),
    ("New Store (no orders yet)", 30, 0),
    ("Fall Fundraiser", -20, 27),
    ("Summer Camp", -110, 14),
)
_SHOPPERS = (
    "Avery Stone",
    "Bao Tran",
    "Chloé Martin",
    "Deshawn Reed",
    "Eva Novák",
    "Fatima Haddad",
    "Gus Ortiz",
)


def plant_merch(world: World, account: Account, luck: Random, *, with_orders: bool) -> None:
    for name, closes_in, orders in _STORES:
        opened = world.anchor.at - timedelta(days=150)
        closes = None if closes_in is None else world.anchor.at + timedelta(days=closes_in)
        store = MerchStore(
            **world.stamped(MerchStore, account, opened),
            name=name,
            status="CLOSED" if closes_in is not None and closes_in < 0 else "LIVE",
            closes_at=closes.astimezone(account.zone) if closes else None,
        )
        account.merch_stores.append(world.keep(store))
        for _ in range(orders if with_orders else 0):
            _place(world, store, luck, -closes_in if closes_in is not None and closes_in < 0 else 0)


def _place(world: World, store: MerchStore, luck: Random, closed_days_ago: int) -> None:
    at = world.anchor.at - timedelta(
        days=closed_days_ago + luck.randint(0, 30), minutes=luck.randint(0, 1400)
    )
    quantity = luck.randint(1, 6)
    items = sum(luck.choice((1800, 2200, 2450, 3600)) for _ in range(quantity))
    promotion = items // 10 if luck.random() < 0.2 else 0  # noqa: PLR2004 - a share
    delivered = luck.random() < 0.5  # noqa: PLR2004 - a share
    stamped = world.stamped(MerchOrder, store.account, at)
    address = _address(world, store, luck, stamped) if delivered else None
    order = MerchOrder(
        **stamped,
        store=store,
        visual_id=f"M{stamped['id']}",
        completed_at=stamped["made_at"],
        status="FULFILLED" if closed_days_ago or luck.random() < 0.3 else "UNFULFILLED",  # noqa: PLR2004 - a share
        delivery_method="DELIVERY" if delivered else "PICKUP",
        quantity=quantity,
        item_cents=items,
        promo_cents=promotion,
        tax_cents=(items - promotion) * 7 // 100,
        delivery_cents=695 if delivered else 0,
        billing_address=address,
        shipping_address=address,
    )
    store.orders.append(world.keep(order))


def _address(world: World, store: MerchStore, luck: Random, stamped: dict[str, Any]) -> MerchAddress:
    return world.keep(
        MerchAddress(
            **world.stamped(MerchAddress, store.account, stamped["made_at"]),
            name=luck.choice(_SHOPPERS),
            address1=f"{luck.randint(1, 999)} Elm Street",
            city="Springfield",
            state_iso="IL",
            zip_code=f"{luck.randint(60000, 62999)}",
        )
    )
