"""What people do to the shop itself: statuses, access, plan, currency, its merch stores."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from api.sandbox.printavo.acts.orders import default_status
from api.sandbox.printavo.merch import MerchOrder, MerchStore
from api.sandbox.printavo.records import Session, Status, User
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Act, Args, Refused

Name = Annotated[str, Field(min_length=1, max_length=200)]
Amount = Annotated[int, Field(ge=0, le=1_000_000_000)]


class CreateStatus(Args):
    account_id: str
    name: Name
    type: Literal["QUOTE", "INVOICE"]
    color: str = "#607d8b"


class RenameStatus(Args):
    status_id: str
    name: Name


class ThisStatus(Args):
    status_id: str


class ThisUser(Args):
    email: str


class ThisAccount(Args):
    account_id: str


class ChangeCurrency(Args):
    account_id: str
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class SetSalesTax(Args):
    account_id: str
    percent: Annotated[float, Field(ge=0, le=100)]


class PlaceMerchOrder(Args):
    store_id: str
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    item_cents: Amount
    tax_cents: Amount = 0
    delivery_cents: Amount = 0


class ThisMerchStore(Args):
    store_id: str


class ThisMerchOrder(Args):
    order_id: str


def _create_status(world: World, args: CreateStatus, at: datetime) -> dict[str, Any]:
    account = world.account(args.account_id)
    status = Status(
        **world.stamped(Status, account, at),
        name=args.name,
        color=args.color,
        type=args.type,
        position=max((each.position for each in account.statuses), default=0) + 1,
    )
    account.statuses.append(world.keep(status))
    return {"status_id": status.id}


def _rename_status(world: World, args: RenameStatus, at: datetime) -> dict[str, Any]:
    status = world.get(Status, args.status_id)
    status.name = args.name
    world.touch(at, status)
    return {"status_id": status.id}


def delete_status(world: World, args: ThisStatus, at: datetime) -> dict[str, Any]:
    """Orders in it fall back to the first status of the same type; the last one of a type stays."""
    status = world.get(Status, args.status_id)
    account = status.account
    if not any(each.type == status.type for each in account.statuses if each is not status):
        raise Refused("the last status of its type cannot be deleted")
    account.statuses.remove(status)
    world.drop(status)
    moved = [order for order in account.orders if order.status is status]
    for order in moved:
        order.status = default_status(account, status.type)
        world.touch(at, order)
    return {"status_id": status.id, "orders_moved": len(moved)}


def _user(world: World, email: str) -> User:
    user = world.user_of(email)
    if user is None:
        raise Refused("no such user", 404)
    return user


def revoke_token(world: World, args: ThisUser, at: datetime) -> dict[str, Any]:
    """The API key and every session of the user die."""
    user = _user(world, args.email)
    user.api_key = None
    for session in world.every(Session):
        if session.user is user:
            session.ended = True
    world.touch(at, user)
    return {"user_id": user.id}


def _restore_token(world: World, args: ThisUser, at: datetime) -> dict[str, Any]:
    user = _user(world, args.email)
    user.api_key = user.own_key
    world.touch(at, user)
    return {"user_id": user.id}


def _set_plan(world: World, account_id: str, plan: str) -> dict[str, Any]:
    world.account(account_id).plan = plan
    return {"account_id": account_id, "plan": plan}


def _downgrade(world: World, args: ThisAccount, at: datetime) -> dict[str, Any]:
    del at
    return _set_plan(world, args.account_id, "standard")


def _upgrade(world: World, args: ThisAccount, at: datetime) -> dict[str, Any]:
    del at
    return _set_plan(world, args.account_id, "premium")


def _change_currency(world: World, args: ChangeCurrency, at: datetime) -> dict[str, Any]:
    del at
    world.account(args.account_id).currency = args.currency
    return {"account_id": args.account_id}


def _set_sales_tax(world: World, args: SetSalesTax, at: datetime) -> dict[str, Any]:
    del at
    world.account(args.account_id).sales_tax = Decimal(str(args.percent))
    return {"account_id": args.account_id}


def _place_merch_order(world: World, args: PlaceMerchOrder, at: datetime) -> dict[str, Any]:
    store = world.get(MerchStore, args.store_id)
    if store.status == "CLOSED":
        raise Refused("the store is closed")
    stamped = world.stamped(MerchOrder, store.account, at)
    order = MerchOrder(
        **stamped,
        store=store,
        visual_id=f"M{stamped['id']}",
        completed_at=stamped["made_at"],
        status="UNFULFILLED",
        delivery_method="PICKUP",
        quantity=args.quantity,
        item_cents=args.item_cents,
        promo_cents=0,
        tax_cents=args.tax_cents,
        delivery_cents=args.delivery_cents,
        billing_address=None,
        shipping_address=None,
    )
    store.orders.append(world.keep(order))
    world.touch(at, store)
    return {"merch_order_id": order.id}


def _close_merch_store(world: World, args: ThisMerchStore, at: datetime) -> dict[str, Any]:
    store = world.get(MerchStore, args.store_id)
    store.status, store.closes_at = "CLOSED", at.astimezone(store.account.zone)
    world.touch(at, store)
    return {"store_id": store.id}


def _fulfill_merch_order(world: World, args: ThisMerchOrder, at: datetime) -> dict[str, Any]:
    """The store's own figures and `updatedAt` do not move with it."""
    order = world.get(MerchOrder, args.order_id)
    order.status = "FULFILLED"
    world.touch(at, order)
    return {"merch_order_id": order.id}


def _delete_merch_store(world: World, args: ThisMerchStore, at: datetime) -> dict[str, Any]:
    """Its orders go with it."""
    del at
    store = world.get(MerchStore, args.store_id)
    for order in store.orders:
        world.drop(order)
    store.account.merch_stores.remove(store)
    world.drop(store)
    return {"store_id": store.id}


ACTS: dict[str, Act[World]] = {
    "create_status": Act(CreateStatus, _create_status),
    "rename_status": Act(RenameStatus, _rename_status),
    "delete_status": Act(ThisStatus, delete_status),
    "revoke_token": Act(ThisUser, revoke_token),
    "restore_token": Act(ThisUser, _restore_token),
    "downgrade_plan": Act(ThisAccount, _downgrade),
    "upgrade_plan": Act(ThisAccount, _upgrade),
    "change_currency": Act(ChangeCurrency, _change_currency),
    "set_sales_tax": Act(SetSalesTax, _set_sales_tax),
    "place_merch_order": Act(PlaceMerchOrder, _place_merch_order),
    "close_merch_store": Act(ThisMerchStore, _close_merch_store),
    "fulfill_merch_order": Act(ThisMerchOrder, _fulfill_merch_order),
    "delete_merch_store": Act(ThisMerchStore, _delete_merch_store),
}
