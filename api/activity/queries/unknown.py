"""Which invoices hold words that nobody knew when they were made and that the settings know by now."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.settings.queries import get_inksoft_settings

_FIND = text("""
SELECT DISTINCT invoice.id FROM attention
JOIN attachment ON attachment.workspace_id = :workspace AND attachment.order_id = attention.subject_id
    AND attachment.detached_at IS NULL
JOIN invoice ON invoice.workspace_id = :workspace AND invoice.id = attachment.invoice_id AND NOT invoice.closed
JOIN link ON link.workspace_id = :workspace AND link.ended_at IS NULL AND link.printavo_account = invoice.printavo_account
WHERE attention.workspace_id = :workspace AND attention.resolved_at IS NULL
  AND ((attention.code = 'unknown_size' AND attention.fact = ANY (:sizes))
    OR (attention.code = 'unknown_method' AND attention.fact = ANY (:methods)))
  AND invoice.id <> ALL (CAST(:without AS uuid[]))
ORDER BY invoice.id
""")


async def list_outdated_invoices(
    session: AsyncSession, workspace_id: UUID, *, without: Collection[UUID] = ()
) -> list[UUID]:
    """Open invoices that would be made otherwise today."""
    values = {**await known_words(session, workspace_id), "without": list(without)}
    return list(await session.scalars(_FIND, values))


async def known_words(session: AsyncSession, workspace_id: UUID) -> dict[str, Any]:
    """The workspace, and the words that its maps know as exceptions name them: parameters of statements."""
    settings = await get_inksoft_settings(session, workspace_id)
    return {
        "workspace": workspace_id,
        "sizes": list(settings.size_map),
        "methods": list(settings.method_map),
    }
