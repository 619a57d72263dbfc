"""Exceptions that need a person: noted by the rooms in the transaction of what they met, shown and resolved by `activity`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from orjson import dumps
from sqlalchemy import Index, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped

from api.core.columns import At, Json, Key, MadeAt, Ref, String, Version
from api.core.db import Table
from api.core.ids import new_id

# Everything that can need a person. Each has its words and its fixes in activity/rules/troubles.py (a house test holds it).
AttentionCode = Literal[
    "changed_after_attaching",
    "does_not_add_up",
    "doubled_in_shop",
    "order_removed",
    "order_unreadable",
    "orders_missing",
    "orders_vanished",
    "plan_too_low",
    "push_stopped",
    "rounding",
    "sign_in_needed",
    "status_not_written",
    "unknown_method",
    "unknown_size",
]


class Attention(Table):
    """One open or resolved exception. `code` says what kind, `subject` what it is about, `details` holds no secrets.

    `resolved_by` is the person who resolved it, null where the cause went away by itself; `tried_at` is when somebody
    last had it tried again; `told_at` is when it was mailed.
    """

    __tablename__ = "attention"
    __table_args__ = (
        Index(
            "uq_attention_open", "workspace_id", "code", "subject_type", "subject_id", "fact",
            unique=True, postgresql_where=text("resolved_at IS NULL"),
        ),
        Index("ix_attention_open", "workspace_id", "id", postgresql_where=text("resolved_at IS NULL")),
        Index("ix_attention_subject", "workspace_id", "subject_id", "id"),
    )  # fmt: skip

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    code: Mapped[String]
    subject_type: Mapped[String]
    subject_id: Mapped[Ref]
    fact: Mapped[String]
    details: Mapped[Json]
    noted_at: Mapped[MadeAt]
    resolved_at: Mapped[At | None]
    resolution: Mapped[String | None]
    reason: Mapped[String | None]
    resolved_by: Mapped[Json | None]
    tried_at: Mapped[At | None]
    told_at: Mapped[At | None]
    version: Mapped[Version]


@dataclass(frozen=True, slots=True)
class Note:
    """An exception to note; `fact` tells those of one code and subject apart."""

    code: AttentionCode
    subject_type: str
    subject_id: UUID
    fact: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


_NOTE = text("""
INSERT INTO attention (workspace_id, id, code, subject_type, subject_id, fact, details)
SELECT :workspace, id, code, subject_type, subject_id, fact, details
FROM unnest(CAST(:ids AS uuid[]), CAST(:codes AS text[]), CAST(:types AS text[]), CAST(:subjects AS uuid[]),
            CAST(:facts AS text[]), CAST(:details AS jsonb[]))
    AS given (id, code, subject_type, subject_id, fact, details)
WHERE NOT :but_dismissed OR NOT EXISTS (
    SELECT FROM attention seen WHERE seen.workspace_id = :workspace AND seen.subject_id = given.subject_id
    AND seen.code = given.code AND seen.fact = given.fact AND seen.resolution = 'dismissed'
)
ON CONFLICT DO NOTHING
""")


async def note_all(
    session: AsyncSession, workspace_id: UUID, notes: Sequence[Note], *, but_dismissed: bool = False
) -> None:
    """Note exceptions once, in one statement: the same code, subject and fact stay one open row.

    `but_dismissed` leaves out what a person dismissed before: a lasting fact that is met again is nothing new.
    """
    if not notes:
        return
    await session.execute(
        _NOTE,
        {
            "workspace": workspace_id,
            "but_dismissed": but_dismissed,
            "ids": [new_id() for _ in notes],
            "codes": [each.code for each in notes],
            "types": [each.subject_type for each in notes],
            "subjects": [each.subject_id for each in notes],
            "facts": [each.fact for each in notes],
            "details": [dumps(dict(each.details), default=str).decode() for each in notes],
        },
    )


async def note(
    session: AsyncSession,
    code: AttentionCode,
    *,
    workspace_id: UUID,
    subject_type: str,
    subject_id: UUID,
    fact: str = "",
    **details: Any,
) -> None:
    """Note one exception; see `note_all`."""
    await note_all(session, workspace_id, [Note(code, subject_type, subject_id, fact, details)])


_CLEAR = text("""
UPDATE attention SET resolved_at = now(), resolution = :resolution, version = version + 1
WHERE workspace_id = :workspace AND code = :code AND subject_type = :type AND subject_id = ANY(CAST(:subjects AS uuid[]))
  AND (CAST(:but AS text) IS NULL OR fact <> :but)
  AND (CAST(:facts AS text[]) IS NULL OR fact = ANY(CAST(:facts AS text[]))) AND resolved_at IS NULL
""")
# By id, like whoever else closes several: two that wait for each other's rows would wait for ever.
_FOLLOW = text("""
WITH gone AS (
    SELECT a.id, given.fact IS NULL AS is_over
    FROM unnest(CAST(:subjects AS uuid[]), CAST(:facts AS text[])) AS given (subject_id, fact)
    JOIN attention a ON a.workspace_id = :workspace AND a.code = :code AND a.subject_id = given.subject_id
    WHERE a.resolved_at IS NULL AND a.fact IS DISTINCT FROM given.fact
    ORDER BY a.id FOR UPDATE OF a
)
UPDATE attention SET resolved_at = now(), resolution = CASE WHEN gone.is_over THEN :gone ELSE :replaced END,
    version = attention.version + 1
FROM gone WHERE attention.workspace_id = :workspace AND attention.id = gone.id
""")
_RESOLVE = text("""
UPDATE attention SET resolved_at = :now, resolution = :resolution, reason = :reason, resolved_by = CAST(:actor AS jsonb),
    version = version + 1
WHERE workspace_id = :workspace AND id = :id AND resolved_at IS NULL
""")
_TRY = text("""
UPDATE attention SET tried_at = :now, details = details || CAST(:said AS jsonb), version = version + 1
WHERE workspace_id = :workspace AND id = :id AND resolved_at IS NULL
""")


async def clear_all(
    session: AsyncSession,
    code: AttentionCode,
    *,
    workspace_id: UUID,
    subject_type: str,
    subject_ids: Collection[UUID],
    resolution: str,
    but: str | None = None,
    facts: Collection[str] | None = None,
) -> None:
    """Close the open exceptions of this code about these subjects, whose cause is gone.

    `but` is a fact that is not gone; `facts` are the only ones that are.
    """
    if not subject_ids:
        return
    about = {"code": code, "type": subject_type, "subjects": list(subject_ids)}
    which = {"but": but, "facts": None if facts is None else list(facts)}
    await session.execute(_CLEAR, {"workspace": workspace_id, **about, **which, "resolution": resolution})


async def clear(
    session: AsyncSession,
    code: AttentionCode,
    *,
    workspace_id: UUID,
    subject_type: str,
    subject_id: UUID,
    resolution: str,
    but: str | None = None,
    facts: Collection[str] | None = None,
) -> None:
    """Those about one subject; see `clear_all`."""
    await clear_all(
        session, code, workspace_id=workspace_id, subject_type=subject_type, subject_ids=[subject_id],
        resolution=resolution, but=but, facts=facts,
    )  # fmt: skip


async def follow(
    session: AsyncSession,
    workspace_id: UUID,
    code: AttentionCode,
    standing: Mapping[UUID, Note | None],
    *,
    gone: str,
    replaced: str,
) -> None:
    """What stands now of these subjects, in two statements: the note given, or nothing (None).

    Whatever else of this code is open about them is closed: as `replaced` where another fact stands, otherwise as `gone`.
    A fact that a person dismissed stays dismissed.
    """
    if not standing:
        return
    facts = [None if note is None else note.fact for note in standing.values()]
    place = {"workspace": workspace_id, "code": code, "subjects": list(standing), "facts": facts}
    await session.execute(_FOLLOW, {**place, "gone": gone, "replaced": replaced})
    notes = [note for note in standing.values() if note is not None]
    await note_all(session, workspace_id, notes, but_dismissed=True)


async def resolve(
    session: AsyncSession,
    workspace_id: UUID,
    attention_id: UUID,
    *,
    resolution: str,
    reason: str | None,
    actor: Mapping[str, Any],
    now: datetime,
) -> bool:
    """Close one exception for a person, with who and why. False when it was closed already: one of two is the first."""
    values = {"resolution": resolution, "reason": reason, "actor": dumps(dict(actor)).decode(), "now": now}
    done = await session.execute(_RESOLVE, {**values, "workspace": workspace_id, "id": attention_id})
    return bool(done.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult


async def mark_tried(
    session: AsyncSession, workspace_id: UUID, attention_id: UUID, *, now: datetime, **said: Any
) -> bool:
    """Say when somebody had it tried again, and what they said of it. False when it was closed already."""
    values = {"workspace": workspace_id, "id": attention_id, "now": now, "said": dumps(said).decode()}
    done = await session.execute(_TRY, values)
    return bool(done.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult
