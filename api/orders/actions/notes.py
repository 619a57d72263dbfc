"""What the shop itself says of an order: a note and tags, kept here and allowed whatever state the order is in (O3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.outbox import EventType, record
from api.core.problems import NotFound
from api.linking.queries import ActiveLink
from api.orders.schemas.notes import OrderChange

_LOCK = text("""
SELECT o.tags, n.note FROM store_order o
LEFT JOIN order_note n ON n.workspace_id = o.workspace_id AND n.order_id = o.id
WHERE o.workspace_id = :workspace AND o.account = :account AND o.id = :order FOR UPDATE OF o
""")
_NOTE = text("""
INSERT INTO order_note (workspace_id, order_id, note, changed_at, changed_by)
VALUES (:workspace, :order, :note, :now, :by) ON CONFLICT (workspace_id, order_id)
DO UPDATE SET note = excluded.note, changed_at = excluded.changed_at, changed_by = excluded.changed_by
""")
_NO_NOTE = text("DELETE FROM order_note WHERE workspace_id = :workspace AND order_id = :order")
_TAGS = text("UPDATE store_order SET tags = :tags WHERE workspace_id = :workspace AND id = :order")


async def change_order(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    order_id: UUID,
    change: OrderChange,
    *,
    actor: Mapping[str, str],
    now: datetime,
) -> None:
    """Write what was sent and differs; an empty note is none. Raises `NotFound`."""
    place = {"workspace": workspace_id, "order": order_id}
    before = (await session.execute(_LOCK, {**place, "account": link.inksoft_account})).one_or_none()
    if before is None:
        raise NotFound("There is no such order.")
    sent = change.model_fields_set
    if "note" in sent and change.note != (before.note or ""):
        values = {**place, "note": change.note, "now": now, "by": actor["name"]}
        await session.execute(_NOTE if change.note else _NO_NOTE, values if change.note else place)
        await _tell(session, workspace_id, "order.noted", order_id, {"has_note": bool(change.note)}, actor)
    if "tags" in sent and change.tags != before.tags:
        await session.execute(_TAGS, {**place, "tags": change.tags})
        data = {"before": before.tags, "after": change.tags}
        await _tell(session, workspace_id, "order.tagged", order_id, data, actor)


async def _tell(
    session: AsyncSession,
    workspace_id: UUID,
    type_: EventType,
    order_id: UUID,
    data: Mapping[str, bool | Sequence[str]],
    actor: Mapping[str, str],
) -> None:
    await record(
        session, type_, workspace_id=workspace_id, subject_type="order", subjects=[(order_id, dict(data))], actor=dict(actor),
    )  # fmt: skip
