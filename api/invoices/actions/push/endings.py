"""How a push ends: the books hold what was wanted, or it stops until a person acts."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import RemoteInvoice
from api.core.attention import clear, note
from api.core.outbox import EventType, record
from api.invoices.actions.push.leases import Lease, lock_leased
from api.invoices.actions.push.objects import name_record
from api.invoices.actions.push.waiting import settle_waiting
from api.invoices.models import Invoice
from api.invoices.queries.pushing import Push, get_database_time, list_attached_orders
from api.invoices.rules.sightings import see_invoice
from api.invoices.rules.steps import Difference
from api.invoices.rules.stops import Stop
from api.invoices.rules.wanted_json import differences_to_list
from api.orders.actions.attaching import mark_attached
from api.orders.actions.news import tell_news

SYSTEM = {"system": "push"}
STOPPED: Final = "push_stopped"


async def finish_push(
    session: AsyncSession,
    lease: Lease,
    push: Push,
    remote: RemoteInvoice,
    differences: Sequence[Difference],
) -> None:
    """The books hold this revision (A6). A later one that was made meanwhile stays due. Raises `LeaseLostError`."""
    invoice = await lock_leased(session, lease)
    await show_reading(session, invoice, remote, differences)
    invoice.pushed_revision = push.revision
    is_latest = invoice.revision == push.revision
    invoice.push_state = "in_printavo" if is_latest else "queued"
    invoice.push_problem = None
    _let_go(invoice)
    await session.flush()
    orders = await _orders_of(session, invoice, push, is_latest=is_latest)
    await mark_attached(
        session, invoice.workspace_id, orders, invoice_id=invoice.id, number=invoice.visual_id
    )
    await settle_waiting(session, lease, see_invoice(remote))
    await tell_news(session, invoice.workspace_id, [invoice.id], now=await get_database_time(session))
    await clear(
        session,
        STOPPED,
        workspace_id=invoice.workspace_id,
        subject_type="invoice",
        subject_id=invoice.id,
        resolution="pushed",
    )
    about = {
        "number": invoice.visual_id,
        "external_id": invoice.external_id,
        "revision": push.revision,
        "difference_count": len(differences),
    }
    await _tell(session, invoice, "invoice.pushed", about)


async def stop_push(session: AsyncSession, lease: Lease, stop: Stop) -> None:
    """Nothing more is written for this invoice until a person acts: shown on it and noted. Raises `LeaseLostError`."""
    invoice = await lock_leased(session, lease)
    invoice.push_state = stop.state
    invoice.push_problem = {"code": stop.code, "detail": stop.detail}
    invoice.closed = invoice.closed or stop.closes
    _let_go(invoice)
    await session.flush()
    about: dict[str, Any] = {
        "workspace_id": invoice.workspace_id, "subject_type": "invoice", "subject_id": invoice.id,
    }  # fmt: skip
    # One invoice stops for one reason at a time: what it stopped for before is over.
    await clear(session, STOPPED, **about, resolution="stopped_elsewhere", but=stop.code)
    await note(session, STOPPED, **about, fact=stop.code, detail=stop.detail)
    await _tell(session, invoice, "invoice.push_stopped", {"code": stop.code, "number": invoice.visual_id})


async def show_reading(
    session: AsyncSession, invoice: Invoice, remote: RemoteInvoice, differences: Sequence[Difference]
) -> None:
    """Keep what a whole reading of the books showed; the invoice must be locked."""
    await name_record(session, invoice, remote)
    invoice.remote_kind = remote.kind
    invoice.remote_status_id = remote.status_id
    invoice.status_name = remote.status_name
    invoice.differences = differences_to_list(list(differences))
    invoice.read_back_at = await get_database_time(session)
    await session.flush()


def _let_go(invoice: Invoice) -> None:
    invoice.push_lease_by = None
    invoice.push_lease_until = None
    invoice.push_due_at = None
    invoice.version += 1


async def _orders_of(session: AsyncSession, invoice: Invoice, push: Push, *, is_latest: bool) -> list[UUID]:
    """All that are attached; while a later revision waits, those whose pieces are in the one that was pushed."""
    if is_latest:
        return await list_attached_orders(session, invoice.workspace_id, invoice.id)
    return list({entry.order_id for line in push.wanted.lines() for entry in line.trace})


async def _tell(session: AsyncSession, invoice: Invoice, type_: EventType, data: dict[str, Any]) -> None:
    await record(
        session, type_, workspace_id=invoice.workspace_id, subject_type="invoice", subjects=[(invoice.id, data)],
        actor=SYSTEM,
    )  # fmt: skip
