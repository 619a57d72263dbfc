"""Tables of Printavo's own stores (Merch): a copy of what the shop sees there, read only, by Printavo account."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Cents, Key, Number, Ref, String
from api.core.db import Table


class MerchReading(Table):
    """How far the reading of one account's merch stores is: when they were listed last, and what is in the way."""

    __tablename__ = "merch_reading"
    __table_args__ = (
        CheckConstraint(
            "trouble IN ('needs_reauth', 'suspended', 'unavailable', 'not_understood', 'internal_error')",
            name="trouble",
        ),
    )

    workspace_id: Mapped[Key]
    account: Mapped[String] = mapped_column(primary_key=True)
    listed_at: Mapped[At | None]
    failures: Mapped[Number] = mapped_column(server_default=text("0"))
    trouble: Mapped[String | None]


class MerchStore(Table):
    """A store with Printavo's own sums. `orders_…` say how far its orders are read: from which page on, since when, until when.

    The counts of its orders are those of the copies beside it, written with them.
    """

    __tablename__ = "merch_store"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account", "external_id"),
        CheckConstraint("status IN ('live', 'closed')", name="status"),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    account: Mapped[String]
    external_id: Mapped[String]
    name: Mapped[String]
    status: Mapped[String]
    closes_at: Mapped[At | None]
    items_sold: Mapped[Number]
    sales_amount: Mapped[Cents]
    tax_amount: Mapped[Cents]
    currency: Mapped[String]
    opened_at: Mapped[At]
    changed_at: Mapped[At]
    is_gone: Mapped[bool] = mapped_column(server_default=text("false"))
    order_count: Mapped[Number] = mapped_column(server_default=text("0"))
    unfulfilled_order_count: Mapped[Number] = mapped_column(server_default=text("0"))
    orders_due: Mapped[bool] = mapped_column(server_default=text("true"))
    orders_began_at: Mapped[At | None]
    orders_cursor: Mapped[String | None]
    orders_read_at: Mapped[At | None]


class MerchOrder(Table):
    """An order of a merch store; there are no lines on it. `seen_at` is the reading that saw it last."""

    __tablename__ = "merch_order"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account", "external_id"),
        ForeignKeyConstraint(
            ["workspace_id", "store_id"],
            ["merch_store.workspace_id", "merch_store.id"],
            name="fk_merch_order_store",
        ),
        CheckConstraint("status IN ('unfulfilled', 'fulfilled')", name="status"),
        CheckConstraint("delivery IN ('delivery', 'pickup')", name="delivery"),
        Index("ix_merch_order_placed", "workspace_id", "account", text("placed_at DESC"), text("id DESC")),
        Index(
            "ix_merch_order_store_placed", "workspace_id", "store_id", text("placed_at DESC"), text("id DESC")
        ),
        Index(
            "ix_merch_order_waiting",
            "workspace_id",
            "account",
            text("placed_at DESC"),
            text("id DESC"),
            postgresql_where=text("status = 'unfulfilled'"),
        ),
        Index(
            "ix_merch_order_store_waiting",
            "workspace_id",
            "store_id",
            text("placed_at DESC"),
            text("id DESC"),
            postgresql_where=text("status = 'unfulfilled'"),
        ),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    account: Mapped[String]
    store_id: Mapped[Ref]
    external_id: Mapped[String]
    number: Mapped[String]
    customer_name: Mapped[String]
    status: Mapped[String]
    delivery: Mapped[String]
    placed_at: Mapped[At]
    quantity: Mapped[Number]
    items_amount: Mapped[Cents]
    promotion_amount: Mapped[Cents]
    tax_amount: Mapped[Cents]
    delivery_amount: Mapped[Cents]
    total_amount: Mapped[Cents]
    currency: Mapped[String]
    changed_at: Mapped[At]
    seen_at: Mapped[At]
