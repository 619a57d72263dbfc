"""One line's status: read it, send what was chosen, read it again; what it shows decides, not what was answered (B4).

An answer that cannot be understood (`Unexpected`) is a matter of this line: it is counted, this line waits and the others go on,
and after a number of them the status ends. It alone is counted. `Unreachable`, `SlowDown` and `LinkBroken` say nothing of the
line: Printavo is down, wants a pause, or takes the key no more. All lines wait then, however long it lasts, and none ends. A
`Refused` reading does not come up here: the port gives it as a line that is not there. Nor does an answer to a write end
anything by being odd: the line is read next.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import RemoteLine
from api.connectors.vendor_errors import AFTER_A_RIDDLE, Refused, Unexpected, VendorError
from api.core.failpoints import reach
from api.invoices.actions.push.leases import Lease, extend_lease
from api.invoices.queries.pushing import get_database_time
from api.purchasing.actions.writing import (
    count_riddle,
    fail_write,
    finish_write,
    hold_write,
    open_write,
    overrule_write,
    put_off_write,
    withdraw_write,
)
from api.purchasing.jobs.desk import Desk
from api.purchasing.queries.writes import DueWrite, find_write
from api.purchasing.rules import Verdict, judge_reading


@dataclass(frozen=True, slots=True)
class LineTurn:
    """A worker's turn at one line, under the lease of its invoice."""

    desk: Desk
    lease: Lease
    write_id: UUID

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self.desk.transaction()

    def now(self) -> datetime:
        return self.desk.tools.clock.now()

    async def hold(self) -> None:
        """Keep the lease for another while; raises `LeaseLostError`."""
        async with self.transaction() as session:
            await extend_lease(session, self.lease)

    async def read(self, write: DueWrite) -> RemoteLine | None:
        """The line as Printavo shows it; raises `PartnerPausedError`, and `Unexpected` for what cannot be understood."""
        try:
            return await self.desk.shop.read_line(self.desk.keys, line_id=write.external_id)
        except Unexpected:
            raise
        except VendorError as error:
            await self.desk.pause(error)


async def write_line(turn: LineTurn) -> None:
    """Until Printavo shows the status, or it is settled otherwise, or it is put off.

    Raises `PartnerPausedError`, `LeaseLostError`, `LinkChangedError` and the problems of the link.
    """
    quarantine = timedelta(seconds=turn.desk.tools.settings.push_quarantine)
    async with turn.transaction() as session:
        await hold_write(session, turn.lease, turn.write_id)
    while True:
        async with turn.transaction() as session:
            write = await find_write(session, turn.lease.workspace_id, turn.write_id)
            read_at = await get_database_time(session)
        if write is None:
            return
        try:
            shown = await turn.read(write)
        except Unexpected:
            await _count(turn, write)
            return
        if shown is None:
            async with turn.transaction() as session:
                await fail_write(session, turn.lease, write, "line_removed", now=turn.now())
            return
        verdict = judge_reading(write.sent, shown.status, read_at=read_at, quarantine=quarantine)
        if verdict.decision != "send":
            await _settle(turn, write, shown, verdict, read_at)
            return
        await _send(turn, write, shown)


async def _send(turn: LineTurn, write: DueWrite, shown: RemoteLine) -> None:
    """Once. What became of it is not decided here, but by reading the line; only a refusal is final."""
    async with turn.transaction() as session:
        opened = await open_write(
            session, turn.lease, turn.desk.link, write, shown=shown.status, now=turn.now()
        )
    if not opened:
        return
    reach("after_claim")
    try:
        reach("before_send")
        await turn.desk.shop.set_line_status(
            turn.desk.keys, line_id=write.external_id, position=shown.position, status=write.status
        )
        reach("after_send")
    except Refused:
        async with turn.transaction() as session:
            await fail_write(session, turn.lease, write, "refused", now=turn.now())
        return
    except VendorError as error:
        is_unsent = error.applied == "no"
        async with turn.transaction() as session:
            await (withdraw_write if is_unsent else hold_write)(session, turn.lease, write.id)
        if not isinstance(error, Unexpected):
            await turn.desk.pause(error)
    async with turn.transaction() as session:
        await hold_write(session, turn.lease, write.id)


async def _count(turn: LineTurn, write: DueWrite) -> None:
    wait = timedelta(seconds=AFTER_A_RIDDLE)
    async with turn.transaction() as session:
        await count_riddle(session, turn.lease, write, wait=wait, now=turn.now())


async def _settle(
    turn: LineTurn, write: DueWrite, shown: RemoteLine, verdict: Verdict, read_at: datetime
) -> None:
    async with turn.transaction() as session:
        match verdict.decision:
            case "done":
                await finish_write(session, turn.lease, write, read_at=read_at, now=turn.now())
                reach("before_confirm_commit")
            case "overruled":
                await overrule_write(
                    session, turn.lease, write, shown.status, read_at=read_at, now=turn.now()
                )
            case "wait" if verdict.due_at is not None:
                await put_off_write(session, turn.lease, write.id, due_at=verdict.due_at)
            case _:
                await fail_write(session, turn.lease, write, "not_confirmed", now=turn.now())
