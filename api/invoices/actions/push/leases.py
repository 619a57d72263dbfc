"""Who pushes an invoice until when: one worker at a time, and a worker that died is followed after its lease.

All instants are the database's, so that workers whose clocks differ agree on them.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.invoices.models import Invoice
from api.invoices.queries.pushing import OF_THE_LINKED_PAIR


class LeaseLostError(RuntimeError):
    """Another worker pushes this invoice: this one was silent for too long, and leaves it alone from now on."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to push one invoice; `token` is this claim's own, `seconds` how long it holds unless extended."""

    workspace_id: UUID
    invoice_id: UUID
    token: UUID
    seconds: float


_CLAIM = text(f"""
WITH due AS (
    SELECT id FROM invoice
    WHERE workspace_id = :workspace AND printavo_account = :account AND pushed_revision < revision AND NOT closed
      AND push_state IN ('queued', 'sending', 'checking')
      AND (push_due_at IS NULL OR push_due_at <= now()) AND (push_lease_until IS NULL OR push_lease_until <= now())
      AND {OF_THE_LINKED_PAIR}
    ORDER BY push_due_at NULLS FIRST, id LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE invoice SET push_lease_by = :token, push_lease_until = now() + make_interval(secs => :seconds)
FROM due WHERE invoice.workspace_id = :workspace AND invoice.id = due.id
RETURNING invoice.id
""")  # noqa: S608 - a constant
# What is being sent is being sent for as long: it may wait for its turn at the vendor, and unlinking waits for it.
_EXTEND = text("""
WITH held AS (
    UPDATE invoice SET push_lease_until = now() + make_interval(secs => :seconds)
    WHERE workspace_id = :workspace AND id = :invoice AND push_lease_by = :token
    RETURNING workspace_id, id, push_lease_until
), sending AS (
    UPDATE remote_operation SET lease_until = held.push_lease_until FROM held
    WHERE remote_operation.workspace_id = held.workspace_id AND remote_operation.invoice_id = held.id AND state = 'sending'
)
SELECT true FROM held
""")
# Whatever else is to be written to an invoice waits for its turn: a push that does not know what became of it comes first.
_BORROW = text("""
UPDATE invoice SET push_lease_by = :token, push_lease_until = now() + make_interval(secs => :seconds)
WHERE workspace_id = :workspace AND id = :invoice AND coalesce(push_lease_until <= now(), true)
  AND NOT EXISTS (SELECT FROM remote_operation o WHERE o.workspace_id = :workspace AND o.invoice_id = :invoice
                  AND o.state IN ('sending', 'unknown'))
RETURNING true
""")
_RETURN = text("""
UPDATE invoice SET push_lease_by = NULL, push_lease_until = NULL
WHERE workspace_id = :workspace AND id = :invoice AND push_lease_by = :token
RETURNING pushed_revision < revision
""")
_RELEASE = text("""
UPDATE invoice SET push_lease_by = NULL, push_lease_until = NULL, push_due_at = now() + make_interval(secs => :wait),
       push_state = coalesce(:state, CASE push_state WHEN 'sending' THEN 'queued' ELSE push_state END), version = version + 1
WHERE workspace_id = :workspace AND id = :invoice AND push_lease_by = :token
""")


async def claim_invoice(
    session: AsyncSession, workspace_id: UUID, account: str, *, seconds: float
) -> Lease | None:
    """The next invoice of this Printavo account that may be pushed now and that nobody else pushes; None when there is none."""
    token = new_id()
    found = await session.scalar(
        _CLAIM, {"workspace": workspace_id, "account": account, "token": token, "seconds": seconds}
    )
    return Lease(workspace_id, found, token, seconds) if found is not None else None


async def borrow_lease(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, *, seconds: float
) -> Lease | None:
    """The right to write something else to this invoice, during which nobody pushes it; None while somebody does."""
    lease = Lease(workspace_id, invoice_id, new_id(), seconds)
    borrowed = await session.scalar(_BORROW, {**_place(lease), "seconds": seconds})
    return lease if borrowed else None


async def return_lease(session: AsyncSession, lease: Lease) -> bool:
    """Give a borrowed lease back, the push as it was; whether one waits. Nothing happens when the lease was lost."""
    return bool(await session.scalar(_RETURN, _place(lease)))


async def extend_lease(session: AsyncSession, lease: Lease) -> None:
    """Hold on for another while; raises `LeaseLostError`."""
    held = {**_place(lease), "seconds": lease.seconds}
    if not await session.scalar(_EXTEND, held):
        raise LeaseLostError(str(lease.invoice_id))


async def lock_leased(session: AsyncSession, lease: Lease) -> Invoice:
    """The invoice with its row locked, if the lease still holds; raises `LeaseLostError`."""
    statement = select(Invoice).where(
        Invoice.workspace_id == lease.workspace_id,
        Invoice.id == lease.invoice_id,
        Invoice.push_lease_by == lease.token,
    )
    invoice = await session.scalar(statement.with_for_update())
    if invoice is None:
        raise LeaseLostError(str(lease.invoice_id))
    return invoice


async def release_lease(
    session: AsyncSession, lease: Lease, *, wait: float, state: Literal["queued", "checking"] | None = None
) -> None:
    """Let go of the invoice; it is claimed again after `wait` seconds. Nothing happens when the lease was lost."""
    await session.execute(_RELEASE, {**_place(lease), "state": state, "wait": wait})


def _place(lease: Lease) -> dict[str, UUID]:
    return {"workspace": lease.workspace_id, "invoice": lease.invoice_id, "token": lease.token}
