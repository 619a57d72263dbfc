"""An order's attach state, which lives with the order: locked, pinned and marked here for the invoices above (A2, A4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import OrderSnapshot
from api.orders.actions.days import COUNT_ATTACHED, DAYS
from api.orders.rules.snapshot_json import snapshot_from_json
from api.orders.rules.states import Facts
from api.stores.queries import JOIN_SHARING, SHARED


@dataclass(frozen=True, slots=True)
class AttachableOrder:
    """An order with its facts and its latest copy; `snapshot` is None while its detail was never read."""

    id: UUID
    store_id: UUID
    store_name: str
    number: str
    version: int
    is_open: bool
    piece_count: int
    total_amount: int
    facts: Facts
    invoice_id: UUID | None
    invoice_number: str | None
    attached_by: str | None
    attached_at: datetime | None
    snapshot: OrderSnapshot | None


class OrderInStore(NamedTuple):
    """The store that an order was placed in."""

    store_id: UUID
    store_name: str


_READ = f"""
SELECT o.id, o.store_id, s.name AS store_name, o.number, o.version, o.open, o.piece_count, o.total_amount,
       o.origin, o.status, o.approval, o.cancelled, o.attach_state, o.placed_at, o.invoice_id, o.invoice_number,
       o.attached_by, o.attached_at, {SHARED} AS store_is_shared, s.is_embedded, c.snapshot
FROM store_order o
JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id {JOIN_SHARING}
LEFT JOIN order_copy c ON c.workspace_id = o.workspace_id AND c.order_id = o.id
WHERE o.workspace_id = :workspace AND o.account = :account AND o.id = ANY(CAST(:orders AS uuid[]))
ORDER BY o.id
"""  # noqa: S608 - made of constants; what callers send is bound
_LOCK = f"{_READ} FOR UPDATE OF o"

_LOCK_IN_STORES = text("""
SELECT o.id, o.store_id, s.name AS store_name FROM store_order o
JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
WHERE o.workspace_id = :workspace AND o.account = :account AND o.id = ANY(CAST(:orders AS uuid[]))
ORDER BY o.id FOR UPDATE OF o
""")

_PIN = text("""
INSERT INTO order_version (workspace_id, order_id, version, content_hash, snapshot)
SELECT o.workspace_id, o.id, o.version, o.content_hash, c.snapshot
FROM store_order o JOIN order_copy c ON c.workspace_id = o.workspace_id AND c.order_id = o.id
WHERE o.workspace_id = :workspace AND o.id = ANY(CAST(:orders AS uuid[])) AND o.content_hash IS NOT NULL
ON CONFLICT DO NOTHING
""")

_ATTACHING = text(f"""
WITH marked AS (
    UPDATE store_order SET attach_state = 'attaching', invoice_id = :invoice, invoice_number = :number,
           attached_at = :at, attached_by = :by
    WHERE workspace_id = :workspace AND id = ANY(CAST(:orders AS uuid[])) AND invoice_id IS NULL
    RETURNING store_id, placed_at, origin, total_amount, cancelled
), counted AS ({COUNT_ATTACHED})
INSERT INTO workspace_work (workspace_id, kind, due_at) VALUES (:workspace, '{DAYS}', now()) ON CONFLICT DO NOTHING
""")  # noqa: S608 - constants

# Locked by id first, like everywhere: two that wait for each other's orders would wait for ever.
_ATTACHED = text("""
WITH locked AS (
    SELECT id FROM store_order
    WHERE workspace_id = :workspace AND invoice_id = :invoice AND id = ANY(CAST(:orders AS uuid[]))
    ORDER BY id FOR UPDATE
)
UPDATE store_order SET attach_state = 'attached', invoice_number = :number
FROM locked WHERE store_order.workspace_id = :workspace AND store_order.id = locked.id
""")

_NAME = text("""
WITH locked AS (
    SELECT id FROM store_order WHERE workspace_id = :workspace AND invoice_id = :invoice ORDER BY id FOR UPDATE
)
UPDATE store_order SET invoice_number = :number
FROM locked WHERE store_order.workspace_id = :workspace AND store_order.id = locked.id
""")


async def read_orders(
    session: AsyncSession, workspace_id: UUID, account: str, order_ids: Sequence[UUID], *, lock: bool
) -> list[AttachableOrder]:
    """The orders asked for that this account has, by id; `lock` takes their rows in that order until the commit."""
    place = {"workspace": workspace_id, "account": account, "orders": sorted(order_ids)}
    rows = await session.execute(text(_LOCK if lock else _READ), place)
    return [_order(row) for row in rows]


async def lock_in_stores(
    session: AsyncSession, workspace_id: UUID, account: str, order_ids: Sequence[UUID]
) -> dict[UUID, OrderInStore]:
    """Take the rows of those that this account has, in the order of their ids, until the commit; and say whose they are."""
    place = {"workspace": workspace_id, "account": account, "orders": sorted(order_ids)}
    return {
        row.id: OrderInStore(row.store_id, row.store_name)
        for row in await session.execute(_LOCK_IN_STORES, place)
    }


async def pin_versions(session: AsyncSession, workspace_id: UUID, order_ids: Sequence[UUID]) -> None:
    """Keep an immutable copy of each order as it is now (A4); the rows must be locked."""
    await session.execute(_PIN, {"workspace": workspace_id, "orders": sorted(order_ids)})


async def mark_attaching(
    session: AsyncSession,
    workspace_id: UUID,
    order_ids: Sequence[UUID],
    *,
    invoice_id: UUID,
    number: str | None,
    by: str,
    at: datetime,
) -> None:
    """The orders are on this invoice, and not yet in the shop's books; the rows must be locked. Counts them for their days."""
    await session.execute(
        _ATTACHING,
        {
            "workspace": workspace_id,
            "orders": sorted(order_ids),
            "invoice": invoice_id,
            "number": number,
            "at": at,
            "by": by,
        },
    )


async def mark_attached(
    session: AsyncSession,
    workspace_id: UUID,
    order_ids: Sequence[UUID],
    *,
    invoice_id: UUID,
    number: str | None,
) -> None:
    """The shop's books hold them; `number` is the one that people see there."""
    await session.execute(
        _ATTACHED,
        {"workspace": workspace_id, "orders": sorted(order_ids), "invoice": invoice_id, "number": number},
    )


async def name_invoice(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, *, number: str | None
) -> None:
    """The invoice got its number: every order on it shows that."""
    await session.execute(_NAME, {"workspace": workspace_id, "invoice": invoice_id, "number": number})


def _order(row: Any) -> AttachableOrder:
    return AttachableOrder(
        id=row.id,
        store_id=row.store_id,
        store_name=row.store_name,
        number=row.number,
        version=row.version,
        is_open=row.open,
        piece_count=row.piece_count,
        total_amount=row.total_amount,
        facts=Facts(
            origin=row.origin,
            status=row.status,
            approval=row.approval,
            cancelled=row.cancelled,
            attach_state=row.attach_state,
            placed_at=row.placed_at,
            store_is_shared=row.store_is_shared,
            store_is_embedded=row.is_embedded,
            is_free=row.total_amount == 0,
        ),
        invoice_id=row.invoice_id,
        invoice_number=row.invoice_number,
        attached_by=row.attached_by,
        attached_at=row.attached_at,
        snapshot=snapshot_from_json(row.snapshot) if row.snapshot is not None else None,
    )
