"""Signing up, and the person who is signed in."""

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.etag import IfMatch, PreconditionFailed, etag_of
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.problems import declare
from api.identity.actions import passwords, people, sessions
from api.identity.attempts import TooManyAttempts, count_failure, forget_failures, hold_attempts
from api.identity.passwords import hash_password, verify_password
from api.identity.queries import people as queries
from api.identity.routes.cookies import Agent, check_page, set_cookie
from api.identity.rules.guessing import FREE
from api.identity.schemas.passwords import PasswordChange
from api.identity.schemas.people import Me, PersonChange, SignUp

router = room("Identity")


@router.post("/signup", status_code=201, responses=declare(people.EmailTaken, TooManyAttempts))
async def sign_up(request: Request, response: Response, body: SignUp, tools: Tools, agent: Agent) -> Me:
    """Sign up: a person and a workspace that they own. Signs in as well."""
    check_page(request, tools)
    hashed = await hash_password(body.password)
    now = tools.clock.now()
    async with tools.database.transaction(None) as session:
        person_id = await people.sign_up(session, body, hashed)
        token = await sessions.open_session(session, person_id, agent=agent, now=now)
        me = await queries.get_me(session, person_id)
    set_cookie(response, token)
    return me


@router.get("/me")
async def get_me(caller: Caller, session: Session, response: Response) -> Me:
    """Who is signed in, and the workspaces they may enter; with an ETag for the next change."""
    found = await queries.get_me(session, caller.person_id)
    response.headers["ETag"] = etag_of(found)
    return found


@router.patch("/me", response_model=Me, responses=declare(PreconditionFailed, *REPEAT_PROBLEMS))
async def change_me(
    caller: Caller, session: Session, once: OnceOptional, body: PersonChange, if_match: IfMatch = None
) -> Response:
    """Be called differently from now on."""

    async def change() -> Me:
        return await people.rename_person(session, caller.person_id, body.name, if_match=if_match)

    return await once.run(session, change, headers=lambda found: {"ETag": etag_of(found)})


@router.put("/me/password", status_code=204, responses=declare(passwords.WrongPassword, TooManyAttempts))
async def change_password(caller: Caller, tools: Tools, body: PasswordChange) -> None:
    """Choose a new password. Asks for the current one, and signs you out of every other browser."""
    now = tools.clock.now()
    # The same count as signing in: whoever finds an open browser guesses no faster than anybody else.
    by_email = tools.hashes.digest("attempt:email", caller.email)
    async with tools.database.transaction(None) as session:
        held = await hold_attempts(session, {by_email: FREE}, now=now)
        await count_failure(session, held, now=now)
        found = await queries.find_password(session, caller.email)
    stored = found[1] if found else None
    if stored is None or not await verify_password(body.current_password, stored):
        raise passwords.WrongPassword
    hashed = await hash_password(body.new_password)
    async with tools.database.transaction(None, person_id=caller.person_id) as session:
        await forget_failures(session, [by_email])
        await passwords.change_password(
            session,
            caller.person_id,
            before=stored,
            after=hashed,
            but=caller.session_id,
            now=now,
            actor=caller.actor(),
        )
