"""What of an order needs a person, noted in the transaction that takes it in: it changed on an invoice, it does not add up."""

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.store_platform import OrderSnapshot
from api.core.attention import Note, clear_all, follow
from api.orders.queries.pinned import list_pinned_pairs
from api.orders.rules.after_attaching import find_departure
from api.orders.rules.row import OrderRow
from api.orders.rules.sums import wrong_by
from api.settings.queries import get_inksoft_settings

CHANGED: Final = "changed_after_attaching"
WRONG: Final = "does_not_add_up"


async def tell_changed(session: AsyncSession, workspace_id: UUID, orders: Collection[UUID]) -> None:
    """Orders on invoices, beside what was attached (A8): one exception for what differs, none for what is as it was.

    A shop that ignores such changes gets no new ones; those that are open stay, until their order is as it was.
    """
    if not orders:
        return
    chosen = await get_inksoft_settings(session, workspace_id)
    standing: dict[UUID, Note | None] = {}
    for pair in await list_pinned_pairs(session, workspace_id, orders):
        departure = find_departure(pair.attached, pair.now, is_cancelled=pair.cancelled)
        if departure is None:
            standing[pair.id] = None
        elif chosen.changes_after_attaching == "propose":
            about = {"order_number": pair.number, "invoice_id": pair.invoice_id}
            details = {**about, **departure.details}
            standing[pair.id] = Note(CHANGED, "order", pair.id, departure.fact, details)
    await follow(session, workspace_id, CHANGED, standing, gone="as_attached", replaced="changed_again")


async def tell_sums(
    session: AsyncSession,
    workspace_id: UUID,
    orders: Mapping[UUID, OrderSnapshot],
    rows: Collection[tuple[OrderRow, OrderRow]],
) -> None:
    """Orders that could go on an invoice and do not add up; `rows` are before and after of what was read.

    An order that is read for the first time has nothing to close, and most add up: then nothing is asked.
    """
    standing: dict[UUID, Note | None] = {}
    for before, after in rows:
        wrong = wrong_by(orders[after.id]) if after.is_open else 0
        if wrong:
            details = {"order_number": after.number, "amount": wrong}
            standing[after.id] = Note(WRONG, "order", after.id, str(wrong), details)
        elif before.has_detail:
            standing[after.id] = None
    await follow(session, workspace_id, WRONG, standing, gone="adds_up", replaced="changed_again")


async def close_sums(session: AsyncSession, workspace_id: UUID, orders: Collection[UUID]) -> None:
    """Orders that were deleted: nobody has to correct them."""
    await clear_all(
        session,
        WRONG,
        workspace_id=workspace_id,
        subject_type="order",
        subject_ids=orders,
        resolution="deleted",
    )
