"""Where reading stands, as the rows have it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.sync.rules.cursor import Cursor, Window
from api.sync.rules.walk import Walk

_LOCK = text("""
SELECT step, phase, "offset", window_total, window_since, window_started_at, window_platform_at, began_at,
       modified_through, platform_through, history_offset, history_total, counted_at, missing, reread_after, reread_at,
       compared_at, reconciliation_id
FROM sync_cursor WHERE workspace_id = :workspace AND link_id = :link FOR UPDATE
""")
_HOLD = text("SELECT hold_until FROM sync_cursor WHERE workspace_id = :workspace AND link_id = :link")


async def find_hold(session: AsyncSession, workspace_id: UUID, link_id: UUID) -> datetime | None:
    """Until when the platform wants to be left alone, if it ever said so since it was read last."""
    found: datetime | None = await session.scalar(_HOLD, {"workspace": workspace_id, "link": link_id})
    return found


async def lock_cursor(session: AsyncSession, workspace_id: UUID, link_id: UUID) -> Cursor:
    """The cursor of a link, locked; `LookupError` when reading never began."""
    row = (await session.execute(_LOCK, {"workspace": workspace_id, "link": link_id})).one_or_none()
    if row is None:
        raise LookupError("this link has no cursor")
    return _cursor(row)


def _cursor(row: Row[Any]) -> Cursor:
    return Cursor(
        step=row.step,
        began_at=row.began_at,
        window=_window(row) if row.phase != "none" else None,
        modified_through=row.modified_through,
        platform_through=row.platform_through,
        history=None if row.history_offset is None else Walk(row.history_offset, row.history_total),
        counted_at=row.counted_at,
        missing=row.missing,
        reread_after=row.reread_after,
        reread_at=row.reread_at,
        compared_at=row.compared_at,
        reconciliation_id=row.reconciliation_id,
    )


def _window(row: Row[Any]) -> Window:
    return Window(
        row.phase,
        row.window_since,
        row.window_started_at,
        Walk(row.offset, row.window_total),
        row.window_platform_at,
    )
