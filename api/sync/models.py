"""Tables of reading: where a link's reading stands, what each run did, what each comparison with the platform found."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, ForeignKeyConstraint, Index, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Json, Key, MadeAt, Number, Ref, String
from api.core.db import Table


class SyncCursor(Table):
    """Where reading stands for one link; changed only in the transaction that stores the rows read (I9).

    Two walks through the order list: the window (`phase`, `offset`, `window_…`: what is recent, then what changed) and
    the whole history (`history_offset` is null when it was read to its end). `step` is the fence between two readers.
    `platform_through` and `window_platform_at` are told by the platform's clock and say what to ask it for; all other
    times are ours and say when to ask. `reread_after` is where the turn through the open orders stands,
    `reconciliation_id` the comparison that the walk of the history serves, `hold_until` when the platform wants to be
    asked again.
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
    window_platform_at: Mapped[At | None]
    began_at: Mapped[At | None]
    modified_through: Mapped[At | None]
    platform_through: Mapped[At | None]
    history_offset: Mapped[Number | None] = mapped_column(server_default=text("0"))
    history_total: Mapped[Number | None]
    counted_at: Mapped[At | None]
    missing: Mapped[Number] = mapped_column(server_default=text("0"))
    reread_after: Mapped[Ref | None]
    reread_at: Mapped[At | None]
    compared_at: Mapped[At | None]
    reconciliation_id: Mapped[Ref | None]
    hold_until: Mapped[At | None]
    failures: Mapped[Number] = mapped_column(server_default=text("0"))
    updated_at: Mapped[MadeAt]


class SyncRun(Table):
    """One reading, with its figures. `expected` is what the platform claimed, for the progress bar only.

    `asked_at` is when a person last asked for it: what changed before then is read before it ends.
    """

    __tablename__ = "sync_run"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('first_import', 'incremental', 'open_reread', 'nightly', 'requested')", name="kind"
        ),
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
    removed: Mapped[Number] = mapped_column(server_default=text("0"))
    details_expected: Mapped[Number] = mapped_column(server_default=text("0"))
    details_read: Mapped[Number] = mapped_column(server_default=text("0"))
    vendor_calls: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    problem: Mapped[Json | None]


class Reconciliation(Table):
    """One full comparison of the platform's list with what is stored (I9); `findings` holds the first of them.

    `since` is the platform's time at its beginning: what was placed before and is not stored, is missing.
    """

    __tablename__ = "reconciliation"
    __table_args__ = (
        CheckConstraint("kind IN ('nightly', 'requested')", name="kind"),
        CheckConstraint("state IN ('running', 'succeeded', 'failed')", name="state"),
        Index("ix_reconciliation_recent", "workspace_id", text("id DESC")),
        Index(
            "uq_reconciliation_running",
            "workspace_id",
            unique=True,
            postgresql_where=text("state = 'running'"),
        ),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    link_id: Mapped[Ref]
    kind: Mapped[String]
    state: Mapped[String]
    started_at: Mapped[MadeAt]
    since: Mapped[At | None]
    finished_at: Mapped[At | None]
    expected: Mapped[Number | None]
    counted: Mapped[Number] = mapped_column(server_default=text("0"))
    missing: Mapped[Number] = mapped_column(server_default=text("0"))
    extra: Mapped[Number] = mapped_column(server_default=text("0"))
    different: Mapped[Number] = mapped_column(server_default=text("0"))
    repaired: Mapped[Number] = mapped_column(server_default=text("0"))
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    problem: Mapped[Json | None]


class ReconciliationPage(Table):
    """The orders of one page of the list that a comparison walked; gone when it ends. One row a page, not one an order."""

    __tablename__ = "reconciliation_page"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "reconciliation_id"],
            ["reconciliation.workspace_id", "reconciliation.id"],
            name="fk_reconciliation_page_reconciliation",
        ),
    )

    workspace_id: Mapped[Key]
    reconciliation_id: Mapped[Key]
    id: Mapped[Key]
    orders: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))


class OrderRefresh(Table):
    """An order that somebody asked to be read again now, until it was; the operation says how far it is."""

    __tablename__ = "order_refresh"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_refresh_order",
        ),
    )

    workspace_id: Mapped[Key]
    operation_id: Mapped[Key]
    order_id: Mapped[Key]
