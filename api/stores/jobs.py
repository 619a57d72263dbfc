"""The job that folds figures, a second after the last fold while there is something to fold."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from api.connectors.registry import Toolbox
from api.core.jobs import JobBook
from api.core.work import cancel_work, postpone_work
from api.stores.actions.counters import FOLD, fold_counters

book = JobBook()
EVERY = timedelta(seconds=1)


@book.job(FOLD)
async def fold(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Fold what was appended. Idle workspaces have no such work: the next change schedules it again.

    A change that commits just after the last fold waits for the next one; until then reading adds it, so no figure is wrong.
    """
    workspace = UUID(workspace_id)
    async with tools.database.transaction(workspace) as session:
        if await fold_counters(session, workspace):
            await postpone_work(session, workspace, FOLD, due_at=tools.clock.now() + EVERY)
        else:
            await cancel_work(session, workspace, FOLD)
