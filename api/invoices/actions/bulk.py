"""Orders of many stores put on invoices at once: one invoice a store, each store all or nothing by itself (A1, A3)."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import taken_back_alone
from api.core.problems import NotFound, Problem
from api.core.secrets import KeyedHash
from api.invoices.actions.attach import Doing, attach_orders, create_invoice
from api.orders.actions.attaching import OrderInStore, lock_in_stores


@dataclass(frozen=True, slots=True)
class StoreOutcome:
    """What became of one store's orders: an invoice, or the problem that kept all of them off it."""

    store_id: UUID | None
    store_name: str
    order_ids: tuple[UUID, ...]
    invoice_id: UUID | None = None
    problem: Problem | None = None


# In the order of their ids, before any order: the lock order of every attach, also of two that name the same stores.
_LOCK_INVOICES = text("""
SELECT id FROM invoice WHERE workspace_id = :workspace AND id = ANY(CAST(:invoices AS uuid[])) ORDER BY id FOR UPDATE
""")


async def attach_in_bulk(
    session: AsyncSession,
    hashes: KeyedHash,
    doing: Doing,
    order_ids: Sequence[UUID],
    invoices: Mapping[UUID, UUID],
) -> list[StoreOutcome]:
    """Put each store's orders on the invoice given for it, or on a new one. A store that is refused changes nothing.

    Stores come in the order of their first order; orders that are not there are the last outcome, without a store.
    """
    place = {"workspace": doing.workspace_id, "invoices": sorted(invoices.values())}
    await session.execute(_LOCK_INVOICES, place)
    there = await lock_in_stores(session, doing.workspace_id, doing.link.inksoft_account, order_ids)
    stores: dict[OrderInStore, list[UUID]] = {}
    for order_id in order_ids:
        if order_id in there:
            stores.setdefault(there[order_id], []).append(order_id)
    outcomes = [
        await _attach_store(session, hashes, doing, store, ids, invoices.get(store.store_id))
        for store, ids in stores.items()
    ]
    missing = tuple(order_id for order_id in order_ids if order_id not in there)
    if missing:
        problem = NotFound("Some of these orders are not there.")
        outcomes.append(StoreOutcome(None, "", missing, problem=problem))
    return outcomes


async def _attach_store(
    session: AsyncSession,
    hashes: KeyedHash,
    doing: Doing,
    store: OrderInStore,
    ids: Sequence[UUID],
    invoice_id: UUID | None,
) -> StoreOutcome:
    effect: Awaitable[UUID] = (
        attach_orders(session, hashes, doing, invoice_id, ids)
        if invoice_id is not None
        else create_invoice(session, hashes, doing, ids, nickname=None, customer_due_on=None)
    )
    try:
        # A refusal takes back this store's writes and no other's.
        async with taken_back_alone(session):
            made = await effect
    except Problem as problem:
        return StoreOutcome(store.store_id, store.store_name, tuple(ids), problem=problem)
    return StoreOutcome(store.store_id, store.store_name, tuple(ids), invoice_id=made)
