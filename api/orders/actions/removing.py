"""Takes orders out of the feed that the platform has deleted: they count as cancelled, and come back if they are listed again."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.orders.actions.changes import Change, write_changes
from api.orders.actions.exceptions import close_sums
from api.orders.queries.ingest import lock_rows
from api.orders.rules.row import OrderRow, after_removal


async def remove_orders(
    session: AsyncSession, workspace_id: UUID, ids: Collection[UUID], *, now: datetime
) -> list[OrderRow]:
    """The rows of those that were not removed before, as they are now. What is on an invoice stays on it."""
    held = await lock_rows(session, workspace_id, ids)
    changes = [Change(row, after_removal(row, now=now)) for row in held.values() if row.removed_at is None]
    await write_changes(session, workspace_id, changes, now=now)
    await close_sums(session, workspace_id, [change.after.id for change in changes])
    return [change.after for change in changes]
