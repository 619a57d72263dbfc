"""Trying a stopped push again, because a person says that what stopped it was put right."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record
from api.core.problems import Problem
from api.core.work import schedule_work
from api.invoices.actions.attach import PUSH, Doing, InvoiceClosed, lock_invoice
from api.settings.actions.contacts import choose_invoice_contact
from api.settings.schemas.contacts import InvoiceContactChange


class NothingToPush(Problem):
    """Printavo holds this invoice as it is. There is nothing to write."""

    status = 409


async def retry_push(session: AsyncSession, doing: Doing, invoice_id: UUID) -> None:
    """Queue the invoice again; operations that were refused are planned anew.

    Raises `NotFound`, `NothingToPush`, and `InvoiceClosed` for one that was deleted in the shop: it is not made again.
    """
    invoice = await lock_invoice(session, doing.workspace_id, invoice_id)
    if invoice.pushed_revision >= invoice.revision:
        raise NothingToPush
    if invoice.closed:
        raise InvoiceClosed
    invoice.push_due_at = None
    if invoice.push_state in {"refused", "needs_human"}:
        await session.execute(
            text(
                "UPDATE remote_operation SET state = 'rejected', settled_at = :now "
                "WHERE workspace_id = :workspace AND invoice_id = :invoice AND state = 'needs_human'"
            ),
            {"workspace": doing.workspace_id, "invoice": invoice_id, "now": doing.now},
        )
        invoice.push_state = "queued"
        invoice.push_problem = None
        invoice.version += 1
        await session.flush()
    await record(
        session, "invoice.push_retried", workspace_id=doing.workspace_id, subject_type="invoice",
        subjects=[(invoice_id, {"revision": invoice.revision})], actor=doing.actor,
    )  # fmt: skip
    await schedule_work(session, doing.workspace_id, PUSH, due_at=doing.now)


async def retry_for_contact(
    session: AsyncSession, doing: Doing, invoice_id: UUID, contact: InvoiceContactChange
) -> None:
    """Make the store's invoices out to somebody else, this one too unless Printavo has it, and write it again.

    Raises what `retry_push` raises.
    """
    invoice = await lock_invoice(session, doing.workspace_id, invoice_id)
    await choose_invoice_contact(
        session, doing.workspace_id, invoice.store_id, contact, actor=dict(doing.actor)
    )
    if invoice.external_id is None:
        invoice.contact_id, invoice.contact_name = contact.contact_id, contact.contact_name
    await retry_push(session, doing, invoice_id)
