"""Which orders a link shares: from which day on (L7), from which sources (S3), those that cost nothing or not."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.work import schedule_work
from api.linking.queries.links import NotLinked, find_active_link
from api.linking.rules import SYNC, Source, share_from

_CHANGE = text("""
UPDATE link SET share_orders_from = :begins, share_sources = :sources, skip_free_orders = :skip, version = version + 1
WHERE workspace_id = :workspace AND id = :link
""")


async def change_shared_orders(
    session: AsyncSession,
    workspace_id: UUID,
    *,
    day: date | None,
    sources: Sequence[Source] | None,
    skip_free_orders: bool | None,
    now: datetime,
) -> None:
    """Share other orders from now on; None leaves one as it was. Raises `NotLinked`.

    Nothing is rewritten: what is shared is decided when reading, attached orders stay (S5). Orders that were listed and
    never read whole, because nobody wanted them, are read now.
    """
    link = await find_active_link(session, workspace_id, lock="update")
    if link is None:
        raise NotLinked
    begins = share_from(day, link.share_orders_from, time_zone=link.time_zone, now=now)
    values = {
        "workspace": workspace_id,
        "link": link.id,
        "begins": begins,
        "sources": sorted(link.share_sources if sources is None else sources),
        "skip": link.skip_free_orders if skip_free_orders is None else skip_free_orders,
    }
    await session.execute(_CHANGE, values)
    if link.state == "linked":
        await schedule_work(session, workspace_id, SYNC, due_at=now)
