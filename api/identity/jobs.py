"""Jobs of identity: what a workspace keeps of requests is forgotten when nobody can repeat them any more."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from api.connectors.registry import Toolbox
from api.core.idempotency import ANSWERS, forget_answers
from api.core.jobs import JobBook
from api.core.work import cancel_work, schedule_work

book = JobBook()
# Answers that end one after another are forgotten together, not by one job each.
AT_MOST_EVERY = timedelta(hours=1)


@book.job(ANSWERS)
async def tidy_answers(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Forget the answers to requests of yesterday (I10)."""
    workspace = UUID(workspace_id)
    now = tools.clock.now()
    async with tools.database.transaction(workspace) as session:
        # Taken down first: whoever keeps an answer meanwhile waits here and puts it up again.
        await cancel_work(session, workspace, ANSWERS)
        due_at = await forget_answers(session, workspace, now=now)
        if due_at is not None:
            await schedule_work(session, workspace, ANSWERS, due_at=max(due_at, now + AT_MOST_EVERY))
