"""Putting orders of many stores on invoices at once."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import IDEMPOTENCY_PROBLEMS, OnceRequired
from api.core.problems import body_of, declare
from api.invoices.actions.attach import Doing
from api.invoices.actions.bulk import StoreOutcome, attach_in_bulk
from api.invoices.queries.picker import get_summaries
from api.invoices.schemas.bulk import BulkAttachment, BulkAttachmentItem, BulkAttachmentResult
from api.invoices.schemas.reading import InvoiceSummary, StoreRef
from api.linking.queries import LINK_PROBLEMS, require_active_link
from api.orders.queries import states
from api.orders.queries.selection import list_ids, selection_query
from api.orders.schemas.selection import MOST_IDS

router = room("Invoices")


@router.post(
    "/invoices/bulk-attachments",
    response_model=BulkAttachmentResult,
    responses=declare(*LINK_PROBLEMS, *IDEMPOTENCY_PROBLEMS),
)
async def attach_orders_in_bulk(
    request: Request, caller: Caller, session: Session, tools: Tools, once: OnceRequired, body: BulkAttachment
) -> Response:
    """Put up to 200 orders on invoices, one invoice a store; each store's orders all or none, whatever becomes of the others."""

    async def effect() -> BulkAttachmentResult:
        link = await require_active_link(session, caller.workspace)
        doing = Doing(caller.workspace, link, caller.actor(), tools.clock.now())
        order_ids: Sequence[UUID] = body.order_ids or ()
        if body.matching is not None:
            query = selection_query(caller.workspace, link, body)
            query.where(states.NEW)
            order_ids = await list_ids(session, query, most=MOST_IDS + 1)
        given = {each.store_id: each.invoice_id for each in body.invoices}
        outcomes = await attach_in_bulk(session, tools.hashes, doing, order_ids[:MOST_IDS], given)
        made = [outcome.invoice_id for outcome in outcomes if outcome.invoice_id is not None]
        shown = await get_summaries(session, caller.workspace, made)
        return BulkAttachmentResult(
            results=[_item(request, index, outcome, shown) for index, outcome in enumerate(outcomes)],
            has_more=len(order_ids) > MOST_IDS,
        )

    return await once.run(session, effect)


def _item(
    request: Request, index: int, outcome: StoreOutcome, shown: dict[UUID, InvoiceSummary]
) -> BulkAttachmentItem:
    problem = outcome.problem
    return BulkAttachmentItem(
        index=index,
        status=problem.status if problem else 201,
        store=StoreRef(id=outcome.store_id, name=outcome.store_name) if outcome.store_id else None,
        order_ids=list(outcome.order_ids),
        data=shown[outcome.invoice_id] if outcome.invoice_id else None,
        problem=body_of(request, problem) if problem else None,
    )
