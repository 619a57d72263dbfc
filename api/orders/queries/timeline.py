"""What happened to one order: its own events, and those of its store and invoice that concern it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.core.problems import NotFound
from api.linking.queries import ActiveLink
from api.orders.rules.timeline import step_of
from api.orders.schemas.detail import TimelineEntry

_PLACE = text("""
SELECT store_id, invoice_id, attached_at FROM store_order
WHERE workspace_id = :workspace AND account = :account AND id = :order
""")
_OF_ORDER = "subject_id = :order AND subject_type = 'order'"
# Since the order was seen first, by the database's clock: ids are made by processes whose clocks may differ.
_OF_STORE = """subject_id = :store AND type IN ('store.shared', 'store.unshared') AND occurred_at >= (
    SELECT min(seen.occurred_at) FROM event seen
    WHERE seen.workspace_id = :workspace AND seen.subject_id = :order AND seen.type = 'order.received')"""
_OF_INVOICE = """subject_id = CAST(:invoice AS uuid) AND type IN ('invoice.pushed', 'invoice.push_stopped')
AND occurred_at >= CAST(:attached AS timestamptz)"""


@dataclass(frozen=True, slots=True)
class Place:
    """An order, its store, and the invoice that it is on since then."""

    order_id: UUID
    store_id: UUID
    invoice_id: UUID | None
    attached_at: datetime | None


async def get_place(session: AsyncSession, workspace_id: UUID, link: ActiveLink, order_id: UUID) -> Place:
    """Of an order of the linked account; raises `NotFound`."""
    values = {"workspace": workspace_id, "account": link.inksoft_account, "order": order_id}
    row = (await session.execute(_PLACE, values)).one_or_none()
    if row is None:
        raise NotFound("There is no such order.")
    return Place(order_id, row.store_id, row.invoice_id, row.attached_at)


async def list_timeline(
    session: AsyncSession, workspace_id: UUID, place: Place, *, position: Position | None, limit: int
) -> Sequence[Any]:
    """`limit + 1` events, newest first, in the direction of `position`; show them with `to_entry`.

    Three walks of one index, each ended after a page, and not a sort of everything that ever happened to the store.
    """
    back = position is not None and position.direction == "prev"
    sign, direction = (">", "ASC") if back else ("<", "DESC")
    values: dict[str, Any] = {
        "workspace": workspace_id, "order": place.order_id, "store": place.store_id, "invoice": place.invoice_id,
        "attached": place.attached_at, "most": limit + 1,
    }  # fmt: skip
    after = ""
    if position is not None:
        after, values["after"] = f"AND id {sign} CAST(:after AS uuid)", position.values[0]
    parts = (
        f"""(SELECT id, type, occurred_at, actor, data FROM event WHERE workspace_id = :workspace AND {about} {after}
        ORDER BY id {direction} LIMIT :most)"""  # noqa: S608 - constants
        for about in (_OF_ORDER, _OF_STORE, _OF_INVOICE)
    )
    statement = f"""
    SELECT id, type, occurred_at, coalesce(actor ->> 'name', actor ->> 'system', '') AS actor, data
    FROM ({" UNION ALL ".join(parts)}) happened ORDER BY id {direction} LIMIT :most
    """  # noqa: S608 - as above
    return (await session.execute(text(statement), values)).all()


def timeline_key(row: Any) -> tuple[str]:
    return (str(row.id),)


def to_entry(row: Any) -> TimelineEntry:
    return TimelineEntry(
        id=row.id,
        step=step_of(row.type),
        type=row.type,
        occurred_at=row.occurred_at,
        actor=row.actor,
        data=row.data,
    )
