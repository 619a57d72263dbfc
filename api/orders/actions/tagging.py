"""Tags added to many orders and removed from them at once; each order's tags are decided while its row is held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record
from api.core.problems import NotFound, Problem
from api.linking.queries import ActiveLink
from api.orders.rules.tags import MOST_TAGS, change_tags

# By id, like whoever takes many orders: two that wait for each other's would wait for ever.
_LOCK = text("""
SELECT o.id, o.tags FROM store_order o
WHERE o.workspace_id = :workspace AND o.account = :account AND o.id = ANY(CAST(:orders AS uuid[]))
ORDER BY o.id FOR UPDATE OF o
""")
_TAG = text("""
UPDATE store_order o SET tags = ARRAY(
    SELECT tag FROM jsonb_array_elements_text(given.tags) WITH ORDINALITY AS wanted (tag, place) ORDER BY place
)
FROM unnest(CAST(:orders AS uuid[]), CAST(:tags AS jsonb[])) AS given (id, tags)
WHERE o.workspace_id = :workspace AND o.id = given.id
""")


class TooManyTags(Problem):
    """This order would have more than 20 tags. Remove some first."""

    status = 409


@dataclass(frozen=True, slots=True)
class TagOutcome:
    """An order's tags now, or the problem that left them as they were."""

    order_id: UUID
    tags: tuple[str, ...] = ()
    problem: Problem | None = None


async def tag_orders(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    order_ids: Sequence[UUID],
    *,
    add: Sequence[str],
    remove: Sequence[str],
    actor: Mapping[str, Any],
) -> list[TagOutcome]:
    """Change the tags of each of these orders, whatever becomes of the others; in the order given, in three statements.

    An order that has its tags as wanted is left alone. One that is not the linked account's is not there.
    """
    place = {"workspace": workspace_id, "account": link.inksoft_account, "orders": list(order_ids)}
    held: dict[UUID, list[str]] = {row.id: row.tags for row in await session.execute(_LOCK, place)}
    wanted = {order_id: change_tags(tags, add=add, remove=remove) for order_id, tags in held.items()}
    changed = [
        order_id for order_id, tags in wanted.items() if tags != held[order_id] and len(tags) <= MOST_TAGS
    ]
    if changed:
        tags = [orjson.dumps(wanted[order_id]).decode() for order_id in changed]
        await session.execute(_TAG, {"workspace": workspace_id, "orders": changed, "tags": tags})
    await record(
        session,
        "order.tagged",
        workspace_id=workspace_id,
        subject_type="order",
        subjects=[(each, {"before": held[each], "after": wanted[each]}) for each in changed],
        actor=dict(actor),
    )
    return [_outcome(order_id, wanted.get(order_id)) for order_id in order_ids]


def _outcome(order_id: UUID, tags: Sequence[str] | None) -> TagOutcome:
    if tags is None:
        return TagOutcome(order_id, problem=NotFound("There is no such order."))
    if len(tags) > MOST_TAGS:
        return TagOutcome(order_id, problem=TooManyTags())
    return TagOutcome(order_id, tuple(tags))
