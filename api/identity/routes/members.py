"""Members of the workspace entered."""

from uuid import UUID

from fastapi import Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.etag import IfMatch, PreconditionFailed, etag
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.identity.actions import members
from api.identity.queries import members as queries
from api.identity.schemas.members import MemberChange, MemberRead

router = room("Identity")
_LISTING = "members"


@router.get("/members", responses=declare(InvalidCursor))
async def list_members(
    caller: Caller, session: Session, tools: Tools, limit: Limit = 25, cursor: CursorText = None
) -> Page[MemberRead]:
    """Who may enter this workspace, and as what, by name."""
    position = tools.cursors.read(cursor, listing=_LISTING, filters={})
    found = await queries.list_members(session, caller.workspace, position=position, limit=limit)
    return tools.cursors.page(
        found,
        limit=limit,
        position=position,
        listing=_LISTING,
        filters={},
        key=queries.member_key,
        show=lambda member: member,
    )


@router.get("/members/{person_id}")
async def get_member(caller: Caller, session: Session, person_id: UUID, response: Response) -> MemberRead:
    """One member."""
    found = await queries.get_member(session, caller.workspace, person_id)
    response.headers["ETag"] = etag(found.version)
    return found


@router.patch(
    "/members/{person_id}",
    response_model=MemberRead,
    responses=declare(PreconditionFailed, members.LastOwner, *REPEAT_PROBLEMS),
)
async def change_member(
    caller: Caller,
    session: Session,
    tools: Tools,
    once: OnceOptional,
    person_id: UUID,
    body: MemberChange,
    if_match: IfMatch = None,
) -> Response:
    """Give a member another role; it holds from their next request on. The last owner stays one."""

    async def change() -> MemberRead:
        return await members.change_role(
            session, caller, person_id, body.role, if_match=if_match, now=tools.clock.now()
        )

    return await once.run(session, change, headers=lambda found: {"ETag": etag(found.version)})


@router.delete(
    "/members/{person_id}", status_code=204, responses=declare(members.LastOwner, *REPEAT_PROBLEMS)
)
async def remove_member(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, person_id: UUID
) -> Response:
    """Shut a member out; it holds from their next request on. What they did stays, with their name."""

    async def remove() -> None:
        await members.remove_member(session, caller, person_id, now=tools.clock.now())

    return await once.run(session, remove, status=204)


@router.delete("/membership", status_code=204, responses=declare(members.LastOwner, *REPEAT_PROBLEMS))
async def leave_workspace(caller: Caller, session: Session, tools: Tools, once: OnceOptional) -> Response:
    """Leave this workspace. The last owner cannot."""

    async def leave() -> None:
        await members.remove_member(session, caller, caller.person_id, now=tools.clock.now())

    return await once.run(session, leave, status=204)
