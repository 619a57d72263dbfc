"""Writes a status, step by step (B4): claimed before its first byte leaves, settled by what the line shows afterwards.

queued ─open→ sending ─hold→ unknown ─settle→ done | failed      unknown ─open→ sending      queued ─fail→ failed
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import LineStatus
from api.core.operations import advance_operation, fail_operation, finish_operation
from api.invoices.actions.line_items import keep_statuses
from api.invoices.actions.push.leases import Lease, lock_leased
from api.invoices.actions.push.operations import require_same_link
from api.linking.queries import ActiveLink
from api.purchasing.actions.troubles import clear_failure, tell_failure
from api.purchasing.queries.writes import DueWrite
from api.purchasing.rules import Ending, end_of_riddles, problem_of

# What a worker that is gone was sending may have left until now: whoever holds the lease is the only one who sends.
_HOLD = text("""
UPDATE purchasing_write SET state = 'unknown', sent_at = now()
WHERE workspace_id = :workspace AND id = :write AND state = 'sending'
""")
_OPEN = text("""
UPDATE purchasing_write SET state = 'sending', sends = sends + 1, sent_at = now(),
       status_before = CASE sends WHEN 0 THEN :shown ELSE status_before END
WHERE workspace_id = :workspace AND id = :write AND state IN ('queued', 'unknown') RETURNING true
""")
_WITHDRAW = text("""
UPDATE purchasing_write SET state = CASE sends WHEN 1 THEN 'queued' ELSE 'unknown' END, sends = sends - 1
WHERE workspace_id = :workspace AND id = :write AND state = 'sending'
""")
_PUT_OFF = text("UPDATE purchasing_write SET due_at = :due WHERE workspace_id = :workspace AND id = :write")
_RIDDLE = text("""
UPDATE purchasing_write SET riddles = riddles + 1, due_at = now() + CAST(:wait AS interval)
WHERE workspace_id = :workspace AND id = :write AND settled_at IS NULL RETURNING riddles
""")
_SETTLE = text("""
UPDATE purchasing_write SET state = :state, settled_at = now()
WHERE workspace_id = :workspace AND id = :write AND settled_at IS NULL RETURNING true
""")
_END = text("""
UPDATE purchasing_write w SET state = 'failed', settled_at = now()
FROM invoice i JOIN store s ON s.workspace_id = i.workspace_id AND s.id = i.store_id
WHERE w.workspace_id = :workspace AND w.settled_at IS NULL
AND i.workspace_id = w.workspace_id AND i.id = w.invoice_id AND s.account = :account
RETURNING w.operation_id
""")


async def hold_write(session: AsyncSession, lease: Lease, write_id: UUID) -> None:
    """Nobody knows what became of this send; from now on the line itself must say."""
    await session.execute(_HOLD, _place(lease, write_id))


async def open_write(
    session: AsyncSession,
    lease: Lease,
    link: ActiveLink,
    write: DueWrite,
    *,
    shown: LineStatus | None,
    now: datetime,
) -> bool:
    """Claim the right to send this once; False when it was replaced meanwhile. `shown` is what the line shows now.

    Raises `LinkChangedError`, `LeaseLostError` and the problems of the link.
    """
    await require_same_link(session, lease.workspace_id, link)
    await lock_leased(session, lease)
    opened = await session.scalar(_OPEN, {**_place(lease, write.id), "shown": shown})
    if opened:
        await advance_operation(session, lease.workspace_id, write.operation_id, done_count=0, now=now)
    return bool(opened)


async def withdraw_write(session: AsyncSession, lease: Lease, write_id: UUID) -> None:
    """It certainly did not reach Printavo: this send does not count."""
    await session.execute(_WITHDRAW, _place(lease, write_id))


async def put_off_write(session: AsyncSession, lease: Lease, write_id: UUID, *, due_at: datetime) -> None:
    """The line is looked at again then."""
    await session.execute(_PUT_OFF, {**_place(lease, write_id), "due": due_at})


async def count_riddle(
    session: AsyncSession, lease: Lease, write: DueWrite, *, wait: timedelta, now: datetime
) -> None:
    """An answer about the line that could not be understood: asked for again after `wait`, or ended after so many.

    Raises `LeaseLostError`.
    """
    await lock_leased(session, lease)
    riddles = await session.scalar(_RIDDLE, {**_place(lease, write.id), "wait": wait})
    ending = end_of_riddles(riddles or 0, write.sends)
    if ending is not None:
        await fail_write(session, lease, write, ending, now=now)


async def finish_write(
    session: AsyncSession, lease: Lease, write: DueWrite, *, read_at: datetime, now: datetime
) -> None:
    """A reading shows it: kept as Printavo's side, told, done. Raises `LeaseLostError`."""
    await _keep_shown(session, lease, write, write.status, read_at)
    if await session.scalar(_SETTLE, {**_place(lease, write.id), "state": "done"}):
        result = {"line_item_id": write.line_item_id, "status": write.status}
        await finish_operation(session, lease.workspace_id, write.operation_id, now=now, result=result)
        await clear_failure(session, lease.workspace_id, write)


async def fail_write(
    session: AsyncSession, lease: Lease, write: DueWrite, ending: Ending, *, now: datetime
) -> None:
    """It is not written, and why; a person is told where nothing gets better by itself. Raises `LeaseLostError`."""
    await lock_leased(session, lease)
    if await session.scalar(_SETTLE, {**_place(lease, write.id), "state": "failed"}):
        problem = problem_of(ending)
        await fail_operation(session, lease.workspace_id, write.operation_id, problem=problem, now=now)
        await tell_failure(session, lease.workspace_id, write, ending)


async def overrule_write(
    session: AsyncSession,
    lease: Lease,
    write: DueWrite,
    shown: LineStatus | None,
    *,
    read_at: datetime,
    now: datetime,
) -> None:
    """Somebody in the shop chose another status meanwhile: theirs is kept and shown."""
    await _keep_shown(session, lease, write, shown, read_at)
    await fail_write(session, lease, write, "overruled", now=now)


async def end_writes(session: AsyncSession, workspace_id: UUID, account: str, now: datetime) -> None:
    """What waits for this InkSoft account's link ends with it; the link must be locked (I8)."""
    ended = await session.scalars(_END, {"workspace": workspace_id, "account": account})
    for operation_id in ended.all():
        await fail_operation(session, workspace_id, operation_id, problem=problem_of("unlinked"), now=now)


async def _keep_shown(
    session: AsyncSession, lease: Lease, write: DueWrite, shown: LineStatus | None, read_at: datetime
) -> None:
    await lock_leased(session, lease)
    await keep_statuses(
        session,
        lease.workspace_id,
        lease.invoice_id,
        {write.external_id: shown},
        read_at=read_at,
        is_whole=False,
        actor=write.actor,
    )


def _place(lease: Lease, write_id: UUID) -> dict[str, UUID]:
    return {"workspace": lease.workspace_id, "write": write_id}
