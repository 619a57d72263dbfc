"""Routes that read orders: the Order Manager of the store side and the feed of the shop side.

The lists answer with bytes that the database made of ready documents; the declared models are what a test holds them to.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from fastapi import Query, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.paging import Cursors, CursorText, InvalidCursor, Limit, Page, Position
from api.core.problems import declare
from api.core.schema import Instant, Search
from api.linking.queries import NotLinked, find_active_link, get_active_link
from api.orders.actions import notes
from api.orders.queries import one, pages, timeline
from api.orders.queries.pages import OrderFilters, OrderQuery, Sort, View
from api.orders.rules.states import IntegrationState, Origin, Status
from api.orders.schemas import OrderDetail, OrderPage
from api.orders.schemas.detail import TimelineEntry
from api.orders.schemas.notes import OrderChange, Tag
from api.settings.queries import get_inksoft_settings

router = room("Orders")

Needle = Annotated[
    Search, Query(description="In the number, customer, e-mail, an item or a tag; the newest 1,000 finds.")
]
FeedLimit = Annotated[int, Query(ge=1, le=200, description="Rows a page.")]


@dataclass(frozen=True, slots=True)
class _Listing:
    """One list as it was asked for: its name and filters bind its cursors."""

    cursors: Cursors
    name: str
    filters: Mapping[str, Any]
    cursor: str | None
    limit: int

    def position(self) -> Position | None:
        return self.cursors.read(self.cursor, listing=self.name, filters=self.filters)


@router.get("/orders", response_model=OrderPage, responses=declare(InvalidCursor))
async def list_orders(
    caller: Caller,
    session: Session,
    tools: Tools,
    store_id: Annotated[list[UUID] | None, Query(max_length=100)] = None,
    status: Annotated[list[Status] | None, Query(max_length=4)] = None,
    integration_state: Annotated[list[IntegrationState] | None, Query(max_length=6)] = None,
    origin: Annotated[list[Origin] | None, Query(max_length=4)] = None,
    tag: Annotated[list[Tag] | None, Query(max_length=20)] = None,
    q: Needle = "",
    placed_at_gte: Annotated[Instant | None, Query(description="Placed then or later.")] = None,
    placed_at_lt: Annotated[Instant | None, Query(description="Placed before.")] = None,
    sort: Sort = "-placed_at",
    include: Annotated[list[Literal["total_count"]] | None, Query(max_length=1)] = None,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Response:
    """Every order of every store of the linked account (O1); none without a link. A filter given twice means "or"."""
    wanted = OrderFilters(
        q=q,
        store_ids=store_id or (),
        statuses=status or (),
        integration_states=integration_state or (),
        origins=origin or (),
        tags=tag or (),
        placed_at_gte=placed_at_gte,
        placed_at_lt=placed_at_lt,
    )
    filters = {**asdict(wanted), "sort": sort}
    listing = _Listing(tools.cursors, "orders", filters, cursor, limit)
    position = listing.position()
    link = await find_active_link(session, caller.workspace)
    if link is None:
        return _answer(listing, position, [], total=0 if include else None)
    query = pages.orders_query(caller.workspace, link, wanted)
    total = await pages.count_orders(session, query) if include else None
    return await _page(session, listing, position, query, sort=sort, total=total)


@router.get("/order-feed", response_model=OrderPage, responses=declare(InvalidCursor))
async def list_order_feed(
    caller: Caller,
    session: Session,
    tools: Tools,
    store_id: UUID | None = None,
    view: Annotated[
        View | None,
        Query(
            description="`new` = shared, approved, not cancelled, on no invoice. Left out: the one that the settings say."
        ),
    ] = None,
    q: Needle = "",
    include: Annotated[list[Literal["lines"]] | None, Query(max_length=1)] = None,
    limit: FeedLimit = 50,
    cursor: CursorText = None,
) -> Response:
    """The print shop's view of shared orders, newest first (F3). Attached orders stay, whatever is shared later (S5)."""
    shown = view or (await get_inksoft_settings(session, caller.workspace)).default_feed_view
    filters = {"store_id": store_id, "view": shown, "q": q}
    listing = _Listing(tools.cursors, "order-feed", filters, cursor, limit)
    position = listing.position()
    link = await find_active_link(session, caller.workspace)
    if link is None:
        return _answer(listing, position, [])
    query = pages.feed_query(caller.workspace, link, store_id=store_id, view=shown, q=q)
    return await _page(session, listing, position, query, with_lines=bool(include))


@router.get("/orders/{order_id}", responses=declare(NotLinked))
async def get_order(order_id: UUID, caller: Caller, session: Session) -> OrderDetail:
    """One order: items, personalization, addresses, money, what may still be done to it, and what happened to it."""
    link = await get_active_link(session, caller.workspace)
    return await one.get_order(session, caller.workspace, link, order_id)


@router.patch(
    "/orders/{order_id}",
    response_model=OrderDetail,
    responses=declare(NotLinked, *REPEAT_PROBLEMS),
)
async def change_order(
    order_id: UUID, caller: Caller, session: Session, tools: Tools, once: OnceOptional, body: OrderChange
) -> Response:
    """Write a note or tags; whatever state the order is in (O3). They stay in Platen."""

    async def change() -> OrderDetail:
        link = await get_active_link(session, caller.workspace)
        await notes.change_order(
            session, caller.workspace, link, order_id, body, actor=caller.actor(), now=tools.clock.now()
        )
        return await one.get_order(session, caller.workspace, link, order_id)

    return await once.run(session, change)


@router.get("/orders/{order_id}/timeline", responses=declare(NotLinked, InvalidCursor))
async def list_order_timeline(
    order_id: UUID,
    caller: Caller,
    session: Session,
    tools: Tools,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[TimelineEntry]:
    """What happened to an order, newest first: seen, approved, shared, attached, written to Printavo, changed, cancelled."""
    filters = {"order_id": order_id}
    position = tools.cursors.read(cursor, listing="order-timeline", filters=filters)
    link = await get_active_link(session, caller.workspace)
    about = await timeline.get_place(session, caller.workspace, link, order_id)
    rows = await timeline.list_timeline(session, caller.workspace, about, position=position, limit=limit)
    return tools.cursors.page(
        rows,
        limit=limit,
        position=position,
        listing="order-timeline",
        filters=filters,
        key=timeline.timeline_key,
        show=timeline.to_entry,
    )


async def _page(
    session: AsyncSession,
    listing: _Listing,
    position: Position | None,
    query: OrderQuery,
    *,
    sort: Sort = "-placed_at",
    with_lines: bool = False,
    total: int | None = None,
) -> Response:
    rows = await pages.list_documents(
        session, query, sort=sort, position=position, limit=listing.limit, with_lines=with_lines
    )
    return _answer(listing, position, rows, total=total)


def _answer(listing: _Listing, position: Position | None, rows: Any, *, total: int | None = None) -> Response:
    """An `OrderPage` around the ready documents."""
    page = listing.cursors.page(
        rows,
        limit=listing.limit,
        position=position,
        listing=listing.name,
        filters=listing.filters,
        key=lambda row: (row.placed_at.isoformat(), str(row.id)),
        show=lambda row: row.document,
    )
    rest: dict[str, Any] = {
        "has_more": page.has_more,
        "next_cursor": page.next_cursor,
        "prev_cursor": page.prev_cursor,
    }
    if total is not None:
        rest["total_count"] = total
    body = b'{"data":[' + ",".join(page.data).encode() + b"]," + orjson.dumps(rest)[1:]
    return Response(body, media_type="application/json")
