"""What a reading of the books shows of the record itself, beside its lines."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import RemoteInvoice

_NOTE = text("""
UPDATE invoice SET remote_status_id = :status, status_name = :name, version = version + 1
WHERE workspace_id = :workspace AND id = :invoice AND (remote_status_id, status_name) IS DISTINCT FROM (:status, :name)
AND coalesce(read_back_at < :read_at, true)
""")


async def note_status(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, remote: RemoteInvoice, *, read_at: datetime
) -> None:
    """The status that people gave it in Printavo meanwhile; the invoice must be locked.

    The reading began at `read_at` (database time): when a push read the books since, it says nothing.
    """
    await session.execute(
        _NOTE,
        {
            "workspace": workspace_id,
            "invoice": invoice_id,
            "status": remote.status_id,
            "name": remote.status_name,
            "read_at": read_at,
        },
    )
