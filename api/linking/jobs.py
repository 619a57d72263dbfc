"""Jobs of linking: a suspended link is asked about again, and secrets that nobody confirmed are erased."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import Side
from api.core.jobs import JobBook
from api.core.problems import Problem
from api.core.work import cancel_work, postpone_work, schedule_work
from api.linking.actions.health import mark_healthy, mark_needs_reauth
from api.linking.actions.verify import InvalidCredentials, Way, ask
from api.linking.queries import find_active_link, get_platform_credentials, get_shop_credentials
from api.linking.queries.links import ActiveLink
from api.linking.rules import CHECK_EVERY, SIDES, Access

book = JobBook()


@book.job("link_check", tries=1)
async def check_link(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Ask a suspended side whether its plan is back; the link resumes by itself, or is asked about again later (L6)."""
    workspace = UUID(workspace_id)
    async with tools.database.transaction(workspace) as session:
        link = await find_active_link(session, workspace)
        if link is None or link.state != "suspended":
            await cancel_work(session, workspace, "link_check")
            return
        await postpone_work(session, workspace, "link_check", due_at=tools.clock.now() + CHECK_EVERY)
        ways: dict[Side, Way] = {
            "inksoft": await get_platform_credentials(session, tools.sealer, workspace),
            "printavo": await get_shop_credentials(session, tools.sealer, workspace),
        }
    for side in SIDES:
        if link.side(side).state == "suspended":
            await _judge(tools, workspace, side, await ask(tools, side, ways[side]), seen=link)


async def _judge(
    tools: Toolbox, workspace_id: UUID, side: Side, answer: Access | Problem, *, seen: ActiveLink
) -> None:
    now = tools.clock.now()
    async with tools.database.transaction(workspace_id) as session:
        if isinstance(answer, Access):
            await mark_healthy(session, workspace_id, side, seen=seen, now=now)
        elif isinstance(answer, InvalidCredentials):
            await mark_needs_reauth(session, workspace_id, side, seen=seen, now=now)


@book.job("link_attempts")
async def tidy_attempts(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Erase the secrets of attempts that expired; a day later nothing is left of them."""
    workspace = UUID(workspace_id)
    now = tools.clock.now()
    values = {"workspace": workspace, "now": now, "a_day_ago": now - timedelta(days=1)}
    async with tools.database.transaction(workspace) as session:
        # Taken down first: whoever makes an attempt meanwhile waits here and puts it up again.
        await cancel_work(session, workspace, "link_attempts")
        await session.execute(
            text(
                "UPDATE link_attempt SET inksoft_sealed = NULL, printavo_sealed = NULL "
                "WHERE workspace_id = :workspace AND expires_at <= :now"
            ),
            values,
        )
        await session.execute(
            text("DELETE FROM link_attempt WHERE workspace_id = :workspace AND expires_at <= :a_day_ago"),
            values,
        )
        due_at = await session.scalar(
            text(
                "SELECT min(CASE WHEN expires_at > :now THEN expires_at ELSE expires_at + interval '1 day' END) "
                "FROM link_attempt WHERE workspace_id = :workspace"
            ),
            values,
        )
        if due_at is not None:
            await schedule_work(session, workspace, "link_attempts", due_at=due_at)
