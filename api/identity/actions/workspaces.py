"""Workspaces are opened and renamed."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import visiting
from api.core.etag import check_if_match
from api.core.ids import new_id
from api.core.outbox import record
from api.core.problems import Problem
from api.identity.models import Membership, Person, Workspace
from api.identity.queries.workspaces import get_workspace
from api.identity.schemas.workspaces import WorkspaceChange, WorkspaceRead

MOST_WORKSPACES: Final = 100


class TooManyWorkspaces(Problem):
    """Nobody can be in more than 100 workspaces. Leave one that you no longer need, then try again."""

    status = 409


async def hold_place(session: AsyncSession, person_id: UUID) -> None:
    """Make sure that this person may enter one workspace more, whatever else they do until the transaction ends (P5).

    The session must be opened for that person. Raises `TooManyWorkspaces`.
    """
    await session.execute(select(Person.id).where(Person.id == person_id).with_for_update(key_share=True))
    entered = select(func.count()).select_from(Membership).where(Membership.person_id == person_id)
    if (await session.scalar(entered) or 0) >= MOST_WORKSPACES:
        raise TooManyWorkspaces


async def create_workspace(
    session: AsyncSession, person_id: UUID, name: str, *, actor: dict[str, Any]
) -> UUID:
    """Open a workspace that this person owns; returns its id. Raises `TooManyWorkspaces`."""
    await hold_place(session, person_id)
    workspace_id = new_id()
    async with visiting(session, workspace_id, person_id=person_id):
        session.add(Workspace(workspace_id=workspace_id, name=name))
        await session.flush()
        session.add(Membership(workspace_id=workspace_id, person_id=person_id, role="owner"))
        await session.flush()
        await record(
            session,
            "workspace.created",
            workspace_id=workspace_id,
            subject_type="workspace",
            subjects=[(workspace_id, {"name": name})],
            actor=actor,
        )
    return workspace_id


async def rename_workspace(
    session: AsyncSession,
    workspace_id: UUID,
    change: WorkspaceChange,
    *,
    if_match: str | None,
    actor: dict[str, Any],
) -> WorkspaceRead:
    """Give the workspace another name. Raises `PreconditionFailed`."""
    before = await get_workspace(session, workspace_id, lock=True)
    check_if_match(if_match, before.version, current=before)
    if change.name == before.name:
        return before
    await session.execute(
        text("UPDATE workspace SET name = :name, version = version + 1 WHERE workspace_id = :workspace"),
        {"workspace": workspace_id, "name": change.name},
    )
    await record(
        session,
        "workspace.renamed",
        workspace_id=workspace_id,
        subject_type="workspace",
        subjects=[(workspace_id, {"before": before.name, "after": change.name})],
        actor=actor,
    )
    return await get_workspace(session, workspace_id)
