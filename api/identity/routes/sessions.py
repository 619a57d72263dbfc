"""Signing in and out."""

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.problems import declare
from api.identity.actions import sessions
from api.identity.attempts import TooManyAttempts, check_attempts, count_failure, forget_failures
from api.identity.passwords import verify_password
from api.identity.queries.people import find_password, get_me
from api.identity.routes.cookies import check_page, clear_cookie, set_cookie
from api.identity.schemas.people import Me, SignIn

router = room("Identity")


@router.post("/session", status_code=201, responses=declare(sessions.WrongCredentials, TooManyAttempts))
async def sign_in(request: Request, response: Response, body: SignIn, tools: Tools) -> Me:
    """Sign in. Wrong password and unknown address read the same and take the same time; guessing is slowed."""
    check_page(request, tools)
    now = tools.clock.now()
    host = request.client.host if request.client else ""
    email = tools.hashes.digest("attempt:email", body.email.lower())
    subjects = [email, tools.hashes.digest("attempt:address", host)]
    async with tools.database.transaction(None) as session:
        # Counted before it is verified, which takes long: guesses made at the same time are counted one by one.
        await check_attempts(session, [email], now=now)
        await count_failure(session, [email], now=now)
        found = await find_password(session, body.email)
    matches = await verify_password(body.password, found[1] if found else None)
    async with tools.database.transaction(None, person_id=found[0] if found else None) as session:
        if found and matches:
            await forget_failures(session, subjects)
            token = await sessions.open_session(session, found[0], now=now)
            me = await get_me(session, found[0])
        else:
            await count_failure(session, subjects[1:], now=now)
    if not (found and matches):
        raise sessions.WrongCredentials
    set_cookie(response, token)
    return me


@router.delete("/session", status_code=204)
async def sign_out(caller: Caller, session: Session, tools: Tools, response: Response) -> None:
    """Sign out of this browser."""
    await sessions.end_session(session, caller.session_id, now=tools.clock.now())
    clear_cookie(response)
