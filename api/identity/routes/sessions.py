"""Signing in and out."""

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.addresses import Address
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.problems import declare
from api.identity.actions import sessions
from api.identity.attempts import (
    TooManyAttempts,
    check_attempts,
    count_failure,
    forget_failures,
    take_back_failure,
)
from api.identity.passwords import verify_password
from api.identity.queries.people import find_password, get_me
from api.identity.routes.cookies import check_page, clear_cookie, set_cookie
from api.identity.rules.guessing import FREE_FAILURES_OF_AN_ADDRESS as FREE
from api.identity.schemas.people import Me, SignIn

router = room("Identity")


@router.post("/session", status_code=201, responses=declare(sessions.WrongCredentials, TooManyAttempts))
async def sign_in(request: Request, response: Response, body: SignIn, tools: Tools, address: Address) -> Me:
    """Sign in. Wrong password and unknown address read the same and take the same time; guessing is slowed."""
    check_page(request, tools)
    now = tools.clock.now()
    by_email = [tools.hashes.digest("attempt:email", body.email.lower())]
    by_address = [tools.hashes.digest("sign-in:address", address)]
    async with tools.database.transaction(None) as session:
        # Counted before it is verified, which takes long: guesses made at the same time are counted one by one.
        await check_attempts(session, by_email, now=now)
        await check_attempts(session, by_address, now=now, free=FREE)
        await count_failure(session, by_email, now=now)
        await count_failure(session, by_address, now=now, free=FREE)
        found = await find_password(session, body.email)
    matches = await verify_password(body.password, found[1] if found else None)
    if not (found and matches):
        raise sessions.WrongCredentials
    async with tools.database.transaction(None, person_id=found[0]) as session:
        await forget_failures(session, by_email)
        # Not forgotten: somebody with an account of their own would guess at others' between two sign-ins.
        await take_back_failure(session, by_address)
        token = await sessions.open_session(session, found[0], now=now)
        me = await get_me(session, found[0])
    set_cookie(response, token)
    return me


@router.delete("/session", status_code=204)
async def sign_out(caller: Caller, session: Session, tools: Tools, response: Response) -> None:
    """Sign out of this browser."""
    await sessions.end_session(session, caller.session_id, now=tools.clock.now())
    clear_cookie(response)
