"""The rows that say which order is on which invoice; their unique index is what decides every race (A2, I2)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.invoices.actions.select import AttachedElsewhere, already_attached
from api.invoices.models import Invoice
from api.orders.actions.attaching import AttachableOrder

_INSERT = text("""
INSERT INTO attachment (workspace_id, id, order_id, invoice_id, store_id, order_version, attached_at, attached_by)
SELECT :workspace, id, order_id, :invoice, :store, version, :at, :by
FROM unnest(CAST(:ids AS uuid[]), CAST(:orders AS uuid[]), CAST(:versions AS bigint[])) AS given (id, order_id, version)
ON CONFLICT (workspace_id, order_id) WHERE detached_at IS NULL DO NOTHING RETURNING order_id
""")
_WINNERS = text("""
SELECT a.order_id, o.number AS order_number, a.invoice_id, i.visual_id AS invoice_number, a.attached_by, a.attached_at
FROM attachment a
JOIN store_order o ON o.workspace_id = a.workspace_id AND o.id = a.order_id
JOIN invoice i ON i.workspace_id = a.workspace_id AND i.id = a.invoice_id
WHERE a.workspace_id = :workspace AND a.order_id = ANY(CAST(:orders AS uuid[])) AND a.detached_at IS NULL
ORDER BY o.number, a.order_id
""")


async def insert_attachments(
    session: AsyncSession,
    workspace_id: UUID,
    invoice: Invoice,
    orders: Sequence[AttachableOrder],
    *,
    by: str,
    at: datetime,
) -> None:
    """Put the orders on the invoice, each at its version. Raises `OrderAlreadyAttached`, even for a race that no lock saw."""
    inserted = await session.execute(
        _INSERT,
        {
            "workspace": workspace_id,
            "invoice": invoice.id,
            "store": invoice.store_id,
            "at": at,
            "by": by,
            "ids": [new_id() for _ in orders],
            "orders": [order.id for order in orders],
            "versions": [order.version for order in orders],
        },
    )
    lost = {order.id for order in orders} - set(inserted.scalars())
    if lost:
        winners = await session.execute(_WINNERS, {"workspace": workspace_id, "orders": sorted(lost)})
        raise already_attached([AttachedElsewhere.model_validate(row) for row in winners])
