"""The job `remake`: makes invoices anew that hold words taught since, on the board or in the settings."""

import contextlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.activity.actions.teaching import APPLYING
from api.activity.queries.unknown import known_words, list_outdated_invoices
from api.connectors.registry import Toolbox
from api.core.jobs import JobBook
from api.core.operations import OperationProblem, advance_operation, fail_operation, finish_operation
from api.core.problems import Problem
from api.core.work import cancel_work, postpone_work, schedule_work
from api.invoices.actions.attach import Doing, InvoiceClosed
from api.invoices.actions.remake import remake_invoice
from api.invoices.actions.revise import DoesNotAddUp
from api.linking.queries import LINK_PROBLEMS, NotLinked, require_active_link
from api.settings.actions import REMAKE

book = JobBook()
# Who does it where nobody waits for it: a word was taught on the settings page.
SYSTEM: Final = {"system": "settings", "name": "Settings"}
# A link that does not work is looked at again after this.
PAUSE: Final = timedelta(minutes=15)
_CLOSE = text("""
UPDATE attention SET resolved_at = now(), resolution = 'known_now', version = version + 1
WHERE workspace_id = :workspace AND resolved_at IS NULL
  AND ((code = 'unknown_size' AND fact = ANY (:sizes)) OR (code = 'unknown_method' AND fact = ANY (:methods)))
  AND NOT EXISTS (
    SELECT FROM attachment
    JOIN invoice ON invoice.workspace_id = :workspace AND invoice.id = attachment.invoice_id AND NOT invoice.closed
    WHERE attachment.workspace_id = :workspace AND attachment.order_id = attention.subject_id
      AND attachment.detached_at IS NULL
  )
""")
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
        await _rest(session, workspace, trouble, seen, now=tools.clock.now())
        for operation in await _list_open(session, workspace):
            await _end(session, workspace, operation.id, trouble, len(seen), now=tools.clock.now())


async def _rest(
    session: AsyncSession, workspace: UUID, trouble: Problem | None, seen: set[UUID], *, now: datetime
) -> None:
    """Nothing is left, or the link has to work first. Taken down before looking once more: whoever teaches a word after
    that waits here and puts it up again.
    """
    if trouble is not None and not isinstance(trouble, NotLinked):
        await postpone_work(session, workspace, REMAKE, due_at=now + PAUSE)
        return
    await cancel_work(session, workspace, REMAKE)
    if await list_outdated_invoices(session, workspace, without=seen):
        await schedule_work(session, workspace, REMAKE, due_at=now)
    # Those of orders that are on no invoice any more, or on one that takes nothing.
    await session.execute(_CLOSE, await known_words(session, workspace))


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
        if not outdated:
            return False
        now, link = tools.clock.now(), await require_active_link(session, workspace)
        doing = Doing(
            workspace_id=workspace, link=link, actor=operations[0].actor if operations else SYSTEM, now=now
        )
        # A closed one, or one that does not add up, keeps its exception, which says so.
        with contextlib.suppress(InvoiceClosed, DoesNotAddUp):
            await remake_invoice(session, tools.hashes, doing, outdated[0])
        seen.add(outdated[0])
        for operation in operations:
            await advance_operation(session, workspace, operation.id, done_count=len(seen), now=now)
        return True


async def _list_open(session: AsyncSession, workspace: UUID) -> Sequence[Row[Any]]:
    return (await session.execute(_OPEN, {"workspace": workspace, "kind": APPLYING})).all()
