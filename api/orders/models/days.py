"""Tables of orders per day of the shop (F2): counted like the stores' figures, changes appended and folded."""

from datetime import date

from sqlalchemy import BigInteger, Date, ForeignKeyConstraint, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import At, Key, Number, Ref, String
from api.core.db import Table


class OrderDay(Table):
    """Folded counts of a store's orders by the shop's day and their origin, whatever is shared: see `orders.actions.days`."""

    __tablename__ = "order_day"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "store_id"], ["store.workspace_id", "store.id"], name="fk_order_day_store"
        ),
        Index("ix_order_day_day", "workspace_id", "on_day"),
    )

    workspace_id: Mapped[Key]
    store_id: Mapped[Key]
    on_day: Mapped[date] = mapped_column(Date, primary_key=True)
    origin: Mapped[String] = mapped_column(primary_key=True)
    is_free: Mapped[bool] = mapped_column(primary_key=True)
    orders: Mapped[Number]
    attached: Mapped[Number]


class OrderDayDelta(Table):
    """A change of those counts, appended by the statement that changed an order."""

    __tablename__ = "order_day_delta"
    __table_args__ = (Index("ix_order_day_delta_store", "workspace_id", "store_id"),)

    workspace_id: Mapped[Key]
    sequence: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    store_id: Mapped[Ref]
    placed_at: Mapped[At]
    origin: Mapped[String]
    is_free: Mapped[bool]
    orders: Mapped[Number]
    attached: Mapped[Number]


class OrderDayZone(Table):
    """The time zone that an account's days were folded in; its row is also what makes folds wait for each other."""

    __tablename__ = "order_day_zone"

    workspace_id: Mapped[Key]
    account: Mapped[String] = mapped_column(primary_key=True)
    zone: Mapped[String | None]
