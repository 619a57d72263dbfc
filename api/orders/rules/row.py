"""The narrow row of an order: what it becomes when the platform tells something, and what that means to everybody else.

Pure: ingest reads a row, asks here, and writes what differs. Nothing different means nothing is written.
"""

import re
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from api.connectors.store_platform import OrderSnapshot, OrderSummary, Origin

Approval = Literal["unknown", "pending", "approved"]
OrderEvent = Literal["order.received", "order.approved", "order.changed", "order.cancelled", "order.removed"]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """The columns of `store_order` that ingest owns, and `invoice_id`, which it only reads. Amounts are cents."""

    id: UUID
    store_id: UUID
    external_id: str
    number: str
    origin: Origin
    placed_at: datetime
    status: str
    production_status: str
    payment_status: str
    approval: str
    cancelled: bool
    detail_due: bool
    has_detail: bool
    removed_at: datetime | None
    item_count: int
    piece_count: int
    total_amount: int
    currency: str
    summary_hash: bytes
    content_hash: bytes | None
    invoice_id: UUID | None
    version: int

    @property
    def is_open(self) -> bool:
        """The generated column `open`: order facts only; what is shared is decided when reading."""
        return self.approval == "approved" and not self.cancelled and self.invoice_id is None


# What nobody outside ingest sees: a difference here is written, but it is no new version of the order.
_OWN: Final = frozenset({"detail_due", "has_detail", "summary_hash", "content_hash", "version"})
_SEEN: Final = tuple(field.name for field in fields(OrderRow) if field.name not in _OWN)
_CURRENCY: Final = re.compile("[A-Z]{3}")


def row_of_summary(summary: OrderSummary, *, order_id: UUID, store_id: UUID, currency: str) -> OrderRow:
    """A new order. Its approval is unknown until its detail is read, and hidden as long (S4)."""
    return OrderRow(
        id=order_id,
        store_id=store_id,
        external_id=summary.external_id,
        number=summary.number,
        origin=summary.origin,
        placed_at=summary.placed_at,
        status=summary.status,
        production_status=summary.production_status,
        payment_status=summary.payment_status,
        approval="unknown",
        cancelled=summary.status == "cancelled",
        detail_due=True,
        has_detail=False,
        removed_at=None,
        item_count=0,
        piece_count=0,
        total_amount=summary.total_amount,
        currency=currency,
        summary_hash=bytes.fromhex(summary.fingerprint),
        content_hash=None,
        invoice_id=None,
        version=1,
    )


def after_summary(row: OrderRow, summary: OrderSummary) -> OrderRow:
    """The row after its list entry changed.

    An order that was read whole keeps what the whole order said until it is read again, which is asked for here; only
    its status is taken at once, because a cancelled order must leave the feed. `origin` is told by the list alone.
    """
    news = replace(
        row,
        origin=summary.origin,
        status=summary.status,
        cancelled=summary.status == "cancelled",
        removed_at=None,
        detail_due=True,
        summary_hash=bytes.fromhex(summary.fingerprint),
    )
    if not row.has_detail:
        news = replace(
            news,
            number=summary.number,
            placed_at=summary.placed_at,
            production_status=summary.production_status,
            payment_status=summary.payment_status,
            total_amount=summary.total_amount,
        )
    return _versioned(row, news)


def after_snapshot(row: OrderRow, order: OrderSnapshot) -> OrderRow:
    """The row after the whole order was read. One that waits for approval is asked for again with every reading (S4)."""
    approval, cancelled = approval_of(order), order.status == "cancelled"
    news = replace(
        row,
        number=order.number,
        placed_at=order.placed_at,
        status=order.status,
        production_status=order.production_status,
        payment_status=order.payment_status,
        approval=approval,
        cancelled=cancelled,
        detail_due=approval == "pending" and not cancelled,
        has_detail=True,
        removed_at=None,
        item_count=len(order.items),
        piece_count=pieces_of(order),
        total_amount=order.money.total_amount,
        currency=order.currency if _CURRENCY.fullmatch(order.currency) else row.currency,
        content_hash=bytes.fromhex(order.content_hash),
    )
    return _versioned(row, news)


def after_removal(row: OrderRow, *, now: datetime) -> OrderRow:
    """The row after the platform was found to have deleted the order: cancelled for everybody, and asked for no more.

    Its entry's hash is forgotten, so that the order comes back whole should the platform ever list it again.
    """
    gone = replace(
        row, status="cancelled", cancelled=True, removed_at=now, detail_due=False, summary_hash=b""
    )
    return _versioned(row, gone)


def approval_of(order: OrderSnapshot) -> Approval:
    """S4: an order that needs approval is pending until somebody gave it."""
    return "pending" if order.approval_required and order.approved_at is None else "approved"


def pieces_of(order: OrderSnapshot) -> int:
    """As many as the lines of an invoice will hold: custom lines count too, as Printavo counts them; never below 0."""
    return sum(max(item.quantity, 0) for item in order.items)


def differences(before: OrderRow, after: OrderRow) -> list[str]:
    """Names of the members that people see and that changed; `content` stands for everything that has no column."""
    seen = [name for name in _SEEN if getattr(before, name) != getattr(after, name)]
    return [*seen, "content"] if before.content_hash != after.content_hash else seen


def happened(before: OrderRow, after: OrderRow, *, approval_was_required: bool = False) -> OrderEvent | None:
    """The one event that a change of a known order is. Reading an order whole for the first time is none by itself."""
    if after.removed_at and not before.removed_at:
        return "order.removed"
    if after.cancelled and not before.cancelled:
        return "order.cancelled"
    if (
        after.approval == "approved"
        and before.approval != "approved"
        and (approval_was_required or before.approval == "pending")
    ):
        return "order.approved"
    completed = after.has_detail and not before.has_detail
    return "order.changed" if differences(before, after) and not completed else None


def _versioned(before: OrderRow, after: OrderRow) -> OrderRow:
    return replace(after, version=before.version + 1) if differences(before, after) else after
