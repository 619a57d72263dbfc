"""The job `purchasing`: takes over what changed on the store's side, and reads open invoices in the shop's books again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import VendorError
from api.core.jobs import JobBook
from api.core.problems import Problem
from api.core.work import cancel_work, schedule_work
from api.invoices.jobs.turn import PartnerPausedError
from api.invoices.queries.pushing import get_database_time
from api.linking.queries import ActiveLink, find_active_link
from api.orders.actions.news import PURCHASING
from api.purchasing.actions.looking import keep_reading, look_at_news
from api.purchasing.jobs.desk import Desk, open_desk
from api.purchasing.queries.due import Books, claim_reading, find_next_reading, list_news
from api.settings.queries import get_inksoft_settings

book = JobBook()

# How much one run does before others have their turn.
MOST_NEWS = 200
MOST_READINGS = 20


@book.job(PURCHASING, tries=3)
async def look_at_purchasing(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Look at what changed, then read what is due; ends early when Printavo asks for a pause or the link does not work."""
    workspace = UUID(workspace_id)
    try:
        desk = await open_desk(tools, workspace)
    except Problem:
        return  # whoever makes the link work again has this looked at
    pause = 0.0
    try:
        await _look_at_news(desk)
        await _read_due(desk)
    except PartnerPausedError as paused:
        pause = paused.seconds
    await _schedule(desk, pause)


async def _look_at_news(desk: Desk) -> None:
    async with desk.transaction() as session:
        invoices = await list_news(session, desk.workspace_id, most=MOST_NEWS)
    for invoice_id in invoices:
        async with desk.transaction() as session:
            await look_at_news(session, desk.workspace_id, invoice_id)


async def _read_due(desk: Desk) -> None:
    """One invoice a call or few; what is not open any more is left alone."""
    for _ in range(MOST_READINGS):
        async with desk.transaction() as session:
            due = await claim_reading(session, await _books(session, desk, desk.link))
        if due is None:
            return
        try:
            remote = await desk.shop.read_invoice(desk.keys, external_id=due.external_id)
        except VendorError as error:
            await desk.pause(error)
        async with desk.transaction() as session:
            await keep_reading(session, desk.workspace_id, due, remote)


async def _schedule(desk: Desk, pause: float) -> None:
    """Say when to look next. Taken down first: whoever tells news meanwhile waits here and puts it up again."""
    async with desk.transaction() as session:
        link = await find_active_link(session, desk.workspace_id, lock="share")
        await cancel_work(session, desk.workspace_id, PURCHASING)
        if link is None or link.state != "linked":
            return
        now = await get_database_time(session)
        due_at = await find_next_reading(session, await _books(session, desk, link))
        if await list_news(session, desk.workspace_id, most=1):
            due_at = now
        if due_at is not None:
            earliest = now + timedelta(seconds=pause)
            await schedule_work(session, desk.workspace_id, PURCHASING, due_at=max(due_at, earliest))


async def _books(session: AsyncSession, desk: Desk, link: ActiveLink) -> Books:
    chosen = await get_inksoft_settings(session, desk.workspace_id)
    return Books(desk.workspace_id, link.printavo_account, chosen.final_status_ids)
