"""What of a connection needs a person: a new sign-in, or a plan that is high enough. Noted while it is so."""

from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.attention import AttentionCode, Note, note_all
from api.linking.rules import ConnectionState

_CODE: Final[dict[ConnectionState, AttentionCode]] = {
    "needs_reauth": "sign_in_needed", "suspended": "plan_too_low",
}  # fmt: skip
_CLEAR = text("""
UPDATE attention SET resolved_at = now(), version = version + 1,
    resolution = CASE connection.state WHEN 'closed' THEN 'disconnected' ELSE 'works' END
FROM connection
WHERE connection.workspace_id = :workspace AND attention.workspace_id = :workspace AND attention.resolved_at IS NULL
  AND attention.subject_type = 'connection' AND attention.subject_id = connection.id
  AND (attention.code, connection.state) IN (
    ('sign_in_needed', 'active'), ('sign_in_needed', 'suspended'), ('sign_in_needed', 'closed'),
    ('plan_too_low', 'active'), ('plan_too_low', 'needs_reauth'), ('plan_too_low', 'closed')
  )
""")
_BROKEN = text("""
SELECT id, side, state, account_name FROM connection
WHERE workspace_id = :workspace AND state IN ('needs_reauth', 'suspended') ORDER BY side
""")


async def tell_troubles(session: AsyncSession, workspace_id: UUID) -> None:
    """One open exception for each connection that is broken now, none for one that works or was closed (L6, L8)."""
    place = {"workspace": workspace_id}
    await session.execute(_CLEAR, place)
    broken = (await session.execute(_BROKEN, place)).all()
    notes = [
        Note(_CODE[row.state], "connection", row.id, row.side, {"side": row.side, "account_name": row.account_name})
        for row in broken
    ]  # fmt: skip
    await note_all(session, workspace_id, notes)
