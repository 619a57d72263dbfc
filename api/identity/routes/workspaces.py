"""Workspaces: those that a person may enter, and the one entered."""

from api.core.auth import Caller
from api.core.edge import Session, room
from api.identity.queries import workspaces as queries
from api.identity.schemas.workspaces import WorkspaceEntry, WorkspaceRead

router = room("Identity")


@router.get("/workspaces")
async def list_workspaces(caller: Caller, session: Session) -> list[WorkspaceEntry]:
    """The workspaces this person may enter; name one with the header Platen-Workspace."""
    return await queries.list_workspaces(session, caller.person_id)


@router.get("/workspace")
async def get_workspace(caller: Caller, session: Session) -> WorkspaceRead:
    """The workspace entered."""
    return await queries.get_workspace(session, caller.workspace)
