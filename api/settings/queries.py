"""Questions about what a shop chose."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.settings.rules.choices import zone_of
from api.settings.schemas.contacts import InvoiceContact
from api.settings.schemas.inksoft import InkSoftSettings
from api.settings.schemas.merch import MerchSettings

# What is shared belongs to the link (L7), and is shown where it is looked for: every beginning and end of a link makes
# another version of the tab, as every change of it does.
_INKSOFT = text("""
SELECT coalesce(tab.chosen, '{}') AS chosen,
       coalesce(tab.version, 0)
           + (SELECT count(*) + count(ended_at) FROM link WHERE workspace_id = :workspace) AS version,
       link.share_orders_from, link.share_sources, link.skip_free_orders, shop.details ->> 'time_zone' AS time_zone
FROM (SELECT CAST(:workspace AS uuid) AS workspace_id) given
LEFT JOIN storefront_settings tab ON tab.workspace_id = given.workspace_id AND tab.tab = 'inksoft'
LEFT JOIN link ON link.workspace_id = given.workspace_id AND link.ended_at IS NULL
LEFT JOIN connection shop ON shop.workspace_id = link.workspace_id AND shop.id = link.printavo_connection_id
""")
_MERCH = text(
    "SELECT chosen, version FROM storefront_settings WHERE workspace_id = :workspace AND tab = 'merch'"
)
_CONTACTS = text("""
SELECT s.id AS store_id, c.contact_id, c.contact_name, coalesce(c.version, 0) AS version FROM store s
LEFT JOIN store_settings c ON c.workspace_id = s.workspace_id AND c.store_id = s.id
WHERE s.workspace_id = :workspace AND s.id = ANY(CAST(:stores AS uuid[]))
""")


async def get_inksoft_settings(session: AsyncSession, workspace_id: UUID) -> InkSoftSettings:
    """The InkSoft tab with defaults for what nobody chose; version 0 when nothing was ever chosen or linked."""
    row = (await session.execute(_INKSOFT, {"workspace": workspace_id})).one()
    begins = row.share_orders_from
    day = begins.astimezone(zone_of(row.time_zone)).date() if begins is not None else None
    return InkSoftSettings(
        **row.chosen,
        share_orders_from=day,
        sources=row.share_sources,
        skip_free_orders=row.skip_free_orders,
        version=row.version,
    )


async def get_merch_settings(session: AsyncSession, workspace_id: UUID) -> MerchSettings:
    """The Merch tab with defaults for what nobody chose; version 0 when nothing was ever chosen."""
    row = (await session.execute(_MERCH, {"workspace": workspace_id})).one_or_none()
    return MerchSettings(**row.chosen, version=row.version) if row else MerchSettings()


async def get_invoice_contacts(
    session: AsyncSession, workspace_id: UUID, store_ids: Sequence[UUID]
) -> dict[UUID, InvoiceContact]:
    """The invoice contact of each of these stores; nulls where nobody chose. A store of another workspace is left out."""
    rows = await session.execute(_CONTACTS, {"workspace": workspace_id, "stores": list(store_ids)})
    return {row.store_id: InvoiceContact.model_validate(row) for row in rows}
