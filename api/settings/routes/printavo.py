"""Routes of what is read from Printavo to choose from, and of new customers there."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from api.connectors.doors import Tools
from api.connectors.partner import PartnerUnavailable, unavailable
from api.connectors.print_shop import ContactDraft, PrintShopContact, ShopCredentials
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import LinkBroken, Refused, VendorError
from api.core.auth import Caller
from api.core.edge import room
from api.core.idempotency import IDEMPOTENCY_PROBLEMS, OnceRequired
from api.core.paging import CursorText, InvalidCursor, Page
from api.core.problems import declare
from api.core.schema import Search
from api.linking.queries import LINK_PROBLEMS, LinkNeedsReauth, NotConnected, get_shop_credentials
from api.settings.actions import customers
from api.settings.actions.customers import CustomerRefused, CustomerUncertain
from api.settings.schemas.printavo import (
    PrintavoContact,
    PrintavoContactCreate,
    PrintavoStatus,
    PrintavoTypeOfWork,
)

router = room("Settings")
_CONTACTS = "printavo_contacts"
_ASKING = declare(NotConnected, PartnerUnavailable, *LINK_PROBLEMS)
_MAKING = {
    200: {"model": PrintavoContact, "description": "It was there already."},
    **declare(
        NotConnected,
        PartnerUnavailable,
        CustomerRefused,
        CustomerUncertain,
        *LINK_PROBLEMS,
        *IDEMPOTENCY_PROBLEMS,
    ),
}


@router.get("/printavo/statuses", responses=_ASKING)
async def list_printavo_statuses(caller: Caller, tools: Tools) -> list[PrintavoStatus]:
    """The shop's own statuses, read from Printavo now."""
    credentials = await _credentials(tools, caller.workspace)
    try:
        found = await tools.vendors.print_shop.list_statuses(credentials)
    except VendorError as error:
        raise _trouble(error) from None
    ordered = sorted(found, key=lambda status: (status.kind, status.position))
    return [PrintavoStatus(id=s.id, name=s.name, color=s.color, kind=s.kind) for s in ordered]


@router.get("/printavo/types-of-work", responses=_ASKING)
async def list_printavo_types_of_work(caller: Caller, tools: Tools) -> list[PrintavoTypeOfWork]:
    """The shop's own decoration methods, read from Printavo now."""
    credentials = await _credentials(tools, caller.workspace)
    try:
        found = await tools.vendors.print_shop.list_types_of_work(credentials)
    except VendorError as error:
        raise _trouble(error) from None
    return [PrintavoTypeOfWork.model_validate(one) for one in sorted(found, key=lambda one: one.name)]


@router.get(
    "/printavo/contacts", responses=declare(InvalidCursor, NotConnected, PartnerUnavailable, *LINK_PROBLEMS)
)
async def list_printavo_contacts(
    caller: Caller,
    tools: Tools,
    q: Annotated[Search, Query(description="Part of a name or e-mail.")] = "",
    limit: Annotated[
        int, Query(ge=1, le=25, description="Rows a page; Printavo gives no more at once.")
    ] = 25,
    cursor: CursorText = None,
) -> Page[PrintavoContact]:
    """The contacts that Printavo finds for this text, read now: each page is one call to Printavo.

    It is read forwards only (`prev_cursor` is null). Printavo counts places, so a contact made meanwhile can show twice.
    """
    filters = {"q": q}
    position = tools.cursors.read(cursor, listing=_CONTACTS, filters=filters)
    after = position.values[0] if position else None
    credentials = await _credentials(tools, caller.workspace)
    try:
        found = await tools.vendors.print_shop.list_contacts(credentials, query=q, limit=limit, after=after)
    except VendorError as error:
        raise _trouble(error) from None
    return Page(
        data=[_show(contact) for contact in found.contacts],
        has_more=found.after is not None,
        next_cursor=tools.cursors.write("next", [found.after], listing=_CONTACTS, filters=filters)
        if found.after is not None
        else None,
        prev_cursor=None,
    )


@router.post("/printavo/contacts", status_code=201, response_model=PrintavoContact, responses=_MAKING)
async def create_printavo_contact(
    caller: Caller, tools: Tools, once: OnceRequired, body: PrintavoContactCreate
) -> Response:
    """Make a new customer with this contact in Printavo; one with the very same names and e-mail is the answer, not made twice."""
    draft = ContactDraft(body.company_name, body.first_name, body.last_name, body.email)
    async with tools.database.transaction(caller.workspace) as session:
        begun = await once.begin(session)
        if isinstance(begun, Response):
            return begun
        credentials = await get_shop_credentials(session, tools.sealer, caller.workspace, lane="interactive")
    try:
        done = await customers.create_customer(tools.vendors.print_shop, credentials, draft)
    except VendorError as error:
        async with tools.database.transaction(caller.workspace) as session:
            await once.leave(session, begun)
        raise (CustomerRefused() if isinstance(error, Refused) else _trouble(error)) from None
    async with tools.database.transaction(caller.workspace) as session:
        is_ours = done.is_new or begun == "again"
        if is_ours:
            await customers.tell_customer(
                session, caller.workspace, draft, done.contact, actor=caller.actor()
            )
        if done.contact is not None:
            return await once.end(session, _show(done.contact), status=201 if is_ours else 200)
        await once.leave(session, "again")
    raise CustomerUncertain


def _show(contact: PrintShopContact) -> PrintavoContact:
    return PrintavoContact(
        id=contact.id, full_name=contact.full_name, email=contact.email, company_name=contact.company_name
    )


async def _credentials(tools: Toolbox, workspace_id: UUID) -> ShopCredentials:
    async with tools.database.transaction(workspace_id) as session:
        return await get_shop_credentials(session, tools.sealer, workspace_id, lane="interactive")


def _trouble(error: VendorError) -> PartnerUnavailable | LinkNeedsReauth:
    return LinkNeedsReauth(side=error.side) if isinstance(error, LinkBroken) else unavailable(error)
