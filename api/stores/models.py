"""Tables of stores, sharing and the counters beside them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Cents, Key, MadeAt, Number, Ref, String, Version
from api.core.db import Table


class Store(Table):
    """An online store of an InkSoft account, or that account's system store "Proposals" (S3, S5)."""

    __tablename__ = "store"
    __table_args__ = (
        UniqueConstraint("workspace_id", "account", "external_id"),
        CheckConstraint("kind IN ('store', 'proposals')", name="kind"),
        CheckConstraint("status IN ('open', 'closed')", name="status"),
    )

    workspace_id: Mapped[Key]
    id: Mapped[Key]
    account: Mapped[String]
    external_id: Mapped[String]
    store_uri: Mapped[String | None]
    name: Mapped[String]
    kind: Mapped[String]
    status: Mapped[String] = mapped_column(server_default=text("'open'"))
    closes_at: Mapped[At | None]
    is_embedded: Mapped[bool] = mapped_column(server_default=text("false"))
    is_selected: Mapped[bool] = mapped_column(server_default=text("false"))
    is_excluded: Mapped[bool] = mapped_column(server_default=text("false"))
    discovered_at: Mapped[MadeAt]
    version: Mapped[Version]


class Sharing(Table):
    """How a workspace shares one account's stores (S1): the mode; selection and exceptions are marks on the stores."""

    __tablename__ = "sharing"
    __table_args__ = (CheckConstraint("mode IN ('none', 'selected', 'all')", name="mode"),)

    workspace_id: Mapped[Key]
    account: Mapped[String] = mapped_column(primary_key=True)
    mode: Mapped[String]
    version: Mapped[Version]
    changed_at: Mapped[MadeAt]


class StoreCounter(Table):
    """Folded figures of a store's orders of one origin, free or not: facts of orders, whatever is shared.

    Read together with the deltas not folded yet.
    """

    __tablename__ = "store_counter"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_store_counter_store"
        ),
    )

    workspace_id: Mapped[Key]
    store_id: Mapped[Key]
    origin: Mapped[String] = mapped_column(primary_key=True)
    is_free: Mapped[bool] = mapped_column(primary_key=True)
    orders: Mapped[Number]
    open_orders: Mapped[Number]
    open_pieces: Mapped[Cents]
    open_amount: Mapped[Cents]
    attached_orders: Mapped[Number]


class StoreCounterDelta(Table):
    """A change of a store's figures, appended by the statement that changed an order: nobody waits for a counter row."""

    __tablename__ = "store_counter_delta"
    __table_args__ = (Index("ix_store_counter_delta_store", "workspace_id", "store_id"),)

    workspace_id: Mapped[Key]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    store_id: Mapped[Ref]
    origin: Mapped[String]
    is_free: Mapped[bool]
    orders: Mapped[Number]
    open_orders: Mapped[Number]
    open_pieces: Mapped[Cents]
    open_amount: Mapped[Cents]
    attached_orders: Mapped[Number]
