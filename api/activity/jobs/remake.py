"""The job `remake`: makes invoices anew that hold words taught since."""

import contextlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.activity.actions.teaching import APPLYING, REMAKE
from api.activity.queries.unknown import list_outdated_invoices
from api.connectors.registry import Toolbox
from api.core.jobs import JobBook
from api.core.operations import OperationProblem, advance_operation, fail_operation, finish_operation
from api.core.problems import Problem
from api.core.work import cancel_work
from api.invoices.actions.attach import Doing, InvoiceClosed
from api.invoices.actions.remake import remake_invoice
from api.invoices.actions.revise import DoesNotAddUp
from api.linking.queries import LINK_PROBLEMS, require_active_link

book = JobBook()
_OPEN = text("""
SELECT id, actor FROM operation
WHERE workspace_id = :workspace AND kind = :kind AND finished_at IS NULL ORDER BY id
""")


@book.job(REMAKE)
async def remake_invoices(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """One invoice a transaction; killed anywhere, it goes on with those that are still outdated."""
    workspace, seen = UUID(workspace_id), set[UUID]()
    trouble: Problem | None = None
    try:
        while await _remake_next(tools, workspace, seen):
            pass
    except LINK_PROBLEMS as stopped:
        trouble = stopped
    async with tools.database.transaction(workspace) as session:
        # Taken down first: whoever teaches a word meanwhile waits here and puts it up again.
        await cancel_work(session, workspace, REMAKE)
        for operation in await _list_open(session, workspace):
            await _end(session, workspace, operation.id, trouble, len(seen), now=tools.clock.now())


async def _end(
    session: AsyncSession,
    workspace: UUID,
    operation_id: UUID,
    trouble: Problem | None,
    count: int,
    *,
    now: datetime,
) -> None:
    """Done, or stopped by a link that does not work: the rest keep their exceptions, which can be fixed again."""
    if trouble is None:
        await finish_operation(session, workspace, operation_id, now=now, result={"invoices": count})
    else:
        problem = OperationProblem.of(trouble)
        await fail_operation(session, workspace, operation_id, problem=problem, now=now)


async def _remake_next(tools: Toolbox, workspace: UUID, seen: set[UUID]) -> bool:
    """Make the next outdated invoice anew; whether there was one. Raises what stops all of them: `LINK_PROBLEMS`."""
    async with tools.database.transaction(workspace) as session:
        operations = await _list_open(session, workspace)
        outdated = await list_outdated_invoices(session, workspace, without=seen)
        if not operations or not outdated:
            return False
        now, link = tools.clock.now(), await require_active_link(session, workspace)
        doing = Doing(workspace_id=workspace, link=link, actor=operations[0].actor, now=now)
        # A closed one, or one that does not add up, keeps its exception, which says so.
        with contextlib.suppress(InvoiceClosed, DoesNotAddUp):
            await remake_invoice(session, tools.hashes, doing, outdated[0])
        seen.add(outdated[0])
        for operation in operations:
            await advance_operation(session, workspace, operation.id, done_count=len(seen), now=now)
        return True


async def _list_open(session: AsyncSession, workspace: UUID) -> Sequence[Row[Any]]:
    return (await session.execute(_OPEN, {"workspace": workspace, "kind": APPLYING})).all()
