"""Runs: opened, asked for by a person, moved on, finished."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.core.work import schedule_work
from api.linking.queries import require_active_link
from api.sync.actions.cursors import make_cursor
from api.sync.queries.runs import find_newest
from api.sync.rules.trouble import Trouble, trouble
from api.sync.schemas import RunKind

SYNC: Final = "sync"
# Finished runs are kept this long, for people who look at what happened.
KEPT: Final = timedelta(days=30)

_OPEN = text("""
INSERT INTO sync_run (workspace_id, id, link_id, kind, state, started_at, asked_at, expected, seen, added, changed, unchanged,
                      removed, details_expected, details_read)
VALUES (:workspace, :id, :link, :kind, 'running', :now, :asked_at, :expected, :seen, :added, :changed, :unchanged,
        :removed, :details_expected, :details_read)
ON CONFLICT DO NOTHING
""")
_FIGURES: Final = (
    "expected",
    "seen",
    "added",
    "changed",
    "unchanged",
    "removed",
    "details_expected",
    "details_read",
)
_NO_FIGURES: Final[dict[str, int | None]] = {**dict.fromkeys(_FIGURES, 0), "expected": None}
_CLOSE_OTHERS = text("""
UPDATE sync_run SET state = 'failed', finished_at = :now, problem = CAST(:problem AS jsonb)
WHERE workspace_id = :workspace AND link_id <> :link AND state = 'running'
""")
_CLOSE_RUNNING = text("""
UPDATE sync_run SET state = 'failed', finished_at = :now, problem = CAST(:problem AS jsonb)
WHERE workspace_id = :workspace AND state = 'running'
""")
_ASK = text("""
UPDATE sync_run SET asked_at = :now WHERE workspace_id = :workspace AND id = :id AND state = 'running' RETURNING id
""")
_MOVE = text("""
UPDATE sync_run SET expected = greatest(expected, :expected), seen = seen + :seen, added = added + :added,
    changed = changed + :changed, unchanged = unchanged + :unchanged, removed = removed + :removed,
    details_read = details_read + :details_read,
    details_expected = CASE WHEN CAST(:details_left AS integer) IS NULL THEN details_expected
        ELSE details_read + :details_read + :details_left END,
    vendor_calls = vendor_calls + :vendor_calls
WHERE workspace_id = :workspace AND id = :id
""")
_FINISH = text("""
UPDATE sync_run SET state = :state, finished_at = :now, problem = CAST(:problem AS jsonb)
WHERE workspace_id = :workspace AND id = :id AND state = 'running'
""")
_FORGET = text(
    "DELETE FROM sync_run WHERE workspace_id = :workspace AND kind <> 'first_import' AND finished_at < :before"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one step adds to a run. `expected` is the platform's total, `details_left` what is still due, if known."""

    expected: int | None = None
    seen: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    details_read: int = 0
    details_left: int | None = None
    vendor_calls: int = 0


async def open_run(
    session: AsyncSession, workspace_id: UUID, link_id: UUID, *, kind: RunKind, now: datetime
) -> Row[Any]:
    """The run of this link that is under way, or a new one of this kind.

    A link's first run is its first import. If that failed, the next one goes on with it: its figures count on.
    """
    place = {"workspace": workspace_id, "link": link_id, "now": now}
    await session.execute(_CLOSE_OTHERS, {**place, "problem": _json(trouble("link_ended"))})
    newest = await find_newest(session, workspace_id, link_id)
    if newest is not None and newest.state == "running":
        return newest
    goes_on = newest is not None and newest.kind == "first_import" and newest.state == "failed"
    values = {
        **place,
        **({name: getattr(newest, name) for name in _FIGURES} if goes_on else _NO_FIGURES),
        "id": new_id(),
        "kind": "first_import" if newest is None or goes_on else kind,
        "asked_at": now if kind == "requested" else None,
    }
    # Somebody else may have opened one meanwhile: the unique index lets one of them stand.
    await session.execute(_OPEN, values)
    opened = await find_newest(session, workspace_id, link_id)
    if opened is None:
        raise LookupError("a run that was opened is not there")
    return opened


async def request_run(session: AsyncSession, workspace_id: UUID, *, now: datetime) -> UUID:
    """Have orders read now. One that is under way reads on until it has seen what changed by now.

    Raises `NotLinked`, `LinkNeedsReauth`, `LinkSuspended`.
    """
    link = await require_active_link(session, workspace_id)
    await make_cursor(session, workspace_id, link.id)
    run_id: UUID | None = None
    while run_id is None:  # a run that ends at this moment is not asked any more, and the next one is new
        run = await open_run(session, workspace_id, link.id, kind="requested", now=now)
        run_id = await session.scalar(_ASK, {"workspace": workspace_id, "id": run.id, "now": now})
    await schedule_work(session, workspace_id, SYNC, due_at=now)
    return run_id


async def close_running(session: AsyncSession, workspace_id: UUID, _account: str, now: datetime) -> None:
    """The link ends, and with it the reading under way: its job may never come by again to say so."""
    values = {"workspace": workspace_id, "now": now, "problem": _json(trouble("link_ended"))}
    await session.execute(_CLOSE_RUNNING, values)


async def move_run(session: AsyncSession, workspace_id: UUID, run_id: UUID, figures: Figures) -> None:
    """Add what a step read."""
    await session.execute(
        _MOVE,
        {
            "workspace": workspace_id,
            "id": run_id,
            "expected": figures.expected,
            "seen": figures.seen,
            "added": figures.added,
            "changed": figures.changed,
            "unchanged": figures.unchanged,
            "removed": figures.removed,
            "details_read": figures.details_read,
            "details_left": figures.details_left,
            "vendor_calls": figures.vendor_calls,
        },
    )


async def succeed(session: AsyncSession, workspace_id: UUID, run_id: UUID, *, now: datetime) -> None:
    """The run read all that there was. Old runs are forgotten on the way."""
    values = {"workspace": workspace_id, "id": run_id, "now": now, "state": "succeeded", "problem": None}
    await session.execute(_FINISH, values)
    await session.execute(_FORGET, {"workspace": workspace_id, "before": now - KEPT})


async def fail(
    session: AsyncSession, workspace_id: UUID, run_id: UUID, why: Trouble, *, now: datetime
) -> None:
    """The run is over; what it read stays, and the next one goes on from there."""
    values = {"workspace": workspace_id, "id": run_id, "now": now, "state": "failed"}
    await session.execute(_FINISH, {**values, "problem": _json(why)})


def _json(why: Trouble) -> str:
    return orjson.dumps({"code": why.code, "detail": why.detail}).decode()
