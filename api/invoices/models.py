"""Tables of invoices: who is on which, what is wanted, what was written remotely, and every remote operation."""

from datetime import date
from typing import Any, get_args

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.connectors.print_shop import LineStatus
from api.core.columns import At, Cents, Json, Key, MadeAt, Number, Ref, String, Version
from api.core.db import Table


class Invoice(Table):
    """An invoice of one store (A3). `revision` is what is wanted, `pushed_revision` what the shop's books are known to hold."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("workspace_id", "store_id", "id"),
        ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_invoice_store"
        ),
        CheckConstraint(
            "push_state IN ('queued', 'sending', 'checking', 'in_printavo', 'refused', 'needs_human')",
            name="push_state",
        ),
        Index("ix_invoice_picker", "workspace_id", "store_id", text("created_at DESC"), text("id DESC")),
        Index("ix_invoice_unpushed", "workspace_id", postgresql_where=text("pushed_revision < revision")),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    store_id: Mapped[Ref]
    link_id: Mapped[Ref]
    printavo_account: Mapped[String]
    external_id: Mapped[String | None]
    visual_id: Mapped[String | None]
    public_url: Mapped[String | None]
    remote_kind: Mapped[String | None]
    status_name: Mapped[String | None]
    nickname: Mapped[String]
    contact_id: Mapped[String]
    contact_name: Mapped[String]
    status_id: Mapped[String]
    customer_due_on: Mapped[date] = mapped_column(Date)
    due_at: Mapped[At]
    terms: Mapped[Json] = mapped_column(server_default=text("'{}'"))
    currency: Mapped[String]
    marker: Mapped[String]
    revision: Mapped[Number]
    pushed_revision: Mapped[Number]
    push_state: Mapped[String]
    push_problem: Mapped[Json | None]
    push_lease_by: Mapped[Ref | None]
    push_lease_until: Mapped[At | None]
    push_due_at: Mapped[At | None]
    remote_status_id: Mapped[String | None]
    differences: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    read_back_at: Mapped[At | None]
    closed: Mapped[bool] = mapped_column(server_default=text("false"))
    order_count: Mapped[Number]
    piece_count: Mapped[Number]
    total_amount: Mapped[Cents]
    created_at: Mapped[MadeAt]
    created_by: Mapped[String]
    version: Mapped[Version]


class Attachment(Table):
    """An order on an invoice, at one pinned version (A2, A3, A4). `store_id` in both foreign keys keeps stores apart (I3)."""

    __tablename__ = "attachment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "store_id", "order_id"],
            ["store_order.workspace_id", "store_order.store_id", "store_order.id"],
            name="fk_attachment_order",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "store_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.store_id", "invoice.id"],
            name="fk_attachment_invoice",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "order_id", "order_version"],
            ["order_version.workspace_id", "order_version.order_id", "order_version.version"],
            name="fk_attachment_version",
        ),
        Index(
            "uq_attachment_live",
            "workspace_id",
            "order_id",
            unique=True,
            postgresql_where=text("detached_at IS NULL"),
        ),
        Index(
            "ix_attachment_invoice",
            "workspace_id",
            "invoice_id",
            postgresql_where=text("detached_at IS NULL"),
        ),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    order_id: Mapped[Ref]
    invoice_id: Mapped[Ref]
    store_id: Mapped[Ref]
    order_version: Mapped[int] = mapped_column(BigInteger)
    attached_at: Mapped[MadeAt]
    attached_by: Mapped[String]
    detached_at: Mapped[At | None]
    detached_by: Mapped[String | None]


class InvoiceRevision(Table):
    """What an invoice should look like in the shop's books: groups, lines, fees, payment, and the proof to the cent (I15)."""

    __tablename__ = "invoice_revision"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_invoice_revision_invoice",
        ),
    )

    workspace_id: Mapped[Key]
    invoice_id: Mapped[Key]
    revision: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    reason: Mapped[String]
    wanted: Mapped[Json]
    proof: Mapped[Json]
    made_at: Mapped[MadeAt]
    made_by: Mapped[String]


class RemoteObject(Table):
    """Something we wrote into the shop's books: its wanted key, its remote id, and what was last written there."""

    __tablename__ = "remote_object"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_remote_object_invoice",
        ),
        CheckConstraint("kind IN ('quote', 'group', 'line', 'imprint', 'fee', 'payment')", name="kind"),
        UniqueConstraint("workspace_id", "invoice_id", "kind", "external_id"),
    )

    workspace_id: Mapped[Key]
    invoice_id: Mapped[Key]
    key: Mapped[String] = mapped_column(primary_key=True)
    kind: Mapped[String]
    external_id: Mapped[String]
    parent_external_id: Mapped[String | None]
    written: Mapped[Json]
    written_at: Mapped[MadeAt]


class LineItem(Table):
    """A wanted line with an id of ours, and what both sides say of its goods (B1).

    `inksoft` are the notes on its pieces' cards (`rules.purchasing.CardNote`).
    """

    __tablename__ = "line_item"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_line_item_invoice",
        ),
        UniqueConstraint("workspace_id", "invoice_id", "key"),
        CheckConstraint(f"printavo_status IN {get_args(LineStatus)}", name="printavo_status"),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    invoice_id: Mapped[Ref]
    key: Mapped[String]
    printavo_status: Mapped[String | None]
    inksoft: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))


class RemoteOperation(Table):
    """One write to the shop's books: durable before its first byte leaves, settled after its answer was understood (I6 to I8)."""

    __tablename__ = "remote_operation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoice.workspace_id", "invoice.id"],
            name="fk_remote_operation_invoice",
        ),
        CheckConstraint(
            "state IN ('pending', 'sending', 'unknown', 'confirmed', 'rejected', 'needs_human', 'parked')",
            name="state",
        ),
        Index(
            "uq_remote_operation_ambiguous",
            "workspace_id",
            "invoice_id",
            unique=True,
            postgresql_where=text("state IN ('sending', 'unknown')"),
        ),
        Index(
            "ix_remote_operation_open",
            "workspace_id",
            "invoice_id",
            "id",
            postgresql_where=text("state IN ('pending', 'sending', 'unknown')"),
        ),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    invoice_id: Mapped[Ref]
    revision: Mapped[int] = mapped_column(BigInteger)
    epoch: Mapped[Number]
    verb: Mapped[String]
    object_key: Mapped[String]
    marker: Mapped[String]
    payload: Mapped[Json]
    state: Mapped[String]
    attempts: Mapped[Number] = mapped_column(server_default=text("0"))
    lease_until: Mapped[At | None]
    sent_at: Mapped[At | None]
    negative_reads: Mapped[Number] = mapped_column(server_default=text("0"))
    last_negative_at: Mapped[At | None]
    reads: Mapped[Number] = mapped_column(server_default=text("0"))
    external_id: Mapped[String | None]
    problem: Mapped[Json | None]
    created_at: Mapped[MadeAt]
    settled_at: Mapped[At | None]
