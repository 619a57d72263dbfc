"""Questions about API keys, and who is behind one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.auth import Authenticate, Principal
from api.core.clock import Clock
from api.core.db import Database
from api.core.paging import Position
from api.core.problems import NotFound
from api.core.secrets import KeyedHash
from api.identity.rules.keys import TOUCH, is_key, state_of
from api.identity.schemas.keys import ApiKeyRead

_COLUMNS = (
    "id, name, ending, scopes, created_by_name, created_at, expires_at, last_used_at, revoked_at, replaced_by"
)


def key_digest(hashes: KeyedHash, key: str) -> bytes:
    """The keyed hash under which a key is kept: a copy of the database opens nothing."""
    return hashes.digest("api-key", key)


def make_authenticate_key(database: Database, hashes: KeyedHash, clock: Clock) -> Authenticate:
    """How the door recognises a key, in one short transaction of its own. Garbage does not get as far as that."""

    async def authenticate(key: str, workspace_id: UUID | None) -> Principal | None:
        if not is_key(key):
            return None
        async with database.transaction(None) as session:
            principal = await find_key_principal(session, key_digest(hashes, key), now=clock.now())
        if principal is not None and workspace_id not in {None, principal.workspace_id}:
            raise NotFound("There is no such workspace.")
        return principal

    return authenticate


# Finding the key's workspace and entering it is one round trip.
_ENTER = text("""
SELECT workspace_id, key_id, set_config('app.workspace', workspace_id::text, true)
FROM api_key_digest WHERE digest = :digest
""")
_READ = text("""
SELECT name, scopes, created_by, expires_at, revoked_at, last_used_at FROM api_key
WHERE workspace_id = :workspace AND id = :id
""")
# Who finds the row held leaves it: somebody else is noting the same, or ending the key.
_TOUCH = text("""
UPDATE api_key SET last_used_at = :now WHERE workspace_id = :workspace AND id IN (
    SELECT id FROM api_key WHERE workspace_id = :workspace AND id = :id FOR UPDATE SKIP LOCKED
)
""")


async def find_key_principal(session: AsyncSession, digest: bytes, *, now: datetime) -> Principal | None:
    """The key with this digest, in its own workspace; None when there is none or it has ended."""
    known = (await session.execute(_ENTER, {"digest": digest})).one_or_none()
    if known is None:
        return None
    place = {"workspace": known.workspace_id, "id": known.key_id}
    row = (await session.execute(_READ, place)).one()
    if state_of(now, expires_at=row.expires_at, revoked_at=row.revoked_at) != "active":
        return None
    if row.last_used_at is None or now - row.last_used_at > TOUCH:
        await session.execute(_TOUCH, {**place, "now": now})
    return Principal(
        person_id=row.created_by,
        name=row.name,
        email="",
        session_id=known.key_id,
        workspace_id=known.workspace_id,
        scopes=frozenset(row.scopes),
    )


async def list_keys(
    session: AsyncSession, workspace_id: UUID, *, position: Position | None, limit: int, now: datetime
) -> Sequence[ApiKeyRead]:
    """`limit + 1` keys in the direction of `position`, newest first; ended ones too."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    values: dict[str, Any] = {"workspace": workspace_id, "most": limit + 1}
    beyond = ""
    if position is not None:
        beyond = f"AND id {sign} CAST(:after AS uuid)"
        values["after"] = position.values[0]
    statement = f"SELECT {_COLUMNS} FROM api_key WHERE workspace_id = :workspace {beyond} ORDER BY id {order} LIMIT :most"  # noqa: S608 - constants
    return [show_key(row, now=now) for row in await session.execute(text(statement), values)]


async def get_key(session: AsyncSession, workspace_id: UUID, key_id: UUID, *, now: datetime) -> ApiKeyRead:
    """One key; raises `NotFound`."""
    statement = text(f"SELECT {_COLUMNS} FROM api_key WHERE workspace_id = :workspace AND id = :id")  # noqa: S608 - constants
    row = (await session.execute(statement, {"workspace": workspace_id, "id": key_id})).one_or_none()
    if row is None:
        raise NotFound
    return show_key(row, now=now)


def show_key(row: Any, *, now: datetime) -> ApiKeyRead:
    return ApiKeyRead(
        id=row.id,
        name=row.name,
        ending=row.ending,
        scopes=row.scopes,
        state=state_of(now, expires_at=row.expires_at, revoked_at=row.revoked_at),
        created_by_name=row.created_by_name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
        replaced_by_id=row.replaced_by,
    )
