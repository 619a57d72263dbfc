"""The pinned orders of an invoice, and the choices under which they become lines."""

from dataclasses import asdict, fields
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.invoices.models import Invoice
from api.invoices.rules.wanted import InvoiceChoices, InvoiceTerms, PinnedOrder
from api.orders.rules.snapshot_json import snapshot_from_json
from api.settings.queries import get_inksoft_settings
from api.settings.schemas.inksoft import InkSoftSettings

_TERMS: Final = TypeAdapter(InvoiceTerms)

_PINNED = text("""
SELECT v.order_id, o.number, v.version, v.snapshot
FROM attachment a
JOIN order_version v ON v.workspace_id = a.workspace_id AND v.order_id = a.order_id AND v.version = a.order_version
JOIN store_order o ON o.workspace_id = a.workspace_id AND o.id = a.order_id
WHERE a.workspace_id = :workspace AND a.invoice_id = :invoice AND a.detached_at IS NULL
""")


async def list_pinned_orders(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID
) -> list[PinnedOrder]:
    """The orders that are on the invoice, each at its pinned version (A4)."""
    rows = await session.execute(_PINNED, {"workspace": workspace_id, "invoice": invoice_id})
    return [
        PinnedOrder(row.order_id, row.number, row.version, snapshot_from_json(row.snapshot)) for row in rows
    ]


async def get_choices(session: AsyncSession, invoice: Invoice, zone: ZoneInfo) -> InvoiceChoices:
    """What this invoice fixed when it was made, with the maps as they are now; its day is the shop's own, in `zone`."""
    chosen = await get_inksoft_settings(session, invoice.workspace_id)
    return InvoiceChoices(
        nickname=invoice.nickname,
        contact_id=invoice.contact_id,
        customer_due_on=invoice.customer_due_on,
        due_at=invoice.due_at,
        paid_on=invoice.created_at.astimezone(zone).date(),
        size_map=chosen.size_map,
        method_map=chosen.method_map,
        **asdict(_TERMS.validate_python(invoice.terms)),
    )


def terms_of(chosen: InkSoftSettings) -> dict[str, Any]:
    """What a new invoice keeps of the settings (`invoice.terms`)."""
    return {field.name: getattr(chosen, field.name) for field in fields(InvoiceTerms)}
