"""Routes of the settings, and of the choices that are read from Printavo."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from api.connectors.doors import Tools
from api.connectors.partner import PartnerUnavailable, unavailable
from api.connectors.print_shop import ContactDraft, PrintShopContact, ShopCredentials
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import LinkBroken, VendorError
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.etag import MATCH_PROBLEMS, IfMatch, etag
from api.core.paging import CursorText, InvalidCursor, Page
from api.core.problems import NotFound, declare
from api.core.schema import Search
from api.linking.queries import LINK_PROBLEMS, LinkNeedsReauth, NotConnected, NotLinked, get_shop_credentials
from api.settings import queries
from api.settings.actions import contacts, inksoft, merch
from api.settings.schemas.contacts import InvoiceContact, InvoiceContactChange
from api.settings.schemas.inksoft import InkSoftSettings, InkSoftSettingsChange
from api.settings.schemas.merch import MerchSettings, MerchSettingsChange
from api.settings.schemas.printavo import (
    PrintavoContact,
    PrintavoContactCreate,
    PrintavoStatus,
    PrintavoTypeOfWork,
)

router = room("Settings")
_CONTACTS = "printavo_contacts"
_ASKING = declare(NotConnected, PartnerUnavailable, *LINK_PROBLEMS)


@router.get("/storefront-settings/inksoft")
async def get_inksoft_settings(caller: Caller, session: Session, response: Response) -> InkSoftSettings:
    """The InkSoft tab, with an ETag for the next change."""
    found = await queries.get_inksoft_settings(session, caller.workspace)
    response.headers["ETag"] = etag(found.version)
    return found


@router.patch("/storefront-settings/inksoft", responses=declare(NotLinked, *MATCH_PROBLEMS))
async def change_inksoft_settings(
    caller: Caller,
    session: Session,
    tools: Tools,
    response: Response,
    body: InkSoftSettingsChange,
    if_match: IfMatch = None,
) -> InkSoftSettings:
    """Change what is sent; needs If-Match, so that nobody's change is overwritten."""
    changed = await inksoft.change_inksoft_settings(
        session, caller.workspace, body, if_match=if_match, actor=caller.actor(), now=tools.clock.now()
    )
    response.headers["ETag"] = etag(changed.version)
    return changed


@router.get("/storefront-settings/merch")
async def get_merch_settings(caller: Caller, session: Session, response: Response) -> MerchSettings:
    """The Merch tab, with an ETag for the next change."""
    found = await queries.get_merch_settings(session, caller.workspace)
    response.headers["ETag"] = etag(found.version)
    return found


@router.patch("/storefront-settings/merch", responses=declare(*MATCH_PROBLEMS))
async def change_merch_settings(
    caller: Caller,
    session: Session,
    response: Response,
    body: MerchSettingsChange,
    if_match: IfMatch = None,
) -> MerchSettings:
    """Change what is sent; needs If-Match, so that nobody's change is overwritten."""
    changed = await merch.change_merch_settings(
        session, caller.workspace, body, if_match=if_match, actor=caller.actor()
    )
    response.headers["ETag"] = etag(changed.version)
    return changed


@router.get("/stores/{store_id}/invoice-contact")
async def get_invoice_contact(caller: Caller, session: Session, store_id: UUID) -> InvoiceContact:
    """Who a store's invoices are made out to."""
    found = await queries.get_invoice_contacts(session, caller.workspace, [store_id])
    if store_id not in found:
        raise NotFound("There is no such store.")
    return found[store_id]


@router.put("/stores/{store_id}/invoice-contact")
async def choose_invoice_contact(
    caller: Caller, session: Session, store_id: UUID, body: InvoiceContactChange
) -> InvoiceContact:
    """Choose who a store's invoices are made out to: the store's organisation, never a shopper."""
    return await contacts.choose_invoice_contact(
        session, caller.workspace, store_id, body, actor=caller.actor()
    )


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


@router.post("/printavo/contacts", status_code=201, responses=_ASKING)
async def create_printavo_contact(
    caller: Caller, tools: Tools, body: PrintavoContactCreate
) -> PrintavoContact:
    """Make a new customer with this contact in Printavo. Not repeatable: look before asking twice."""
    credentials = await _credentials(tools, caller.workspace)
    draft = ContactDraft(body.company_name, body.first_name, body.last_name, body.email)
    try:
        made = await tools.vendors.print_shop.create_contact(credentials, draft)
    except VendorError as error:
        raise _trouble(error) from None
    return _show(made)


def _show(contact: PrintShopContact) -> PrintavoContact:
    return PrintavoContact(
        id=contact.id, full_name=contact.full_name, email=contact.email, company_name=contact.company_name
    )


async def _credentials(tools: Toolbox, workspace_id: UUID) -> ShopCredentials:
    async with tools.database.transaction(workspace_id) as session:
        return await get_shop_credentials(session, tools.sealer, workspace_id, lane="interactive")


def _trouble(error: VendorError) -> PartnerUnavailable | LinkNeedsReauth:
    return LinkNeedsReauth(side=error.side) if isinstance(error, LinkBroken) else unavailable(error)
