"""Orders that somebody asked to be read again now: kept until they were, counted by the operation that people follow."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.operations import (
    OperationProblem,
    OperationRead,
    Subject,
    advance_operation,
    fail_operation,
    finish_operation,
    get_operation,
    start_operation,
)
from api.core.problems import NotFound, Problem
from api.linking.queries import NotLinked, require_active_link
from api.orders.queries.selection import list_ids, selection_query
from api.orders.schemas.selection import OrderSelection
from api.sync.actions.runs import request_run
from api.sync.queries.refreshes import list_waiting

REREAD: Final = "orders.reread"
MOST: Final = 10_000


class TooManyOrders(Problem):
    """More than 10,000 orders match. Narrow the filter, or wait for the night: everything is compared then."""

    status = 409


# The foreign key locks the orders, so by id, like everywhere: two that wait for each other's would wait for ever.
_KEEP = text("""
INSERT INTO order_refresh (workspace_id, operation_id, order_id)
SELECT :workspace, :operation, order_id FROM unnest(CAST(:orders AS uuid[])) AS order_id ORDER BY order_id
""")
_CONCERNED = text("""
SELECT DISTINCT operation_id FROM order_refresh
WHERE workspace_id = :workspace AND operation_id = ANY(CAST(:operations AS uuid[]))
    AND order_id = ANY(CAST(:orders AS uuid[])) ORDER BY operation_id
""")
_FORGET_READ = text("""
DELETE FROM order_refresh
WHERE workspace_id = :workspace AND operation_id = ANY(CAST(:operations AS uuid[]))
    AND order_id = ANY(CAST(:orders AS uuid[]))
""")
_LEFT = text("""
SELECT operation_id, order_id FROM order_refresh
WHERE workspace_id = :workspace AND operation_id = ANY(CAST(:operations AS uuid[])) ORDER BY order_id
""")
_FORGET = text("DELETE FROM order_refresh WHERE workspace_id = :workspace AND operation_id = :operation")


async def request_refresh(
    session: AsyncSession,
    workspace_id: UUID,
    selection: OrderSelection,
    *,
    actor: Mapping[str, Any],
    now: datetime,
) -> OperationRead:
    """Keep the orders that are meant and have a reading begin, or the one under way go on.

    Raises what `require_active_link` raises, `NotFound` unless all orders that were named are there, `TooManyOrders`.
    """
    link = await require_active_link(session, workspace_id)
    ids = await list_ids(session, selection_query(workspace_id, link, selection), most=MOST + 1)
    if len(ids) > MOST:
        raise TooManyOrders
    if selection.order_ids is not None and len(ids) < len(selection.order_ids):
        raise NotFound("Some of these orders are not there.")
    operation = await start_operation(
        session,
        REREAD,
        workspace_id=workspace_id,
        subject=Subject("link", link.id),
        actor=actor,
        total_count=len(ids),
    )
    place = {"workspace": workspace_id, "operation": operation.id}
    if ids:
        await session.execute(_KEEP, {**place, "orders": ids})
        await request_run(session, workspace_id, now=now)
        return operation
    await finish_operation(session, workspace_id, operation.id, now=now, result=_result(0, []))
    return await get_operation(session, workspace_id, operation.id)


async def settle_refreshes(
    session: AsyncSession,
    workspace_id: UUID,
    operations: Collection[UUID],
    *,
    read: Collection[UUID],
    tried: Collection[UUID],
    now: datetime,
) -> None:
    """These orders were read, all of `tried` asked for: say so in those of the operations that wait for any of them.

    An operation ends when each of its orders was asked for; it names those that were not answered. One that began since
    is none of `operations`: what was answered may be older than what it was asked for.
    """
    place = {"workspace": workspace_id}
    ours = {**place, "operations": list(operations)}
    concerned = (await session.execute(_CONCERNED, {**ours, "orders": list(tried)})).scalars().all()
    await session.execute(_FORGET_READ, {**ours, "orders": list(read)})
    left: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await session.execute(_LEFT, {**place, "operations": concerned}):
        left[row.operation_id].append(row.order_id)
    for operation_id in concerned:
        total = (await get_operation(session, workspace_id, operation_id)).progress.total_count or 0
        waiting = [order_id for order_id in left[operation_id] if order_id not in tried]
        if waiting:
            await advance_operation(
                session, workspace_id, operation_id, done_count=total - len(waiting), now=now
            )
            continue
        result = _result(total, left[operation_id])
        await finish_operation(session, workspace_id, operation_id, now=now, result=result)
        await session.execute(_FORGET, {**place, "operation": operation_id})


async def close_refreshes(session: AsyncSession, workspace_id: UUID, _account: str, now: datetime) -> None:
    """The link ends: what still waits to be read never will be."""
    problem = OperationProblem.of(NotLinked())
    for operation_id in await list_waiting(session, workspace_id):
        await fail_operation(session, workspace_id, operation_id, problem=problem, now=now)
        await session.execute(_FORGET, {"workspace": workspace_id, "operation": operation_id})


def _result(total: int, unreadable: list[UUID]) -> dict[str, Any]:
    return {
        "read_count": total - len(unreadable),
        "unreadable_count": len(unreadable),
        "unreadable_order_ids": [str(order_id) for order_id in unreadable[:200]],
    }
