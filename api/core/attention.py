"""Exceptions that need a person: noted by the rooms in the transaction of what they met, shown and resolved by `activity`."""

from typing import Any
from uuid import UUID

from orjson import dumps
from sqlalchemy import Index, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped

from api.core.columns import At, Json, Key, MadeAt, Ref, String
from api.core.db import Table
from api.core.ids import new_id


class Attention(Table):
    """One open or resolved exception. `code` says what kind, `subject` what it is about, `details` holds no secrets."""

    __tablename__ = "attention"
    __table_args__ = (
        Index(
            "uq_attention_open", "workspace_id", "code", "subject_type", "subject_id", "fact",
            unique=True, postgresql_where=text("resolved_at IS NULL"),
        ),
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


async def note(
    session: AsyncSession,
    code: str,
    *,
    workspace_id: UUID,
    subject_type: str,
    subject_id: UUID,
    fact: str = "",
    **details: Any,
) -> None:
    """Note an exception once: the same code, subject and fact stay one open row."""
    await session.execute(
        text(
            "INSERT INTO attention (workspace_id, id, code, subject_type, subject_id, fact, details) "
            "VALUES (:workspace, :id, :code, :type, :subject, :fact, CAST(:details AS jsonb)) ON CONFLICT DO NOTHING"
        ),
        {
            "workspace": workspace_id,
            "id": new_id(),
            "code": code,
            "type": subject_type,
            "subject": subject_id,
            "fact": fact,
            "details": dumps(details, default=str).decode(),
        },
    )


async def clear(
    session: AsyncSession,
    code: str,
    *,
    workspace_id: UUID,
    subject_type: str,
    subject_id: UUID,
    resolution: str,
) -> None:
    """Close every open exception of this code about this subject."""
    await session.execute(
        text(
            "UPDATE attention SET resolved_at = now(), resolution = :resolution WHERE workspace_id = :workspace "
            "AND code = :code AND subject_type = :type AND subject_id = :subject AND resolved_at IS NULL"
        ),
        {
            "workspace": workspace_id,
            "code": code,
            "type": subject_type,
            "subject": subject_id,
            "resolution": resolution,
        },
    )
