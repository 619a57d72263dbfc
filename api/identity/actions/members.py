"""Members change roles and leave. A trigger keeps the last owner, whoever races (P1)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.auth import NotAllowed, Principal, Role
from api.core.etag import check_if_match
from api.core.outbox import EventType, record
from api.core.problems import Problem
from api.identity.actions.invitations import revoke_invitations_of
from api.identity.queries.members import get_member, hold_roles
from api.identity.schemas.members import MemberRead


class LastOwner(Problem):
    """A workspace needs an owner. Make somebody else an owner first."""

    status = 409


async def change_role(
    session: AsyncSession,
    caller: Principal,
    person_id: UUID,
    role: Role,
    *,
    if_match: str | None,
    now: datetime,
) -> MemberRead:
    """Let a member do more or less from their next request on.

    Who is an owner no longer gives no role, least of all their own one back (P3). Raises `NotAllowed`, `NotFound`,
    `PreconditionFailed`, `LastOwner`.
    """
    workspace_id, actor = caller.workspace, caller.actor()
    roles = await hold_roles(session, workspace_id, {caller.person_id, person_id})
    if roles.get(caller.person_id) != "owner":
        raise NotAllowed
    before = await get_member(session, workspace_id, person_id)
    check_if_match(if_match, before.version, current=before)
    if role == before.role:
        return before
    await _run(
        session,
        "UPDATE membership SET role = :role, version = version + 1 WHERE workspace_id = :workspace AND person_id = :person",
        {"workspace": workspace_id, "person": person_id, "role": role},
    )
    if before.role == "owner":
        await revoke_invitations_of(session, workspace_id, person_id, now=now, actor=actor)
    told = {"name": before.name, "before": before.role, "after": role}
    await _record(session, "member.role_changed", workspace_id, person_id, told, actor=actor)
    return await get_member(session, workspace_id, person_id)


async def remove_member(session: AsyncSession, caller: Principal, person_id: UUID, *, now: datetime) -> None:
    """Shut a member out from their next request on; who does it to themselves leaves, whatever their role.

    Raises `NotAllowed`, `NotFound`, `LastOwner`.
    """
    workspace_id, actor = caller.workspace, caller.actor()
    leaves = person_id == caller.person_id
    roles = await hold_roles(session, workspace_id, {caller.person_id, person_id})
    if not leaves and roles.get(caller.person_id) != "owner":
        raise NotAllowed
    member = await get_member(session, workspace_id, person_id)
    await _run(
        session,
        "DELETE FROM membership WHERE workspace_id = :workspace AND person_id = :person",
        {"workspace": workspace_id, "person": person_id},
    )
    await revoke_invitations_of(session, workspace_id, person_id, now=now, actor=actor)
    type_: EventType = "member.left" if leaves else "member.removed"
    await _record(session, type_, workspace_id, person_id, {"name": member.name}, actor=actor)


async def _run(session: AsyncSession, statement: str, values: dict[str, object]) -> None:
    try:
        await session.execute(text(statement), values)
    except IntegrityError:
        raise LastOwner from None


async def _record(
    session: AsyncSession,
    type_: EventType,
    workspace_id: UUID,
    person_id: UUID,
    told: dict[str, Any],
    *,
    actor: dict[str, Any],
) -> None:
    await record(
        session,
        type_,
        workspace_id=workspace_id,
        subject_type="person",
        subjects=[(person_id, told)],
        actor=actor,
    )
