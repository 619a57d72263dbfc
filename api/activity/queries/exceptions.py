"""Questions about exceptions: what needs a person, and what once did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.activity.queries.audit import show_actor
from api.activity.rules.causes import Trouble
from api.activity.rules.troubles import fixes_of, kind_of, resolved_words
from api.activity.schemas.exceptions import ExceptionEnd, ExceptionFix, ExceptionRead, ExceptionRecord
from api.connectors.print_shop import LineStatus
from api.core.paging import Position
from api.core.problems import NotFound

State = Literal["open", "resolved", "all"]
COUNTED: Final = 10_001

_COLUMNS: Final = """
x.id, x.code, x.subject_type, x.subject_id, x.fact, x.details, x.noted_at, x.tried_at, x.resolved_at, x.resolution, x.reason,
x.resolved_by, x.version, o.id AS order_id, o.number AS order_number, i.id AS invoice_id,
coalesce(i.visual_id, i.nickname) AS invoice_name, s.id AS store_id, s.name AS store_name,
(SELECT op.id FROM operation op WHERE op.workspace_id = x.workspace_id AND op.subject_id = x.id
 ORDER BY op.id DESC LIMIT 1) AS operation_id
"""
# What it concerns: an order with the invoice it is on and its store, an invoice with its store, or a store.
_JOIN_RECORDS: Final = """
LEFT JOIN store_order o ON o.workspace_id = x.workspace_id AND o.id = x.subject_id
LEFT JOIN invoice i ON i.workspace_id = x.workspace_id AND i.id = coalesce(o.invoice_id, x.subject_id)
LEFT JOIN store s ON s.workspace_id = x.workspace_id AND s.id = coalesce(o.store_id, i.store_id, x.subject_id)
"""
_STATE: Final[dict[State, str]] = {
    "open": "x.resolved_at IS NULL",
    "resolved": "x.resolved_at IS NOT NULL",
    "all": "true",
}
_GET = text(f"""
SELECT {_COLUMNS} FROM attention x {_JOIN_RECORDS} WHERE x.workspace_id = :workspace AND x.id = :id
""")  # noqa: S608 - made of constants of this file

_GET_MANY = text(f"""
SELECT {_COLUMNS} FROM attention x {_JOIN_RECORDS}
WHERE x.workspace_id = :workspace AND x.id = ANY (CAST(:ids AS uuid[])) ORDER BY x.id
""")  # noqa: S608 - made of constants of this file

_STATUS = text("SELECT details ->> 'status' FROM attention WHERE workspace_id = :workspace AND id = :id")


@dataclass(frozen=True, slots=True)
class ExceptionFilter:
    """None means all."""

    state: State = "open"
    codes: tuple[str, ...] | None = None
    subject_id: UUID | None = None

    def sql(self) -> tuple[str, dict[str, Any]]:
        """A condition on the row `x`, with its values."""
        conditions, values = ["x.workspace_id = :workspace", _STATE[self.state]], dict[str, Any]()
        if self.codes is not None:
            conditions.append("x.code = ANY (:codes)")
            values["codes"] = list(self.codes)
        if self.subject_id is not None:
            conditions.append("x.subject_id = :subject")
            values["subject"] = self.subject_id
        return " AND ".join(conditions), values


async def get_exception(session: AsyncSession, workspace_id: UUID, exception_id: UUID) -> ExceptionRead:
    """One exception as it is shown; raises `NotFound`."""
    row = (await session.execute(_GET, {"workspace": workspace_id, "id": exception_id})).one_or_none()
    if row is None:
        raise NotFound("There is no such exception.")
    return _show(row)


async def get_failed_status(session: AsyncSession, workspace_id: UUID, exception_id: UUID) -> LineStatus:
    """The purchasing status that an exception says did not get through."""
    values = {"workspace": workspace_id, "id": exception_id}
    status: LineStatus = (await session.execute(_STATUS, values)).scalar_one()
    return status


async def get_exceptions(
    session: AsyncSession, workspace_id: UUID, ids: Sequence[UUID]
) -> list[ExceptionRead]:
    """These exceptions, oldest first; one that is gone is left out."""
    values = {"workspace": workspace_id, "ids": list(ids)}
    return [_show(row) for row in await session.execute(_GET_MANY, values)]


async def list_exceptions(
    session: AsyncSession,
    workspace_id: UUID,
    wanted: ExceptionFilter,
    *,
    position: Position | None,
    limit: int,
) -> Sequence[ExceptionRead]:
    """`limit + 1` exceptions in the direction of `position`, newest first (ids are in time order)."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    condition, values = wanted.sql()
    values |= {"workspace": workspace_id, "most": limit + 1}
    if position is not None:
        condition += f" AND x.id {sign} CAST(:after AS uuid)"
        values["after"] = position.values[0]
    statement = f"""
    SELECT {_COLUMNS} FROM (
        SELECT * FROM attention x WHERE {condition} ORDER BY x.id {order} LIMIT :most
    ) x {_JOIN_RECORDS} ORDER BY x.id {order}
    """  # noqa: S608 - made of constants of this file; what callers send is bound
    return [_show(row) for row in await session.execute(text(statement), values)]


async def count_exceptions(session: AsyncSession, workspace_id: UUID, wanted: ExceptionFilter) -> int:
    """How many there are, counted up to 10,001."""
    condition, values = wanted.sql()
    statement = f"SELECT count(*) FROM (SELECT FROM attention x WHERE {condition} LIMIT :most) found"  # noqa: S608 - constants
    values |= {"workspace": workspace_id, "most": COUNTED}
    return int(await session.scalar(text(statement), values) or 0)


def _show(row: Row[Any]) -> ExceptionRead:
    kind = kind_of(row.code)
    about = row.order_number or row.invoice_name or row.store_name or ""
    trouble = Trouble(about, row.fact, row.details)
    fixes = () if row.resolved_at else fixes_of(row.code, row.fact)
    return ExceptionRead(
        id=row.id,
        code=row.code,
        area=kind.area,
        title=kind.title,
        sentence=kind.tell(trouble),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        fact=row.fact,
        records=_records(row),
        fixes=[ExceptionFix(kind=fix.kind, label=fix.label) for fix in fixes],
        noted_at=row.noted_at,
        tried_at=row.tried_at,
        resolution=_end(row) if row.resolved_at else None,
        operation_id=row.operation_id,
        version=row.version,
    )


def _records(row: Row[Any]) -> list[ExceptionRecord]:
    records: list[ExceptionRecord] = []
    if row.order_id is not None:
        records.append(ExceptionRecord(type="order", id=row.order_id, name=row.order_number))
    if row.invoice_id is not None:
        records.append(ExceptionRecord(type="invoice", id=row.invoice_id, name=row.invoice_name))
    if row.store_id is not None:
        records.append(ExceptionRecord(type="store", id=row.store_id, name=row.store_name))
    return records


def _end(row: Row[Any]) -> ExceptionEnd:
    return ExceptionEnd(
        code=row.resolution,
        sentence=resolved_words(row.resolution),
        reason=row.reason,
        resolved_at=row.resolved_at,
        resolved_by=show_actor(row.resolved_by) if row.resolved_by else None,
    )
