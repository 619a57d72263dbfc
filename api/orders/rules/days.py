"""Which orders are counted on the day they were placed (F2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from api.orders.rules.row import OrderRow


@dataclass(frozen=True, slots=True)
class DayDelta:
    """By how much the counts of a moment change: `orders` that the shop side may see, and those of them on an invoice.

    Origin and `is_free` are facts of orders: what is shared of them is decided when the counts are read.
    """

    store_id: UUID
    placed_at: datetime
    origin: str
    is_free: bool
    orders: int
    attached: int


def counted_on_its_day(row: OrderRow, sign: Literal[1, -1] = 1) -> DayDelta:
    """What an order adds to the counts of its day, or takes from them; cancelled and unapproved ones count nothing."""
    is_attached = row.invoice_id is not None
    counts = not row.cancelled and (row.approval == "approved" or is_attached)
    return DayDelta(
        store_id=row.store_id,
        placed_at=row.placed_at,
        origin=row.origin,
        is_free=row.total_amount == 0,
        orders=sign * counts,
        attached=sign * (counts and is_attached),
    )
