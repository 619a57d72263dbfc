"""Tables of what the shop itself says of an order: a note and tags."""

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from api.core.columns import Key, MadeAt, String
from api.core.db import Table


class OrderNote(Table):
    """What the shop wrote about an order; kept here, never sent to the platform."""

    __tablename__ = "order_note"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_note_order",
        ),
    )

    workspace_id: Mapped[Key]
    order_id: Mapped[Key]
    note: Mapped[String]
    changed_at: Mapped[MadeAt]
    changed_by: Mapped[String]


class OrderTag(Table):
    """Finds orders by their tags; a trigger keeps it equal to `store_order.tags`."""

    __tablename__ = "order_tag"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "order_id"],
            ["store_order.workspace_id", "store_order.id"],
            name="fk_order_tag_order",
        ),
        Index("ix_order_tag_order", "workspace_id", "order_id"),
    )

    workspace_id: Mapped[Key]
    tag: Mapped[String] = mapped_column(primary_key=True)
    order_id: Mapped[Key]
