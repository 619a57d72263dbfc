"""Reads what somebody asked for now, before anything else: by the same reader, so that no older copy is stored (I9)."""

from uuid import UUID

from api.orders.actions.ingest import ingest_snapshots
from api.sync.actions.exceptions import clear_unreadable
from api.sync.actions.refreshes import settle_refreshes
from api.sync.actions.runs import Figures
from api.sync.jobs.details import BATCH, ask
from api.sync.jobs.reader import Reader
from api.sync.queries.refreshes import list_asked, list_waiting
from api.sync.rules.matching import match_answers


async def read_asked(reader: Reader) -> None:
    """Ask once for all that people want by now. One that is not answered is told by its operation, and keeps none waiting.

    Whoever asks meanwhile comes next: an answer from before they asked is not theirs.
    """
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        operations = await list_waiting(session, reader.workspace_id)
    tried: set[UUID] = set()
    while operations:
        async with reader.tools.database.transaction(reader.workspace_id) as session:
            orders = await list_asked(
                session,
                reader.workspace_id,
                reader.account,
                operations=operations,
                without=tried,
                most=BATCH,
            )
        if not orders:
            return
        tried |= {order.id for order in orders}
        platform, credentials = reader.platform()
        answers, calls = await ask(platform, credentials, orders)
        found, _ = match_answers(orders, answers)
        read = {order.id for order, _ in found}
        async with reader.step() as step:
            session, workspace = step.session, reader.workspace_id
            done = await ingest_snapshots(session, workspace, found, now=reader.now())
            await clear_unreadable(session, workspace, read, resolution="read")
            await settle_refreshes(session, workspace, operations, read=read, tried=tried, now=reader.now())
            step.figures = Figures(
                changed=reader.changed(done),
                unchanged=done.unchanged,
                details_read=len(found),
                vendor_calls=calls,
            )
