"""Questions about a person's sessions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.identity.rules.sessions import IDLE
from api.identity.schemas.sessions import SessionRead

_OPEN = """
SELECT id, id = :current AS is_current, agent, created_at, last_seen_at, expires_at FROM browser_session
WHERE person_id = :person AND ended_at IS NULL AND expires_at > :now AND last_seen_at > :idle_since
"""


async def list_sessions(
    session: AsyncSession,
    person_id: UUID,
    *,
    current: UUID,
    now: datetime,
    position: Position | None,
    limit: int,
) -> Sequence[SessionRead]:
    """`limit + 1` sessions that still open something, newest first (ids are in time order)."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    after = f"AND id {sign} CAST(:after AS uuid)" if position else ""
    values: dict[str, object] = {
        "person": person_id,
        "current": current,
        "now": now,
        "idle_since": now - IDLE,
        "most": limit + 1,
    }
    if position:
        values["after"] = position.values[0]
    rows = await session.execute(text(f"{_OPEN} {after} ORDER BY id {order} LIMIT :most"), values)
    return [SessionRead.model_validate(row) for row in rows]
