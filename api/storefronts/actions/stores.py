"""Keeps the list of merch stores as Printavo told it, and says whose orders have to be read again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.merch import MerchStore
from api.core.ids import new_id
from api.storefronts.actions.reading import Reading, hold
from api.storefronts.rules.merch import REREAD_AFTER

_COLUMNS: Final[dict[str, str]] = {
    "external_id": "text",
    "name": "text",
    "status": "text",
    "closes_at": "timestamptz",
    "items_sold": "integer",
    "sales_amount": "bigint",
    "tax_amount": "bigint",
    "opened_at": "timestamptz",
    "changed_at": "timestamptz",
}
_GIVEN = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in _COLUMNS.items())
_NAMES = ", ".join(_COLUMNS)
_NEW = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "external_id")
# Its orders moved when its sums did; whether one was fulfilled shows on the order alone.
_SUMS = "s.items_sold, s.sales_amount, s.tax_amount, s.status, s.changed_at"
_UPSERT = text(f"""
INSERT INTO merch_store AS s (workspace_id, id, account, currency, {_NAMES})
SELECT :workspace, id, :account, :currency, {_NAMES}
FROM unnest(CAST(:ids AS uuid[]), {_GIVEN}) AS given (id, {_NAMES})
ON CONFLICT (workspace_id, account, external_id) DO UPDATE SET {_NEW}, currency = excluded.currency, is_gone = false,
    orders_due = s.orders_due OR s.is_gone OR ({_SUMS}) IS DISTINCT FROM ({_SUMS.replace("s.", "excluded.")})
        OR (s.unfulfilled_order_count > 0 AND s.orders_read_at <= :reread_before)
""")  # noqa: S608 - made of constants
_GONE = text("""
UPDATE merch_store SET is_gone = true, orders_due = false, orders_began_at = NULL, orders_cursor = NULL
WHERE workspace_id = :workspace AND account = :account AND NOT is_gone
    AND external_id <> ALL (CAST(:external_id AS text[]))
""")
_LISTED = text(
    "UPDATE merch_reading SET listed_at = :now WHERE workspace_id = :workspace AND account = :account"
)


async def store_stores(
    session: AsyncSession, reading: Reading, stores: Sequence[MerchStore], *, now: datetime
) -> None:
    """Keep the whole list; a store that is not in it was deleted in Printavo and is not shown any more."""
    await hold(session, reading)
    values: dict[str, Any] = {
        "workspace": reading.workspace_id,
        "account": reading.shop.account,
        "currency": reading.shop.currency,
        "reread_before": now - REREAD_AFTER,
        "now": now,
        "ids": [new_id() for _ in stores],
        **{name: [getattr(store, name) for store in stores] for name in _COLUMNS},
    }
    await session.execute(_UPSERT, values)
    await session.execute(_GONE, values)
    await session.execute(_LISTED, values)
