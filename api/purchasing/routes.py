"""Routes of purchasing: the goods of an invoice, and a line's status in Printavo."""

from uuid import UUID

from fastapi import Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import IDEMPOTENCY_PROBLEMS, OnceOptional
from api.core.operations import OperationRead, location_of
from api.core.problems import declare
from api.linking.queries import LINK_PROBLEMS, require_active_link
from api.purchasing.actions import requesting
from api.purchasing.queries.reading import get_purchasing
from api.purchasing.schemas import InvoicePurchasing, PurchasingStatusChange

router = room("Purchasing")


@router.get("/invoices/{invoice_id}/purchasing")
async def get_invoice_purchasing(caller: Caller, session: Session, invoice_id: UUID) -> InvoicePurchasing:
    """What both sides say of the goods of every line, which of them is shown, and of how many pieces."""
    return await get_purchasing(session, caller.workspace, invoice_id)


@router.put(
    "/line-items/{line_item_id}/purchasing-status",
    status_code=202,
    response_model=OperationRead,
    responses=declare(*LINK_PROBLEMS, *requesting.REQUEST_PROBLEMS, *IDEMPOTENCY_PROBLEMS),
)
async def set_purchasing_status(
    caller: Caller,
    session: Session,
    tools: Tools,
    once: OnceOptional,
    line_item_id: UUID,
    body: PurchasingStatusChange,
) -> Response:
    """Set Printavo's status of this line: written there and read back in the background. Done says that Printavo shows it."""

    async def effect() -> OperationRead:
        link = await require_active_link(session, caller.workspace)
        return await requesting.set_purchasing_status(
            session, caller.workspace, link, line_item_id, body.status,
            actor=caller.actor(), now=tools.clock.now(),
        )  # fmt: skip

    return await once.run(session, effect, status=202, headers=location_of)
