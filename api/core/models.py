"""The tables of the core that have no file of their own: stored answers and wrapped data keys."""

from uuid import UUID

from sqlalchemy import Index, Integer, LargeBinary, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import Json, Key, MadeAt, Sealed, String
from api.core.db import Table


class IdempotencyKey(Table):
    """The answer to a request that may be repeated (I10). Status is null only inside the effect's own transaction."""

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
