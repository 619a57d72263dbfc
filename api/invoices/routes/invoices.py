"""Routes of invoices: the picker, the preview, a new invoice, orders on an existing one, the invoice, its push."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import BaseModel

from api.connectors.doors import Tools
from api.connectors.registry import Toolbox
from api.core.auth import Caller, Principal
from api.core.edge import Session, room
from api.core.etag import etag
from api.core.idempotency import IDEMPOTENCY_PROBLEMS, OnceOptional, OnceRequired
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.core.schema import Search
from api.invoices.actions import attach, preview, retry
from api.invoices.actions.revise import DoesNotAddUp
from api.invoices.actions.select import SELECTION_PROBLEMS
from api.invoices.queries import picker, reading
from api.invoices.schemas.reading import InvoicePreview, InvoiceRead, InvoiceSummary, PickerPage
from api.invoices.schemas.requests import AttachRequest, InvoiceCreate, PreviewRequest
from api.linking.queries import LINK_PROBLEMS, NotLinked, get_active_link, require_active_link
from api.settings.queries import get_inksoft_settings

router = room("Invoices")
_ATTACHING = declare(
    *LINK_PROBLEMS,
    *SELECTION_PROBLEMS,
    attach.InvoiceClosed,
    attach.ContactRequired,
    DoesNotAddUp,
    *IDEMPOTENCY_PROBLEMS,
)


@router.get("/invoices", responses=declare(NotLinked, InvalidCursor))
async def list_invoices(
    caller: Caller,
    session: Session,
    tools: Tools,
    store_id: Annotated[UUID, Query(description="Only invoices that hold orders of this store.")],
    q: Annotated[Search, Query(description="Part of a number, nickname or customer.")] = "",
    limit: Limit = 25,
    cursor: CursorText = None,
) -> PickerPage:
    """Invoices that orders of this store can join, most recently created first; says how many are left out."""
    link = await get_active_link(session, caller.workspace)
    final = (await get_inksoft_settings(session, caller.workspace)).final_status_ids
    filters = {"store_id": store_id, "q": q, "final": final, "workspace": caller.workspace}
    position = tools.cursors.read(cursor, listing="invoices", filters=filters)
    rows = await picker.list_invoices(
        session,
        caller.workspace,
        link,
        store_id=store_id,
        q=q,
        final_status_ids=final,
        position=position,
        limit=limit,
    )
    page: Page[InvoiceSummary] = tools.cursors.page(
        rows, limit=limit, position=position, listing="invoices", filters=filters,
        key=picker.picker_key, show=picker.to_summary,
    )  # fmt: skip
    hidden = await picker.count_hidden(
        session, caller.workspace, link, store_id=store_id, q=q, final_status_ids=final
    )
    return PickerPage(**dict(page), hidden_count=hidden)


@router.get("/invoices/{invoice_id}")
async def get_invoice(caller: Caller, session: Session, invoice_id: UUID, response: Response) -> InvoiceRead:
    """The whole invoice: groups with their sizes and imprints, fees, proof, attached orders, push state."""
    found = await reading.get_invoice(session, caller.workspace, invoice_id)
    response.headers["ETag"] = etag(found.version)
    return found


@router.post(
    "/invoice-previews", responses=declare(*LINK_PROBLEMS, *SELECTION_PROBLEMS, attach.InvoiceClosed)
)
async def preview_invoice(
    caller: Caller, session: Session, tools: Tools, body: PreviewRequest
) -> InvoicePreview:
    """What the invoice would look like, to the cent. Nothing is written."""
    link = await get_active_link(session, caller.workspace)
    return await preview.preview_invoice(
        session, tools.hashes, caller.workspace, link, body.order_ids,
        invoice_id=body.invoice_id, now=tools.clock.now(),
    )  # fmt: skip


@router.post("/invoices", status_code=201, response_model=InvoiceRead, responses=_ATTACHING)
async def create_invoice(
    caller: Caller, session: Session, tools: Tools, once: OnceRequired, body: InvoiceCreate
) -> Response:
    """A new invoice with these orders, all or none; it is written to Printavo in the background."""

    async def effect() -> BaseModel:
        doing = await _doing(session, tools, caller)
        invoice_id = await attach.create_invoice(
            session,
            tools.hashes,
            doing,
            body.order_ids,
            nickname=body.nickname,
            customer_due_on=body.customer_due_on,
        )
        return await reading.get_invoice(session, caller.workspace, invoice_id)

    return await once.run(session, effect, status=201, headers=_located)


@router.post(
    "/invoices/{invoice_id}/attachments", status_code=201, response_model=InvoiceRead, responses=_ATTACHING
)
async def attach_orders(
    caller: Caller, session: Session, tools: Tools, once: OnceRequired, invoice_id: UUID, body: AttachRequest
) -> Response:
    """Put these orders on an invoice of their store, all or none."""

    async def effect() -> BaseModel:
        doing = await _doing(session, tools, caller)
        await attach.attach_orders(session, tools.hashes, doing, invoice_id, body.order_ids)
        return await reading.get_invoice(session, caller.workspace, invoice_id)

    return await once.run(session, effect, status=201, headers=_located)


@router.post(
    "/invoices/{invoice_id}/push",
    status_code=202,
    response_model=InvoiceRead,
    responses=declare(*LINK_PROBLEMS, retry.NothingToPush, attach.InvoiceClosed, *IDEMPOTENCY_PROBLEMS),
)
async def retry_invoice_push(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, invoice_id: UUID
) -> Response:
    """Try again to write this invoice to Printavo, after what stopped it was put right."""

    async def effect() -> BaseModel:
        doing = await _doing(session, tools, caller)
        await retry.retry_push(session, doing, invoice_id)
        return await reading.get_invoice(session, caller.workspace, invoice_id)

    return await once.run(session, effect, status=202, headers=_located)


async def _doing(session: Session, tools: Toolbox, caller: Principal) -> attach.Doing:
    link = await require_active_link(session, caller.workspace)
    return attach.Doing(workspace_id=caller.workspace, link=link, actor=caller.actor(), now=tools.clock.now())


def _located(made: BaseModel) -> dict[str, str]:
    invoice = InvoiceRead.model_validate(made)
    return {"Location": f"/v1/invoices/{invoice.id}", "ETag": etag(invoice.version)}
