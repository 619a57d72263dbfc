"""A change of known orders with all that follows from it: the rows, the stores' figures, one event an order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import record
from api.orders.actions.days import append_day_deltas
from api.orders.actions.news import tell_news
from api.orders.actions.rows import change_rows
from api.orders.rules.days import DayDelta, counted_on_its_day
from api.orders.rules.row import OrderEvent, OrderRow, differences, happened
from api.stores.actions import CounterDelta, append_deltas

SYSTEM: Final = {"system": "sync"}
_CHANGES: Final[tuple[OrderEvent, ...]] = (
    "order.approved", "order.changed", "order.cancelled", "order.removed",
)  # fmt: skip


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
    await append_deltas(session, workspace_id, _deltas(real))
    await append_day_deltas(session, workspace_id, _day_deltas(real))
    for event in _CHANGES:
        told = [change for change in real if change.event == event]
        await tell(session, workspace_id, event, [(each.after, _what(each)) for each in told])
    attached = {each.after.invoice_id for each in real if each.event and each.after.invoice_id is not None}
    await tell_news(session, workspace_id, attached, now=now)


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


def _deltas(changes: Iterable[Change]) -> Iterator[CounterDelta]:
    """What each order counted before goes, what it counts now comes: perhaps as another kind of order."""
    for change in changes:
        yield counted(change.before, -1)
        yield counted(change.after, 1)


def _day_deltas(changes: Iterable[Change]) -> Iterator[DayDelta]:
    """The same for the day it was placed on; most changes move no count, and then nothing is to be folded."""
    for change in changes:
        if counted_on_its_day(change.before) != counted_on_its_day(change.after):
            yield counted_on_its_day(change.before, -1)
            yield counted_on_its_day(change.after, 1)


def counted(row: OrderRow, sign: Literal[1, -1] = 1) -> CounterDelta:
    """What an order adds to the figures of its store, or takes from them."""
    is_open = sign * row.is_open
    return CounterDelta(
        row.store_id,
        row.origin,
        is_free=row.total_amount == 0,
        orders=sign,
        open_orders=is_open,
        open_pieces=is_open * row.piece_count,
        open_amount=is_open * row.total_amount,
        attached_orders=sign * (row.invoice_id is not None),
    )
