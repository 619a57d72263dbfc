"""Events: one append-only table, written in the transaction of what happened, published in order per object afterwards.

`record` writes the event and its outbox row. The relay (worker) turns outbox rows into feed positions after the commit,
so that a reader's cursor never jumps over a transaction that is still open (I11).
"""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from orjson import dumps
from sqlalchemy import BigInteger, Computed, DateTime, Identity, Index, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from api.core.db import Database, Table
from api.core.ids import new_id

# Everything that can happen. Each has its sentence in activity/rules/sentences.py (a house test holds it).
EventType = Literal[
    "connection.closed",
    "connection.needs_reauth",
    "connection.opened",
    "connection.recovered",
    "connection.renewed",
    "connection.suspended",
    "contact.created",
    "exception.deletions_confirmed",
    "exception.resolved",
    "exception.retried",
    "invitation.revoked",
    "invoice.changed",
    "invoice.created",
    "invoice.push_retried",
    "invoice.push_stopped",
    "invoice.pushed",
    "key.created",
    "key.revoked",
    "key.rotated",
    "link.changed",
    "link.created",
    "link.ended",
    "link.needs_reauth",
    "link.reauthenticated",
    "link.recovered",
    "link.suspended",
    "member.invited",
    "member.joined",
    "member.left",
    "member.removed",
    "member.role_changed",
    "order.approved",
    "order.attached",
    "order.cancelled",
    "order.changed",
    "order.noted",
    "order.received",
    "order.removed",
    "order.tagged",
    "password.changed",
    "password.reset",
    "password.reset_offered",
    "purchasing.changed",
    "purchasing.status_chosen",
    "session.closed",
    "session.opened",
    "session.revoked",
    "settings.changed",
    "sharing.changed",
    "store.changed",
    "store.contact_chosen",
    "store.discovered",
    "store.renamed",
    "store.shared",
    "store.unshared",
    "workspace.created",
    "workspace.renamed",
]


class Event(Table):
    """Something that happened, in the past tense (`order.attached`). Never changed, never deleted by the app."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_subject", "workspace_id", "subject_id", "id"),
        Index("ix_event_type", "workspace_id", "type", "id"),
        Index("ix_event_person", "workspace_id", "person_id", "id"),
        Index("ix_event_time", "workspace_id", "occurred_at"),
    )

    workspace_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    type: Mapped[str] = mapped_column(Text)
    subject_type: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[UUID] = mapped_column(Uuid)
    actor: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # A column of its own: under row-level security no index serves what is asked of a member of JSON.
    person_id: Mapped[UUID | None] = mapped_column(
        Uuid, Computed("CAST(actor ->> 'person_id' AS uuid)", persisted=True)
    )
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    occurred_at: Mapped[Any] = mapped_column(DateTime(timezone=True), server_default=func.now())


class Outbox(Table):
    """An event that has no feed position yet. Ids only: the dispatch role reads it across workspaces."""

    __tablename__ = "outbox"

    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    workspace_id: Mapped[UUID] = mapped_column(Uuid)
    event_id: Mapped[UUID] = mapped_column(Uuid)


class EventPosition(Table):
    """An event's place in its workspace's feed, given after its transaction was committed."""

    __tablename__ = "event_position"
    __table_args__ = (Index("uq_event_position_event_id", "workspace_id", "event_id", unique=True),)

    workspace_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(Uuid)


_RECORD = text("""
WITH written AS (
    INSERT INTO event (workspace_id, id, type, subject_type, subject_id, actor, data)
    SELECT :workspace, id, :type, :subject_type, subject_id, CAST(:actor AS jsonb), data
    FROM unnest(CAST(:ids AS uuid[]), CAST(:subjects AS uuid[]), CAST(:data AS jsonb[])) AS given (id, subject_id, data)
)
INSERT INTO outbox (workspace_id, event_id)
SELECT :workspace, id FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS given (id, place) ORDER BY place
""")

# Each row enters its workspace as it is made, so that row-level security checks it against that one.
_RECORD_EVERYWHERE = text("""
WITH written AS (
    INSERT INTO event (workspace_id, id, type, subject_type, subject_id, actor, data)
    SELECT CAST(set_config('app.workspace', workspace, true) AS uuid), id, :type, :subject_type, :subject,
        CAST(:actor AS jsonb), CAST(:data AS jsonb)
    FROM unnest(CAST(:workspaces AS text[]), CAST(:ids AS uuid[])) AS given (workspace, id)
)
INSERT INTO outbox (workspace_id, event_id)
SELECT CAST(workspace AS uuid), id FROM unnest(CAST(:workspaces AS text[]), CAST(:ids AS uuid[])) AS given (workspace, id)
""")


async def record(
    session: AsyncSession,
    type_: EventType,
    *,
    workspace_id: UUID,
    subject_type: str,
    subjects: list[tuple[UUID, dict[str, Any]]],
    actor: dict[str, Any],
) -> None:
    """Write one event of this type for each (subject id, data) in the caller's transaction. Data holds no secrets."""
    if not subjects:
        return
    await session.execute(
        _RECORD,
        {
            "workspace": workspace_id,
            "type": type_,
            "subject_type": subject_type,
            "actor": dumps(actor).decode(),
            "ids": [new_id() for _ in subjects],
            "subjects": [subject for subject, _ in subjects],
            "data": [dumps(data).decode() for _, data in subjects],
        },
    )


async def record_everywhere(
    session: AsyncSession,
    type_: EventType,
    *,
    workspace_ids: Sequence[UUID],
    subject_type: str,
    subject: tuple[UUID, dict[str, Any]],
    actor: dict[str, Any],
) -> None:
    """Write the same event in each of these workspaces, by one statement. The transaction is in the last of them afterwards:
    call it in `visiting`, which leads back.
    """
    if not workspace_ids:
        return
    await session.execute(
        _RECORD_EVERYWHERE,
        {
            "workspaces": [str(workspace_id) for workspace_id in workspace_ids],
            "ids": [new_id() for _ in workspace_ids],
            "type": type_,
            "subject_type": subject_type,
            "subject": subject[0],
            "actor": dumps(actor).decode(),
            "data": dumps(subject[1]).decode(),
        },
    )


_PUBLISH = text("""
WITH claimed AS (
    DELETE FROM outbox WHERE sequence IN (
        SELECT sequence FROM outbox ORDER BY sequence LIMIT :batch FOR UPDATE SKIP LOCKED
    ) RETURNING sequence, workspace_id, event_id
)
INSERT INTO event_position (workspace_id, event_id)
SELECT workspace_id, event_id FROM claimed ORDER BY sequence
""")


async def publish_events(dispatch: Database, *, batch: int = 1000) -> int:
    """Give committed events their positions; returns how many. One relay at a time, which keeps the order per object."""
    async with dispatch.transaction(None) as session:
        mine = await session.scalar(text("SELECT pg_try_advisory_xact_lock(hashtext('platen.relay'))"))
        if not mine:
            return 0
        done = await session.execute(_PUBLISH, {"batch": batch})
        return int(done.rowcount)  # type: ignore[attr-defined] # an INSERT gives a CursorResult
