"""What an invoice would look like with these orders, computed like the real thing, with nothing written."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.secrets import KeyedHash
from api.invoices.actions.attach import InvoiceClosed
from api.invoices.actions.select import DifferentStore, Selection, select_orders
from api.invoices.models import Invoice
from api.invoices.queries.pinned import get_choices, list_pinned_orders, terms_of
from api.invoices.queries.reading import find_invoice, show_content
from api.invoices.rules.convert import make_wanted
from api.invoices.rules.markers import marker_of
from api.invoices.rules.wanted import PinnedOrder
from api.invoices.schemas.reading import InvoicePreview, StoreRef
from api.linking.queries import ActiveLink
from api.settings.queries import get_inksoft_settings, get_invoice_contacts
from api.settings.rules.choices import due_dates, make_nickname, zone_of

NOWHERE = UUID(int=0)


async def preview_invoice(
    session: AsyncSession,
    hashes: KeyedHash,
    workspace_id: UUID,
    link: ActiveLink,
    order_ids: Sequence[UUID],
    *,
    invoice_id: UUID | None,
    now: datetime,
) -> InvoicePreview:
    """The groups, lines, sizes and the proof. Raises what attaching would raise, but for sums that do not add up."""
    selection = await select_orders(session, workspace_id, link, order_ids, lock=False)
    invoice = await _target(session, workspace_id, link, selection, invoice_id, now)
    pinned = [
        PinnedOrder(order.id, order.number, order.version, order.snapshot)
        for order in selection.orders
        if order.snapshot is not None
    ]
    if invoice_id is not None:
        pinned += await list_pinned_orders(session, workspace_id, invoice_id)
    wanted = make_wanted(
        pinned, await get_choices(session, invoice, zone_of(link.time_zone)), marker_of(hashes, invoice.id)
    )
    return InvoicePreview(
        store=StoreRef(id=selection.store_id, name=selection.store_name),
        content=show_content(wanted, link.currency),
        is_sendable=wanted.is_sendable,
        contact_name=invoice.contact_name or None,
    )


async def _target(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    selection: Selection,
    invoice_id: UUID | None,
    now: datetime,
) -> Invoice:
    """The invoice that is there, or one as it would be made; never added to the session."""
    if invoice_id is not None:
        found = await find_invoice(session, workspace_id, invoice_id)
        if found.closed or found.printavo_account != link.printavo_account:
            raise InvoiceClosed
        if found.store_id != selection.store_id:
            raise DifferentStore
        return found
    contact = (await get_invoice_contacts(session, workspace_id, [selection.store_id]))[selection.store_id]
    chosen = await get_inksoft_settings(session, workspace_id)
    zone = zone_of(link.time_zone)
    due_on, due_at = due_dates(
        now, zone, customer_days=chosen.customer_due_days, production_days=chosen.production_due_days
    )
    return Invoice(
        workspace_id=workspace_id,
        id=NOWHERE,
        nickname=make_nickname(
            chosen.nickname_pattern, store=selection.store_name, on=now.astimezone(zone).date()
        ),
        contact_id=contact.contact_id or "",
        contact_name=contact.contact_name or "",
        customer_due_on=due_on,
        due_at=due_at,
        terms=terms_of(chosen),
        created_at=now,
    )
