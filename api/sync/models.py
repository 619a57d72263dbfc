"""Tables of reading: where a link's reading stands, and what each run did."""

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Json, Key, MadeAt, Number, Ref, String
from api.core.db import Table


class SyncCursor(Table):
    """Where reading stands for one link; changed only in the transaction that stores the rows read (I9)."""

    __tablename__ = "sync_cursor"

    workspace_id: Mapped[Key]
    link_id: Mapped[Key]
    phase: Mapped[String]
    offset: Mapped[Number]
    window_started_at: Mapped[At | None]
    modified_through: Mapped[At | None]
    updated_at: Mapped[MadeAt]


class SyncRun(Table):
    """One reading, with its figures. `expected` is what the platform claimed, for the progress bar only."""

    __tablename__ = "sync_run"
    __table_args__ = (
        CheckConstraint("kind IN ('first_import', 'incremental', 'requested')", name="kind"),
        CheckConstraint("state IN ('running', 'succeeded', 'failed')", name="state"),
        Index("ix_sync_run_recent", "workspace_id", text("id DESC")),
        Index("uq_sync_run_running", "workspace_id", unique=True, postgresql_where=text("state = 'running'")),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    link_id: Mapped[Ref]
    kind: Mapped[String]
    state: Mapped[String]
    started_at: Mapped[MadeAt]
    finished_at: Mapped[At | None]
    expected: Mapped[Number | None]
    seen: Mapped[Number] = mapped_column(server_default=text("0"))
    added: Mapped[Number] = mapped_column(server_default=text("0"))
    changed: Mapped[Number] = mapped_column(server_default=text("0"))
    unchanged: Mapped[Number] = mapped_column(server_default=text("0"))
    details_expected: Mapped[Number] = mapped_column(server_default=text("0"))
    details_read: Mapped[Number] = mapped_column(server_default=text("0"))
    vendor_calls: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    problem: Mapped[Json | None]
