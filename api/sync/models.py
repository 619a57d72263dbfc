"""Tables of reading: where a link's reading stands, and what each run did."""

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Json, Key, MadeAt, Number, Ref, String
from api.core.db import Table


class SyncCursor(Table):
    """Where reading stands for one link; changed only in the transaction that stores the rows read (I9).

    Two walks through the order list: the window (`phase`, `offset`, `window_…`: what is recent, then what changed) and
    the whole history (`history_offset` is null when it was read to its end). `step` is the fence between two readers.
    """

    __tablename__ = "sync_cursor"
    __table_args__ = (CheckConstraint("phase IN ('none', 'recent', 'changes')", name="phase"),)

    workspace_id: Mapped[Key]
    link_id: Mapped[Key]
    step: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    phase: Mapped[String] = mapped_column(server_default=text("'none'"))
    offset: Mapped[Number] = mapped_column(server_default=text("0"))
    window_total: Mapped[Number | None]
    window_since: Mapped[At | None]
    window_started_at: Mapped[At | None]
    began_at: Mapped[At | None]
    modified_through: Mapped[At | None]
    history_offset: Mapped[Number | None] = mapped_column(server_default=text("0"))
    history_total: Mapped[Number | None]
    counted_at: Mapped[At | None]
    missing: Mapped[Number] = mapped_column(server_default=text("0"))
    failures: Mapped[Number] = mapped_column(server_default=text("0"))
    updated_at: Mapped[MadeAt]


class SyncRun(Table):
    """One reading, with its figures. `expected` is what the platform claimed, for the progress bar only.

    `asked_at` is when a person last asked for it: what changed before then is read before it ends.
    """

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
    asked_at: Mapped[At | None]
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
