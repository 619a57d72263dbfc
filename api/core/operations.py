"""Long work that a request starts and a job ends: one row that says how far it is, written with the work itself.

A room starts an operation in the transaction that queues its job, answers 202 with `location_of`, and lets the job
advance and end it. `activity` shows operations; what is ended stays as it is, whoever comes late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, Self
from uuid import UUID

from orjson import dumps
from pydantic import ConfigDict, Field
from sqlalchemy import Row, TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.core.problems import NotFound, Problem
from api.core.schema import Count, Moment, Wire, examples

OperationStatus = Literal["queued", "running", "done", "failed", "needs_you"]


_PROBLEM = {
    "code": "partner_unavailable",
    "title": "Partner unavailable",
    "detail": "Printavo did not answer. Nothing was changed; try again in a moment.",
}
_OPERATION: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000901",
    "kind": "orders.reread",
    "status": "running",
    "progress": {"done_count": 40, "total_count": 200},
    "subject_type": "store",
    "subject_id": "0192f0c4-7a10-7000-8000-000000000101",
    "problem": None,
    "result": None,
    "created_at": "2026-11-20T16:04:00.000Z",
    "updated_at": "2026-11-20T16:04:09.000Z",
    "finished_at": None,
    "version": 3,
}


class OperationProblem(Wire):
    """Why an operation failed, or what it waits for a person to do."""

    model_config = ConfigDict(json_schema_extra=examples(_PROBLEM))

    code: str
    title: str
    detail: str

    @classmethod
    def of(cls, problem: Problem) -> Self:
        """The same words as the problem that a route would answer with."""
        return cls(code=problem.code(), title=problem.title(), detail=problem.detail)


class OperationProgress(Wire):
    """How far an operation is."""

    model_config = ConfigDict(json_schema_extra=examples(_OPERATION["progress"]))

    done_count: Count
    total_count: Count | None = Field(description="Null until it is known how much there is to do.")


class OperationRead(Wire):
    """Long work: ask again until it is done or failed. `needs_you` goes on when a person did what `problem` says."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            _OPERATION,
            {**_OPERATION, "status": "needs_you", "problem": _PROBLEM},
        )
    )

    id: UUID
    kind: str = Field(description="What is done, such as `orders.reread`.")
    status: OperationStatus
    progress: OperationProgress
    subject_type: str
    subject_id: UUID
    problem: OperationProblem | None
    result: dict[str, Any] | None = Field(description="What came of it, by kind; null until it is done.")
    created_at: Moment
    updated_at: Moment
    finished_at: Moment | None
    version: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What an operation is about."""

    type: str
    id: UUID


OPERATION_COLUMNS: Final = (
    "id, kind, status, done_count, total_count, subject_type, subject_id, problem, result, "
    "created_at, updated_at, finished_at, version"
)
_START = text(f"""
INSERT INTO operation (workspace_id, id, kind, total_count, subject_type, subject_id, actor)
VALUES (:workspace, :id, :kind, :total, :subject_type, :subject_id, CAST(:actor AS jsonb))
RETURNING {OPERATION_COLUMNS}
""")  # noqa: S608 - a constant
# Two workers may report out of order: what was done once is not undone by the slower report. A total that nobody knows
# yet stays unknown.
_ADVANCE = text("""
UPDATE operation SET status = 'running', problem = NULL, done_count = greatest(done_count, :done),
    total_count = CASE WHEN coalesce(:total, total_count) IS NOT NULL
        THEN greatest(coalesce(:total, total_count), done_count, :done) END,
    updated_at = :now, version = version + 1
WHERE workspace_id = :workspace AND id = :id AND finished_at IS NULL
""")
_FINISH = text("""
UPDATE operation SET status = 'done', problem = NULL, result = CAST(:result AS jsonb),
    done_count = coalesce(total_count, done_count), updated_at = :now, finished_at = :now, version = version + 1
WHERE workspace_id = :workspace AND id = :id AND finished_at IS NULL
""")
_FAIL = text("""
UPDATE operation SET status = :status, problem = CAST(:problem AS jsonb),
    updated_at = :now, finished_at = CASE WHEN :is_over THEN CAST(:now AS timestamptz) END, version = version + 1
WHERE workspace_id = :workspace AND id = :id AND finished_at IS NULL
""")
_GET = text(
    f"SELECT {OPERATION_COLUMNS} FROM operation WHERE workspace_id = :workspace AND id = :id"  # noqa: S608 - a constant
)


async def start_operation(
    session: AsyncSession,
    kind: str,
    *,
    workspace_id: UUID,
    subject: Subject,
    actor: Mapping[str, Any],
    total_count: int | None = None,
) -> OperationRead:
    """A new queued operation, in the caller's transaction: queue the job that works on it there too."""
    started = await session.execute(
        _START,
        {
            "workspace": workspace_id,
            "id": new_id(),
            "kind": kind,
            "total": total_count,
            "subject_type": subject.type,
            "subject_id": subject.id,
            "actor": dumps(dict(actor)).decode(),
        },
    )
    return to_operation(started.one())


async def advance_operation(
    session: AsyncSession,
    workspace_id: UUID,
    operation_id: UUID,
    *,
    done_count: int,
    now: datetime,
    total_count: int | None = None,
) -> bool:
    """It runs, and so much is done (counts only grow). False when it has ended already."""
    values = {"done": done_count, "total": total_count}
    return await _change(session, _ADVANCE, workspace_id, operation_id, {**values, "now": now})


async def finish_operation(
    session: AsyncSession,
    workspace_id: UUID,
    operation_id: UUID,
    *,
    now: datetime,
    result: Mapping[str, Any] | None = None,
) -> bool:
    """It is done; `result` holds ids and figures, no secrets. False when it had ended already."""
    values = {"result": dumps(dict(result), default=str).decode() if result is not None else None}
    return await _change(session, _FINISH, workspace_id, operation_id, {**values, "now": now})


async def fail_operation(
    session: AsyncSession,
    workspace_id: UUID,
    operation_id: UUID,
    *,
    problem: OperationProblem,
    now: datetime,
    needs_you: bool = False,
) -> bool:
    """It failed for good, or (`needs_you`) waits for what a person must do first. False when it had ended already."""
    status = "needs_you" if needs_you else "failed"
    values = {"status": status, "is_over": not needs_you, "problem": problem.model_dump_json()}
    return await _change(session, _FAIL, workspace_id, operation_id, {**values, "now": now})


async def get_operation(session: AsyncSession, workspace_id: UUID, operation_id: UUID) -> OperationRead:
    """One operation as it is shown; raises `NotFound`."""
    found = await session.execute(_GET, {"workspace": workspace_id, "id": operation_id})
    row = found.one_or_none()
    if row is None:
        raise NotFound("There is no such operation.")
    return to_operation(row)


def to_operation(row: Row[Any]) -> OperationRead:
    """A row of `OPERATION_COLUMNS` as it crosses the wire."""
    members = dict(row._mapping)  # noqa: SLF001 - the documented way from a row to its names
    progress = OperationProgress(done_count=members.pop("done_count"), total_count=members.pop("total_count"))
    return OperationRead(**members, progress=progress)


def location_of(operation: OperationRead) -> dict[str, str]:
    """The headers of a 202: `once.run(session, effect, status=202, headers=location_of)`."""
    return {"Location": f"/v1/operations/{operation.id}"}


async def _change(
    session: AsyncSession,
    statement: TextClause,
    workspace_id: UUID,
    operation_id: UUID,
    values: dict[str, Any],
) -> bool:
    done = await session.execute(statement, {**values, "workspace": workspace_id, "id": operation_id})
    return bool(done.rowcount)  # type: ignore[attr-defined] # an UPDATE gives a CursorResult
