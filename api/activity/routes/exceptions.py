"""Routes of what waits for a person."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from api.activity.actions import exceptions as actions
from api.activity.actions.exceptions import Acting, AlreadyResolved, FixNotOffered
from api.activity.queries import exceptions as queries
from api.activity.queries.exceptions import ExceptionFilter, State
from api.activity.rules.troubles import Area, codes_of
from api.activity.schemas.exceptions import ExceptionRead, ExceptionResolution
from api.connectors.doors import Tools
from api.connectors.registry import Toolbox
from api.core.auth import Caller, Principal
from api.core.edge import Session, room
from api.core.idempotency import IDEMPOTENCY_PROBLEMS, OnceRequired
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.core.schema import Text
from api.invoices.actions.attach import InvoiceClosed
from api.invoices.actions.retry import NothingToPush
from api.invoices.actions.revise import DoesNotAddUp
from api.linking.queries import LINK_PROBLEMS
from api.purchasing.actions.requesting import REQUEST_PROBLEMS
from api.settings.actions import WordNotKept

router = room("Activity")
_FIXING = declare(
    *LINK_PROBLEMS, AlreadyResolved, FixNotOffered, InvoiceClosed, NothingToPush, DoesNotAddUp, WordNotKept,
    *REQUEST_PROBLEMS, *IDEMPOTENCY_PROBLEMS,
)  # fmt: skip


@router.get("/exceptions", responses=declare(InvalidCursor))
async def list_exceptions(
    caller: Caller,
    session: Session,
    tools: Tools,
    state: State = "open",
    area: Area | None = None,
    code: Annotated[list[Text] | None, Query(max_length=20)] = None,
    subject_id: UUID | None = None,
    include: Annotated[list[Literal["total_count"]] | None, Query(max_length=1)] = None,
    limit: Limit = 25,
    cursor: CursorText = None,
) -> Page[ExceptionRead]:
    """What needs a person, newest first; with `state=resolved` what once did, with who saw to it and why."""
    asked = set(codes_of(area)) & set(code or codes_of(area)) if area else code
    wanted = ExceptionFilter(state, None if asked is None else tuple(sorted(asked)), subject_id)
    filters = {"state": state, "codes": wanted.codes, "subject": subject_id}
    position = tools.cursors.read(cursor, listing="exceptions", filters=filters)
    found = await queries.list_exceptions(session, caller.workspace, wanted, position=position, limit=limit)
    total = await queries.count_exceptions(session, caller.workspace, wanted) if include else None
    return tools.cursors.page(
        found,
        limit=limit,
        position=position,
        listing="exceptions",
        filters=filters,
        key=lambda exception: [str(exception.id)],
        show=lambda exception: exception,
        total_count=total,
    )


@router.get("/exceptions/{exception_id}")
async def get_exception(caller: Caller, session: Session, exception_id: UUID) -> ExceptionRead:
    """One exception: the cause, what it concerns, what can be done, or how it ended."""
    return await queries.get_exception(session, caller.workspace, exception_id)


@router.post(
    "/exceptions/{exception_id}/retry", status_code=202, response_model=ExceptionRead, responses=_FIXING
)
async def retry_exception(
    caller: Caller, session: Session, tools: Tools, once: OnceRequired, exception_id: UUID
) -> Response:
    """Have it done again: write the invoice, read the orders. The exception closes by itself when that works."""

    async def effect() -> ExceptionRead:
        return await actions.retry_exception(session, _acting(tools, caller), exception_id)

    return await once.run(session, effect, status=202, headers=_located)


@router.post("/exceptions/{exception_id}/resolution", response_model=ExceptionRead, responses=_FIXING)
async def resolve_exception(
    caller: Caller,
    session: Session,
    tools: Tools,
    once: OnceRequired,
    exception_id: UUID,
    body: ExceptionResolution,
) -> Response:
    """Apply one of its fixes, or say why it may stay as it is."""

    async def effect() -> ExceptionRead:
        return await actions.resolve_exception(session, _acting(tools, caller), exception_id, body.root)

    return await once.run(session, effect)


def _acting(tools: Toolbox, caller: Principal) -> Acting:
    return Acting(caller.workspace, tools.hashes, caller.actor(), tools.clock.now())


def _located(exception: ExceptionRead) -> dict[str, str]:
    return {"Location": f"/v1/exceptions/{exception.id}"}
