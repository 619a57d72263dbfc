"""Browser sessions: opened, ended, forgotten."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.core.problems import NotFound, Problem
from api.identity.models import BrowserSession
from api.identity.queries.principals import token_hash
from api.identity.rules.sessions import ABSOLUTE, IDLE, shown_agent


class WrongCredentials(Problem):
    """The e-mail address or the password is not right."""

    status = 401


async def open_session(session: AsyncSession, person_id: UUID, *, agent: str, now: datetime) -> str:
    """Start a browser session; returns the cookie's value, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(
        BrowserSession(
            token_hash=token_hash(token),
            id=new_id(),
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + ABSOLUTE,
            agent=shown_agent(agent),
        )
    )
    await session.flush()
    return token


async def end_session(session: AsyncSession, person_id: UUID, session_id: UUID, *, now: datetime) -> None:
    """End one session of this person; raises `NotFound`."""
    ended = await session.scalar(
        text(
            "UPDATE browser_session SET ended_at = :now "
            "WHERE person_id = :person AND id = :id AND ended_at IS NULL RETURNING true"
        ),
        {"now": now, "person": person_id, "id": session_id},
    )
    if not ended:
        raise NotFound("There is no such session.")


async def end_other_sessions(
    session: AsyncSession, person_id: UUID, *, but: UUID | None, now: datetime
) -> int:
    """End every session of this person but one; returns how many."""
    ended = await session.scalars(
        text(
            "UPDATE browser_session SET ended_at = :now "
            "WHERE person_id = :person AND ended_at IS NULL AND id IS DISTINCT FROM CAST(:but AS uuid) RETURNING true"
        ),
        {"now": now, "person": person_id, "but": but},
    )
    return len(ended.all())


async def forget_ended(session: AsyncSession, *, now: datetime) -> int:
    """Forget sessions and links that open nothing any more, and failures that no longer count; returns how many sessions went."""
    gone = await session.execute(
        text(
            "WITH old AS (DELETE FROM attempt WHERE updated_at < CAST(:now AS timestamptz) - interval '1 day'), "
            "over AS (DELETE FROM password_reset WHERE expires_at <= :now) "
            "DELETE FROM browser_session "
            "WHERE ended_at IS NOT NULL OR expires_at <= :now OR last_seen_at <= :idle_since RETURNING true"
        ),
        {"now": now, "idle_since": now - IDLE},
    )
    return len(gone.all())
