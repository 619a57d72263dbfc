"""Moving the day from which a link shares orders (L7), and asking for what that makes readable."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.work import schedule_work
from api.linking.queries.links import NotLinked, find_active_link
from api.linking.rules import SYNC, share_from

_MOVE = text("""
UPDATE link SET share_orders_from = :begins, version = version + 1 WHERE workspace_id = :workspace AND id = :link
""")


async def move_share_date(session: AsyncSession, workspace_id: UUID, day: date, *, now: datetime) -> None:
    """Share orders placed on this day of the shop or later: attached ones stay, all others come or go. Raises `NotLinked`."""
    link = await find_active_link(session, workspace_id, lock="update")
    if link is None:
        raise NotLinked
    begins = share_from(day, None, time_zone=link.time_zone, now=now)
    await session.execute(_MOVE, {"workspace": workspace_id, "link": link.id, "begins": begins})


async def ask_for_reading(session: AsyncSession, workspace_id: UUID, *, now: datetime) -> None:
    """Read orders now that were listed, and not read whole because nobody wanted them; nothing without a working link."""
    link = await find_active_link(session, workspace_id)
    if link is not None and link.state == "linked":
        await schedule_work(session, workspace_id, SYNC, due_at=now)
