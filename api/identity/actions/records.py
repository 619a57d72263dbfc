"""What a person does to their own account, told to every workspace they work in."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import visiting
from api.core.outbox import EventType, record
from api.identity.models import Membership


async def record_in_workspaces(
    session: AsyncSession, type_: EventType, *, person_id: UUID, actor: dict[str, Any], data: dict[str, Any]
) -> None:
    """Record an event about a person in each workspace that they may enter: its owners see it in their history."""
    async with visiting(session, None, person_id=person_id):
        entered = (
            await session.scalars(
                select(Membership.workspace_id)
                .where(Membership.person_id == person_id)
                .order_by(Membership.workspace_id)
            )
        ).all()
    for workspace_id in entered:
        async with visiting(session, workspace_id, person_id=person_id):
            await record(
                session,
                type_,
                workspace_id=workspace_id,
                subject_type="person",
                subjects=[(person_id, data)],
                actor=actor,
            )
