"""Routes of stores and sharing."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from api.connectors.doors import Tools
from api.connectors.partner import PartnerUnavailable
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.etag import (
    MATCH_PROBLEMS,
    IfMatch,
    IfNoneMatch,
    PreconditionFailed,
    answer_if_changed,
    etag,
)
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import NotFound, body_of, declare
from api.core.schema import Search
from api.linking.queries import (
    LINK_PROBLEMS,
    NotConnected,
    NotLinked,
    find_active_link,
    get_active_link,
    require_active_link,
)
from api.stores import queries
from api.stores.actions import details, lookup, sharing
from api.stores.schemas import (
    BulkSharing,
    BulkSharingItem,
    BulkSharingResult,
    SharingChange,
    SharingRead,
    StoreAdd,
    StoreChange,
    StoreRead,
)

router = room("Stores")


def _tag(shown: StoreRead | SharingRead) -> dict[str, str]:
    return {"ETag": etag(shown.version)}


@router.get("/stores", responses=declare(InvalidCursor))
async def list_stores(
    caller: Caller,
    session: Session,
    tools: Tools,
    q: Annotated[Search, Query(description="Part of the name, or the whole external id.")] = "",
    shared: Annotated[bool | None, Query(description="Only shared, or only unshared stores.")] = None,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[StoreRead]:
    """The stores of the linked account by name, with their figures; none without a link."""
    filters = {"q": q, "shared": shared}
    position = tools.cursors.read(cursor, listing="stores", filters=filters)
    link = await find_active_link(session, caller.workspace)
    rows = (
        await queries.list_stores(
            session,
            caller.workspace,
            link,
            queries.StoreFilter(q, shared),
            position=position,
            limit=limit,
        )
        if link
        else ()
    )
    return tools.cursors.page(
        rows,
        limit=limit,
        position=position,
        listing="stores",
        filters=filters,
        key=queries.store_key,
        show=queries.to_store,
    )


@router.post(
    "/stores",
    status_code=201,
    response_model=StoreRead,
    responses=declare(
        lookup.StoreNotFound,
        lookup.StoreOfAnotherAccount,
        PartnerUnavailable,
        NotConnected,
        *LINK_PROBLEMS,
        *REPEAT_PROBLEMS,
    ),
)
async def add_store(caller: Caller, tools: Tools, once: OnceOptional, body: StoreAdd) -> Response:
    """Add a store by its address: one without orders is not found otherwise. One that is known already is answered as it is."""
    found = await lookup.find_store_at(tools, caller.workspace, body.store_uri)
    async with tools.database.transaction(caller.workspace, person_id=caller.person_in_view) as session:

        async def add() -> StoreRead:
            link = await require_active_link(session, caller.workspace)
            return await details.add_store(session, caller.workspace, link, found, actor=caller.actor())

        return await once.run(
            session, add, status=201, headers=lambda store: {"Location": f"/v1/stores/{store.id}"}
        )


@router.get("/stores/{store_id}", responses=declare(NotLinked))
async def get_store(store_id: UUID, caller: Caller, session: Session, response: Response) -> StoreRead:
    """One store. Its ETag names its own row; the figures beside it change without it, so there is no 304 here."""
    link = await get_active_link(session, caller.workspace)
    store = await queries.get_store(session, caller.workspace, link, store_id)
    response.headers["ETag"] = etag(store.version)
    return store


@router.patch(
    "/stores/{store_id}",
    response_model=StoreRead,
    responses=declare(PreconditionFailed, *LINK_PROBLEMS, *REPEAT_PROBLEMS),
)
async def change_store(
    store_id: UUID,
    caller: Caller,
    session: Session,
    once: OnceOptional,
    body: StoreChange,
    if_match: IfMatch = None,
) -> Response:
    """Share or un-share a store's orders, say whether it is open, when it closes, whether it is an embedded designer."""

    async def change() -> StoreRead:
        link = await require_active_link(session, caller.workspace)
        return await details.change_store(
            session, caller.workspace, link, store_id, body, if_match=if_match, actor=caller.actor()
        )

    return await once.run(session, change, headers=_tag)


@router.get("/sharing", response_model=SharingRead, responses=declare(NotLinked))
async def get_sharing(caller: Caller, session: Session, if_none_match: IfNoneMatch = None) -> Response:
    """How orders are shared: nothing, a selection, or everything but some."""
    link = await get_active_link(session, caller.workspace)
    shown = await queries.get_sharing(session, caller.workspace, link.inksoft_account)
    return answer_if_changed(if_none_match, shown.version, shown)


@router.put(
    "/sharing",
    response_model=SharingRead,
    responses=declare(*MATCH_PROBLEMS, *LINK_PROBLEMS, *REPEAT_PROBLEMS),
)
async def change_sharing(
    caller: Caller, session: Session, once: OnceOptional, body: SharingChange, if_match: IfMatch = None
) -> Response:
    """Choose the mode, the selection and the exceptions. Nothing is rewritten: orders are shared or not when they are read."""

    async def change() -> SharingRead:
        link = await require_active_link(session, caller.workspace)
        account = link.inksoft_account
        await sharing.change_sharing(
            session, caller.workspace, account, body, if_match=if_match, actor=caller.actor()
        )
        return await queries.get_sharing(session, caller.workspace, account)

    return await once.run(session, change, headers=_tag)


@router.post(
    "/stores/bulk-sharing",
    response_model=BulkSharingResult,
    responses=declare(*LINK_PROBLEMS, *REPEAT_PROBLEMS),
)
async def share_stores(
    request: Request, caller: Caller, session: Session, once: OnceOptional, body: BulkSharing
) -> Response:
    """Share or un-share up to 200 stores; the answer says for each what became of it."""

    async def share() -> BulkSharingResult:
        link = await require_active_link(session, caller.workspace)
        await sharing.share_stores(
            session,
            caller.workspace,
            link.inksoft_account,
            body.store_ids,
            shared=body.shared,
            actor=caller.actor(),
        )
        stores = await queries.get_stores(session, caller.workspace, link, body.store_ids)
        missing = body_of(request, NotFound("There is no such store."))
        return BulkSharingResult(
            results=[
                BulkSharingItem(index=index, status=200, data=stores[store_id], problem=None)
                if store_id in stores
                else BulkSharingItem(index=index, status=404, data=None, problem=missing)
                for index, store_id in enumerate(body.store_ids)
            ]
        )

    return await once.run(session, share)
