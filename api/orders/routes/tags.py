"""Routes of the tags that a shop puts on its orders: those in use, and many orders tagged at once."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import Request, Response

from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.problems import body_of, declare
from api.linking.queries import NotLinked, find_active_link, get_active_link
from api.orders.actions import tagging
from api.orders.queries import tags
from api.orders.queries.selection import list_ids, needing_tags, selection_query
from api.orders.schemas.notes import OrderTagCount
from api.orders.schemas.selection import MOST_IDS
from api.orders.schemas.tagging import BulkTagging, BulkTaggingItem, BulkTaggingResult, OrderTags

router = room("Orders")


@router.get("/order-tags")
async def list_order_tags(caller: Caller, session: Session) -> list[OrderTagCount]:
    """The tags in use on the linked account's orders, most used first, at most 200."""
    link = await find_active_link(session, caller.workspace)
    return await tags.list_tags(session, caller.workspace, link) if link else []


@router.post(
    "/orders/bulk-tags", response_model=BulkTaggingResult, responses=declare(NotLinked, *REPEAT_PROBLEMS)
)
async def tag_orders(
    request: Request, caller: Caller, session: Session, once: OnceOptional, body: BulkTagging
) -> Response:
    """Add tags to up to 200 orders and remove some, whatever state each is in (O3). They stay in Platen."""

    async def effect() -> BulkTaggingResult:
        link = await get_active_link(session, caller.workspace)
        order_ids: Sequence[UUID] = body.order_ids or ()
        if body.matching is not None:
            query = needing_tags(
                selection_query(caller.workspace, link, body), add=body.add, remove=body.remove
            )
            order_ids = await list_ids(session, query, most=MOST_IDS + 1)
        outcomes = await tagging.tag_orders(
            session,
            caller.workspace,
            link,
            order_ids[:MOST_IDS],
            add=body.add,
            remove=body.remove,
            actor=caller.actor(),
        )
        results = [_item(request, index, outcome) for index, outcome in enumerate(outcomes)]
        return BulkTaggingResult(results=results, has_more=len(order_ids) > MOST_IDS)

    return await once.run(session, effect)


def _item(request: Request, index: int, outcome: tagging.TagOutcome) -> BulkTaggingItem:
    problem = outcome.problem
    return BulkTaggingItem(
        index=index,
        status=problem.status if problem else 200,
        order_id=outcome.order_id,
        data=None if problem else OrderTags(tags=list(outcome.tags)),
        problem=body_of(request, problem) if problem else None,
    )
