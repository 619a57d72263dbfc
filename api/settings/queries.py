"""Questions about what a shop chose."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.settings.schemas import InkSoftSettings, InvoiceContact

_FIND = "SELECT chosen, version FROM storefront_settings WHERE workspace_id = :workspace AND tab = 'inksoft'"
_FIND_AND_LOCK = f"{_FIND} FOR UPDATE"


async def get_inksoft_settings(
    session: AsyncSession, workspace_id: UUID, *, lock: bool = False
) -> InkSoftSettings:
    """The InkSoft tab with defaults for what nobody chose; version 0 when nothing was ever chosen."""
    row = (
        await session.execute(
            text(_FIND_AND_LOCK if lock else _FIND),
            {"workspace": workspace_id},
        )
    ).one_or_none()
    return InkSoftSettings(**row.chosen, version=row.version) if row else InkSoftSettings()


async def get_invoice_contacts(
    session: AsyncSession, workspace_id: UUID, store_ids: Sequence[UUID]
) -> dict[UUID, InvoiceContact]:
    """The invoice contact of each of these stores; nulls where nobody chose. A store of another workspace is left out."""
    rows = await session.execute(
        text(
            "SELECT s.id AS store_id, c.contact_id, c.contact_name, coalesce(c.version, 0) AS version FROM store s "
            "LEFT JOIN store_settings c ON c.workspace_id = s.workspace_id AND c.store_id = s.id "
            "WHERE s.workspace_id = :workspace AND s.id = ANY(CAST(:stores AS uuid[]))"
        ),
        {"workspace": workspace_id, "stores": list(store_ids)},
    )
    return {row.store_id: InvoiceContact.model_validate(row) for row in rows}
