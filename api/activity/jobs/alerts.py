"""The job `alerts`: mails what is new on the board, at most every quarter of an hour."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from api.activity.actions.alerting import write_alerts
from api.connectors.registry import Toolbox
from api.core.jobs import JobBook
from api.core.work import cancel_work, postpone_work
from api.settings.actions.inksoft import ALERTS

AT_MOST_EVERY: Final = timedelta(minutes=15)
book = JobBook()


@book.job(ALERTS)
async def mail_alerts(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Letters are rows of the transaction that marks what they tell: none is lost, none is told twice."""
    workspace, now = UUID(workspace_id), tools.clock.now()
    async with tools.database.transaction(workspace) as session:
        # Taken down first: whoever asks for alerts meanwhile waits here and puts it up again.
        await cancel_work(session, workspace, ALERTS)
        if await write_alerts(session, tools, workspace, now=now):
            await postpone_work(session, workspace, ALERTS, due_at=now + AT_MOST_EVERY)
