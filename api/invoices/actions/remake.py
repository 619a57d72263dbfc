"""Making an invoice anew of the orders it holds, because the settings say more about them than they did."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record
from api.core.secrets import KeyedHash
from api.core.work import schedule_work
from api.invoices.actions.attach import PUSH, Doing, InvoiceClosed, lock_invoice
from api.invoices.actions.revise import revise_invoice


async def remake_invoice(session: AsyncSession, hashes: KeyedHash, doing: Doing, invoice_id: UUID) -> None:
    """A new revision with today's size and method maps, and its push. Raises `NotFound`, `InvoiceClosed`, `DoesNotAddUp`."""
    invoice = await lock_invoice(session, doing.workspace_id, invoice_id)
    if invoice.closed or invoice.printavo_account != doing.link.printavo_account:
        raise InvoiceClosed
    await revise_invoice(session, hashes, invoice, doing.zone, reason="remade", actor=doing.actor)
    await record(
        session, "invoice.changed", workspace_id=doing.workspace_id, subject_type="invoice",
        subjects=[(invoice_id, {"revision": invoice.revision, "reason": "remade"})], actor=doing.actor,
    )  # fmt: skip
    await schedule_work(session, doing.workspace_id, PUSH, due_at=doing.now)
