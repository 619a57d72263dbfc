"""How a link breaks and recovers (L6): one state per side, jobs stopped while it is broken, history and epoch kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.vendor_errors import LinkBroken, Side
from api.core.work import cancel_work, postpone_work, schedule_work
from api.linking.actions.troubles import tell_troubles
from api.linking.events import Actor, LinkEvent, record_link_event
from api.linking.queries.links import ActiveLink, find_active_link
from api.linking.rules import CHECK_EVERY, WORK_OF_A_LINK, ConnectionState

SYSTEM: Actor = {"system": "linking"}
_EVENT: dict[ConnectionState, LinkEvent] = {
    "active": "link.recovered",
    "needs_reauth": "link.needs_reauth",
    "suspended": "link.suspended",
}


async def mark_needs_reauth(
    session: AsyncSession, workspace_id: UUID, side: Side, *, seen: ActiveLink, now: datetime
) -> None:
    """The side refused its credentials: stop the link's jobs until somebody signs in again.

    `seen` is the link as it was read for the refused call. If it was ended, re-made or given new credentials since,
    nothing happens: a late refusal of old credentials says nothing about new ones.
    """
    if await _move(session, workspace_id, side, "needs_reauth", seen=seen, now=now):
        await stop_work(session, workspace_id)


async def mark_suspended(
    session: AsyncSession, workspace_id: UUID, side: Side, *, seen: ActiveLink, now: datetime
) -> None:
    """The side's plan does not include the link: read-only, and asked again every 15 minutes. `seen` as above."""
    if await _move(session, workspace_id, side, "suspended", seen=seen, now=now):
        await stop_work(session, workspace_id)
        await postpone_work(session, workspace_id, "link_check", due_at=now + CHECK_EVERY)


async def mark_broken(
    session: AsyncSession, workspace_id: UUID, error: LinkBroken, *, seen: ActiveLink, now: datetime
) -> None:
    """What this refusal means for the side that gave it: its plan, or its credentials. `seen` as above."""
    mark = mark_suspended if error.reason == "plan" else mark_needs_reauth
    await mark(session, workspace_id, error.side, seen=seen, now=now)


async def mark_healthy(
    session: AsyncSession, workspace_id: UUID, side: Side, *, seen: ActiveLink, now: datetime
) -> None:
    """The side answers again: when both do, the link goes on by itself. `seen` as above."""
    if await _move(session, workspace_id, side, "active", seen=seen, now=now):
        await resume_work(session, workspace_id, now=now)


async def note_synced(
    session: AsyncSession, workspace_id: UUID, link_id: UUID, *, synced_at: datetime
) -> None:
    """Say when the last whole reading of this link began; an earlier instant changes nothing."""
    await session.execute(
        text(
            "UPDATE link SET last_synced_at = :at, version = version + 1 WHERE workspace_id = :workspace "
            "AND id = :id AND ended_at IS NULL AND (last_synced_at IS NULL OR last_synced_at < :at)"
        ),
        {"workspace": workspace_id, "id": link_id, "at": synced_at},
    )


async def stop_work(session: AsyncSession, workspace_id: UUID) -> None:
    """Nothing is due for this link any more: no retry storm."""
    for kind in (*WORK_OF_A_LINK, "link_check"):
        await cancel_work(session, workspace_id, kind)


async def resume_work(session: AsyncSession, workspace_id: UUID, *, now: datetime) -> None:
    """Everything is due now if the link works; a side that is still suspended keeps being asked."""
    link = await find_active_link(session, workspace_id)
    if link is None:
        return
    if link.state == "linked":
        await cancel_work(session, workspace_id, "link_check")
        for kind in WORK_OF_A_LINK:
            await schedule_work(session, workspace_id, kind, due_at=now)
    elif link.state == "suspended":
        await postpone_work(session, workspace_id, "link_check", due_at=now + CHECK_EVERY)


async def _move(
    session: AsyncSession,
    workspace_id: UUID,
    side: Side,
    state: ConnectionState,
    *,
    seen: ActiveLink,
    now: datetime,
) -> bool:
    """Set one side's state unless it is set already or what was seen is over; says whether it did."""
    link = {"workspace": workspace_id, "link": seen.id}
    locked = await session.scalar(
        text(
            "SELECT true FROM link WHERE workspace_id = :workspace AND id = :link AND ended_at IS NULL FOR UPDATE"
        ),
        link,
    )
    moved = locked and await session.scalar(
        text(
            "UPDATE connection SET state = :state, state_since = :now, checked_at = :now WHERE workspace_id = :workspace "
            "AND id = :connection AND state_since = :since AND state <> :state RETURNING true"
        ),
        {
            "workspace": workspace_id,
            "connection": seen.side(side).connection_id,
            "since": seen.side(side).state_since,
            "state": state,
            "now": now,
        },
    )
    if not moved:
        return False
    await session.execute(
        text("UPDATE link SET version = version + 1 WHERE workspace_id = :workspace AND id = :link"), link
    )
    await record_link_event(
        session, _EVENT[state], workspace_id=workspace_id, link_id=seen.id, actor=SYSTEM, side=side
    )
    await tell_troubles(session, workspace_id)
    return True
