"""Questions about invitations."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.core.problems import NotFound
from api.identity.queries.principals import token_hash
from api.identity.schemas.invitations import InvitationRead, InvitationShown

_OPEN = """
SELECT i.id, i.email, i.role, i.invited_by_name, i.created_at, i.expires_at,
       CASE WHEN l.state <> 'dropped' THEN l.state ELSE 'none' END AS mail
FROM invitation i LEFT JOIN letter l ON l.workspace_id = i.workspace_id AND l.id = i.letter_id
WHERE i.workspace_id = :workspace AND i.accepted_at IS NULL AND i.revoked_at IS NULL
"""
_SHOW = text("""
SELECT w.name AS workspace_name, i.invited_by_name, i.email, i.role, i.expires_at,
       EXISTS (SELECT FROM person p WHERE p.email = i.email) AS has_account
FROM invitation i JOIN workspace w ON w.workspace_id = i.workspace_id
WHERE i.workspace_id = :workspace AND i.token_hash = :hash
AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > :now
""")


async def list_invitations(
    session: AsyncSession, workspace_id: UUID, *, position: Position | None, limit: int
) -> Sequence[InvitationRead]:
    """`limit + 1` open invitations in the direction of `position`, newest first (ids are in time order)."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    after = f"AND i.id {sign} CAST(:after AS uuid)" if position else ""
    values: dict[str, object] = {"workspace": workspace_id, "most": limit + 1}
    if position:
        values["after"] = position.values[0]
    rows = await session.execute(text(f"{_OPEN} {after} ORDER BY i.id {order} LIMIT :most"), values)
    return [InvitationRead.model_validate(row) for row in rows]


async def get_invitation(session: AsyncSession, workspace_id: UUID, invitation_id: UUID) -> InvitationRead:
    """One open invitation; raises `NotFound`."""
    row = (
        await session.execute(
            text(f"{_OPEN} AND i.id = :id"), {"workspace": workspace_id, "id": invitation_id}
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such invitation.")
    return InvitationRead.model_validate(row)


async def find_invitation(
    session: AsyncSession, workspace_id: UUID, token: str, *, now: datetime
) -> InvitationShown | None:
    """What this token opens, while it does."""
    values = {"workspace": workspace_id, "hash": token_hash(token), "now": now}
    row = (await session.execute(_SHOW, values)).one_or_none()
    return InvitationShown.model_validate(row) if row else None
