"""People are invited by one-time links, and join."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.auth import Principal
from api.core.ids import new_id
from api.core.letters import settle_letter
from api.core.outbox import record
from api.core.problems import NotFound, Problem
from api.identity.models import Membership
from api.identity.queries.members import hold_ownership
from api.identity.queries.principals import token_hash
from api.identity.rules.links import INVITATION_LIVES, make_invitation_token
from api.identity.schemas.invitations import InvitationCreate


class AlreadyMember(Problem):
    """This person is a member of the workspace already."""

    status = 409


class InvitationOver(Problem):
    """This invitation was used, revoked or has expired. Ask for a new one."""

    status = 410


class InvitedSomebodyElse(Problem):
    """This invitation is for another e-mail address. Sign in with that one, or ask for an invitation to yours."""

    status = 403


_MEMBER = text("""
SELECT true FROM membership m JOIN person p ON p.id = m.person_id WHERE m.workspace_id = :workspace AND p.email = :email
""")
# Who is invited again gets a new link; the earlier one stops working, whoever of two inviters was first.
_INVITE = text("""
INSERT INTO invitation (workspace_id, id, email, role, token_hash, invited_by, invited_by_name, created_at, expires_at)
VALUES (:workspace, :id, :email, :role, :hash, :person, :name, :now, :expires)
ON CONFLICT (workspace_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL
DO UPDATE SET role = :role, token_hash = :hash, invited_by = :person, invited_by_name = :name, created_at = :now,
    expires_at = :expires
RETURNING id, letter_id
""")


async def invite(
    session: AsyncSession, caller: Principal, wanted: InvitationCreate, *, now: datetime
) -> tuple[UUID, str]:
    """Invite somebody, or renew their invitation; returns its id and its token, which is kept nowhere. Raises `AlreadyMember`."""
    await hold_ownership(session, caller.workspace, caller.person_id)
    email = wanted.email.lower()
    if await session.scalar(_MEMBER, {"workspace": caller.workspace, "email": email}):
        raise AlreadyMember
    token = make_invitation_token(caller.workspace)
    values = {
        "workspace": caller.workspace,
        "id": new_id(),
        "email": email,
        "role": wanted.role,
        "hash": token_hash(token),
        "person": caller.person_id,
        "name": caller.name,
        "now": now,
        "expires": now + INVITATION_LIVES,
    }
    row = (await session.execute(_INVITE, values)).one()
    if row.letter_id is not None:
        await settle_letter(session, caller.workspace, row.letter_id, "dropped")
    await record(
        session,
        "member.invited",
        workspace_id=caller.workspace,
        subject_type="invitation",
        subjects=[(row.id, {"email": email, "role": wanted.role})],
        actor=caller.actor(),
    )
    return row.id, token


async def note_letter(
    session: AsyncSession, workspace_id: UUID, invitation_id: UUID, letter_id: UUID
) -> None:
    """Say which letter takes the invitation to whom it is for."""
    await session.execute(
        text("UPDATE invitation SET letter_id = :letter WHERE workspace_id = :workspace AND id = :id"),
        {"workspace": workspace_id, "id": invitation_id, "letter": letter_id},
    )


async def revoke_invitation(
    session: AsyncSession, workspace_id: UUID, invitation_id: UUID, *, now: datetime, actor: dict[str, Any]
) -> None:
    """Stop an open invitation from opening anything. Raises `NotFound`."""
    if not await _revoke(session, workspace_id, {"id": invitation_id}, now=now, actor=actor):
        raise NotFound("There is no such invitation.")


async def revoke_invitations_of(
    session: AsyncSession, workspace_id: UUID, person_id: UUID, *, now: datetime, actor: dict[str, Any]
) -> None:
    """Revoke what somebody invited to who may invite no longer: nobody leaves a door open behind them (P3)."""
    await _revoke(session, workspace_id, {"inviter": person_id}, now=now, actor=actor)


_REVOKE = text("""
UPDATE invitation SET revoked_at = :now WHERE workspace_id = :workspace AND accepted_at IS NULL AND revoked_at IS NULL
AND (id = CAST(:id AS uuid) OR invited_by = CAST(:inviter AS uuid)) RETURNING id, email, letter_id
""")


async def _revoke(
    session: AsyncSession, workspace_id: UUID, which: dict[str, UUID], *, now: datetime, actor: dict[str, Any]
) -> int:
    values = {"workspace": workspace_id, "now": now, "id": None, "inviter": None, **which}
    rows = (await session.execute(_REVOKE, values)).all()
    for row in rows:
        if row.letter_id is not None:
            await settle_letter(session, workspace_id, row.letter_id, "dropped")
    await record(
        session,
        "invitation.revoked",
        workspace_id=workspace_id,
        subject_type="invitation",
        subjects=[(row.id, {"email": row.email}) for row in rows],
        actor=actor,
    )
    return len(rows)


# One statement decides: of those who accept at the same moment, one finds it open.
_CLAIM = text("""
UPDATE invitation SET accepted_at = :now WHERE workspace_id = :workspace AND token_hash = :hash
AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > :now RETURNING id, email, role, letter_id
""")


async def claim_invitation(
    session: AsyncSession, workspace_id: UUID, token: str, *, now: datetime
) -> Row[Any]:
    """Use up an invitation (id, email, role); raises `InvitationOver`."""
    values = {"workspace": workspace_id, "hash": token_hash(token), "now": now}
    row = (await session.execute(_CLAIM, values)).one_or_none()
    if row is None:
        raise InvitationOver
    if row.letter_id is not None:
        await settle_letter(session, workspace_id, row.letter_id, "dropped")
    return row


async def join_workspace(
    session: AsyncSession, workspace_id: UUID, invitation: Row[Any], person_id: UUID, name: str
) -> None:
    """Make a person a member as they were invited; raises `AlreadyMember`."""
    joined = await session.scalar(
        insert(Membership)
        .values(workspace_id=workspace_id, person_id=person_id, role=invitation.role)
        .on_conflict_do_nothing()
        .returning(Membership.person_id)
    )
    if joined is None:
        raise AlreadyMember
    await record(
        session,
        "member.joined",
        workspace_id=workspace_id,
        subject_type="person",
        subjects=[(person_id, {"name": name, "email": invitation.email, "role": invitation.role})],
        actor={"person_id": str(person_id), "name": name},
    )
