"""API keys: made, rotated, revoked. The key itself leaves once, in the answer, and is stored nowhere (K2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.auth import Principal
from api.core.ids import new_id
from api.core.outbox import EventType, record
from api.core.problems import InputFault, InvalidInput, NotFound, Problem
from api.core.secrets import KeyedHash
from api.identity.models import ApiKey, ApiKeyDigest
from api.identity.queries.keys import key_digest, show_key
from api.identity.queries.members import hold_ownership
from api.identity.rules.keys import ending_of, make_key, next_expiry, state_of
from api.identity.schemas.keys import ApiKeyCreate, ApiKeyMade


class ApiKeyEnded(Problem):
    """This key has expired, was revoked, or was replaced by another. Make a new one instead."""

    status = 409


@dataclass(frozen=True, slots=True)
class Desk:
    """Where keys are looked after: whose they are, who does it, when."""

    session: AsyncSession
    hashes: KeyedHash
    caller: Principal
    now: datetime

    @property
    def workspace_id(self) -> UUID:
        return self.caller.workspace


async def create_key(desk: Desk, wanted: ApiKeyCreate) -> ApiKeyMade:
    """Make a key. Raises `InvalidInput` for an expiry that is over, `NotAllowed`.

    A key outlasts its maker's role: nobody takes one along while the role is being taken away (P3).
    """
    if wanted.expires_at is not None and wanted.expires_at <= desk.now:
        raise InvalidInput(
            errors=(InputFault(pointer="/expires_at", code="past", message="must be in the future"),)
        )
    await hold_ownership(desk.session, desk.workspace_id, desk.caller.person_id)
    made = await _store(desk, wanted.name, sorted(set(wanted.scopes)), wanted.expires_at)
    await _record(desk, "key.created", made.id, {"name": made.name, "scopes": made.scopes})
    return made


async def rotate_key(desk: Desk, key_id: UUID, *, overlap: timedelta) -> ApiKeyMade:
    """Make the successor of a key, which itself works on for `overlap`. Raises `ApiKeyEnded`, `NotFound`, `NotAllowed`.

    The old key's row is held: of two owners who rotate at once, one makes the successor.
    """
    await hold_ownership(desk.session, desk.workspace_id, desk.caller.person_id)
    old = await _hold(desk, key_id)
    state = state_of(desk.now, expires_at=old.expires_at, revoked_at=old.revoked_at)
    if state != "active" or old.replaced_by is not None:
        raise ApiKeyEnded
    expires_at = next_expiry(desk.now, created_at=old.created_at, expires_at=old.expires_at)
    made = await _store(desk, old.name, old.scopes, expires_at)
    ends_at = desk.now + overlap
    old.replaced_by = made.id
    old.expires_at = ends_at if old.expires_at is None else min(old.expires_at, ends_at)
    await desk.session.flush()
    await _record(desk, "key.rotated", key_id, {"name": old.name, "successor_id": str(made.id)})
    return made


async def revoke_key(desk: Desk, key_id: UUID) -> None:
    """End a key at once; one that was revoked already stays as it is. Raises `NotFound`."""
    key = await _hold(desk, key_id)
    if key.revoked_at is not None:
        return
    key.revoked_at = desk.now
    await desk.session.flush()
    await _record(desk, "key.revoked", key_id, {"name": key.name})


async def _hold(desk: Desk, key_id: UUID) -> ApiKey:
    key = await desk.session.scalar(
        select(ApiKey).where(ApiKey.workspace_id == desk.workspace_id, ApiKey.id == key_id).with_for_update()
    )
    if key is None:
        raise NotFound
    return key


async def _store(desk: Desk, name: str, scopes: list[str], expires_at: datetime | None) -> ApiKeyMade:
    key = make_key()
    row = ApiKey(
        workspace_id=desk.workspace_id, id=new_id(), name=name, ending=ending_of(key), scopes=scopes,
        created_by=desk.caller.person_id, created_by_name=desk.caller.name, created_at=desk.now, expires_at=expires_at,
    )  # fmt: skip
    desk.session.add(row)
    await desk.session.flush()
    desk.session.add(
        ApiKeyDigest(digest=key_digest(desk.hashes, key), workspace_id=desk.workspace_id, key_id=row.id)
    )
    await desk.session.flush()
    return ApiKeyMade(**show_key(row, now=desk.now).model_dump(), key=key)


async def _record(desk: Desk, type_: EventType, key_id: UUID, data: dict[str, Any]) -> None:
    await record(
        desk.session,
        type_,
        workspace_id=desk.workspace_id,
        subject_type="api_key",
        subjects=[(key_id, data)],
        actor=desk.caller.actor(),
    )
