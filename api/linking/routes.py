"""Routes of connections, attempts and the link."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request
from starlette.responses import Response

from api.connectors.doors import Tools
from api.connectors.vendor_errors import Side
from api.core.addresses import Address
from api.core.auth import Caller, Principal
from api.core.edge import Session, room
from api.core.etag import IfMatch, IfNoneMatch, PreconditionFailed, answer_if_changed, etag
from api.core.idempotency import IDEMPOTENCY_PROBLEMS, REPEAT_PROBLEMS, OnceOptional, OnceRequired
from api.core.problems import declare
from api.linking import queries
from api.linking.actions import attempts, confirm, connections, disconnect, native_link, reauthenticate
from api.linking.actions.verify import VERIFY_PROBLEMS
from api.linking.queries.attempts import LinkAttemptExpired, get_attempt, show_attempt
from api.linking.queries.connections import list_connections as list_open_connections
from api.linking.queries.disconnection import RoomsAbove, preview_disconnection
from api.linking.queries.reading import get_link as read_link
from api.linking.schemas.accounts import Connection
from api.linking.schemas.links import DisconnectionPreview, Link, LinkAttempt, LinkChange, LinkConfirmation
from api.linking.schemas.sign_ins import InkSoftSignIn, LinkAttemptCreate, PrintavoSignIn, Reauthentication

router = room("Linking")


def _above(request: Request) -> RoomsAbove:
    above: RoomsAbove = request.app.state.rooms_above
    return above


Above = Annotated[RoomsAbove, Depends(_above)]


@router.get("/connections")
async def list_connections(caller: Caller, session: Session) -> list[Connection]:
    """The accounts that are connected, InkSoft's first."""
    return await list_open_connections(session, caller.workspace)


@router.post(
    "/connections/inksoft",
    status_code=201,
    responses=declare(connections.AlreadyConnected, *VERIFY_PROBLEMS),
)
async def connect_inksoft(caller: Caller, body: InkSoftSignIn, tools: Tools, address: Address) -> Connection:
    """Connect an InkSoft account alone, or give its connection new credentials."""
    return await _connect("inksoft", body, caller, tools, address)


@router.post(
    "/connections/printavo",
    status_code=201,
    responses=declare(connections.AlreadyConnected, *VERIFY_PROBLEMS),
)
async def connect_printavo(
    caller: Caller, body: PrintavoSignIn, tools: Tools, address: Address
) -> Connection:
    """Connect a Printavo account alone (enough for Merch), or give its connection new credentials."""
    return await _connect("printavo", body, caller, tools, address)


async def _connect(
    side: Side, way: InkSoftSignIn | PrintavoSignIn, caller: Principal, tools: Tools, address: str
) -> Connection:
    await connections.connect(
        tools, side, way, workspace_id=caller.workspace, actor=caller.actor(), address=address
    )
    async with tools.database.transaction(caller.workspace) as session:
        shown = await list_open_connections(session, caller.workspace)
    return next(connection for connection in shown if connection.side == side)


@router.delete("/connections/inksoft", status_code=204, responses=declare(connections.ConnectionInUse))
async def disconnect_inksoft(caller: Caller, session: Session, tools: Tools) -> None:
    """Close the InkSoft connection and erase its credentials. While it is part of the link, unlink instead."""
    now = tools.clock.now()
    await connections.disconnect(session, caller.workspace, "inksoft", actor=caller.actor(), now=now)


@router.delete("/connections/printavo", status_code=204, responses=declare(connections.ConnectionInUse))
async def disconnect_printavo(caller: Caller, session: Session, tools: Tools) -> None:
    """Close the Printavo connection and erase its credentials. While it is part of the link, unlink instead."""
    now = tools.clock.now()
    await connections.disconnect(session, caller.workspace, "printavo", actor=caller.actor(), now=now)


@router.get("/link", response_model=Link, responses={304: {"description": "You have the current one."}})
async def get_link(caller: Caller, session: Session, if_none_match: IfNoneMatch = None) -> Response:
    """The link: both accounts, since when, the last reading, and whether it works."""
    link, version = await read_link(session, caller.workspace)
    return answer_if_changed(if_none_match, version, link)


@router.patch(
    "/link",
    response_model=Link,
    responses=declare(queries.NotLinked, PreconditionFailed, *REPEAT_PROBLEMS),
)
async def change_link(
    caller: Caller, session: Session, once: OnceOptional, body: LinkChange, if_match: IfMatch = None
) -> Response:
    """Say that the vendors' own link was switched off, or on: the warning goes with it."""
    versions: list[int] = []

    async def change() -> Link:
        link, version = await native_link.change_link(
            session, caller.workspace, body, if_match=if_match, actor=caller.actor()
        )
        versions.append(version)
        return link

    return await once.run(session, change, headers=lambda _: {"ETag": etag(versions[0])})


@router.post(
    "/link/attempts",
    status_code=201,
    responses=declare(
        queries.NotConnected, connections.AlreadyConnected, *attempts.FIT_PROBLEMS, *VERIFY_PROBLEMS
    ),
)
async def create_link_attempt(
    caller: Caller, body: LinkAttemptCreate, response: Response, tools: Tools, address: Address
) -> LinkAttempt:
    """Verify both accounts. Nothing is linked before the confirmation; an attempt lives for 15 minutes."""
    made = await attempts.make_attempt(
        tools, body, workspace_id=caller.workspace, person_id=caller.person_id, address=address
    )
    response.headers["Location"] = f"/v1/link/attempts/{made.id}"
    return made


@router.get("/link/attempts/{attempt_id}", responses=declare(LinkAttemptExpired))
async def get_link_attempt(attempt_id: UUID, caller: Caller, session: Session, tools: Tools) -> LinkAttempt:
    """Both accounts of an attempt, for the popup that asks."""
    now = tools.clock.now()
    attempt = await get_attempt(session, caller.workspace, attempt_id, now=now)
    return await show_attempt(session, caller.workspace, attempt, now=now)


@router.post(
    "/link/attempts/{attempt_id}/confirmation",
    status_code=201,
    response_model=Link,
    responses=declare(
        LinkAttemptExpired, connections.AlreadyConnected, *attempts.FIT_PROBLEMS, *IDEMPOTENCY_PROBLEMS
    ),
)
async def confirm_link_attempt(
    attempt_id: UUID,
    caller: Caller,
    body: LinkConfirmation,
    session: Session,
    tools: Tools,
    once: OnceRequired,
) -> Response:
    """Link the two accounts. Reading the store side begins at once."""
    versions: list[int] = []

    async def effect() -> Link:
        await confirm.link_accounts(
            session, tools, attempt_id, body,
            workspace_id=caller.workspace, person_id=caller.person_id, actor=caller.actor(),
        )  # fmt: skip
        link, version = await read_link(session, caller.workspace)
        versions.append(version)
        return link

    return await once.run(
        session, effect, status=201, headers=lambda _: {"Location": "/v1/link", "ETag": etag(versions[0])}
    )


@router.get("/link/disconnection-preview", responses=declare(queries.NotLinked))
async def get_disconnection_preview(caller: Caller, session: Session, above: Above) -> DisconnectionPreview:
    """What unlinking would mean."""
    return await preview_disconnection(session, caller.workspace, above.counters)


@router.delete(
    "/link",
    status_code=204,
    responses=declare(queries.NotLinked, disconnect.PushInProgress, *IDEMPOTENCY_PROBLEMS),
)
async def disconnect_link(
    caller: Caller, session: Session, tools: Tools, above: Above, once: OnceRequired
) -> Response:
    """Unlink. Attached orders and invoices stay; linking the same pair again brings everything back."""

    async def effect() -> None:
        await disconnect.unlink_accounts(
            session, caller.workspace, above,
            person_id=caller.person_id, actor=caller.actor(), now=tools.clock.now(),
        )  # fmt: skip

    return await once.run(session, effect, status=204)


@router.post(
    "/link/reauthentication",
    responses=declare(
        queries.NotLinked, reauthenticate.DifferentAccount, attempts.CurrencyMismatch, *VERIFY_PROBLEMS
    ),
)
async def reauthenticate_link(
    caller: Caller, body: Reauthentication, response: Response, tools: Tools, address: Address
) -> Link:
    """Sign in again to the same accounts. The link keeps its id and history, and goes on at once."""
    await reauthenticate.reauthenticate(
        tools, body, workspace_id=caller.workspace, actor=caller.actor(), address=address
    )
    async with tools.database.transaction(caller.workspace) as session:
        link, version = await read_link(session, caller.workspace)
    response.headers["ETag"] = etag(version)
    return link
