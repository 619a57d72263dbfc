"""Routes of long work."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from api.activity.queries.operations import OperationFilter, list_page
from api.connectors.doors import Tools
from api.core import operations
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.operations import OperationRead, OperationStatus
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.core.schema import Text

router = room("Activity")


@router.get("/operations", responses=declare(InvalidCursor))
async def list_operations(
    caller: Caller,
    session: Session,
    tools: Tools,
    status: Annotated[list[OperationStatus] | None, Query(max_length=5)] = None,
    kind: Annotated[list[Text] | None, Query(max_length=20)] = None,
    subject_id: UUID | None = None,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[OperationRead]:
    """Long work of this workspace, newest first."""
    wanted = OperationFilter(tuple(status or ()), tuple(kind or ()), subject_id)
    filters = {"status": wanted.statuses, "kind": wanted.kinds, "subject": subject_id}
    position = tools.cursors.read(cursor, listing="operations", filters=filters)
    found = await list_page(session, caller.workspace, wanted, position=position, limit=limit)
    return tools.cursors.page(
        found,
        limit=limit,
        position=position,
        listing="operations",
        filters=filters,
        key=lambda operation: [str(operation.id)],
        show=lambda operation: operation,
    )


@router.get("/operations/{operation_id}")
async def get_operation(caller: Caller, session: Session, operation_id: UUID) -> OperationRead:
    """One piece of long work: how far it is, what came of it, or what it waits for."""
    return await operations.get_operation(session, caller.workspace, operation_id)
