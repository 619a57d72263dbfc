"""The orders of a bulk action, by id."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.linking.queries import ActiveLink
from api.orders.queries.pages import OrderFilters, OrderQuery, orders_query
from api.orders.schemas.selection import OrderMatch, OrderSelection


def selection_query(workspace_id: UUID, link: ActiveLink, selection: OrderSelection) -> OrderQuery:
    """The linked account's orders that are meant. Ids that it does not have are not found in it."""
    wanted = selection.matching or OrderMatch()
    query = orders_query(
        workspace_id,
        link,
        OrderFilters(
            q=wanted.q,
            store_ids=wanted.store_id,
            statuses=wanted.status,
            integration_states=wanted.integration_state,
            origins=wanted.origin,
            tags=wanted.tag,
            placed_at_gte=wanted.placed_at_gte,
            placed_at_lt=wanted.placed_at_lt,
        ),
    )
    if selection.order_ids is not None:
        query.where("o.id = ANY(CAST(:order_ids AS uuid[]))", order_ids=selection.order_ids)
    return query


def needing_tags(query: OrderQuery, *, add: Sequence[str], remove: Sequence[str]) -> OrderQuery:
    """Those that lack a tag to add, or wear one to remove: whoever asks again goes on with the others."""
    query.where(
        "(NOT o.tags @> CAST(:added AS text[]) OR o.tags && CAST(:removed AS text[]))",
        added=list(add),
        removed=list(remove),
    )
    return query


async def list_ids(session: AsyncSession, query: OrderQuery, *, most: int) -> Sequence[UUID]:
    """At most so many of them, those placed first."""
    statement = f"SELECT o.id {query.source()} ORDER BY o.placed_at, o.id LIMIT :most"
    return (await session.execute(text(statement), {**query.bound(), "most": most})).scalars().all()
