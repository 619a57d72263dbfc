"""What unlinking would mean for writes to Printavo (L5, I8)."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.linking.queries.disconnection import DisconnectionCounts

# A lease that is over belongs to a worker that is gone: its operation is unknown, and waits like the others.
_COUNT = text("""
SELECT count(*) AS open,
       count(*) FILTER (WHERE o.state = 'sending' AND coalesce(o.lease_until > now(), true)) AS sending
  FROM remote_operation o
  JOIN invoice i ON i.workspace_id = o.workspace_id AND i.id = o.invoice_id
  JOIN store s ON s.workspace_id = i.workspace_id AND s.id = i.store_id
 WHERE o.workspace_id = :workspace AND s.account = :account AND o.state IN ('pending', 'sending', 'unknown')
""")


async def count_operations(session: AsyncSession, workspace_id: UUID, account: str) -> DisconnectionCounts:
    """Operations that are not settled, and those of them that are being sent at this moment."""
    row = (await session.execute(_COUNT, {"workspace": workspace_id, "account": account})).one()
    return DisconnectionCounts(operations_in_flight=row.open, operations_sending=row.sending)
