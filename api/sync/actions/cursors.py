"""The cursor's row: made with a link's first reading, and moved in the transaction that stores what was read."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.sync.rules.cursor import Cursor

_MAKE = text(
    "INSERT INTO sync_cursor (workspace_id, link_id) VALUES (:workspace, :link) ON CONFLICT DO NOTHING"
)
_SAVE = text("""
UPDATE sync_cursor SET step = :step, phase = :phase, "offset" = :offset, window_total = :window_total,
    window_since = :window_since, window_started_at = :window_started_at, window_platform_at = :window_platform_at,
    began_at = :began_at, modified_through = :modified_through, platform_through = :platform_through,
    history_offset = :history_offset, history_total = :history_total, counted_at = :counted_at, missing = :missing,
    reread_after = :reread_after, reread_at = :reread_at, compared_at = :compared_at,
    reconciliation_id = :reconciliation_id, failures = 0, hold_until = NULL, updated_at = :now
WHERE workspace_id = :workspace AND link_id = :link
""")
_OVERTAKE = text("""
UPDATE sync_cursor SET step = step + 1, updated_at = :now
WHERE workspace_id = :workspace AND link_id = :link RETURNING step
""")
_COUNT_FAILURE = text("""
UPDATE sync_cursor SET failures = failures + 1, hold_until = :hold_until, updated_at = :now
WHERE workspace_id = :workspace AND link_id = :link RETURNING failures
""")
# Members of a cursor that are columns as they are.
_PLAIN: Final = (
    "began_at",
    "modified_through",
    "platform_through",
    "counted_at",
    "missing",
    "reread_after",
    "reread_at",
    "compared_at",
    "reconciliation_id",
)


async def make_cursor(session: AsyncSession, workspace_id: UUID, link_id: UUID) -> None:
    """A cursor for this link, unless it has one."""
    await session.execute(_MAKE, {"workspace": workspace_id, "link": link_id})


async def save_cursor(
    session: AsyncSession, workspace_id: UUID, link_id: UUID, cursor: Cursor, *, now: datetime
) -> Cursor:
    """Store it one step on, which overtakes every other reader; something was read, so failures count from 0 again."""
    moved = replace(cursor, step=cursor.step + 1)
    window, history = cursor.window, cursor.history
    await session.execute(
        _SAVE,
        {
            "workspace": workspace_id,
            "link": link_id,
            "step": moved.step,
            "phase": window.phase if window else "none",
            "offset": window.walk.offset if window else 0,
            "window_total": window.walk.total if window else None,
            "window_since": window.since if window else None,
            "window_started_at": window.started_at if window else None,
            "window_platform_at": window.platform_at if window else None,
            "history_offset": history.offset if history else None,
            "history_total": history.total if history else None,
            **{name: getattr(cursor, name) for name in _PLAIN},
            "now": now,
        },
    )
    return moved


async def overtake(
    session: AsyncSession, workspace_id: UUID, link_id: UUID, cursor: Cursor, *, now: datetime
) -> Cursor:
    """Take a step without reading: whoever read until now stores nothing more."""
    values = {"workspace": workspace_id, "link": link_id, "now": now}
    return replace(cursor, step=await session.scalar(_OVERTAKE, values))


async def count_failure(
    session: AsyncSession, workspace_id: UUID, link_id: UUID, *, hold_until: datetime | None, now: datetime
) -> int:
    """One more failure in a row; returns how many. The platform is left alone until `hold_until`."""
    values = {"workspace": workspace_id, "link": link_id, "hold_until": hold_until, "now": now}
    return int(await session.scalar(_COUNT_FAILURE, values) or 0)
