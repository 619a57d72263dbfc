"""Which orders somebody asked to be read again."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.orders.rules.due import DueOrder

_ASKED = text("""
SELECT o.id, o.external_id, s.external_id AS store_external_id, o.content_hash,
       CAST('{' || d.summary || '}' AS jsonb) ->> 'email' AS email, o.detail_due AS is_asked
FROM store_order o
JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
JOIN order_document d ON d.workspace_id = o.workspace_id AND d.order_id = o.id
WHERE o.workspace_id = :workspace AND o.account = :account AND o.id IN (
    SELECT order_id FROM order_refresh WHERE workspace_id = :workspace
    AND operation_id = ANY (CAST(:operations AS uuid[])) AND order_id <> ALL (CAST(:without AS uuid[])))
ORDER BY o.placed_at DESC, o.id LIMIT :most
""")
_WAITING = text("SELECT DISTINCT operation_id FROM order_refresh WHERE workspace_id = :workspace")


async def list_waiting(session: AsyncSession, workspace_id: UUID) -> list[UUID]:
    """The operations that wait for any order."""
    return list((await session.execute(_WAITING, {"workspace": workspace_id})).scalars())


async def list_asked(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    *,
    operations: Collection[UUID],
    without: Collection[UUID],
    most: int,
) -> list[DueOrder]:
    """The next orders that these operations wait for, newest first; `without` were tried already."""
    values = {
        "workspace": workspace_id,
        "account": account,
        "operations": list(operations),
        "without": list(without),
        "most": most,
    }
    return [DueOrder(**row._mapping) for row in await session.execute(_ASKED, values)]  # noqa: SLF001 - its public name
