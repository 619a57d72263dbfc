"""The tags that a shop uses."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.linking.queries import ActiveLink
from api.orders.schemas.notes import OrderTagCount

MOST = 200
_TAGS = text("""
SELECT t.tag, count(*) AS order_count
FROM order_tag t JOIN store_order o ON o.workspace_id = t.workspace_id AND o.id = t.order_id
WHERE t.workspace_id = :workspace AND o.account = :account GROUP BY t.tag ORDER BY order_count DESC, t.tag LIMIT :most
""")


async def list_tags(session: AsyncSession, workspace_id: UUID, link: ActiveLink) -> list[OrderTagCount]:
    """Most used first."""
    values = {"workspace": workspace_id, "account": link.inksoft_account, "most": MOST}
    return [OrderTagCount.model_validate(row) for row in await session.execute(_TAGS, values)]
