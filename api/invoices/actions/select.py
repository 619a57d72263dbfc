"""The orders that somebody selected, checked against every rule that could refuse them (A2, A3, F3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import NotFound, Problem
from api.core.schema import Moment, Wire, examples
from api.invoices.rules.eligibility import SENTENCES, refuse
from api.linking.queries import ActiveLink
from api.orders.actions.attaching import AttachableOrder, read_orders
from api.orders.queries.states import window_of


class AttachedElsewhere(Wire):
    """An order that is on an invoice already: who attached it, where and when."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "order_id": "0192f0c4-7a10-7000-8000-000000000101",
                "order_number": "870001",
                "invoice_id": "0192f0c4-7a10-7000-8000-000000000301",
                "invoice_number": "1042",
                "attached_by": "Dana Reyes",
                "attached_at": "2026-11-20T16:04:00.000Z",
            }
        )
    )

    order_id: UUID
    order_number: str
    invoice_id: UUID
    invoice_number: str | None
    attached_by: str
    attached_at: Moment


class RefusedOrder(Wire):
    """An order that may not be attached, and why."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "order_id": "0192f0c4-7a10-7000-8000-000000000101",
                "order_number": "870001",
                "reason": "pending_approval",
            }
        )
    )

    order_id: UUID
    order_number: str
    reason: str


class OrderAlreadyAttached(Problem):
    """An order can be on one invoice only. Somebody was faster; nothing was changed."""

    status = 409

    class Extra(Wire):
        orders: list[AttachedElsewhere]


class DifferentStore(Problem):
    """An invoice holds orders of one store only. Nothing was changed."""

    status = 409


class OrderNotShared(Problem):
    """Some of these orders cannot go on an invoice. Nothing was changed."""

    status = 409

    class Extra(Wire):
        orders: list[RefusedOrder]


SELECTION_PROBLEMS = (OrderAlreadyAttached, DifferentStore, OrderNotShared)


@dataclass(frozen=True, slots=True)
class Selection:
    """Orders of one store that may be attached, by id."""

    store_id: UUID
    store_name: str
    orders: tuple[AttachableOrder, ...]


async def select_orders(
    session: AsyncSession, workspace_id: UUID, link: ActiveLink, order_ids: Sequence[UUID], *, lock: bool
) -> Selection:
    """Read (and lock, by id) the orders; raises `NotFound` and the problems of this file."""
    wanted = sorted(set(order_ids))
    orders = await read_orders(session, workspace_id, link.inksoft_account, wanted, lock=lock)
    if len(orders) < len(wanted):
        raise NotFound("Some of these orders are not there.")
    _refuse_attached(orders)
    if len({order.store_id for order in orders}) > 1:
        raise DifferentStore
    window = window_of(link)
    refused = refuse([(o.id, o.number, o.facts, o.snapshot is not None) for o in orders], window)
    if refused:
        first = refused[0]
        raise OrderNotShared(
            f"Order {first.number} {SENTENCES[first.reason]}. Nothing was changed.",
            orders=[
                RefusedOrder(order_id=r.order_id, order_number=r.number, reason=r.reason) for r in refused
            ],
        )
    return Selection(orders[0].store_id, orders[0].store_name, tuple(orders))


def _refuse_attached(orders: Sequence[AttachableOrder]) -> None:
    taken = [
        AttachedElsewhere(
            order_id=order.id,
            order_number=order.number,
            invoice_id=order.invoice_id,
            invoice_number=order.invoice_number,
            attached_by=order.attached_by or "",
            attached_at=order.attached_at,
        )
        for order in orders
        if order.invoice_id is not None and order.attached_at is not None
    ]
    if taken:
        raise already_attached(taken)


def already_attached(taken: list[AttachedElsewhere]) -> OrderAlreadyAttached:
    """A2: the loser is told who attached it, where and when."""
    if not taken:
        return OrderAlreadyAttached(orders=[])
    first = taken[0]
    where = f"invoice {first.invoice_number}" if first.invoice_number else "another invoice"
    detail = f"Order {first.order_number} is on {where} already; {first.attached_by} put it there. Nothing was changed."
    return OrderAlreadyAttached(detail, orders=taken)
