"""Signing in and out, and the browsers somebody is signed in with.

Signing up, joining and a new password by a link sign in as well: events of their own tell of those.
"""

from uuid import UUID

from fastapi import Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.doors import Tools
from api.core.addresses import Address
from api.core.auth import Caller, Principal
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.outbox import EventType
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.identity.actions import sessions
from api.identity.actions.records import record_in_workspaces
from api.identity.attempts import (
    TooManyAttempts,
    count_failure,
    forget_failures,
    hold_attempts,
    take_back_failure,
)
from api.identity.passwords import verify_password
from api.identity.queries import sessions as queries
from api.identity.queries.people import find_password, get_me, hold_password
from api.identity.routes.cookies import Agent, check_page, clear_cookie, set_cookie
from api.identity.rules.guessing import FREE, FREE_OF_AN_ADDRESS
from api.identity.schemas.people import Me, SignIn
from api.identity.schemas.sessions import SessionRead

router = room("Identity")
_LISTING = "sessions"


@router.post("/session", status_code=201, responses=declare(sessions.WrongCredentials, TooManyAttempts))
async def sign_in(
    request: Request, response: Response, body: SignIn, tools: Tools, address: Address, agent: Agent
) -> Me:
    """Sign in. Wrong password and unknown address read the same and take the same time; guessing is slowed.

    The history of each workspace that the person may enter tells of it (P4); a failed guess is told nowhere.
    """
    check_page(request, tools)
    now = tools.clock.now()
    by_email = tools.hashes.digest("attempt:email", body.email.lower())
    by_address = tools.hashes.digest("sign-in:address", address)
    async with tools.database.transaction(None) as session:
        # Counted before it is verified, which takes long: guesses made at the same time are counted one by one.
        held = await hold_attempts(session, {by_email: FREE, by_address: FREE_OF_AN_ADDRESS}, now=now)
        await count_failure(session, held, now=now)
        found = await find_password(session, body.email)
    matches = await verify_password(body.password, found[1] if found else None)
    if not (found and matches):
        raise sessions.WrongCredentials
    async with tools.database.transaction(None, person_id=found[0]) as session:
        # Verifying takes long: a password that was changed meanwhile has ended every session, and this one as well (P3).
        if not await hold_password(session, *found):
            raise sessions.WrongCredentials
        await forget_failures(session, [by_email])
        # Not forgotten: somebody with an account of their own would guess at others' between two sign-ins.
        await take_back_failure(session, [by_address])
        token = await sessions.open_session(session, found[0], agent=agent, now=now)
        me = await get_me(session, found[0])
        actor = {"person_id": str(found[0]), "name": me.person.name}
        await _tell(session, "session.opened", found[0], actor)
    set_cookie(response, token)
    return me


@router.delete("/session", status_code=204)
async def sign_out(caller: Caller, session: Session, tools: Tools, response: Response) -> None:
    """Sign out of this browser. The history of each workspace that the person may enter tells of it."""
    await sessions.end_session(session, caller.person_id, caller.session_id, now=tools.clock.now())
    await _tell(session, "session.closed", caller.person_id, caller.actor())
    clear_cookie(response)


@router.get("/sessions", responses=declare(InvalidCursor))
async def list_sessions(
    caller: Caller, session: Session, tools: Tools, limit: Limit = 25, cursor: CursorText = None
) -> Page[SessionRead]:
    """The browsers you are signed in with, the newest first; this one is marked."""
    position = tools.cursors.read(cursor, listing=_LISTING, filters={})
    found = await queries.list_sessions(
        session,
        caller.person_id,
        current=caller.session_id,
        now=tools.clock.now(),
        position=position,
        limit=limit,
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


@router.delete("/sessions/{session_id}", status_code=204, responses=declare(*REPEAT_PROBLEMS))
async def revoke_session(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, session_id: UUID
) -> Response:
    """Sign out of one browser, this one or another."""

    async def revoke() -> None:
        await sessions.end_session(session, caller.person_id, session_id, now=tools.clock.now())
        if session_id == caller.session_id:
            await _tell(session, "session.closed", caller.person_id, caller.actor())
        else:
            await _tell_revoked(session, caller, 1)

    return await once.run(session, revoke, status=204)


@router.delete("/sessions", status_code=204, responses=declare(*REPEAT_PROBLEMS))
async def revoke_other_sessions(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional
) -> Response:
    """Sign out of every browser but this one."""

    async def revoke() -> None:
        ended = await sessions.end_other_sessions(
            session, caller.person_id, but=caller.session_id, now=tools.clock.now()
        )
        if ended:
            await _tell_revoked(session, caller, ended)

    return await once.run(session, revoke, status=204)


async def _tell_revoked(session: AsyncSession, caller: Principal, ended: int) -> None:
    await _tell(session, "session.revoked", caller.person_id, caller.actor(), sessions=ended)


async def _tell(
    session: AsyncSession, type_: EventType, person_id: UUID, actor: dict[str, str], **more: int
) -> None:
    await record_in_workspaces(
        session, type_, person_id=person_id, actor=actor, data={"name": actor["name"], **more}
    )
