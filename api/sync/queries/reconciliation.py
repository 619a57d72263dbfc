"""Questions about comparisons: those that people look at, and what one that is under way has found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.core.problems import NotFound
from api.sync.rules.comparing import LackingOrder
from api.sync.schemas import Reconciliation, ReconciliationReport

_COLUMNS = "id, kind, state, started_at, finished_at, expected, counted, missing, extra, different, repaired, problem"
_GET = text(
    f"SELECT {_COLUMNS}, findings FROM reconciliation WHERE workspace_id = :workspace AND id = :id"  # noqa: S608 - a constant
)
_OPEN = text("""
SELECT id, since FROM reconciliation WHERE workspace_id = :workspace AND link_id = :link AND state = 'running'
""")
# Listed orders are numbers in arrays, one array a page: joined as a set, never searched one by one.
_LACKING = text("""
WITH listed AS MATERIALIZED (
    SELECT unnest(orders) AS id FROM reconciliation_page
    WHERE workspace_id = :workspace AND reconciliation_id = :reconciliation
)
SELECT o.id, o.external_id, s.external_id AS store_external_id, count(*) OVER () AS of_all
FROM store_order o JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
WHERE o.workspace_id = :workspace AND o.account = :account AND o.removed_at IS NULL
AND NOT EXISTS (SELECT FROM listed WHERE listed.id = o.id)
ORDER BY o.id LIMIT :most
""")
_LISTED = text("""
WITH listed AS MATERIALIZED (
    SELECT unnest(orders) AS id FROM reconciliation_page
    WHERE workspace_id = :workspace AND reconciliation_id = :reconciliation
)
SELECT o.external_id, s.external_id AS store_external_id
FROM listed JOIN store_order o ON o.workspace_id = :workspace AND o.id = listed.id
JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
WHERE o.external_id = ANY (CAST(:numbers AS text[])) OR o.id = (SELECT id FROM listed ORDER BY id DESC LIMIT 1)
""")


@dataclass(frozen=True, slots=True)
class OpenComparison:
    """One that is under way; `since` is None until its walk began."""

    id: UUID
    since: datetime | None


async def get_reconciliation(
    session: AsyncSession, workspace_id: UUID, reconciliation_id: UUID
) -> ReconciliationReport:
    """One comparison with what it found; raises `NotFound`."""
    row = (await session.execute(_GET, {"workspace": workspace_id, "id": reconciliation_id})).one_or_none()
    if row is None:
        raise NotFound("There is no such comparison.")
    return ReconciliationReport.model_validate(row)


async def list_reconciliations(
    session: AsyncSession, workspace_id: UUID, *, position: Position | None, limit: int
) -> Sequence[Reconciliation]:
    """`limit + 1` comparisons in the direction of `position`, newest first (ids are in time order)."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    after = f"AND id {sign} CAST(:after AS uuid)" if position else ""
    statement = text(
        f"SELECT {_COLUMNS} FROM reconciliation WHERE workspace_id = :workspace {after} "  # noqa: S608 - constants
        f"ORDER BY id {order} LIMIT :most"
    )
    values: dict[str, Any] = {"workspace": workspace_id, "most": limit + 1}
    if position:
        values["after"] = position.values[0]
    return [Reconciliation.model_validate(row) for row in await session.execute(statement, values)]


async def find_open_comparison(
    session: AsyncSession, workspace_id: UUID, link_id: UUID
) -> OpenComparison | None:
    """The comparison of this link that is under way or waits to begin."""
    found = await session.execute(_OPEN, {"workspace": workspace_id, "link": link_id})
    row: Row[Any] | None = found.one_or_none()
    return OpenComparison(row.id, row.since) if row is not None else None


async def list_lacking(
    session: AsyncSession, workspace_id: UUID, account: str, reconciliation_id: UUID, *, most: int
) -> tuple[list[LackingOrder], int]:
    """Stored orders that no page of this comparison held: the first of them, and how many there are."""
    place = {"workspace": workspace_id, "account": account, "reconciliation": reconciliation_id}
    rows = (await session.execute(_LACKING, {**place, "most": most})).all()
    found = [LackingOrder(row.id, row.external_id, row.store_external_id) for row in rows]
    return found, rows[0].of_all if rows else 0


async def list_listed(
    session: AsyncSession, workspace_id: UUID, reconciliation_id: UUID, numbers: Collection[str]
) -> set[tuple[str, str]]:
    """(number, store's external id) of listed orders with these numbers, and of one listed order in any case."""
    values = {"workspace": workspace_id, "reconciliation": reconciliation_id, "numbers": list(numbers)}
    rows = await session.execute(_LISTED, values)
    return {(row.external_id, row.store_external_id) for row in rows}
