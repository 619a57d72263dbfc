"""Routes of API keys: for owners only, and never for a key itself."""

from datetime import timedelta
from uuid import UUID

from fastapi import Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.identity.actions import keys
from api.identity.actions.keys import ApiKeyEnded, Desk
from api.identity.queries import keys as queries
from api.identity.schemas.keys import ApiKeyCreate, ApiKeyMade, ApiKeyRead, ApiKeyRotation

router = room("Identity")


def _location(made: ApiKeyMade) -> dict[str, str]:
    return {"Location": f"/v1/api-keys/{made.id}"}


@router.get("/api-keys", responses=declare(InvalidCursor))
async def list_api_keys(
    caller: Caller, session: Session, tools: Tools, limit: Limit = 25, cursor: CursorText = None
) -> Page[ApiKeyRead]:
    """The workspace's keys, newest first, also those that have ended."""
    position = tools.cursors.read(cursor, listing="api-keys", filters={})
    now = tools.clock.now()
    found = await queries.list_keys(session, caller.workspace, position=position, limit=limit, now=now)
    return tools.cursors.page(
        found, limit=limit, position=position, listing="api-keys", filters={},
        key=lambda each: [str(each.id)], show=lambda each: each,
    )  # fmt: skip


@router.post("/api-keys", status_code=201, response_model=ApiKeyMade, responses=declare(*REPEAT_PROBLEMS))
async def create_api_key(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, body: ApiKeyCreate
) -> Response:
    """Make a key. The answer holds the key itself: it is shown this once, also to a repeat with the same Idempotency-Key."""
    desk = Desk(session, tools.hashes, caller, tools.clock.now())
    return await once.run(
        session, lambda: keys.create_key(desk, body), status=201, headers=_location, sealer=tools.sealer
    )


@router.get("/api-keys/{key_id}")
async def get_api_key(caller: Caller, session: Session, tools: Tools, key_id: UUID) -> ApiKeyRead:
    """One key: what it may do, until when, and when it was used last."""
    return await queries.get_key(session, caller.workspace, key_id, now=tools.clock.now())


@router.post(
    "/api-keys/{key_id}/rotation",
    status_code=201,
    response_model=ApiKeyMade,
    responses=declare(ApiKeyEnded, *REPEAT_PROBLEMS),
)
async def rotate_api_key(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, key_id: UUID, body: ApiKeyRotation
) -> Response:
    """Make a key's successor with the same scopes. The old one goes on working for a while, so that programs can change over."""
    desk = Desk(session, tools.hashes, caller, tools.clock.now())
    overlap = timedelta(hours=body.overlap_hours)
    return await once.run(
        session,
        lambda: keys.rotate_key(desk, key_id, overlap=overlap),
        status=201,
        headers=_location,
        sealer=tools.sealer,
    )


@router.delete("/api-keys/{key_id}", status_code=204)
async def revoke_api_key(caller: Caller, session: Session, tools: Tools, key_id: UUID) -> None:
    """End a key at once, for good."""
    await keys.revoke_key(Desk(session, tools.hashes, caller, tools.clock.now()), key_id)
