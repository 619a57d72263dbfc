"""What of a reading needs a person: orders that cannot be read, that are counted and not listed, that were deleted."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.attention import Note, clear, clear_all, note, note_all
from api.orders.rules.due import DueOrder
from api.orders.rules.row import OrderRow

UNREADABLE: Final = "order_unreadable"
MISSING: Final = "orders_missing"
REMOVED: Final = "order_removed"
VANISHED: Final = "orders_vanished"

_OPEN = text("""
SELECT subject_id FROM attention WHERE workspace_id = :workspace AND code = :code AND subject_type = 'order'
AND resolved_at IS NULL AND (CAST(:ids AS uuid[]) IS NULL OR subject_id = ANY (CAST(:ids AS uuid[])))
""")
_SAID = text("""
SELECT coalesce((details ->> 'are_deleted')::boolean, false) FROM attention WHERE workspace_id = :workspace
AND code = :code AND subject_type = 'link' AND subject_id = :link AND resolved_at IS NULL FOR UPDATE
""")


async def list_unreadable(
    session: AsyncSession, workspace_id: UUID, *, among: Collection[UUID] | None = None
) -> set[UUID]:
    """Ids of orders that could not be read so far; with `among`, of these only."""
    values = {"workspace": workspace_id, "code": UNREADABLE, "ids": None if among is None else list(among)}
    return set((await session.execute(_OPEN, values)).scalars())


async def note_unreadable(session: AsyncSession, workspace_id: UUID, orders: Iterable[DueOrder]) -> None:
    """One open exception for each of these orders."""
    notes = [Note(UNREADABLE, "order", order.id, details={"number": order.external_id}) for order in orders]
    await note_all(session, workspace_id, notes)


async def clear_unreadable(
    session: AsyncSession, workspace_id: UUID, orders: Collection[UUID], *, resolution: str
) -> None:
    """Close the exceptions of orders that could be read after all, or that are gone."""
    await clear_all(
        session,
        UNREADABLE,
        workspace_id=workspace_id,
        subject_type="order",
        subject_ids=orders,
        resolution=resolution,
    )


async def tell_missing(session: AsyncSession, workspace_id: UUID, link_id: UUID, missing: int) -> None:
    """One exception while the platform counts orders that it does not list; none when all are there."""
    if missing:
        await note(
            session,
            MISSING,
            workspace_id=workspace_id,
            subject_type="link",
            subject_id=link_id,
            missing=missing,
        )
    else:
        await clear(
            session,
            MISSING,
            workspace_id=workspace_id,
            subject_type="link",
            subject_id=link_id,
            resolution="found",
        )


async def note_removed(session: AsyncSession, workspace_id: UUID, orders: Iterable[OrderRow]) -> None:
    """Orders on invoices that were deleted on the platform: a person decides what becomes of them there."""
    notes = [
        Note(REMOVED, "order", order.id, details={"number": order.number, "invoice_id": order.invoice_id})
        for order in orders
    ]
    await note_all(session, workspace_id, notes)


async def clear_returned(session: AsyncSession, workspace_id: UUID, orders: Collection[UUID]) -> None:
    """Close the exceptions of deleted orders that are listed again."""
    await clear_all(
        session,
        REMOVED,
        workspace_id=workspace_id,
        subject_type="order",
        subject_ids=orders,
        resolution="listed_again",
    )


async def hear_deleted(session: AsyncSession, workspace_id: UUID, link_id: UUID) -> bool:
    """Whether a person says that what vanished was deleted; nobody says so, or takes it back, until the transaction ends."""
    values = {"workspace": workspace_id, "code": VANISHED, "link": link_id}
    return bool(await session.scalar(_SAID, values))


async def end_vanished(
    session: AsyncSession, workspace_id: UUID, link_id: UUID, *, removed: int, left: int
) -> None:
    """What came of a person's word: it is used up, and told anew where too many are `left` that nobody deleted."""
    resolution = "deleted_there" if removed else "still_there" if left else "listed_again"
    await clear(
        session,
        VANISHED,
        workspace_id=workspace_id,
        subject_type="link",
        subject_id=link_id,
        resolution=resolution,
    )
    if left:
        await tell_vanished(session, workspace_id, link_id, left)


async def tell_vanished(session: AsyncSession, workspace_id: UUID, link_id: UUID, vanished: int) -> None:
    """One exception while the platform lists far fewer orders than are stored; none when it lists them."""
    if vanished:
        await note(
            session,
            VANISHED,
            workspace_id=workspace_id,
            subject_type="link",
            subject_id=link_id,
            vanished=vanished,
        )
    else:
        await clear(
            session,
            VANISHED,
            workspace_id=workspace_id,
            subject_type="link",
            subject_id=link_id,
            resolution="listed_again",
        )
