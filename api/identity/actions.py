"""Signing up, in and out."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import name_workspace
from api.core.ids import new_id
from api.core.outbox import record
from api.core.problems import Problem
from api.identity.models import BrowserSession, Membership, Person, Workspace
from api.identity.queries import token_hash
from api.identity.rules import ABSOLUTE, IDLE
from api.identity.schemas import SignUp


class EmailTaken(Problem):
    """There is an account with this e-mail address already. Sign in instead."""

    status = 409


class WrongCredentials(Problem):
    """The e-mail address or the password is not right."""

    status = 401


async def sign_up(session: AsyncSession, wanted: SignUp, password_hash: str) -> UUID:
    """Make a person, their workspace and their ownership; returns the person's id. Raises `EmailTaken`."""
    person_id, workspace_id = new_id(), new_id()
    session.add(
        Person(id=person_id, email=wanted.email.lower(), name=wanted.name, password_hash=password_hash)
    )
    try:
        await session.flush()
    except IntegrityError:
        raise EmailTaken from None
    await name_workspace(session, workspace_id, person_id=person_id)
    session.add(Workspace(workspace_id=workspace_id, name=wanted.workspace_name))
    await session.flush()
    session.add(Membership(workspace_id=workspace_id, person_id=person_id, role="owner"))
    await session.flush()
    await record(
        session,
        "workspace.created",
        workspace_id=workspace_id,
        subject_type="workspace",
        subjects=[(workspace_id, {"name": wanted.workspace_name})],
        actor={"person_id": str(person_id), "name": wanted.name},
    )
    return person_id


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
