"""Tells the rooms above which invoices to look at: an order on them changed, or their lines did.

A row an invoice, written in the transaction of the change and taken away by whoever looks, so that nothing is missed and
looking once is enough however often it changed.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.work import schedule_work

PURCHASING: Final = "purchasing"

# In one order: two that wait for each other's rows would wait for ever.
_TELL = text("""
INSERT INTO invoice_news (workspace_id, invoice_id)
SELECT :workspace, id FROM unnest(CAST(:invoices AS uuid[])) AS told (id) ORDER BY id ON CONFLICT DO NOTHING
""")
_TAKE = text("DELETE FROM invoice_news WHERE workspace_id = :workspace AND invoice_id = :invoice")


async def tell_news(
    session: AsyncSession, workspace_id: UUID, invoice_ids: Collection[UUID], *, now: datetime
) -> None:
    """These invoices are to be looked at."""
    if invoice_ids:
        await session.execute(_TELL, {"workspace": workspace_id, "invoices": sorted(set(invoice_ids))})
        await schedule_work(session, workspace_id, PURCHASING, due_at=now)


async def take_news(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> None:
    """Whatever is read after this was told; what changes from now on is told again. The invoice must be locked."""
    await session.execute(_TAKE, {"workspace": workspace_id, "invoice": invoice_id})
