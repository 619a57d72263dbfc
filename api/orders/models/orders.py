"""Tables of orders, shaped for their hot paths: a narrow row, a ready document, the whole copy, a search text, pinned versions."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Cents, Json, Key, MadeAt, Number, Ref, String, Version
from api.core.db import Table

_OPEN = "approval = 'approved' AND NOT cancelled AND invoice_id IS NULL"
_IN_WORK = "approval = 'approved' AND status = 'processing'"


class StoreOrder(Table):
    """The latest facts of one InkSoft order; narrow, because attaching writes to it.

    `open` is made of order facts only (approved, not cancelled, on no invoice): what is shared is decided when reading.
    `approval` is `unknown` until the detail was read, and hidden as long (S4). `detail_due` asks the sync for the detail.
    `removed_at` is when the platform was found to have deleted it: it then counts as cancelled, until it is listed again.
    """

    __tablename__ = "store_order"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account", "store_id", "external_id"),
        UniqueConstraint("workspace_id", "store_id", "id"),
        ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_store_order_store"
        ),
        CheckConstraint("approval IN ('unknown', 'pending', 'approved')", name="approval"),
        CheckConstraint("status IN ('processing', 'fulfilled', 'shipped', 'cancelled')", name="status"),
        CheckConstraint("attach_state IN ('attaching', 'attached')", name="attach_state"),
        CheckConstraint("(attach_state IS NULL) = (invoice_id IS NULL)", name="attached_has_invoice"),
        CheckConstraint("invoice_id IS NOT NULL OR invoice_number IS NULL", name="number_has_invoice"),
        Index(
            "ix_store_order_new",
            "workspace_id",
            "store_id",
            text("placed_at DESC"),
            text("id DESC"),
            postgresql_where=text("open"),
        ),
        Index("ix_store_order_placed", "workspace_id", text("placed_at DESC"), text("id DESC")),
        Index(
            "ix_store_order_store_placed", "workspace_id", "store_id", text("placed_at DESC"), text("id DESC")
        ),
        Index(
            "ix_store_order_detail_due",
            "workspace_id",
            text("placed_at DESC"),
            postgresql_where=text("detail_due"),
        ),
        Index(
            "ix_store_order_reread",
            "workspace_id",
            "id",
            postgresql_where=text(f"{_IN_WORK} AND has_detail AND NOT detail_due"),
        ),
        Index(
            "ix_store_order_invoice",
            "workspace_id",
            "invoice_id",
            postgresql_where=text("invoice_id IS NOT NULL"),
        ),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    account: Mapped[String]
    store_id: Mapped[Ref]
    external_id: Mapped[String]
    number: Mapped[String]
    origin: Mapped[String]
    placed_at: Mapped[At]
    status: Mapped[String]
    production_status: Mapped[String]
    payment_status: Mapped[String]
    approval: Mapped[String]
    cancelled: Mapped[bool]
    open: Mapped[bool] = mapped_column(Boolean, Computed(_OPEN, persisted=True))
    detail_due: Mapped[bool]
    has_detail: Mapped[bool]
    removed_at: Mapped[At | None]
    item_count: Mapped[Number]
    piece_count: Mapped[Number]
    total_amount: Mapped[Cents]
    currency: Mapped[String]
    summary_hash: Mapped[bytes] = mapped_column(LargeBinary)
    content_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    attach_state: Mapped[String | None]
    invoice_id: Mapped[Ref | None]
    invoice_number: Mapped[String | None]
    attached_at: Mapped[At | None]
    attached_by: Mapped[String | None]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    version: Mapped[Version]
    synced_at: Mapped[MadeAt]


class OrderDocument(Table):
    """The ready JSON of everything that only ingest changes, lines included: derived from the copy, written beside it."""

    __tablename__ = "order_document"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_document_order",
        ),
    )

    workspace_id: Mapped[Key]
    order_id: Mapped[Key]
    summary: Mapped[String]
    lines: Mapped[String]


class OrderCopy(Table):
    """The whole order as the platform has it now, in our words (`OrderSnapshot` as JSON); the truth that all is made from."""

    __tablename__ = "order_copy"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_copy_order",
        ),
    )

    workspace_id: Mapped[Key]
    order_id: Mapped[Key]
    snapshot: Mapped[Json]


class OrderSearch(Table):
    """Lower-case search text (number, customer, e-mail, items); owned by `platen_search`, reached through a function only."""

    __tablename__ = "order_search"

    workspace_id: Mapped[Key]
    order_id: Mapped[Key]
    store_id: Mapped[Ref]
    placed_at: Mapped[At]
    text: Mapped[String]


class OrderVersion(Table):
    """A pinned, immutable copy of an order as it was attached (A4, I4); a trigger refuses changes."""

    __tablename__ = "order_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_version_order",
        ),
    )

    workspace_id: Mapped[Key]
    order_id: Mapped[Key]
    version: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    snapshot: Mapped[Json]
    pinned_at: Mapped[MadeAt]


class InvoiceNews(Table):
    """An invoice whose orders or lines changed, and that the rooms above have not looked at since: looking takes it away.

    No foreign key: what is written in a transaction about orders must not wait for the invoice's row.
    """

    __tablename__ = "invoice_news"

    workspace_id: Mapped[Key]
    invoice_id: Mapped[Key]
