"""Comparisons: asked for, walked page by page, ended with what they found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.linking.queries import require_active_link
from api.orders.actions.ingest import Ingested
from api.sync.actions.runs import request_run
from api.sync.queries.reconciliation import find_open_comparison
from api.sync.rules.comparing import MOST_FINDINGS, Finding, findings_of
from api.sync.rules.trouble import trouble
from api.sync.schemas import ReconciliationKind

# Ended comparisons are kept this long.
KEPT: Final = timedelta(days=90)

_OPEN = text("""
INSERT INTO reconciliation (workspace_id, id, link_id, kind, state, started_at)
VALUES (:workspace, :id, :link, :kind, 'running', :now) ON CONFLICT DO NOTHING
""")
_CLOSE = text("""
UPDATE reconciliation SET state = 'failed', finished_at = :now, problem = CAST(:problem AS jsonb)
WHERE workspace_id = :workspace AND state = 'running' AND (CAST(:but AS uuid) IS NULL OR link_id <> CAST(:but AS uuid))
""")
_BEGIN = text("UPDATE reconciliation SET since = :since WHERE workspace_id = :workspace AND id = :id")
_PAGE = text("""
INSERT INTO reconciliation_page (workspace_id, reconciliation_id, id, orders)
VALUES (:workspace, :reconciliation, :id, CAST(:orders AS uuid[]))
""")
_COUNT = text("""
UPDATE reconciliation SET expected = :expected, counted = least(counted + :counted, :expected),
    missing = missing + :missing, different = different + :different,
    findings = jsonb_path_query_array(findings || CAST(:findings AS jsonb), CAST(:first_of_them AS jsonpath))
WHERE workspace_id = :workspace AND id = :reconciliation
""")
_FINISH = text("""
UPDATE reconciliation SET state = 'succeeded', finished_at = :now, extra = :extra,
    repaired = missing + different + :removed - :unreadable, counted = (
        SELECT count(DISTINCT met) FROM reconciliation_page page CROSS JOIN LATERAL unnest(page.orders) AS met
        WHERE page.workspace_id = :workspace AND page.reconciliation_id = :reconciliation),
    findings = jsonb_path_query_array(findings || CAST(:findings AS jsonb), CAST(:first_of_them AS jsonpath))
WHERE workspace_id = :workspace AND id = :reconciliation
""")
_FORGET_PAGES = text("DELETE FROM reconciliation_page WHERE workspace_id = :workspace")
_FORGET = text("""
DELETE FROM reconciliation WHERE workspace_id = :workspace AND state <> 'running' AND finished_at < :before
""")
_FIRST: Final = f"$[0 to {MOST_FINDINGS - 1}]"


async def open_comparison(
    session: AsyncSession, workspace_id: UUID, link_id: UUID, *, kind: ReconciliationKind, now: datetime
) -> UUID:
    """The comparison of this link that is under way, or a new one of this kind; the next reading takes it up."""
    await _close(session, workspace_id, but=link_id, now=now)
    values = {"workspace": workspace_id, "id": new_id(), "link": link_id, "kind": kind, "now": now}
    # Somebody else may have opened one meanwhile: the unique index lets one of them stand.
    await session.execute(_OPEN, values)
    opened = await find_open_comparison(session, workspace_id, link_id)
    if opened is None:
        raise LookupError("a comparison that was opened is not there")
    return opened.id


async def request_comparison(session: AsyncSession, workspace_id: UUID, *, now: datetime) -> UUID:
    """Have everything compared now. One that is under way is the answer.

    Raises `NotLinked`, `LinkNeedsReauth`, `LinkSuspended`.
    """
    link = await require_active_link(session, workspace_id)
    opened = await open_comparison(session, workspace_id, link.id, kind="requested", now=now)
    await request_run(session, workspace_id, now=now)
    return opened


async def begin_walk(
    session: AsyncSession, workspace_id: UUID, reconciliation_id: UUID, *, since: datetime | None
) -> None:
    """From here on its pages are counted; `since` is the platform's time."""
    await session.execute(_FORGET_PAGES, {"workspace": workspace_id})
    await session.execute(_BEGIN, {"workspace": workspace_id, "id": reconciliation_id, "since": since})


async def note_page(
    session: AsyncSession,
    workspace_id: UUID,
    reconciliation_id: UUID,
    done: Ingested,
    *,
    expected: int,
    since: datetime | None,
) -> None:
    """What one page of the list said, in the transaction that stores it."""
    found = findings_of(done.new, done.different, since=since)
    place = {"workspace": workspace_id, "reconciliation": reconciliation_id}
    await session.execute(_PAGE, {**place, "id": new_id(), "orders": sorted(done.met)})
    await session.execute(
        _COUNT,
        {
            **place,
            "expected": expected,
            "counted": len(done.met),
            "missing": sum(finding.kind == "missing" for finding in found),
            "different": sum(finding.kind == "different" for finding in found),
            "findings": _json(found),
            "first_of_them": _FIRST,
        },
    )


async def finish_comparison(
    session: AsyncSession,
    workspace_id: UUID,
    reconciliation_id: UUID,
    findings: Sequence[Finding],
    *,
    extra: int,
    removed: int,
    unreadable: int,
    now: datetime,
) -> None:
    """The end: `findings` are the first of the `extra` ones, of which so many were `removed` from the feed.

    `unreadable` of all that was found could not be read.
    """
    place = {"workspace": workspace_id, "reconciliation": reconciliation_id}
    values = {"extra": extra, "removed": removed, "unreadable": unreadable, "findings": _json(findings)}
    await session.execute(_FINISH, {**place, **values, "first_of_them": _FIRST, "now": now})
    await session.execute(_FORGET_PAGES, {"workspace": workspace_id})
    await session.execute(_FORGET, {"workspace": workspace_id, "before": now - KEPT})


async def close_comparing(session: AsyncSession, workspace_id: UUID, _account: str, now: datetime) -> None:
    """The link ends, and with it the comparison under way."""
    await _close(session, workspace_id, but=None, now=now)


async def _close(session: AsyncSession, workspace_id: UUID, *, but: UUID | None, now: datetime) -> None:
    """All but those of this link are over."""
    ended = trouble("link_ended")
    problem = orjson.dumps({"code": ended.code, "detail": ended.detail}).decode()
    await session.execute(_CLOSE, {"workspace": workspace_id, "but": but, "now": now, "problem": problem})


def _json(findings: Sequence[Finding]) -> str:
    kept = findings[:MOST_FINDINGS]
    return orjson.dumps(
        [{"order_id": str(each.order_id), "number": each.number, "kind": each.kind} for each in kept]
    ).decode()
