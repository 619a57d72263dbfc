"""Remote operations: durable before their first byte leaves, settled when their outcome is known (A6, I6 to I8).

pending ─open→ sending ─confirm→ confirmed      sending ─reject→ rejected      sending ─hold→ unknown
unknown ─confirm→ confirmed      unknown ─weigh→ unknown | pending | needs_human
pending ─the link ends→ parked ─open, for the same pair→ sending
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.invoices.actions.push.leases import Lease, lock_leased
from api.invoices.actions.push.objects import as_written, forget_objects, remember_objects
from api.invoices.actions.push.waiting import find_waiting, operations_of
from api.invoices.models import RemoteOperation
from api.invoices.queries.pushing import get_database_time
from api.invoices.rules.intents import Evidence, Intent, intent_from_json, intent_to_json
from api.invoices.rules.patience import Judgement, Patience, Unknown, judge
from api.invoices.rules.steps import Written
from api.linking.queries import ActiveLink, require_active_link

# The invoice before its operation, as everywhere: what was written is kept beside it, and who holds it wants the operation.
_HOLD_INVOICE = text("SELECT FROM invoice WHERE workspace_id = :workspace AND id = :invoice FOR KEY SHARE")


class LinkChangedError(RuntimeError):
    """The link was ended or made again since this push began: nothing is written for it any more (I8)."""


async def require_same_link(session: AsyncSession, workspace_id: UUID, link: ActiveLink) -> None:
    """The link that the work was begun under still works. Raises `LinkChangedError` and the problems of the link."""
    current = await require_active_link(session, workspace_id)
    if (current.id, current.epoch) != (link.id, link.epoch):
        raise LinkChangedError(str(workspace_id))


@dataclass(frozen=True, slots=True)
class Sending:
    """An operation whose bytes may leave now. `attempt` tells this send from later ones of the same operation."""

    id: UUID
    attempt: int
    intent: Intent


@dataclass(frozen=True, slots=True)
class OpenUnknown:
    """An operation of unknown outcome, and when it was read from the database."""

    id: UUID
    intent: Intent
    state: Unknown
    read_at: datetime


async def open_operation(
    session: AsyncSession, lease: Lease, link: ActiveLink, intent: Intent, *, revision: int
) -> Sending:
    """Claim the right to send this once: the link of this epoch works, the lease is ours and begins anew.

    An operation that waits to be sent again is taken up; otherwise a new one begins.
    Raises `LinkChangedError`, `LeaseLostError` and the problems of the link.
    """
    await require_same_link(session, lease.workspace_id, link)
    invoice = await lock_leased(session, lease)
    if invoice.push_state != "sending":
        invoice.push_state = "sending"
        invoice.version += 1
    operation = await find_waiting(session, lease, intent)
    if operation is None:
        operation = RemoteOperation(
            workspace_id=lease.workspace_id, id=new_id(), invoice_id=lease.invoice_id, attempts=0, reads=0
        )
        session.add(operation)
    now = await get_database_time(session)
    operation.revision = revision
    operation.epoch = link.epoch
    operation.verb = intent.verb
    operation.object_key = intent.key
    operation.marker = intent.marker
    operation.payload = intent_to_json(intent)
    operation.state = "sending"
    operation.attempts += 1
    operation.sent_at = now
    operation.lease_until = invoice.push_lease_until = now + timedelta(seconds=lease.seconds)
    operation.negative_reads = 0
    operation.last_negative_at = None
    await session.flush()
    return Sending(operation.id, operation.attempts, intent)


async def confirm_sent(
    session: AsyncSession, lease: Lease, sending: Sending, written: Mapping[str, Written]
) -> None:
    """The answer came: the books hold it. What another worker made of this send meanwhile is overruled, a later send is not."""
    await session.execute(_HOLD_INVOICE, {"workspace": lease.workspace_id, "invoice": lease.invoice_id})
    operation = await _lock(session, lease, sending.id)
    if operation.attempts != sending.attempt or operation.state not in {"sending", "unknown", "pending"}:
        return
    await _confirm(session, operation, sending.intent, written)


async def reject_sent(session: AsyncSession, lease: Lease, sending: Sending) -> None:
    """Printavo understood and said no: nothing was written, and sending it again would change nothing."""
    operation = await _lock_own(session, lease, sending)
    if operation is None:
        return
    operation.state = "rejected"
    operation.problem = {"code": "refused"}
    operation.settled_at = await get_database_time(session)
    await session.flush()


async def withdraw_sent(session: AsyncSession, lease: Lease, sending: Sending) -> None:
    """It certainly did not reach the books: it waits to be sent, and this send does not count."""
    operation = await _lock_own(session, lease, sending)
    if operation is None:
        return
    operation.state = "pending"
    operation.attempts -= 1
    operation.lease_until = None
    await session.flush()


async def hold_sent(session: AsyncSession, lease: Lease, sending: Sending) -> None:
    """Nobody knows whether it was written. The quarantine begins when we stopped waiting for the answer."""
    operation = await _lock_own(session, lease, sending)
    if operation is None:
        return
    operation.state = "unknown"
    operation.sent_at = await get_database_time(session)
    operation.lease_until = None
    await session.flush()


async def hold_orphans(session: AsyncSession, lease: Lease) -> None:
    """What a worker that is gone was sending is unknown; it may have sent it until its lease was over."""
    await session.execute(
        text(
            "UPDATE remote_operation SET state = 'unknown', sent_at = greatest(sent_at, lease_until), lease_until = NULL "
            "WHERE workspace_id = :workspace AND invoice_id = :invoice AND state = 'sending'"
        ),
        {"workspace": lease.workspace_id, "invoice": lease.invoice_id},
    )


async def find_unknown(session: AsyncSession, lease: Lease) -> OpenUnknown | None:
    """The invoice's operation of unknown outcome; there is one at most (I7)."""
    row = (
        await session.execute(
            text(
                "SELECT id, payload, sent_at, attempts, reads, negative_reads, last_negative_at, now() AS read_at "
                "FROM remote_operation WHERE workspace_id = :workspace AND invoice_id = :invoice AND state = 'unknown'"
            ),
            {"workspace": lease.workspace_id, "invoice": lease.invoice_id},
        )
    ).one_or_none()
    if row is None:
        return None
    state = Unknown(row.sent_at, row.attempts, row.reads, row.negative_reads, row.last_negative_at)
    return OpenUnknown(row.id, intent_from_json(row.payload), state, row.read_at)


async def settle_unknown(
    session: AsyncSession,
    lease: Lease,
    unknown: OpenUnknown,
    evidence: Evidence,
    *,
    credible: bool,
    patience: Patience,
) -> Judgement | None:
    """Weigh a reading of the books. None when it shows the whole operation, which is confirmed by that.

    Of a batch that was written in part, that part is remembered and the rest stays unknown.
    """
    operation = await _lock(session, lease, unknown.id)
    if operation.state != "unknown":
        return None  # its answer came after all, while the books were being read
    if evidence.missing is None:
        await _confirm(session, operation, unknown.intent, as_written(evidence.found))
        return None
    await remember_objects(session, lease.workspace_id, lease.invoice_id, as_written(evidence.found))
    judgement = judge(unknown.state, read_at=unknown.read_at, credible=credible, patience=patience)
    operation.payload = intent_to_json(evidence.missing)
    operation.reads = judgement.unknown.reads
    operation.negative_reads = judgement.unknown.negative_reads
    operation.last_negative_at = judgement.unknown.last_negative_at
    if judgement.decision == "send_again":
        operation.state = "pending"
    elif judgement.decision == "hand_over":
        operation.state = "needs_human"
        operation.problem = {"code": "unclear"}
    await session.flush()
    return judgement


async def _confirm(
    session: AsyncSession, operation: RemoteOperation, intent: Intent, written: Mapping[str, Written]
) -> None:
    await remember_objects(session, operation.workspace_id, operation.invoice_id, written)
    await forget_objects(session, operation.workspace_id, operation.invoice_id, intent)
    first = written.get(intent.key)
    operation.state = "confirmed"
    operation.external_id = first.external_id if first else None
    operation.problem = None
    operation.lease_until = None
    operation.settled_at = await get_database_time(session)
    await session.flush()


async def _lock(session: AsyncSession, lease: Lease, operation_id: UUID) -> RemoteOperation:
    found: RemoteOperation = (
        await session.scalars(operations_of(lease, RemoteOperation.id == operation_id))
    ).one()
    return found


async def _lock_own(session: AsyncSession, lease: Lease, sending: Sending) -> RemoteOperation | None:
    """The operation, if this very send is still the one under way: another worker may have judged it, or sent it again."""
    operation = await _lock(session, lease, sending.id)
    is_own = operation.state == "sending" and operation.attempts == sending.attempt
    return operation if is_own else None
