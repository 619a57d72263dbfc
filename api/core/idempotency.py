"""A repeated request has one effect and one answer (I10): the key's row is written in the transaction of the effect.

The stored bytes and the effect commit together; a replay is byte-equal. Problems are not stored: a refused request
left nothing behind, so repeating it simply asks again. What a person does outside of any workspace is kept under the
person's own id.
"""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal, TypeVar
from uuid import UUID, uuid5

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from sqlalchemy import TextClause, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from api.core.auth import Caller
from api.core.problems import Problem
from api.core.secrets import CannotUnsealError, Place, Sealer

Answer = TypeVar("Answer", bound=BaseModel)
ANSWERS: Final = "answers"
KEPT: Final = timedelta(hours=24)
# As long as somebody may be at work on an effect outside of a transaction; a process that died is not.
LEASE: Final = timedelta(minutes=2)
# An effect outside of a transaction: begun for the first time, or again since nobody knows what became of it.
Begun = Literal["first", "again"]
KeyHeader = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=100,
        pattern=r"^[\x21-\x7e]+$",
        description="Repeat a request with the same key: it has one effect and the same answer for 24 hours.",
    ),
]


class IdempotencyKeyMissing(Problem):
    """Send an Idempotency-Key with this request, so that a repeat cannot do it twice."""

    status = 400


class IdempotencyKeyReused(Problem):
    """This Idempotency-Key was used for another request. Use a new one."""

    status = 422


class IdempotencyKeyInFlight(Problem):
    """The first request with this Idempotency-Key is still running. Ask again in a moment."""

    status = 409
    retryable = True


REPEAT_PROBLEMS = (IdempotencyKeyReused, IdempotencyKeyInFlight)
IDEMPOTENCY_PROBLEMS = (IdempotencyKeyMissing, *REPEAT_PROBLEMS)

_CLAIM = text("""
INSERT INTO idempotency_key (workspace_id, person_id, key, operation, fingerprint)
VALUES (:workspace, :person, :key, :operation, :fingerprint) ON CONFLICT DO NOTHING RETURNING true
""")
_FIND = text("""
SELECT operation, fingerprint, status, headers, body FROM idempotency_key
WHERE workspace_id = :workspace AND person_id = :person AND key = :key
""")
# The first answer that a workspace keeps has the old ones looked for a day later, in the same round trip.
_STORE = text("""
WITH due AS (
    INSERT INTO workspace_work (workspace_id, kind, due_at) VALUES (:workspace, 'answers', now() + interval '24 hours')
    ON CONFLICT DO NOTHING
)
UPDATE idempotency_key SET status = :status, headers = CAST(:headers AS jsonb), body = :body
WHERE workspace_id = :workspace AND person_id = :person AND key = :key
""")

_TAKE_OVER = text("""
UPDATE idempotency_key SET created_at = now() WHERE workspace_id = :workspace AND person_id = :person AND key = :key
AND status IS NULL AND created_at <= now() - CAST(:lease AS interval) RETURNING true
""")
_LEAVE: Final[Mapping[Begun, TextClause]] = {
    "first": text("""
    DELETE FROM idempotency_key WHERE workspace_id = :workspace AND person_id = :person AND key = :key AND status IS NULL
    """),
    "again": text("""
    UPDATE idempotency_key SET created_at = now() - CAST(:lease AS interval)
    WHERE workspace_id = :workspace AND person_id = :person AND key = :key AND status IS NULL
    """),
}

_FORGET = text("DELETE FROM idempotency_key WHERE workspace_id = :workspace AND created_at <= :before")
_OLDEST = text("SELECT min(created_at) FROM idempotency_key WHERE workspace_id = :workspace")


async def forget_answers(session: AsyncSession, workspace_id: UUID, *, now: datetime) -> datetime | None:
    """Forget answers that were kept for their 24 hours; returns when the next one is due, None when none is left."""
    await session.execute(_FORGET, {"workspace": workspace_id, "before": now - KEPT})
    oldest: datetime | None = await session.scalar(_OLDEST, {"workspace": workspace_id})
    return oldest + KEPT if oldest is not None else None


@dataclass(frozen=True, slots=True)
class Once:
    """Runs an effect at most once per key. Made by the dependencies `OnceRequired` and `OnceOptional`."""

    key: str | None
    workspace_id: UUID
    person_id: UUID
    operation: str
    fingerprint: bytes

    async def run(
        self,
        session: AsyncSession,
        effect: Callable[[], Awaitable[Answer | None]],
        *,
        status: int = 200,
        headers: Callable[[Answer], Mapping[str, str]] | None = None,
        sealer: Sealer | None = None,
    ) -> Response:
        """The effect's answer, stored with it; or the stored answer of the first time, byte for byte.

        With a `sealer` the answer holds a secret and is stored sealed (I13).
        """
        if self.key is not None and not await self._claim(session):
            return await self._replay(session, sealer)
        result = await effect()
        return await self.end(session, result, status=status, headers=headers, sealer=sealer)

    async def begin(self, session: AsyncSession) -> Response | Begun:
        """Claim the key of an effect that no transaction can hold, such as a vendor's: commit this, then begin, then `end`.

        The stored answer where there is one already. Raises `IdempotencyKeyInFlight` while the first request is at work.
        What was begun and never ended is begun `again`: the effect must look for what it did.
        """
        if self.key is None or await self._claim(session):
            return "first"
        found = (await session.execute(_FIND, self._row())).one_or_none()
        if found is not None and (found.status is not None or not self._is_of(found)):
            return await self._replay(session)
        if not await session.scalar(_TAKE_OVER, {**self._row(), "lease": LEASE}):
            raise IdempotencyKeyInFlight(headers={"Retry-After": "2"})
        return "again"

    async def leave(self, session: AsyncSession, begun: Begun) -> None:
        """It has no answer to keep: whoever repeats the request begins it at once, `again` where it may have been done."""
        lease = {"lease": LEASE} if begun == "again" else {}
        await session.execute(_LEAVE[begun], {**self._row(), **lease})

    async def end(
        self,
        session: AsyncSession,
        result: Answer | None,
        *,
        status: int = 200,
        headers: Callable[[Answer], Mapping[str, str]] | None = None,
        sealer: Sealer | None = None,
    ) -> Response:
        """Answer, and keep the answer in this transaction."""
        body = b"" if result is None else result.model_dump_json().encode()
        extra = dict(headers(result)) if headers and result is not None else {}
        if self.key is not None:
            kept = await sealer.seal(session, self._place(self.key), body.decode()) if sealer else body
            stored = {**self._row(), "status": status, "headers": json.dumps(extra), "body": kept}
            await session.execute(_STORE, stored)
        return _response(body, status, extra)

    async def _claim(self, session: AsyncSession) -> bool:
        try:
            claimed = await session.scalar(
                _CLAIM, {**self._row(), "operation": self.operation, "fingerprint": self.fingerprint}
            )
        except DBAPIError as error:
            # The first request's row is locked by its open transaction: lock_timeout (2 s) says so.
            if getattr(error.orig, "sqlstate", "") == "55P03":
                raise IdempotencyKeyInFlight(headers={"Retry-After": "2"}) from None
            raise
        return bool(claimed)

    async def _replay(self, session: AsyncSession, sealer: Sealer | None = None) -> Response:
        found = (await session.execute(_FIND, self._row())).one()
        if not self._is_of(found):
            raise IdempotencyKeyReused
        body = found.body
        if sealer is not None and self.key is not None:
            try:
                body = (await sealer.unseal(session, self._place(self.key), body)).encode()
            except CannotUnsealError:
                raise IdempotencyKeyReused(
                    "This was done, but its answer cannot be read any more. Look at what there is, and use a new key."
                ) from None
        return _response(body, found.status, {**found.headers, "Idempotency-Replayed": "true"})

    def _row(self) -> dict[str, object]:
        return {"workspace": self.workspace_id, "person": self.person_id, "key": self.key}

    def _is_of(self, found: Any) -> bool:
        """Whether the stored row is of this very request."""
        return found.operation == self.operation and hmac.compare_digest(found.fingerprint, self.fingerprint)

    def _place(self, key: str) -> Place:
        return Place(self.workspace_id, "idempotency_key", uuid5(self.person_id, key), "body")


def _response(body: bytes, status: int, headers: Mapping[str, str]) -> Response:
    media = "application/json" if body else None
    return Response(body, status_code=status, media_type=media, headers=dict(headers))


async def _once(request: Request, caller: Caller, key: KeyHeader = None) -> Once:
    secret: bytes = request.app.state.fingerprint_key
    path_and_query = f"{request.method} {request.url.path}?{request.url.query}\0".encode()
    print_ = hmac.new(secret, path_and_query + await request.body(), hashlib.sha256).digest()
    return Once(
        key=key,
        workspace_id=caller.tenant_id,
        person_id=caller.id,
        operation=str(request.scope["route"].name),
        fingerprint=print_,
    )


async def _once_required(once: Annotated[Once, Depends(_once)]) -> Once:
    if once.key is None:
        raise IdempotencyKeyMissing
    return once


OnceOptional = Annotated[Once, Depends(_once)]
OnceRequired = Annotated[Once, Depends(_once_required)]
