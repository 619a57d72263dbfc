"""How one connection breaks and recovers, in a link or alone (L6, L8)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.vendor_errors import Side
from api.linking.actions.health import SYSTEM, mark_healthy, mark_needs_reauth, mark_suspended
from api.linking.actions.troubles import tell_troubles
from api.linking.events import ConnectionEvent, record_connection_event
from api.linking.queries.links import LinkedSide, find_active_link
from api.linking.rules import ConnectionState

_EVENT: dict[ConnectionState, ConnectionEvent] = {
    "active": "connection.recovered",
    "needs_reauth": "connection.needs_reauth",
    "suspended": "connection.suspended",
}
_MARK = {"active": mark_healthy, "needs_reauth": mark_needs_reauth, "suspended": mark_suspended}
_MOVE = text("""
UPDATE connection SET state = :state, state_since = :now, checked_at = :now
WHERE workspace_id = :workspace AND id = :id AND state_since = :since AND state NOT IN (:state, 'closed')
RETURNING account_name
""")


async def mark_connection(
    session: AsyncSession,
    workspace_id: UUID,
    side: Side,
    state: ConnectionState,
    *,
    seen: LinkedSide,
    now: datetime,
) -> None:
    """Say what a call showed of the connection `seen` was read from; where it is part of the link, of the link.

    If it was closed or given new credentials since, nothing happens: a late answer to old ones says nothing about new ones.
    """
    link = await find_active_link(session, workspace_id, lock="update")
    if link is not None and link.side(side) == seen:
        await _MARK[state](session, workspace_id, side, seen=link, now=now)
        return
    moved = await session.scalar(
        _MOVE,
        {
            "workspace": workspace_id,
            "id": seen.connection_id,
            "since": seen.state_since,
            "state": state,
            "now": now,
        },
    )
    if moved is not None:
        await record_connection_event(
            session,
            _EVENT[state],
            workspace_id=workspace_id,
            connection_id=seen.connection_id,
            actor=SYSTEM,
            side=side,
            account_name=moved,
        )
        await tell_troubles(session, workspace_id)
