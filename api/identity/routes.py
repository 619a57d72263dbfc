"""Routes of sign-up, sign-in and what a person may enter."""

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.auth import COOKIE, Caller, check_origin
from api.core.edge import Session, room
from api.core.problems import declare
from api.identity import actions, queries
from api.identity.attempts import TooManyAttempts, check_attempts, count_failure, forget_failures
from api.identity.passwords import hash_password, verify_password
from api.identity.rules import ABSOLUTE
from api.identity.schemas import Me, SignIn, SignUp, WorkspaceEntry, WorkspaceRead

router = room("Identity")


def _set_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(ABSOLUTE.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


@router.post("/signup", status_code=201, responses=declare(actions.EmailTaken, TooManyAttempts))
async def sign_up(request: Request, response: Response, body: SignUp, tools: Tools) -> Me:
    """Sign up: a person and a workspace that they own. Signs in as well."""
    _check_page(request, tools)
    hashed = await hash_password(body.password)
    now = tools.clock.now()
    async with tools.database.transaction(None) as session:
        person_id = await actions.sign_up(session, body, hashed)
        token = await actions.open_session(session, person_id, now=now)
        me = await queries.get_me(session, person_id)
    _set_cookie(response, token)
    return me


@router.post("/session", status_code=201, responses=declare(actions.WrongCredentials, TooManyAttempts))
async def sign_in(request: Request, response: Response, body: SignIn, tools: Tools) -> Me:
    """Sign in. Wrong password and unknown address read the same and take the same time; guessing is slowed."""
    _check_page(request, tools)
    now = tools.clock.now()
    host = request.client.host if request.client else ""
    email = tools.hashes.digest("attempt:email", body.email.lower())
    subjects = [email, tools.hashes.digest("attempt:address", host)]
    async with tools.database.transaction(None) as session:
        # Counted before it is verified, which takes long: guesses made at the same time are counted one by one.
        await check_attempts(session, [email], now=now)
        await count_failure(session, [email], now=now)
        found = await queries.find_password(session, body.email)
    matches = await verify_password(body.password, found[1] if found else None)
    async with tools.database.transaction(None, person_id=found[0] if found else None) as session:
        if found and matches:
            await forget_failures(session, subjects)
            token = await actions.open_session(session, found[0], now=now)
            me = await queries.get_me(session, found[0])
        else:
            await count_failure(session, subjects[1:], now=now)
    if not (found and matches):
        raise actions.WrongCredentials
    _set_cookie(response, token)
    return me


@router.delete("/session", status_code=204)
async def sign_out(caller: Caller, session: Session, tools: Tools, response: Response) -> None:
    """Sign out of this browser."""
    await actions.end_session(session, caller.session_id, now=tools.clock.now())
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


@router.get("/me")
async def get_me(caller: Caller, session: Session) -> Me:
    """Who is signed in, and the workspaces they may enter."""
    return await queries.get_me(session, caller.person_id)


@router.get("/workspaces")
async def list_workspaces(caller: Caller, session: Session) -> list[WorkspaceEntry]:
    """The workspaces this person may enter; name one with the header Platen-Workspace."""
    return await queries.list_workspaces(session, caller.person_id)


@router.get("/workspace")
async def get_workspace(caller: Caller, session: Session) -> WorkspaceRead:
    """The workspace entered."""
    return await queries.get_workspace(session, caller.workspace)


def _check_page(request: Request, tools: Tools) -> None:
    """A foreign page may not sign somebody in or up; a program (no Origin, no cookie) may."""
    if "origin" in request.headers or COOKIE in request.cookies:
        check_origin(request, tools.settings.origins)
