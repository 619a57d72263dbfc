"""Putting orders on an invoice, atomically: attachments, pinned versions, the new revision, its push and its events are one
transaction (A2 to A5, I2 to I5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.core.outbox import EventType, record
from api.core.problems import NotFound, Problem
from api.core.schema import Wire
from api.core.secrets import KeyedHash
from api.core.work import schedule_work
from api.invoices.actions.attachments import insert_attachments
from api.invoices.actions.revise import revise_invoice
from api.invoices.actions.select import DifferentStore, Selection, select_orders
from api.invoices.models import Invoice
from api.invoices.queries.pinned import terms_of
from api.invoices.rules.markers import marker_of
from api.linking.queries import ActiveLink
from api.orders.actions.attaching import AttachableOrder, mark_attaching, pin_versions
from api.orders.actions.news import tell_news
from api.settings.queries import get_inksoft_settings, get_invoice_contacts
from api.settings.rules.choices import due_dates, make_nickname, zone_of
from api.settings.schemas.contacts import InvoiceContact
from api.stores.actions.counters import CounterDelta, append_deltas

PUSH = "push"


class ContactRequired(Problem):
    """Choose first who this store's invoices are made out to: the store's organisation in Printavo."""

    status = 409

    class Extra(Wire):
        store_id: UUID
        store_name: str


class InvoiceClosed(Problem):
    """This invoice is closed, or gone in Printavo. Put the orders on another one. Nothing was changed."""

    status = 409


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does it, when, under which link."""

    workspace_id: UUID
    link: ActiveLink
    actor: dict[str, str]
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The shop's own time zone: its days are those of invoices."""
        return zone_of(self.link.time_zone)


async def create_invoice(
    session: AsyncSession,
    hashes: KeyedHash,
    doing: Doing,
    order_ids: Sequence[UUID],
    *,
    nickname: str | None,
    customer_due_on: date | None,
) -> UUID:
    """A new invoice with these orders (A5); returns its id. Raises `ContactRequired` and what `attach_orders` raises."""
    selection = await select_orders(session, doing.workspace_id, doing.link, order_ids, lock=True)
    contact = (await get_invoice_contacts(session, doing.workspace_id, [selection.store_id]))[
        selection.store_id
    ]
    if contact.contact_id is None:
        raise ContactRequired(store_id=selection.store_id, store_name=selection.store_name)
    invoice = await _make_invoice(session, hashes, doing, selection, contact, nickname, customer_due_on)
    await _tell(session, doing, "invoice.created", invoice.id, {"nickname": invoice.nickname})
    await _put_on(session, hashes, doing, invoice, selection)
    return invoice.id


async def _make_invoice(
    session: AsyncSession,
    hashes: KeyedHash,
    doing: Doing,
    selection: Selection,
    contact: InvoiceContact,
    nickname: str | None,
    customer_due_on: date | None,
) -> Invoice:
    """The invoice's row, with what the settings say and what was given instead; still without orders."""
    chosen = await get_inksoft_settings(session, doing.workspace_id)
    due_on, due_at = due_dates(
        doing.now,
        doing.zone,
        customer_days=chosen.customer_due_days,
        production_days=chosen.production_due_days,
    )
    today = doing.now.astimezone(doing.zone).date()
    invoice_id = new_id()
    invoice = Invoice(
        workspace_id=doing.workspace_id,
        id=invoice_id,
        store_id=selection.store_id,
        link_id=doing.link.id,
        printavo_account=doing.link.printavo_account,
        nickname=nickname or make_nickname(chosen.nickname_pattern, store=selection.store_name, on=today),
        contact_id=contact.contact_id,
        contact_name=contact.contact_name or "",
        status_id=chosen.new_invoice_status_id or "",
        customer_due_on=customer_due_on or due_on,
        due_at=due_at,
        terms=terms_of(chosen),
        currency=doing.link.currency,
        marker=marker_of(hashes, invoice_id)("quote"),
        revision=0,
        pushed_revision=0,
        push_state="queued",
        order_count=0,
        piece_count=0,
        total_amount=0,
        created_at=doing.now,
        created_by=doing.actor["name"],
        version=0,
    )
    session.add(invoice)
    await session.flush()
    return invoice


async def attach_orders(
    session: AsyncSession, hashes: KeyedHash, doing: Doing, invoice_id: UUID, order_ids: Sequence[UUID]
) -> UUID:
    """Add these orders to an invoice of their store, all or none; returns the invoice's id.

    Raises `NotFound`, `InvoiceClosed`, `DifferentStore` (A3), `OrderAlreadyAttached` (A2), `OrderNotShared`, `DoesNotAddUp`.
    """
    invoice = await lock_invoice(session, doing.workspace_id, invoice_id)
    if invoice.closed or invoice.printavo_account != doing.link.printavo_account:
        raise InvoiceClosed
    selection = await select_orders(session, doing.workspace_id, doing.link, order_ids, lock=True)
    if selection.store_id != invoice.store_id:
        raise DifferentStore
    await _put_on(session, hashes, doing, invoice, selection)
    return invoice_id


async def lock_invoice(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> Invoice:
    """The invoice with its row locked until the commit; raises `NotFound`."""
    statement = select(Invoice).where(Invoice.workspace_id == workspace_id, Invoice.id == invoice_id)
    invoice = await session.scalar(statement.with_for_update())
    if invoice is None:
        raise NotFound("There is no such invoice.")
    return invoice


async def _put_on(
    session: AsyncSession, hashes: KeyedHash, doing: Doing, invoice: Invoice, selection: Selection
) -> None:
    order_ids = [order.id for order in selection.orders]
    await pin_versions(session, doing.workspace_id, order_ids)
    await insert_attachments(
        session, doing.workspace_id, invoice, selection.orders, by=doing.actor["name"], at=doing.now
    )
    await mark_attaching(
        session, doing.workspace_id, order_ids,
        invoice_id=invoice.id, number=invoice.visual_id, by=doing.actor["name"], at=doing.now,
    )  # fmt: skip
    await append_deltas(session, doing.workspace_id, map(_leaves_the_feed, selection.orders))
    await revise_invoice(session, hashes, invoice, doing.zone, reason="attached", actor=doing.actor)
    about = {"invoice_id": str(invoice.id), "invoice_number": invoice.visual_id, "nickname": invoice.nickname}
    subjects = [(order_id, about) for order_id in order_ids]
    await record(
        session,
        "order.attached",
        workspace_id=doing.workspace_id,
        subject_type="order",
        subjects=subjects,
        actor=doing.actor,
    )
    await _tell(
        session, doing, "invoice.changed", invoice.id, {"revision": invoice.revision, "reason": "attached"}
    )
    await tell_news(session, doing.workspace_id, [invoice.id], now=doing.now)
    await schedule_work(session, doing.workspace_id, PUSH, due_at=doing.now)


def _leaves_the_feed(order: AttachableOrder) -> CounterDelta:
    return CounterDelta(
        order.store_id,
        order.facts.origin,
        order.facts.is_free,
        open_orders=-1,
        open_pieces=-order.piece_count,
        open_amount=-order.total_amount,
        attached_orders=1,
    )


async def _tell(
    session: AsyncSession, doing: Doing, type_: EventType, invoice_id: UUID, data: dict[str, Any]
) -> None:
    await record(
        session, type_, workspace_id=doing.workspace_id, subject_type="invoice", subjects=[(invoice_id, data)],
        actor=doing.actor,
    )  # fmt: skip
