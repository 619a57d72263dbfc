"""The job that folds orders per day, a few seconds after the last fold while there is something to fold."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from api.connectors.registry import Toolbox
from api.core.jobs import JobBook
from api.core.work import cancel_work, postpone_work
from api.linking.queries import find_active_link
from api.orders.actions.days import DAYS, fold_days
from api.settings.rules.choices import zone_of

book = JobBook()
EVERY = timedelta(seconds=5)


@book.job(DAYS)
async def fold(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Fold what was appended for the linked account. Without a link it waits for the next one: linking schedules this."""
    workspace = UUID(workspace_id)
    async with tools.database.transaction(workspace) as session:
        link = await find_active_link(session, workspace)
        if link is not None and await fold_days(
            session, workspace, link.inksoft_account, zone=zone_of(link.time_zone).key
        ):
            await postpone_work(session, workspace, DAYS, due_at=tools.clock.now() + EVERY)
        else:
            await cancel_work(session, workspace, DAYS)
