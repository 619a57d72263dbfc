"""The job `push`: every invoice of a workspace whose books do not hold its latest revision, one at a time."""

import logging
from datetime import timedelta
from typing import Any
from uuid import UUID

from api.connectors.print_shop import ShopCredentials
from api.connectors.registry import Toolbox
from api.core.holding import work_holding
from api.core.jobs import JobBook
from api.core.problems import Problem
from api.core.work import cancel_work, schedule_work
from api.invoices.actions.attach import PUSH
from api.invoices.actions.push.leases import Lease, LeaseLostError, claim_invoice, release_lease
from api.invoices.actions.push.operations import LinkChangedError
from api.invoices.jobs.invoice import push_invoice
from api.invoices.jobs.turn import PartnerPausedError, Turn
from api.invoices.queries.pushing import find_next_push, get_database_time
from api.linking.queries import (
    ActiveLink,
    find_active_link,
    get_shop_credentials,
    require_active_link,
)

book = JobBook()
log = logging.getLogger("platen.push")

# Seconds after which an invoice whose push failed for a reason of ours is tried again.
AFTER_A_FAILURE = 300.0


@book.job(PUSH, tries=3)
async def push(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Push what is due; ends when nothing is, when Printavo asks for a pause, or when the link does not work."""
    workspace = UUID(workspace_id)
    pause = 0.0
    try:
        while (claimed := await _claim(tools, workspace)) is not None:
            await _push_one(tools, *claimed)
    except PartnerPausedError as paused:
        pause = paused.seconds
    except LinkChangedError:
        log.info("the link changed during a push")
    await _schedule(tools, workspace, pause=pause)


async def _claim(tools: Toolbox, workspace_id: UUID) -> tuple[Lease, ActiveLink, ShopCredentials] | None:
    async with tools.database.transaction(workspace_id) as session:
        try:
            link = await require_active_link(session, workspace_id)
        except Problem:
            return None
        lease = await claim_invoice(
            session, workspace_id, link.printavo_account, seconds=tools.settings.push_lease
        )
        if lease is None:
            return None
        return lease, link, await get_shop_credentials(session, tools.sealer, workspace_id)


async def _push_one(tools: Toolbox, lease: Lease, link: ActiveLink, keys: ShopCredentials) -> None:
    """One invoice, which never keeps the others from being pushed."""
    about = {"invoice_id": str(lease.invoice_id)}
    try:
        turn = Turn(tools, lease, link, keys)
        await work_holding(push_invoice(turn), turn.hold, every=lease.seconds / 3)
    except (PartnerPausedError, LinkChangedError):
        raise
    except LeaseLostError:
        log.warning("another worker took the push over", extra=about)
    except Problem:
        # The link stopped working in between; whoever makes it work again schedules the push.
        await _release(tools, lease, wait=0)
    except Exception:
        log.exception("a push failed", extra=about)
        await _release(tools, lease, wait=AFTER_A_FAILURE)


async def _release(tools: Toolbox, lease: Lease, *, wait: float) -> None:
    async with tools.database.transaction(lease.workspace_id) as session:
        await release_lease(session, lease, wait=wait)


async def _schedule(tools: Toolbox, workspace_id: UUID, *, pause: float) -> None:
    """Say when the next invoice is due. Taken down first: whoever attaches meanwhile waits here and puts it up again."""
    async with tools.database.transaction(workspace_id) as session:
        link = await find_active_link(session, workspace_id, lock="share")
        await cancel_work(session, workspace_id, PUSH)
        if link is None or link.state != "linked":
            return
        due_at = await find_next_push(session, workspace_id, link.printavo_account)
        if due_at is not None:
            earliest = await get_database_time(session) + timedelta(seconds=pause)
            await schedule_work(session, workspace_id, PUSH, due_at=max(due_at, earliest))
