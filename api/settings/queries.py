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
    """The invoice contact of each store asked for; one without a choice has nulls."""
    rows = await session.execute(
        text(
            "SELECT store_id, contact_id, contact_name, version FROM store_settings "
            "WHERE workspace_id = :workspace AND store_id = ANY(CAST(:stores AS uuid[]))"
        ),
        {"workspace": workspace_id, "stores": list(store_ids)},
    )
    found = {row.store_id: InvoiceContact.model_validate(row) for row in rows}
    nothing = {
        store: InvoiceContact(store_id=store, contact_id=None, contact_name=None, version=0)
        for store in store_ids
    }
    return {**nothing, **found}
