"""Questions about workspaces."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.identity.models import Membership, Workspace
from api.identity.schemas.workspaces import WorkspaceEntry, WorkspaceRead


async def list_workspaces(session: AsyncSession, person_id: UUID) -> list[WorkspaceEntry]:
    """The workspaces that this person may enter; the session must be opened for that person."""
    rows = await session.execute(
        select(Workspace.workspace_id.label("id"), Workspace.name, Membership.role)
        .join(Membership, Membership.workspace_id == Workspace.workspace_id)
        .where(Membership.person_id == person_id)
        .order_by(Workspace.name, Workspace.workspace_id)
    )
    return [WorkspaceEntry.model_validate(row) for row in rows]


async def get_workspace(session: AsyncSession, workspace_id: UUID, *, lock: bool = False) -> WorkspaceRead:
    """One workspace; with `lock` nobody renames it until the transaction ends."""
    asked = select(
        Workspace.workspace_id.label("id"), Workspace.name, Workspace.created_at, Workspace.version
    ).where(Workspace.workspace_id == workspace_id)
    row = await session.execute(asked.with_for_update(key_share=True) if lock else asked)
    return WorkspaceRead.model_validate(row.one())
