"""The job `purchasing_writes`: every chosen status, one at a time, each under its invoice's lease: no push comes between."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.connectors.registry import Toolbox
from api.core.holding import work_holding
from api.core.jobs import JobBook
from api.core.problems import Problem
from api.core.work import cancel_work, schedule_work
from api.invoices.actions.attach import PUSH
from api.invoices.actions.push.leases import Lease, LeaseLostError, borrow_lease, return_lease
from api.invoices.actions.push.operations import LinkChangedError
from api.invoices.jobs.turn import PartnerPausedError
from api.invoices.queries.pushing import get_database_time
from api.linking.queries import find_active_link
from api.purchasing.actions.requesting import WRITES
from api.purchasing.actions.writing import put_off_write
from api.purchasing.jobs.desk import Desk, open_desk
from api.purchasing.jobs.line import LineTurn, write_line
from api.purchasing.queries.writes import DueWrite, find_next_write, list_due_writes

book = JobBook()
log = logging.getLogger("platen.purchasing")

# Seconds until an invoice is asked for again that a push holds, and after a failure of ours.
WHILE_PUSHED = 3.0
AFTER_A_FAILURE = 300.0


@book.job(WRITES, tries=3)
async def write_statuses(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Write what is due; ends when nothing is, when Printavo asks for a pause, or when the link does not work."""
    try:
        desk = await open_desk(tools, UUID(workspace_id), lane="interactive")
    except Problem:
        return  # whoever makes the link work again has this looked at
    pause = 0.0
    try:
        while (claimed := await _claim(desk)) is not None:
            await _write_one(desk, *claimed)
    except PartnerPausedError as paused:
        pause = paused.seconds
    except LinkChangedError:
        log.info("the link changed while a status was written")
    await _schedule(desk, pause)


async def _claim(desk: Desk) -> tuple[Lease, DueWrite] | None:
    """The write that is due longest and whose invoice nobody pushes."""
    seconds = desk.tools.settings.push_lease
    async with desk.transaction() as session:
        for write in await list_due_writes(session, desk.workspace_id, desk.link):
            lease = await borrow_lease(session, desk.workspace_id, write.invoice_id, seconds=seconds)
            if lease is not None:
                return lease, write
    return None


async def _write_one(desk: Desk, lease: Lease, write: DueWrite) -> None:
    """One status, which never keeps the others from being written."""
    turn = LineTurn(desk, lease, write.id)
    about = {"invoice_id": str(write.invoice_id), "line_item_id": str(write.line_item_id)}
    try:
        await work_holding(write_line(turn), turn.hold, every=lease.seconds / 3)
    except LinkChangedError:
        raise
    except PartnerPausedError as paused:
        # Behind the others: a line that Printavo cannot tell of must not be asked for first at every turn.
        await _put_off(desk, lease, write, paused.seconds)
        raise
    except LeaseLostError:
        log.warning("another worker took the line over", extra=about)
    except Problem:
        # The link stopped working in between; whoever makes it work again has the rest written.
        raise PartnerPausedError(0) from None
    except Exception:
        log.exception("a status could not be written", extra=about)
        await _put_off(desk, lease, write, AFTER_A_FAILURE)
    finally:
        await _give_back(desk, lease)


async def _put_off(desk: Desk, lease: Lease, write: DueWrite, seconds: float) -> None:
    async with desk.transaction() as session:
        later = await get_database_time(session) + timedelta(seconds=seconds)
        await put_off_write(session, lease, write.id, due_at=later)


async def _give_back(desk: Desk, lease: Lease) -> None:
    """A push that waited meanwhile has its turn."""
    async with desk.transaction() as session:
        if await return_lease(session, lease):
            await schedule_work(session, desk.workspace_id, PUSH, due_at=await get_database_time(session))


async def _schedule(desk: Desk, pause: float) -> None:
    """Say when the next one is due. Taken down first: whoever chooses meanwhile waits here and puts it up again."""
    async with desk.transaction() as session:
        link = await find_active_link(session, desk.workspace_id, lock="share")
        await cancel_work(session, desk.workspace_id, WRITES)
        if link is None or link.state != "linked":
            return
        due_at = await find_next_write(session, desk.workspace_id, link)
        if due_at is not None:
            wait = timedelta(seconds=max(pause, WHILE_PUSHED))
            earliest = await get_database_time(session) + wait
            await schedule_work(session, desk.workspace_id, WRITES, due_at=max(due_at, earliest))
