"""Signing up, and who is signed in."""

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.problems import declare
from api.identity.actions import people, sessions
from api.identity.attempts import TooManyAttempts
from api.identity.passwords import hash_password
from api.identity.queries import people as queries
from api.identity.routes.cookies import check_page, set_cookie
from api.identity.schemas.people import Me, SignUp

router = room("Identity")


@router.post("/signup", status_code=201, responses=declare(people.EmailTaken, TooManyAttempts))
async def sign_up(request: Request, response: Response, body: SignUp, tools: Tools) -> Me:
    """Sign up: a person and a workspace that they own. Signs in as well."""
    check_page(request, tools)
    hashed = await hash_password(body.password)
    now = tools.clock.now()
    async with tools.database.transaction(None) as session:
        person_id = await people.sign_up(session, body, hashed)
        token = await sessions.open_session(session, person_id, now=now)
        me = await queries.get_me(session, person_id)
    set_cookie(response, token)
    return me


@router.get("/me")
async def get_me(caller: Caller, session: Session) -> Me:
    """Who is signed in, and the workspaces they may enter."""
    return await queries.get_me(session, caller.person_id)
