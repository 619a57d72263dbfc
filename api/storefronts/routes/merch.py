"""Routes of Printavo's own stores: they need Printavo's connection only, no link (F1, L8)."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.connectors.doors import Tools
from api.connectors.merch import StoreStatus
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import NotFound, declare
from api.core.schema import Search
from api.settings.schemas.merch import MerchSettings
from api.storefronts.queries import merch, merch_orders
from api.storefronts.queries.merch_orders import MerchOrderFilter
from api.storefronts.rules.merch import statuses_shown
from api.storefronts.schemas.merch import MerchOrderRead, MerchSort, MerchStorefront

router = room("Storefronts")
_NO_STORES = Page[MerchStorefront](data=[], has_more=False, next_cursor=None, prev_cursor=None)
_NO_ORDERS = Page[MerchOrderRead](data=[], has_more=False, next_cursor=None, prev_cursor=None)


@router.get("/storefronts/merch", responses=declare(InvalidCursor))
async def list_merch_storefronts(
    caller: Caller,
    session: Session,
    tools: Tools,
    q: Annotated[Search, Query(description="Part of the name, or the whole external id.")] = "",
    status: Annotated[StoreStatus | None, Query(description="Only live, or only closed stores.")] = None,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[MerchStorefront]:
    """Printavo's own stores by name, as the Merch settings show them; none while Printavo is not connected."""
    filters = {"q": q, "status": status}
    position = tools.cursors.read(cursor, listing="merch-storefronts", filters=filters)
    shelf = await merch.find_shelf(session, caller.workspace, now=tools.clock.now())
    if shelf is None:
        return _NO_STORES
    rows = await merch.list_stores(session, shelf, q=q, status=status, position=position, limit=limit)
    return tools.cursors.page(
        rows,
        limit=limit,
        position=position,
        listing="merch-storefronts",
        filters=filters,
        key=merch.store_key,
        show=partial(merch.to_storefront, shelf),
    )


@router.get("/storefronts/merch/{merch_store_id}")
async def get_merch_storefront(
    merch_store_id: UUID, caller: Caller, session: Session, tools: Tools
) -> MerchStorefront:
    """One of Printavo's own stores, whether the list shows it or not."""
    shelf = await merch.find_shelf(session, caller.workspace, now=tools.clock.now())
    if shelf is None:
        raise NotFound("There is no such store.")
    return await merch.get_store(session, shelf, merch_store_id)


@router.get("/merch-orders", responses=declare(InvalidCursor))
async def list_merch_orders(
    caller: Caller,
    session: Session,
    tools: Tools,
    store_id: Annotated[UUID | None, Query(description="Only this store's orders.")] = None,
    q: Annotated[Search, Query(description="Part of the number or of the customer's name.")] = "",
    fulfilled: Annotated[
        list[bool] | None,
        Query(
            max_length=2, description="Left out, the Merch settings say which are shown; given twice, all."
        ),
    ] = None,
    sort: Annotated[MerchSort | None, Query(description="Left out, the Merch settings say it.")] = None,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[MerchOrderRead]:
    """Orders of Printavo's own stores; none while Printavo is not connected. They never go on an InkSoft invoice (A3)."""
    shelf = await merch.find_shelf(session, caller.workspace, now=tools.clock.now())
    chosen = shelf.settings if shelf else MerchSettings()
    statuses = statuses_shown(fulfilled, chosen.fulfilled_filter)
    sort = sort or ("placed_at" if chosen.order_view == "oldest" else "-placed_at")
    filters = {"store_id": store_id, "q": q, "statuses": statuses, "sort": sort}
    position = tools.cursors.read(cursor, listing="merch-orders", filters=filters)
    if shelf is None:
        return _NO_ORDERS
    wanted = MerchOrderFilter(q, store_id, statuses)
    rows = await merch_orders.list_orders(session, shelf, wanted, sort=sort, position=position, limit=limit)
    return tools.cursors.page(
        rows,
        limit=limit,
        position=position,
        listing="merch-orders",
        filters=filters,
        key=merch_orders.order_key,
        show=merch_orders.to_order,
    )
