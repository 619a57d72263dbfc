"""Tables of purchasing: when an invoice's lines are read again, and the statuses that are written to the shop's books."""

from typing import get_args

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from api.connectors.print_shop import LineStatus
from api.core.columns import At, Json, Key, MadeAt, Number, Ref, String
from api.core.db import Table

_OPEN = "state IN ('queued', 'sending', 'unknown')"


class PurchasingWatch(Table):
    """When an invoice's lines are read in Printavo next. `quiet_reads` is how often nothing had changed."""

    __tablename__ = "purchasing_watch"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_purchasing_watch_invoice",
        ),
        Index("ix_purchasing_watch_due", "workspace_id", "due_at"),
    )

    workspace_id: Mapped[Key]
    invoice_id: Mapped[Key]
    due_at: Mapped[At]
    quiet_reads: Mapped[Number] = mapped_column(server_default=text("0"))
    read_at: Mapped[At | None]


class PurchasingWrite(Table):
    """One status to be written (B4): durable before its first byte leaves, settled by reading the line again.

    `status_before` is what Printavo showed before the first send; a third status afterwards was set by a person.
    `riddles` is how often Printavo's answer about the line could not be understood.
    """

    __tablename__ = "purchasing_write"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_purchasing_write_invoice",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "operation_id"],
            ["operation.workspace_id", "operation.id"],
            name="fk_purchasing_write_operation",
        ),
        CheckConstraint("state IN ('queued', 'sending', 'unknown', 'done', 'failed')", name="state"),
        CheckConstraint(f"status IN {get_args(LineStatus)}", name="status"),
        CheckConstraint("(settled_at IS NOT NULL) = (state IN ('done', 'failed'))", name="settled"),
        CheckConstraint("state NOT IN ('sending', 'unknown') OR sent_at IS NOT NULL", name="sent"),
        Index(
            "uq_purchasing_write_open",
            "workspace_id",
            "line_item_id",
            unique=True,
            postgresql_where=text(_OPEN),
        ),
        Index("ix_purchasing_write_due", "workspace_id", "due_at", postgresql_where=text(_OPEN)),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    invoice_id: Mapped[Ref]
    line_item_id: Mapped[Ref]
    operation_id: Mapped[Ref]
    external_id: Mapped[String]
    epoch: Mapped[Number]
    status: Mapped[String]
    status_before: Mapped[String | None]
    state: Mapped[String] = mapped_column(server_default=text("'queued'"))
    sends: Mapped[Number] = mapped_column(server_default=text("0"))
    sent_at: Mapped[At | None]
    riddles: Mapped[Number] = mapped_column(server_default=text("0"))
    due_at: Mapped[At]
    actor: Mapped[Json]
    created_at: Mapped[MadeAt]
    settled_at: Mapped[At | None]
