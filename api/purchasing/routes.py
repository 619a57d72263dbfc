"""Routes of purchasing: the goods of an invoice, and a line's status in Printavo."""

from uuid import UUID

from api.core.auth import Caller
from api.core.edge import Session, room
from api.purchasing.queries.reading import get_purchasing
from api.purchasing.schemas import InvoicePurchasing

router = room("Purchasing")


@router.get("/invoices/{invoice_id}/purchasing")
async def get_invoice_purchasing(caller: Caller, session: Session, invoice_id: UUID) -> InvoicePurchasing:
    """What both sides say of the goods of every line, which of them is shown, and of how many pieces."""
    return await get_purchasing(session, caller.workspace, invoice_id)
