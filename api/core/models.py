"""The tables of the core that have no file of their own: stored answers, wrapped data keys, and operations."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Json, Key, MadeAt, Number, Ref, Sealed, String, Version
from api.core.db import Table


class IdempotencyKey(Table):
    """The answer to a request that may be repeated (I10). `person_id` is who asked: a person, or an API key.

    Status is null only inside the effect's own transaction, and while a vendor works on an effect outside of any.
    """

    __tablename__ = "idempotency_key"
    __table_args__ = (Index("ix_idempotency_key_age", "workspace_id", "created_at"),)

    workspace_id: Mapped[Key]
    person_id: Mapped[Key]
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    operation: Mapped[String]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None] = mapped_column(Integer)
    headers: Mapped[Json] = mapped_column(server_default=text("'{}'"))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[MadeAt]


class DataKey(Table):
    """A workspace's sealing key, wrapped by a master key (I13)."""

    __tablename__ = "data_key"

    workspace_id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    wrapped: Mapped[Sealed]
    master_key_id: Mapped[String]
    created_at: Mapped[MadeAt]


class Operation(Table):
    """One piece of long work. `total_count` is null until it is known; `finished_at` is set once, by done or failed."""

    __tablename__ = "operation"
    __table_args__ = (
        CheckConstraint("status IN ('queued', 'running', 'done', 'failed', 'needs_you')", name="status"),
        CheckConstraint("(finished_at IS NOT NULL) = (status IN ('done', 'failed'))", name="finished"),
        CheckConstraint("(problem IS NOT NULL) = (status IN ('failed', 'needs_you'))", name="problem"),
        CheckConstraint("done_count >= 0 AND (total_count IS NULL OR total_count >= done_count)", name="counts"),
        Index("ix_operation_subject", "workspace_id", "subject_id", "id"),
    )  # fmt: skip

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    kind: Mapped[String]
    status: Mapped[String] = mapped_column(server_default=text("'queued'"))
    done_count: Mapped[Number] = mapped_column(server_default=text("0"))
    total_count: Mapped[Number | None]
    subject_type: Mapped[String]
    subject_id: Mapped[Ref]
    problem: Mapped[Json | None]
    result: Mapped[Json | None]
    actor: Mapped[Json]
    created_at: Mapped[MadeAt]
    updated_at: Mapped[MadeAt]
    finished_at: Mapped[At | None]
    version: Mapped[Version]
