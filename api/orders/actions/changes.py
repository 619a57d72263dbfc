"""A change of known orders with all that follows from it: the rows, the stores' figures, one event an order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record
from api.orders.actions.rows import change_rows
from api.orders.rules.row import OrderEvent, OrderRow, differences, happened
from api.stores.actions import CounterDelta, append_deltas

SYSTEM: Final = {"system": "sync"}
_CHANGES: Final[tuple[OrderEvent, ...]] = ("order.approved", "order.changed", "order.cancelled")


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after."""

    before: OrderRow
    after: OrderRow
    approval_was_required: bool = False

    @property
    def event(self) -> OrderEvent | None:
        return happened(self.before, self.after, approval_was_required=self.approval_was_required)


async def write_changes(
    session: AsyncSession, workspace_id: UUID, changes: Sequence[Change], *, now: datetime
) -> None:
    """Write the rows that differ; the caller holds them locked."""
    real = [change for change in changes if change.before != change.after]
    await change_rows(session, workspace_id, [change.after for change in real], now=now)
    await append_deltas(session, workspace_id, [_delta(change) for change in real])
    for event in _CHANGES:
        told = [change for change in real if change.event == event]
        await tell(session, workspace_id, event, [(each.after, _what(each)) for each in told])


async def tell(
    session: AsyncSession,
    workspace_id: UUID,
    event: OrderEvent,
    about: Iterable[tuple[OrderRow, dict[str, Any]]],
) -> None:
    """Record one event of this type for each order; the data names the order and its version, and holds no person."""
    subjects = [
        (row.id, {"number": row.number, "store_id": str(row.store_id), "version": row.version, **more})
        for row, more in about
    ]
    await record(
        session, event, workspace_id=workspace_id, subject_type="order", subjects=subjects, actor=SYSTEM
    )


def _what(change: Change) -> dict[str, Any]:
    return {"changed": differences(change.before, change.after)}


def _delta(change: Change) -> CounterDelta:
    """`open_…` follow the column `open`: what it counted before goes, what it counts now comes."""
    sides = [(sign, row) for sign, row in ((1, change.after), (-1, change.before)) if row.is_open]
    return CounterDelta(
        change.after.store_id,
        open_orders=sum(sign for sign, _ in sides),
        open_pieces=sum(sign * row.piece_count for sign, row in sides),
        open_amount=sum(sign * row.total_amount for sign, row in sides),
    )
