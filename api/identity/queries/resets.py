"""Questions about one-time links for passwords."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import name_workspace, visiting
from api.identity.models import Membership
from api.identity.queries.principals import token_hash


async def has_open_reset(session: AsyncSession, token: str, *, now: datetime) -> bool:
    """Whether this token opens something."""
    found = await session.scalar(
        text(
            "SELECT true FROM password_reset WHERE token_hash = :hash AND used_at IS NULL AND expires_at > :now"
        ),
        {"hash": token_hash(token), "now": now},
    )
    return bool(found)


async def owns_every_workspace_of(session: AsyncSession, owner_id: UUID, person_id: UUID) -> bool:
    """Whether a person works somewhere, and this owner owns every such workspace: a new password opens all of them (I12)."""
    async with visiting(session, None, person_id=person_id):
        entered = set(
            await session.scalars(select(Membership.workspace_id).where(Membership.person_id == person_id))
        )
        await name_workspace(session, None, person_id=owner_id)
        owned = set(
            await session.scalars(
                select(Membership.workspace_id).where(
                    Membership.person_id == owner_id, Membership.role == "owner"
                )
            )
        )
    return bool(entered) and entered <= owned
