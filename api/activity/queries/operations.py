"""Questions about operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.operations import OPERATION_COLUMNS, OperationRead, OperationStatus, to_operation
from api.core.paging import Position


@dataclass(frozen=True, slots=True)
class OperationFilter:
    """None and empty mean all."""

    statuses: tuple[OperationStatus, ...] = ()
    kinds: tuple[str, ...] = ()
    subject_id: UUID | None = None


async def list_page(
    session: AsyncSession,
    workspace_id: UUID,
    wanted: OperationFilter,
    *,
    position: Position | None,
    limit: int,
) -> Sequence[OperationRead]:
    """`limit + 1` operations in the direction of `position`, newest first (ids are in time order)."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    conditions = ["workspace_id = :workspace"]
    values: dict[str, Any] = {"workspace": workspace_id, "most": limit + 1}
    if wanted.statuses:
        conditions.append("status = ANY (:statuses)")
        values["statuses"] = list(wanted.statuses)
    if wanted.kinds:
        conditions.append("kind = ANY (:kinds)")
        values["kinds"] = list(wanted.kinds)
    if wanted.subject_id is not None:
        conditions.append("subject_id = :subject")
        values["subject"] = wanted.subject_id
    if position is not None:
        conditions.append(f"id {sign} CAST(:after AS uuid)")
        values["after"] = position.values[0]
    statement = f"""
    SELECT {OPERATION_COLUMNS} FROM operation WHERE {" AND ".join(conditions)} ORDER BY id {order} LIMIT :most
    """  # noqa: S608 - made of constants of this file; what callers send is bound
    return [to_operation(row) for row in await session.execute(text(statement), values)]
