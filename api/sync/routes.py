"""Routes of readings."""

from uuid import UUID

from starlette.responses import Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.operations import OperationRead, location_of
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import NotFound, declare
from api.linking.queries import LINK_PROBLEMS
from api.orders.schemas.selection import OrderSelection
from api.sync.actions.refreshes import TooManyOrders, request_refresh
from api.sync.actions.runs import request_run
from api.sync.queries import runs
from api.sync.schemas import SyncRun

router = room("Sync")
_LISTING = "sync_runs"


@router.get("/sync-runs", responses=declare(InvalidCursor))
async def list_sync_runs(
    caller: Caller, session: Session, tools: Tools, limit: Limit = 25, cursor: CursorText = None
) -> Page[SyncRun]:
    """Readings of the store platform's orders, newest first. Those of the last 30 days, and every first import."""
    position = tools.cursors.read(cursor, listing=_LISTING, filters={})
    found = await runs.list_runs(session, caller.workspace, position=position, limit=limit)
    return tools.cursors.page(
        found,
        limit=limit,
        position=position,
        listing=_LISTING,
        filters={},
        key=lambda run: [str(run.id)],
        show=lambda run: run,
    )


@router.get("/sync-runs/{run_id}")
async def get_sync_run(caller: Caller, session: Session, run_id: UUID) -> SyncRun:
    """One reading, with how far it is."""
    return await runs.get_run(session, caller.workspace, run_id)


@router.post(
    "/sync-runs",
    status_code=202,
    response_model=SyncRun,
    responses=declare(*LINK_PROBLEMS, *REPEAT_PROBLEMS),
)
async def start_sync_run(caller: Caller, session: Session, tools: Tools, once: OnceOptional) -> Response:
    """Read orders now. A reading that is under way is the answer: it reads on until it has seen what changed by now."""

    async def effect() -> SyncRun:
        run_id = await request_run(session, caller.workspace, now=tools.clock.now())
        return await runs.get_run(session, caller.workspace, run_id)

    return await once.run(
        session, effect, status=202, headers=lambda run: {"Location": f"/v1/sync-runs/{run.id}"}
    )


@router.post(
    "/orders/bulk-refreshes",
    status_code=202,
    response_model=OperationRead,
    responses=declare(*LINK_PROBLEMS, NotFound, TooManyOrders, *REPEAT_PROBLEMS),
)
async def refresh_orders(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, body: OrderSelection
) -> Response:
    """Read these orders again from InkSoft now; the operation says how far that is, and which could not be read."""

    async def effect() -> OperationRead:
        return await request_refresh(
            session, caller.workspace, body, actor=caller.actor(), now=tools.clock.now()
        )

    return await once.run(session, effect, status=202, headers=location_of)
