"""Routes of comparisons: what InkSoft's whole order list and Platen's orders have not in common."""

from uuid import UUID

from starlette.responses import Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.linking.queries import LINK_PROBLEMS
from api.sync.actions.comparisons import request_comparison
from api.sync.queries import reconciliation
from api.sync.schemas import Reconciliation, ReconciliationReport

router = room("Activity")
_LISTING = "reconciliation"


@router.get("/reconciliation", responses=declare(InvalidCursor))
async def list_reconciliations(
    caller: Caller, session: Session, tools: Tools, limit: Limit = 25, cursor: CursorText = None
) -> Page[Reconciliation]:
    """Full comparisons with InkSoft, newest first: one each night, and those that somebody asked for. Kept for 90 days."""
    position = tools.cursors.read(cursor, listing=_LISTING, filters={})
    found = await reconciliation.list_reconciliations(
        session, caller.workspace, position=position, limit=limit
    )
    return tools.cursors.page(
        found,
        limit=limit,
        position=position,
        listing=_LISTING,
        filters={},
        key=lambda one: [str(one.id)],
        show=lambda one: one,
    )


@router.get("/reconciliation/{reconciliation_id}")
async def get_reconciliation(
    caller: Caller, session: Session, reconciliation_id: UUID
) -> ReconciliationReport:
    """One comparison, with how far it is and the first 100 orders that differed."""
    return await reconciliation.get_reconciliation(session, caller.workspace, reconciliation_id)


@router.post(
    "/reconciliation",
    status_code=202,
    response_model=ReconciliationReport,
    responses=declare(*LINK_PROBLEMS, *REPEAT_PROBLEMS),
)
async def start_reconciliation(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional
) -> Response:
    """Compare everything with InkSoft now. A comparison that is under way is the answer."""

    async def effect() -> ReconciliationReport:
        opened = await request_comparison(session, caller.workspace, now=tools.clock.now())
        return await reconciliation.get_reconciliation(session, caller.workspace, opened)

    return await once.run(
        session, effect, status=202, headers=lambda one: {"Location": f"/v1/reconciliation/{one.id}"}
    )
