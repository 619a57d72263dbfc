"""Browser sessions: opened, ended, forgotten."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.core.problems import Problem
from api.identity.models import BrowserSession
from api.identity.queries.principals import token_hash
from api.identity.rules.sessions import ABSOLUTE, IDLE


class WrongCredentials(Problem):
    """The e-mail address or the password is not right."""

    status = 401


async def open_session(session: AsyncSession, person_id: UUID, *, now: datetime) -> str:
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
        )
    )
    await session.flush()
    return token


async def end_session(session: AsyncSession, session_id: UUID, *, now: datetime) -> None:
    await session.execute(
        text("UPDATE browser_session SET ended_at = :now WHERE id = :id AND ended_at IS NULL"),
        {"now": now, "id": session_id},
    )


async def forget_ended(session: AsyncSession, *, now: datetime) -> int:
    """Forget sessions that open nothing any more, and failures that no longer count; returns how many sessions went."""
    gone = await session.execute(
        text(
            "WITH old AS (DELETE FROM attempt WHERE updated_at < CAST(:now AS timestamptz) - interval '1 day') "
            "DELETE FROM browser_session "
            "WHERE ended_at IS NOT NULL OR expires_at <= :now OR last_seen_at <= :idle_since RETURNING true"
        ),
        {"now": now, "idle_since": now - IDLE},
    )
    return len(gone.all())
