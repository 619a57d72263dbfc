"""Compares everything with the platform: the walk of the whole list is the history's, what it lacks is asked for by number."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.orders.actions.removing import remove_orders
from api.orders.queries.ingest import count_orders
from api.sync.actions.comparisons import begin_walk, finish_comparison, open_comparison
from api.sync.actions.exceptions import (
    clear_unreadable,
    end_vanished,
    hear_deleted,
    list_unreadable,
    note_removed,
    tell_vanished,
)
from api.sync.actions.runs import Figures
from api.sync.jobs.details import BATCH
from api.sync.jobs.reader import Reader
from api.sync.queries.reconciliation import (
    find_open_comparison,
    get_reconciliation,
    list_lacking,
    list_listed,
)
from api.sync.rules.comparing import MOST_LACKING, MOST_SAID, Finding, Lacking, LackingOrder, gone
from api.sync.rules.walk import Walk


async def compare(reader: Reader) -> bool:
    """Begin the comparison that is waited for, or end the one whose walk is done; says whether there is more to do."""
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        waiting = await find_open_comparison(session, reader.workspace_id, reader.reading.link.id)
    if waiting is None:
        return False
    if waiting.id == reader.cursor.reconciliation_id:
        await _end(reader, waiting.id)
        return True
    async with reader.step() as step:
        # What was placed before the last look at what changed should be here by now.
        await begin_walk(step.session, reader.workspace_id, waiting.id, since=reader.cursor.platform_through)
        step.cursor = replace(
            reader.cursor, history=Walk(), reconciliation_id=waiting.id, compared_at=reader.now()
        )
    return True


async def _end(reader: Reader, comparison_id: UUID) -> None:
    lacking = await find_lacking(reader, comparison_id)
    extra, calls = (
        await _find_gone(reader, comparison_id, lacking.orders)
        if lacking.are_asked_for
        else (list(lacking.orders), 0)
    )
    async with reader.step() as step:
        session, workspace, link_id = step.session, reader.workspace_id, reader.reading.link.id
        are_said = await hear_deleted(session, workspace, link_id)
        is_credible = lacking.are_few or (lacking.are_said and are_said)
        removed = await remove_orders(
            session, workspace, [order.id for order in extra] if is_credible else [], now=reader.now()
        )
        await note_removed(session, workspace, [row for row in removed if row.invoice_id is not None])
        await clear_unreadable(session, workspace, [row.id for row in removed], resolution="deleted")
        await _tell(reader, session, lacking, removed=len(removed), are_said=are_said)
        report = await get_reconciliation(session, workspace, comparison_id)
        found = {finding.order_id for finding in report.findings}
        await finish_comparison(
            session,
            workspace,
            comparison_id,
            [Finding(order.id, order.external_id, "extra") for order in extra],
            extra=len(extra) if is_credible else lacking.count,
            removed=len(removed),
            unreadable=len(await list_unreadable(session, workspace, among=found)),
            now=reader.now(),
        )
        if are_said and not lacking.are_asked_for:
            # They said so while this one was ending: the next one asks by number.
            await open_comparison(session, workspace, link_id, kind="requested", now=reader.now())
        step.cursor = replace(reader.cursor, reconciliation_id=None)
        step.figures = Figures(removed=len(removed), vendor_calls=calls)


async def find_lacking(reader: Reader, comparison_id: UUID) -> Lacking:
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        are_said = await hear_deleted(session, reader.workspace_id, reader.reading.link.id)
        orders, count = await list_lacking(
            session, reader.workspace_id, reader.account, comparison_id,
            most=MOST_SAID if are_said else MOST_LACKING,
        )  # fmt: skip
        stored = await count_orders(session, reader.workspace_id, reader.account)
    return Lacking(orders, count, stored, are_said)


async def _tell(
    reader: Reader, session: AsyncSession, lacking: Lacking, *, removed: int, are_said: bool
) -> None:
    workspace, link_id = reader.workspace_id, reader.reading.link.id
    if lacking.are_said and are_said:
        await end_vanished(session, workspace, link_id, removed=removed, left=lacking.left(removed))
    else:
        await tell_vanished(session, workspace, link_id, 0 if lacking.are_few else lacking.count)


async def _find_gone(
    reader: Reader, comparison_id: UUID, lacking: Sequence[LackingOrder]
) -> tuple[list[LackingOrder], int]:
    """Those that the platform does not have either when it is asked for their numbers, and how often it was asked.

    An order that is listed is asked for along with them: while not even that one is found, nothing is believed.
    """
    found: list[LackingOrder] = []
    calls = 0
    for start in range(0, len(lacking), BATCH - 1):
        batch = lacking[start : start + BATCH - 1]
        numbers = {order.external_id for order in batch}
        async with reader.tools.database.transaction(reader.workspace_id) as session:
            listed = await list_listed(session, reader.workspace_id, comparison_id, numbers)
        platform, credentials = reader.platform()
        known = {number for number, _ in listed}
        existing = await platform.list_existing(credentials, sorted(numbers | known))
        calls += 1
        if known & {number for number, _ in existing}:
            found += gone(batch, existing, listed=listed)
    return found, calls
