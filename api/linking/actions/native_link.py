"""Whether the vendors' own link of this pair is on, as a person says later: what linking asks once is not true for ever (L7)."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.etag import check_if_match
from api.linking.events import Actor, record_link_event
from api.linking.queries.links import NotLinked, find_active_link
from api.linking.queries.reading import get_link
from api.linking.schemas.links import Link, LinkChange

_CHANGE = text("""
UPDATE link SET native_link = :is_on, version = version + 1 WHERE workspace_id = :workspace AND id = :link
""")


async def change_link(
    session: AsyncSession, workspace_id: UUID, change: LinkChange, *, if_match: str | None, actor: Actor
) -> tuple[Link, int]:
    """The link as it is then, with its version. Saying again what is known changes nothing.

    The warning stands as long as the answer is yes. Raises `NotLinked`, `PreconditionFailed`.
    """
    link = await find_active_link(session, workspace_id, lock="update")
    if link is None:
        raise NotLinked
    before, version = await get_link(session, workspace_id)
    check_if_match(if_match, version, current=before)
    if change.native_link != link.native_link:
        values = {"workspace": workspace_id, "link": link.id, "is_on": change.native_link}
        await session.execute(_CHANGE, values)
        await record_link_event(
            session,
            "link.changed",
            workspace_id=workspace_id,
            link_id=link.id,
            actor=actor,
            native_link=change.native_link,
        )
    return await get_link(session, workspace_id)
