"""Sealed secrets (I13): AES-256-GCM under a data key per workspace, which is wrapped by a master key from the configuration.

What is sealed is bound to its place (version, workspace, table, row, column): moved anywhere else, it does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id

VERSION = 1
NONCE = 12
_HEAD = 1 + 16 + NONCE


_NEWEST = text("""
SELECT id, wrapped, master_key_id FROM data_key
WHERE workspace_id = :workspace AND master_key_id = ANY(CAST(:known AS text[])) ORDER BY id DESC
""")
_MAKE = text("""
INSERT INTO data_key (workspace_id, id, wrapped, master_key_id) VALUES (:workspace, :id, :wrapped, :current)
""")
_OTHERS = text("""
SELECT id, wrapped, master_key_id FROM data_key
WHERE workspace_id = :workspace AND master_key_id <> :current AND master_key_id = ANY(CAST(:known AS text[]))
ORDER BY id FOR UPDATE
""")
_REWRAP = text("""
UPDATE data_key SET wrapped = :wrapped, master_key_id = :current WHERE workspace_id = :workspace AND id = :id
""")


class CannotUnsealError(RuntimeError):
    """A sealed value does not open: wrong master key, or the value was moved or changed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a secret is stored; part of what is authenticated."""

    workspace_id: UUID
    table: str
    row_id: UUID
    column: str

    def bound(self) -> bytes:
        return f"{VERSION}|{self.workspace_id}|{self.table}|{self.row_id}|{self.column}".encode()


class Sealer:
    """Seals and opens secrets. `master_keys` maps key id to 32 bytes; the first one, `current`, wraps new data keys."""

    def __init__(self, master_keys: Mapping[str, bytes]) -> None:
        self._masters = {name: AESGCM(key) for name, key in master_keys.items()}
        self.current = next(iter(master_keys))
        self.known = tuple(master_keys)

    async def seal(self, session: AsyncSession, place: Place, secret: str) -> bytes:
        """The sealed form of `secret` for exactly this place; never fails for a master key that was lost."""
        key_id, key = await self._newest_key(session, place.workspace_id)
        nonce = os.urandom(NONCE)
        body = AESGCM(key).encrypt(nonce, secret.encode(), place.bound())
        return bytes([VERSION]) + key_id.bytes + nonce + body

    async def unseal(self, session: AsyncSession, place: Place, sealed: bytes) -> str:
        """The secret; raises `CannotUnsealError`. A data key under an older master key is wrapped anew on the way (rotation)."""
        if len(sealed) <= _HEAD or sealed[0] != VERSION:
            raise CannotUnsealError("unknown form")
        row = await session.execute(
            text("SELECT wrapped, master_key_id FROM data_key WHERE workspace_id = :workspace AND id = :id"),
            {"workspace": place.workspace_id, "id": UUID(bytes=sealed[1:17])},
        )
        found = row.one_or_none()
        if found is None:
            raise CannotUnsealError("its data key is gone")
        key_id = UUID(bytes=sealed[1:17])
        key = self._unwrap(place.workspace_id, key_id, found.wrapped, found.master_key_id)
        if found.master_key_id != self.current:
            await self._rewrap(session, place.workspace_id, key_id, key)
        try:
            return AESGCM(key).decrypt(sealed[17:_HEAD], sealed[_HEAD:], place.bound()).decode()
        except InvalidTag:
            raise CannotUnsealError("it was moved or changed") from None

    async def rewrap(self, session: AsyncSession, workspace_id: UUID) -> int:
        """Wrap with the current master key what another known one wraps, in this workspace; returns how many there were.

        What does not open stays as it is: its master key may come back. Of two at once, the second finds nothing to do.
        """
        rows = await session.execute(_OTHERS, {**self.masters(), "workspace": workspace_id})
        rewrapped = 0
        for row in rows.all():
            with suppress(CannotUnsealError):
                key = self._unwrap(workspace_id, row.id, row.wrapped, row.master_key_id)
                await self._rewrap(session, workspace_id, row.id, key)
                rewrapped += 1
        return rewrapped

    async def _rewrap(self, session: AsyncSession, workspace_id: UUID, key_id: UUID, key: bytes) -> None:
        values = {"id": key_id, "wrapped": self._wrap(workspace_id, key_id, key)}
        await session.execute(_REWRAP, {**values, "workspace": workspace_id, "current": self.current})

    def masters(self) -> dict[str, object]:
        """The parameters `current` and `known` of statements about master keys."""
        return {"current": self.current, "known": list(self.known)}

    async def _newest_key(self, session: AsyncSession, workspace_id: UUID) -> tuple[UUID, bytes]:
        """The newest data key that opens. Without one a fresh one is made: so a lost master key takes what was sealed, but
        nobody's way to sign in anew.
        """
        rows = await session.execute(_NEWEST, {"workspace": workspace_id, "known": list(self.known)})
        for row in rows.all():
            with suppress(CannotUnsealError):
                return row.id, self._unwrap(workspace_id, row.id, row.wrapped, row.master_key_id)
        key_id, key = new_id(), AESGCM.generate_key(256)
        values = {"id": key_id, "wrapped": self._wrap(workspace_id, key_id, key)}
        await session.execute(_MAKE, {**values, "workspace": workspace_id, "current": self.current})
        return key_id, key

    def _wrap(self, workspace_id: UUID, key_id: UUID, key: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._masters[self.current].encrypt(nonce, key, workspace_id.bytes + key_id.bytes)

    def _unwrap(self, workspace_id: UUID, key_id: UUID, wrapped: bytes, master_key_id: str) -> bytes:
        master = self._masters.get(master_key_id)
        if master is None:
            message = f"master key {master_key_id} is not configured"
            raise CannotUnsealError(message)
        try:
            return master.decrypt(wrapped[:NONCE], wrapped[NONCE:], workspace_id.bytes + key_id.bytes)
        except InvalidTag:
            raise CannotUnsealError("its data key does not open") from None


class KeyedHash:
    """HMAC-SHA-256 with one key and a purpose: claims, session look-ups, markers. Never rotated with the sealing keys."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def digest(self, purpose: str, value: str) -> bytes:
        return hmac.new(self._key, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()
