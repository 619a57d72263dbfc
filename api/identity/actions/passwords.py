"""Passwords are changed, and every other session ends with the old one (P3)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import Problem
from api.identity.actions.records import record_in_workspaces
from api.identity.actions.sessions import end_other_sessions


class WrongPassword(Problem):
    """That is not your current password. Nothing was changed."""

    status = 403


async def change_password(
    session: AsyncSession,
    person_id: UUID,
    *,
    before: str,
    after: str,
    but: UUID,
    now: datetime,
    actor: dict[str, Any],
) -> None:
    """Put the hash `after` in the place of `before`, which was verified. Raises `WrongPassword` when somebody was faster."""
    changed = await session.scalar(
        text(
            "UPDATE person SET password_hash = :after WHERE id = :person AND password_hash = :before RETURNING true"
        ),
        {"person": person_id, "before": before, "after": after},
    )
    if not changed:
        raise WrongPassword
    await close_resets(session, person_id, now=now)
    await end_other_sessions(session, person_id, but=but, now=now)
    await record_in_workspaces(
        session, "password.changed", person_id=person_id, actor=actor, data={"name": actor["name"]}
    )


async def close_resets(session: AsyncSession, person_id: UUID, *, now: datetime) -> None:
    """No link that was made for the old password opens anything any more."""
    await session.execute(
        text("UPDATE password_reset SET used_at = :now WHERE person_id = :person AND used_at IS NULL"),
        {"person": person_id, "now": now},
    )
