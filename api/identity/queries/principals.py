"""Who is behind a cookie."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, cast, func, select, text, true
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.auth import Authenticate, Principal
from api.core.clock import Clock
from api.core.db import Database
from api.core.problems import NotFound
from api.identity.models import BrowserSession, Membership, Person
from api.identity.rules.sessions import TOUCH, is_usable


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def make_authenticate(database: Database, clock: Clock) -> Authenticate:
    """How the door recognises a session cookie, in one short transaction of its own."""

    async def authenticate(token: str, workspace_id: UUID | None) -> Principal | None:
        async with database.transaction(None) as session:
            return await find_principal(session, token, workspace_id, now=clock.now())

    return authenticate


async def find_principal(
    session: AsyncSession, token: str, workspace_id: UUID | None, *, now: datetime
) -> Principal | None:
    """The person behind a cookie, inside the workspace asked for; `NotFound` when they may not enter it (I12)."""
    # Finding the person, and looking with their eyes as memberships ask for, is one round trip.
    row = (
        await session.execute(
            select(
                BrowserSession.id, BrowserSession.person_id, BrowserSession.last_seen_at, BrowserSession.expires_at,
                BrowserSession.ended_at, Person.name, Person.email,
                func.set_config("app.person", cast(BrowserSession.person_id, Text), true()),
            ).join(Person, Person.id == BrowserSession.person_id)
            .where(BrowserSession.token_hash == token_hash(token))
        )
    ).one_or_none()  # fmt: skip
    if row is None or not is_usable(
        now, last_seen_at=row.last_seen_at, expires_at=row.expires_at, ended_at=row.ended_at
    ):
        return None
    if now - row.last_seen_at > TOUCH:
        await session.execute(
            text("UPDATE browser_session SET last_seen_at = :now WHERE id = :id"), {"now": now, "id": row.id}
        )
    role = None
    if workspace_id is not None:
        role = await session.scalar(
            select(Membership.role).where(
                Membership.workspace_id == workspace_id, Membership.person_id == row.person_id
            )
        )
        if role is None:
            raise NotFound("There is no such workspace.")
    return Principal(
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        session_id=row.id,
        workspace_id=workspace_id,
        role=role,
    )
