"""Workspaces: those that a person may enter, and the one entered."""

from fastapi import Response

from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.etag import IfMatch, PreconditionFailed, etag
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.problems import declare
from api.identity.actions import workspaces
from api.identity.queries import workspaces as queries
from api.identity.schemas.workspaces import WorkspaceChange, WorkspaceCreate, WorkspaceEntry, WorkspaceRead

router = room("Identity")


@router.get("/workspaces")
async def list_workspaces(caller: Caller, session: Session) -> list[WorkspaceEntry]:
    """The workspaces this person may enter, 100 at most; name one with the header Platen-Workspace."""
    return await queries.list_workspaces(session, caller.person_id)


@router.post(
    "/workspaces",
    status_code=201,
    response_model=WorkspaceEntry,
    responses=declare(workspaces.TooManyWorkspaces, *REPEAT_PROBLEMS),
)
async def create_workspace(
    caller: Caller, session: Session, once: OnceOptional, body: WorkspaceCreate
) -> Response:
    """Open another workspace. It has nothing in common with the others but its owner."""

    async def create() -> WorkspaceEntry:
        made = await workspaces.create_workspace(session, caller.person_id, body.name, actor=caller.actor())
        return WorkspaceEntry(id=made, name=body.name, role="owner")

    return await once.run(session, create, status=201)


@router.get("/workspace")
async def get_workspace(caller: Caller, session: Session, response: Response) -> WorkspaceRead:
    """The workspace entered."""
    found = await queries.get_workspace(session, caller.workspace)
    response.headers["ETag"] = etag(found.version)
    return found


@router.patch(
    "/workspace",
    response_model=WorkspaceRead,
    responses=declare(PreconditionFailed, *REPEAT_PROBLEMS),
)
async def change_workspace(
    caller: Caller, session: Session, once: OnceOptional, body: WorkspaceChange, if_match: IfMatch = None
) -> Response:
    """Give the workspace another name."""

    async def change() -> WorkspaceRead:
        return await workspaces.rename_workspace(
            session, caller.workspace, body, if_match=if_match, actor=caller.actor()
        )

    return await once.run(session, change, headers=lambda found: {"ETag": etag(found.version)})
