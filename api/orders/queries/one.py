"""One order with everything that is known of it."""

from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import OrderSnapshot
from api.core.problems import NotFound
from api.linking.queries import ActiveLink
from api.orders.queries.pages import OrderQuery, list_documents
from api.orders.queries.timeline import Place, list_timeline, to_entry
from api.orders.rules.document import lines_of
from api.orders.rules.snapshot_json import snapshot_from_json
from api.orders.schemas.detail import OrderAddress, OrderAdjustment, OrderDetail, OrderMoney

LONGEST_TIMELINE = 100

_REST = text("""
SELECT o.store_id, o.invoice_id, o.has_detail, o.attached_at, o.attached_by, c.snapshot, coalesce(n.note, '') AS note,
       n.changed_at AS note_changed_at, n.changed_by AS note_changed_by
FROM store_order o
LEFT JOIN order_copy c ON c.workspace_id = o.workspace_id AND c.order_id = o.id
LEFT JOIN order_note n ON n.workspace_id = o.workspace_id AND n.order_id = o.id
WHERE o.workspace_id = :workspace AND o.id = :id
""")


async def get_order(
    session: AsyncSession, workspace_id: UUID, link: ActiveLink, order_id: UUID
) -> OrderDetail:
    """An order of the linked account, with its newest 100 events; raises `NotFound`."""
    query = OrderQuery(workspace_id, link)
    query.where("o.id = :id", id=order_id)
    found = await list_documents(session, query, position=None, limit=1, with_lines=False)
    if not found:
        raise NotFound("There is no such order.")
    place = {"workspace": workspace_id, "id": order_id}
    rest = (await session.execute(_REST, place)).one()
    about = Place(order_id, rest.store_id, rest.invoice_id, rest.attached_at)
    events = await list_timeline(session, workspace_id, about, position=None, limit=LONGEST_TIMELINE)
    return OrderDetail.model_validate(
        {
            **orjson.loads(found[0].document),
            **_of_snapshot(snapshot_from_json(rest.snapshot) if rest.snapshot else None),
            "has_detail": rest.has_detail,
            "attached_at": rest.attached_at,
            "attached_by": rest.attached_by,
            "note": rest.note,
            "note_changed_at": rest.note_changed_at,
            "note_changed_by": rest.note_changed_by,
            "timeline": [to_entry(event) for event in events[:LONGEST_TIMELINE]],
        }
    )


def _of_snapshot(order: OrderSnapshot | None) -> dict[str, Any]:
    """What the platform's whole copy says, its lines too: those that stand ready for lists may be older than what a line has.

    Nothing known reads as empty.
    """
    if order is None:
        return {
            "lines": [], "approval_required": False, "approved_at": None, "phone": "", "due_at": None, "shipping_method": "",
            "proposal_id": None, "ship_to": None, "bill_to": None, "money": None, "adjustments": [], "notes": "",
        }  # fmt: skip
    return {
        "lines": lines_of(order),
        "approval_required": order.approval_required,
        "approved_at": order.approved_at,
        "phone": order.phone,
        "due_at": order.due_at,
        "shipping_method": order.shipping_method,
        "proposal_id": order.proposal_id,
        "ship_to": order.ship_to and OrderAddress.model_validate(order.ship_to),
        "bill_to": order.bill_to and OrderAddress.model_validate(order.bill_to),
        "money": OrderMoney.model_validate(order.money),
        "adjustments": [OrderAdjustment.model_validate(each) for each in order.adjustments],
        "notes": order.notes,
    }
