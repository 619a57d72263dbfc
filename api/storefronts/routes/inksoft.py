"""Routes of the shop side's section Storefronts (F1, F2)."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.core.schema import Search
from api.linking.queries import NotLinked, find_active_link, get_active_link
from api.storefronts.queries import inksoft as queries
from api.storefronts.queries.merch import find_shelf, get_totals, no_totals
from api.storefronts.schemas.inksoft import StorefrontDetail, StorefrontRead, Storefronts

router = room("Storefronts")
Days = Annotated[int, Query(ge=1, le=90, description="How many days `orders_per_day` has, today last.")]


@router.get("/storefronts")
async def get_storefronts(caller: Caller, session: Session, tools: Tools, days: Days = 30) -> Storefronts:
    """The dashboard: shared stores, what is new, what waits, since when, and orders per day; beside it Merch, link or not."""
    shelf = await find_shelf(session, caller.workspace, now=tools.clock.now())
    totals = await get_totals(session, shelf) if shelf else no_totals()
    link = await find_active_link(session, caller.workspace)
    if link is None:
        return queries.no_storefronts(totals)
    return await queries.get_storefronts(
        session, caller.workspace, link, merch=totals, days=days, now=tools.clock.now()
    )


@router.get("/storefronts/inksoft", responses=declare(InvalidCursor))
async def list_inksoft_storefronts(
    caller: Caller,
    session: Session,
    tools: Tools,
    q: Annotated[Search, Query(description="Part of the name, or the whole external id.")] = "",
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[StorefrontRead]:
    """The shared stores by name, each with what waits there; none without a link."""
    filters = {"q": q}
    position = tools.cursors.read(cursor, listing="storefronts", filters=filters)
    link = await find_active_link(session, caller.workspace)
    rows = (
        await queries.list_storefronts(session, caller.workspace, link, q=q, position=position, limit=limit)
        if link
        else ()
    )
    return tools.cursors.page(
        rows,
        limit=limit,
        position=position,
        listing="storefronts",
        filters=filters,
        key=queries.storefront_key,
        show=queries.to_storefront,
    )


@router.get("/storefronts/inksoft/{store_id}", responses=declare(NotLinked))
async def get_inksoft_storefront(
    store_id: UUID, caller: Caller, session: Session, tools: Tools, days: Days = 30
) -> StorefrontDetail:
    """One store with what waits there and its orders per day. It is there while un-shared too: attached orders stay (S5)."""
    link = await get_active_link(session, caller.workspace)
    return await queries.get_storefront(
        session, caller.workspace, link, store_id, days=days, now=tools.clock.now()
    )
