"""A workspace that takes in orders: what the sync does between two vendor calls, without vendor and link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from api.connectors.store_platform import OrderSnapshot, OrderSummary
from api.core.db import Database
from api.orders.actions.ingest import Ingested, ingest_snapshots, ingest_summaries
from api.orders.queries.ingest import OrderKey, list_due_details
from api.orders.rules.states import Window
from api.stores.actions import discover_stores

ACCOUNT = "41001"
ALWAYS = Window(
    share_from=datetime(2000, 1, 1, tzinfo=UTC),
    sources=frozenset({"store", "proposal", "embedded_designer", "staff"}),
)
# Everything that ingest writes and that a row count of writes can be read from.
TABLES = ("store_order", "order_document", "order_copy", "order_search", "store_counter_delta", "event")


@dataclass(frozen=True, slots=True)
class Intake:
    """`listed` takes in entries of the order list, `read` whole orders."""

    database: Database
    workspace_id: UUID
    account: str = ACCOUNT

    async def listed(self, *summaries: OrderSummary) -> Ingested:
        async with self.database.transaction(self.workspace_id) as session:
            stores = await discover_stores(
                session, self.workspace_id, self.account, [_store(summary) for summary in summaries]
            )
            keyed = {
                OrderKey(stores[_store(summary)[0]], summary.external_id): summary for summary in summaries
            }
            return await ingest_summaries(
                session, self.workspace_id, self.account, keyed, currency="USD", now=datetime.now(UTC)
            )

    async def read(self, *orders: OrderSnapshot, window: Window = ALWAYS) -> Ingested:
        """Those of the orders whose detail is wanted."""
        by_number = {order.external_id: order for order in orders}
        async with self.database.transaction(self.workspace_id) as session:
            due = await list_due_details(session, self.workspace_id, self.account, window, most=50)
            wanted = [(each, by_number[each.external_id]) for each in due if each.external_id in by_number]
            return await ingest_snapshots(session, self.workspace_id, wanted, now=datetime.now(UTC))

    async def due(self, window: Window = ALWAYS) -> list[str]:
        async with self.database.transaction(self.workspace_id) as session:
            due = await list_due_details(session, self.workspace_id, self.account, window, most=50)
            return [each.external_id for each in due]

    async def rows(self, sql: str, **values: Any) -> list[Any]:
        async with self.database.transaction(self.workspace_id) as session:
            return list(await session.execute(text(sql), values))

    async def order(self, external_id: str = "870001") -> Any:
        (row,) = await self.rows("SELECT * FROM store_order WHERE external_id = :id", id=external_id)
        return row

    async def events(self, *, of: str = "order.") -> list[tuple[str, dict[str, Any]]]:
        found = await self.rows("SELECT type, data FROM event ORDER BY id")
        return [(row.type, row.data) for row in found if row.type.startswith(of)]

    async def fingerprint(self) -> dict[str, list[tuple[str, str]]]:
        """Every row version of every table that ingest writes: equal fingerprints mean that nothing was written."""
        return {
            table: [
                (row.place, row.version)
                for row in await self.rows(
                    f"SELECT ctid::text AS place, xmin::text || '/' || xmax::text AS version FROM {table} ORDER BY ctid"  # noqa: S608 - a constant
                )
            ]
            for table in TABLES
        }


def _store(summary: OrderSummary) -> tuple[str, str]:
    return summary.store_external_id or "proposals", summary.store_name or ""


def numbers_of(orders: Iterable[Any]) -> list[str]:
    return [order.number for order in orders]
