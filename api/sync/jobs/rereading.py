"""Reads open orders again, by the hour: an edit that moves neither the modified date nor the list entry shows nowhere else."""

from dataclasses import replace
from typing import Final

from api.orders.actions.ingest import ingest_snapshots
from api.orders.queries.ingest import count_in_work, list_in_work
from api.orders.rules.due import DueOrder
from api.sync.actions.runs import Figures
from api.sync.jobs.details import BATCH, ask
from api.sync.jobs.reader import Reader
from api.sync.rules.matching import match_answers
from api.sync.rules.turns import reread_is_due

# The most calls of one turn; a shop with more open orders than that has them read in several.
MOST_BATCHES: Final = 20


async def reread_open(reader: Reader) -> None:
    """One turn through the open orders, going on where the turn before ended: so the one read longest ago comes first.

    Where it stands is one position of the cursor, not a mark on each order: an order that did not change writes nothing.
    """
    if reader.reading.kind not in {"open_reread", "nightly"}:
        return
    if not reread_is_due(reader.cursor, every=reader.turns.reread, now=reader.now()):
        return
    for left in range(MOST_BATCHES - 1, -1, -1):
        after = reader.cursor.reread_after
        async with reader.tools.database.transaction(reader.workspace_id) as session:
            orders = await list_in_work(session, reader.workspace_id, reader.account, after=after, most=BATCH)
            rest = await count_in_work(session, reader.workspace_id, reader.account, after=after)
        is_last = len(orders) < BATCH
        await _read(reader, orders, rest=min(rest - len(orders), left * BATCH), is_last=is_last)
        if is_last:
            break
    async with reader.step() as step:
        step.cursor = replace(reader.cursor, reread_at=reader.now())


async def _read(reader: Reader, orders: list[DueOrder], *, rest: int, is_last: bool) -> None:
    """Ask for a batch and store what changed. What is not answered stays as it was: the comparison finds what is gone."""
    if not orders:
        async with reader.step() as step:
            step.cursor = replace(reader.cursor, reread_after=None)
        return
    platform, credentials = reader.platform()
    answers, calls = await ask(platform, credentials, orders)
    found, _ = match_answers(orders, answers)
    async with reader.step() as step:
        done = await ingest_snapshots(step.session, reader.workspace_id, found, now=reader.now())
        step.figures = Figures(
            changed=reader.changed(done),
            unchanged=done.unchanged,
            details_read=len(found),
            details_left=rest,
            vendor_calls=calls,
        )
        step.cursor = replace(reader.cursor, reread_after=None if is_last else orders[-1].id)
