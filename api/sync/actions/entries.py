"""Stores a page of the order list: its stores come to light, its orders are taken in."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import OrderSummary
from api.linking.queries import ActiveLink
from api.orders.actions.ingest import Ingested, ingest_summaries
from api.orders.queries.ingest import OrderKey
from api.stores.actions import discover_stores
from api.stores.rules import PROPOSALS
from api.sync.actions.exceptions import clear_returned


async def store_entries(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    entries: Sequence[OrderSummary],
    *,
    now: datetime,
) -> Ingested:
    """An entry without a store is a proposal of the system store (S3); of a doubled entry the last one counts."""
    names = {entry.store_external_id or PROPOSALS: entry.store_name or "" for entry in entries}
    stores = await discover_stores(session, workspace_id, link.inksoft_account, list(names.items()))
    keyed = {
        OrderKey(stores[entry.store_external_id or PROPOSALS], entry.external_id): entry for entry in entries
    }
    done = await ingest_summaries(
        session, workspace_id, link.inksoft_account, keyed, currency=link.currency, now=now
    )
    await clear_returned(session, workspace_id, done.different.keys())
    return done
