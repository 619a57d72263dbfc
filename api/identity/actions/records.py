"""What a person does to their own account, told to every workspace they work in."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import visiting
from api.core.outbox import EventType, record_everywhere
from api.identity.models import Membership


async def record_in_workspaces(
    session: AsyncSession, type_: EventType, *, person_id: UUID, actor: dict[str, Any], data: dict[str, Any]
) -> None:
    """Record an event about a person in each workspace that they may enter: its owners see it in their history.

    A browser signs in before it enters a workspace, and may enter any of them: so it is told in all. However many there
    are, it takes the same few statements.
    """
    async with visiting(session, None, person_id=person_id):
        entered = await session.scalars(
            select(Membership.workspace_id)
            .where(Membership.person_id == person_id)
            .order_by(Membership.workspace_id)
        )
        await record_everywhere(
            session,
            type_,
            workspace_ids=entered.all(),
            subject_type="person",
            subject=(person_id, data),
            actor=actor,
        )
