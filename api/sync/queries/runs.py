"""Questions about runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.core.problems import NotFound
from api.sync.rules.progress import progress
from api.sync.rules.trouble import trouble
from api.sync.schemas import SyncProblem, SyncRun

_COLUMNS = """
r.id, r.kind, r.state, r.started_at, r.finished_at, r.expected, r.seen, r.added, r.changed, r.unchanged, r.removed,
r.details_expected, r.details_read, r.problem, link.ended_at AS link_ended_at
"""
# A run whose link was ended is over, whether or not its job came by again to say so.
_FROM = "FROM sync_run r LEFT JOIN link ON link.workspace_id = r.workspace_id AND link.id = r.link_id"
_GET = text(f"SELECT {_COLUMNS} {_FROM} WHERE r.workspace_id = :workspace AND r.id = :id")
# The one that runs before others: two machines whose clocks differ give ids that are not in the order of time.
_NEWEST = text("""
SELECT id, kind, state, started_at, asked_at, expected, seen, added, changed, unchanged, removed, details_expected,
       details_read
FROM sync_run WHERE workspace_id = :workspace AND link_id = :link ORDER BY (state = 'running') DESC, id DESC LIMIT 1
""")

_ASKED = text("""
SELECT CASE WHEN asked_at > :moment THEN asked_at END FROM sync_run
WHERE workspace_id = :workspace AND id = :id FOR UPDATE
""")


async def get_run(session: AsyncSession, workspace_id: UUID, run_id: UUID) -> SyncRun:
    """One run; raises `NotFound`."""
    row = (await session.execute(_GET, {"workspace": workspace_id, "id": run_id})).one_or_none()
    if row is None:
        raise NotFound("There is no such reading.")
    return _show(row)


async def list_runs(
    session: AsyncSession, workspace_id: UUID, *, position: Position | None, limit: int
) -> Sequence[SyncRun]:
    """`limit + 1` runs in the direction of `position`, newest first (ids are in time order)."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    after = f"AND r.id {sign} CAST(:after AS uuid)" if position else ""
    statement = text(
        f"SELECT {_COLUMNS} {_FROM} WHERE r.workspace_id = :workspace {after} ORDER BY r.id {order} LIMIT :most"
    )
    values = {"workspace": workspace_id, "most": limit + 1}
    if position:
        values["after"] = position.values[0]
    return [_show(row) for row in await session.execute(statement, values)]


async def find_newest(session: AsyncSession, workspace_id: UUID, link_id: UUID) -> Row[Any] | None:
    """The run of this link that is under way, else the newest, with its figures."""
    return (await session.execute(_NEWEST, {"workspace": workspace_id, "link": link_id})).one_or_none()


async def asked_since(
    session: AsyncSession, workspace_id: UUID, run_id: UUID, moment: datetime
) -> datetime | None:
    """When a person asked for this run, if that was after `moment`. Nobody asks until the transaction ends."""
    values = {"workspace": workspace_id, "id": run_id, "moment": moment}
    found: datetime | None = await session.scalar(_ASKED, values)
    return found


def _show(row: Row[Any]) -> SyncRun:
    state, finished_at, problem = row.state, row.finished_at, row.problem
    if state == "running" and row.link_ended_at is not None:
        ended = trouble("link_ended")
        state, finished_at, problem = (
            "failed",
            row.link_ended_at,
            {"code": ended.code, "detail": ended.detail},
        )
    return SyncRun(
        id=row.id,
        kind=row.kind,
        state=state,
        started_at=row.started_at,
        finished_at=finished_at,
        expected=row.expected,
        seen=row.seen if row.expected is None else min(row.seen, row.expected),
        added=row.added,
        changed=row.changed,
        unchanged=row.unchanged,
        removed=row.removed,
        details_expected=row.details_expected,
        details_read=row.details_read,
        progress=progress(
            state,
            expected=row.expected,
            seen=row.seen,
            details_expected=row.details_expected,
            details_read=row.details_read,
        ),
        problem=SyncProblem(**problem) if problem else None,
    )
