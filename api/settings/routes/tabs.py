"""Routes of the two tabs, and of whom a store's invoices are made out to."""

from uuid import UUID

from fastapi import Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.etag import MATCH_PROBLEMS, IfMatch, etag
from api.core.problems import NotFound, declare
from api.linking.queries import NotLinked
from api.settings import queries
from api.settings.actions import contacts, inksoft, merch
from api.settings.schemas.contacts import InvoiceContact, InvoiceContactChange
from api.settings.schemas.inksoft import InkSoftSettings, InkSoftSettingsChange
from api.settings.schemas.merch import MerchSettings, MerchSettingsChange

router = room("Settings")


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
async def get_invoice_contact(
    caller: Caller, session: Session, store_id: UUID, response: Response
) -> InvoiceContact:
    """Who a store's invoices are made out to, with an ETag for the next choice."""
    found = await queries.get_invoice_contacts(session, caller.workspace, [store_id])
    if store_id not in found:
        raise NotFound("There is no such store.")
    response.headers["ETag"] = etag(found[store_id].version)
    return found[store_id]


@router.put("/stores/{store_id}/invoice-contact", responses=declare(*MATCH_PROBLEMS))
async def choose_invoice_contact(
    caller: Caller,
    session: Session,
    store_id: UUID,
    response: Response,
    body: InvoiceContactChange,
    if_match: IfMatch = None,
) -> InvoiceContact:
    """Choose who a store's invoices are made out to: the store's organisation, never a shopper. Needs If-Match."""
    chosen = await contacts.change_invoice_contact(
        session, caller.workspace, store_id, body, if_match=if_match, actor=caller.actor()
    )
    response.headers["ETag"] = etag(chosen.version)
    return chosen
