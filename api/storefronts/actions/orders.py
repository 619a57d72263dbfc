"""Keeps the orders of a merch store, page by page: a reading that stops goes on at its page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.merch import MerchOrder, MerchOrderPage
from api.core.ids import new_id
from api.storefronts.actions.reading import DueStore, OvertakenError, Reading, hold

_COLUMNS: Final[dict[str, str]] = {
    "external_id": "text",
    "number": "text",
    "customer_name": "text",
    "status": "text",
    "delivery": "text",
    "placed_at": "timestamptz",
    "quantity": "integer",
    "items_amount": "bigint",
    "promotion_amount": "bigint",
    "tax_amount": "bigint",
    "delivery_amount": "bigint",
    "total_amount": "bigint",
    "changed_at": "timestamptz",
}
_GIVEN = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in _COLUMNS.items())
_NAMES = ", ".join(_COLUMNS)
_NEW = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "external_id")
# Moves on only from the page that was asked for: of two readers one stops.
_ADVANCE = text("""
UPDATE merch_store SET orders_cursor = :next,
    orders_began_at = CASE WHEN CAST(:cursor AS text) IS NULL THEN :now ELSE orders_began_at END
WHERE workspace_id = :workspace AND id = :store AND orders_due AND NOT is_gone
    AND orders_cursor IS NOT DISTINCT FROM CAST(:cursor AS text)
RETURNING orders_began_at
""")
_UPSERT = text(f"""
INSERT INTO merch_order AS o (workspace_id, id, account, store_id, currency, seen_at, {_NAMES})
SELECT :workspace, id, :account, :store, :currency, :now, {_NAMES}
FROM unnest(CAST(:ids AS uuid[]), {_GIVEN}) AS given (id, {_NAMES})
ON CONFLICT (workspace_id, account, external_id) DO UPDATE SET {_NEW}, store_id = excluded.store_id, seen_at = excluded.seen_at
""")  # noqa: S608 - made of constants
_COUNT = text("""
UPDATE merch_store SET (order_count, unfulfilled_order_count) = (
    SELECT count(*), count(*) FILTER (WHERE status = 'unfulfilled')
    FROM merch_order WHERE workspace_id = :workspace AND store_id = :store)
WHERE workspace_id = :workspace AND id = :store
""")
_SEEN = text("""
SELECT count(*) FROM merch_order WHERE workspace_id = :workspace AND store_id = :store AND seen_at >= :began
""")
_FORGET = text(
    "DELETE FROM merch_order WHERE workspace_id = :workspace AND store_id = :store AND seen_at < :began"
)
_READ = text("""
UPDATE merch_store SET orders_due = NOT :whole, orders_began_at = NULL, orders_cursor = NULL,
    orders_read_at = CASE WHEN :whole THEN :now ELSE orders_read_at END
WHERE workspace_id = :workspace AND id = :store
""")
_AGAIN = text("""
UPDATE merch_store SET orders_began_at = NULL, orders_cursor = NULL
WHERE workspace_id = :workspace AND id = :store AND orders_cursor = :cursor
""")
_GONE = text("""
UPDATE merch_store SET is_gone = true, orders_due = false, orders_began_at = NULL, orders_cursor = NULL
WHERE workspace_id = :workspace AND id = :store
""")


async def store_page(
    session: AsyncSession, reading: Reading, due: DueStore, page: MerchOrderPage | None, *, now: datetime
) -> bool:
    """Keep a page of this store's orders. False when it was the last one and not as many were seen as there are:
    somebody edited in between, and the store stays due. Raises `OvertakenError`.
    """
    await hold(session, reading)
    place: dict[str, Any] = {"workspace": reading.workspace_id, "store": due.id, "now": now}
    if page is None:
        await session.execute(_GONE, place)
        return True
    began = await session.scalar(_ADVANCE, {**place, "cursor": due.cursor, "next": page.next_cursor})
    if began is None:
        raise OvertakenError
    await _upsert(session, reading, place, page.orders)
    whole = True
    if page.next_cursor is None:
        whole = await session.scalar(_SEEN, {**place, "began": began}) == page.total
        if whole:
            await session.execute(_FORGET, {**place, "began": began})
        await session.execute(_READ, {**place, "whole": whole})
    await session.execute(_COUNT, place)
    return whole


async def begin_again(session: AsyncSession, reading: Reading, due: DueStore) -> None:
    """Read this store's orders from their first page next time: the page that is due cannot be had. Raises `OvertakenError`."""
    await hold(session, reading)
    await session.execute(_AGAIN, {"workspace": reading.workspace_id, "store": due.id, "cursor": due.cursor})


async def _upsert(
    session: AsyncSession, reading: Reading, place: dict[str, Any], orders: Sequence[MerchOrder]
) -> None:
    # A statement cannot touch a row twice; a page that names an order twice says the same of it.
    unique = list({order.external_id: order for order in orders}.values())
    if unique:
        values = {name: [getattr(order, name) for order in unique] for name in _COLUMNS}
        shop = {"account": reading.shop.account, "currency": reading.shop.currency}
        await session.execute(_UPSERT, {**place, **shop, **values, "ids": [new_id() for _ in unique]})
