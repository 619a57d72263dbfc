"""What was pinned of orders when they were attached, beside what they are now."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import OrderSnapshot
from api.orders.rules.snapshot_json import snapshot_from_json

# The version that was pinned last is the one on the invoice: nothing but attaching pins, and an order is on one at most (A2).
_PINNED = text("""
SELECT o.id, o.number, o.invoice_id, o.cancelled, pinned.snapshot AS attached, c.snapshot AS now
FROM store_order o
JOIN order_copy c ON c.workspace_id = o.workspace_id AND c.order_id = o.id
CROSS JOIN LATERAL (
    SELECT v.snapshot FROM order_version v WHERE v.workspace_id = o.workspace_id AND v.order_id = o.id
    ORDER BY v.version DESC LIMIT 1
) pinned
WHERE o.workspace_id = :workspace AND o.id = ANY(CAST(:orders AS uuid[])) AND o.invoice_id IS NOT NULL
""")


@dataclass(frozen=True, slots=True)
class PinnedPair:
    """An order on an invoice: what was attached, and what the platform has now."""

    id: UUID
    number: str
    invoice_id: UUID
    cancelled: bool
    attached: OrderSnapshot
    now: OrderSnapshot


async def list_pinned_pairs(
    session: AsyncSession, workspace_id: UUID, order_ids: Collection[UUID]
) -> list[PinnedPair]:
    """Those of the orders that are on an invoice."""
    rows = await session.execute(_PINNED, {"workspace": workspace_id, "orders": list(order_ids)})
    return [
        PinnedPair(
            row.id,
            row.number,
            row.invoice_id,
            row.cancelled,
            snapshot_from_json(row.attached),
            snapshot_from_json(row.now),
        )
        for row in rows
    ]
