"""What an act is aimed at: an account, a store, an order; and what is told about an order afterwards."""

from datetime import datetime
from typing import Any

from pydantic import Field

from api.sandbox.clock import stamp
from api.sandbox.inksoft.world.account import Account, Store
from api.sandbox.inksoft.world.money import settle
from api.sandbox.inksoft.world.order import Order, RetailItem, SizeRow
from api.sandbox.inksoft.world.world import PROPOSALS_STORE_ID, World
from api.sandbox.simulator import Args, Refused

_NOT_FOUND = 404


class OnAccount(Args):
    """``account`` is a handle (``northside``) or the path of its main store (``northside_main``)."""

    account: str


class OnStore(Args):
    """``store`` is a path, or a StoreId; for StoreId 0 (proposals without a store) the account must be named."""

    store: str | int
    account: str | None = None


class OnOrder(Args):
    """``store`` or ``account`` is needed only where the number alone would fit several orders."""

    order: int
    store: str | int | None = None
    account: str | None = None


class OnRow(OnOrder):
    """One size row of an order, by its OrderRetailItemSizeId."""

    row: int = Field(description="OrderRetailItemSizeId")


def find_account(world: World, name: str) -> Account:
    """Raises Refused (404)."""
    for account in world.accounts.values():
        if name in {account.handle, f"{account.handle}_main"}:
            return account
    raise Refused(f"no account is called {name!r}", _NOT_FOUND)


def find_store(world: World, target: OnStore) -> Store:
    """Raises Refused (404)."""
    if target.store == PROPOSALS_STORE_ID and target.account:
        return world.proposals[find_account(world, target.account).publisher_id]
    found = world.store_at(target.store) if isinstance(target.store, str) else world.stores.get(target.store)
    if found is None:
        raise Refused(f"there is no store {target.store!r}", _NOT_FOUND)
    return found


def find_order(world: World, target: OnOrder) -> Order:
    """Raises Refused: 404 when none fits, 409 when several do."""
    publishers = (
        [find_account(world, target.account).publisher_id] if target.account else list(world.accounts)
    )
    found = [order for publisher in publishers for order in world.numbered(publisher, target.order)]
    if target.store is not None:
        store = find_store(world, OnStore(store=target.store, account=target.account))
        found = [
            order for order in found if (order.publisher_id, order.store_id) == (store.publisher_id, store.id)
        ]
    if not found:
        raise Refused(f"there is no order {target.order}", _NOT_FOUND)
    if len(found) > 1:
        raise Refused(f"several orders have the number {target.order}: name the store or the account")
    return found[0]


def find_row(order: Order, row_id: int) -> tuple[RetailItem, SizeRow]:
    """Raises Refused (404)."""
    for item in order.items:
        for row in item.rows:
            if row.id == row_id:
                return item, row
    raise Refused(f"order {order.id} has no row {row_id}", _NOT_FOUND)


def edited(world: World, order: Order, at: datetime, *, status: bool = False) -> dict[str, Any]:
    """Settle the money, move the modified date if this kind of edit does, and tell the facts."""
    settle(order)
    moves = world.switches["modified_date"]
    if moves == "every_edit" or (moves == "status_edits" and status):
        order.modified_at = at
    return facts(world, order)


def facts(world: World, order: Order) -> dict[str, Any]:
    """What a checker wants to know of an order, in cents and pieces."""
    totals = order.totals
    return {
        "order": order.id,
        "account": world.account_of(order).handle,
        "store_id": order.store_id,
        "store_uri": world.store_of(order).uri,
        "order_type": order.order_type,
        "status": order.status,
        "production_status": order.production_status,
        "payment_status": totals.payment_status,
        "pending": order.pending,
        "cancelled": order.cancelled,
        "pieces": order.pieces,
        "lines": len(order.rows()),
        "total_cents": totals.total,
        "due_cents": totals.due,
        "refunded_cents": sum(change.cents for change in order.adjustments if change.type == "Refund"),
        "email": order.person.email,
        "created_at": stamp(order.created_at),
        "modified_at": stamp(order.modified_at),
    }
