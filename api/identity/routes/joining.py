"""Accepting an invitation, as somebody new or as somebody who is signed in."""

from uuid import UUID

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.addresses import Address
from api.core.auth import Caller
from api.core.db import name_workspace, visiting
from api.core.edge import room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.problems import declare
from api.identity.actions import invitations, people, sessions
from api.identity.actions.workspaces import TooManyWorkspaces, hold_place
from api.identity.attempts import TooManyAttempts, count_failure, hold_attempts
from api.identity.passwords import hash_password
from api.identity.queries.invitations import find_invitation
from api.identity.queries.people import get_me
from api.identity.routes.cookies import Agent, check_page, set_cookie
from api.identity.rules.guessing import FREE_OF_AN_ADDRESS
from api.identity.rules.links import workspace_of
from api.identity.schemas.invitations import InvitationShown, InvitationSignUp, InvitationToken
from api.identity.schemas.people import Me
from api.identity.schemas.workspaces import WorkspaceEntry

router = room("Identity")
_OVER = (invitations.InvitationOver, TooManyAttempts)


@router.post("/invitations/lookup", responses=declare(*_OVER))
async def look_up_invitation(
    request: Request, body: InvitationToken, tools: Tools, address: Address
) -> InvitationShown:
    """What an invitation's link opens: the workspace, the role, and whether to sign in or to sign up."""
    check_page(request, tools)
    found = await _find(body.token, tools, address)
    if found is None:
        raise invitations.InvitationOver
    return found[1]


@router.post("/invitations/signup", status_code=201, responses=declare(people.EmailTaken, *_OVER))
async def sign_up_by_invitation(
    request: Request, response: Response, body: InvitationSignUp, tools: Tools, address: Address, agent: Agent
) -> Me:
    """Accept an invitation as somebody new: a person with the invited e-mail address. Signs in as well."""
    check_page(request, tools)
    found = await _find(body.token, tools, address)
    if found is None:
        raise invitations.InvitationOver
    workspace_id, _ = found
    hashed = await hash_password(body.password)
    now = tools.clock.now()
    async with tools.database.transaction(workspace_id) as session:
        invited = await invitations.claim_invitation(session, workspace_id, body.token, now=now)
        person_id = await people.create_person(session, invited.email, body.name, hashed)
        await invitations.join_workspace(session, workspace_id, invited, person_id, body.name)
        token = await sessions.open_session(session, person_id, agent=agent, now=now)
        await name_workspace(session, workspace_id, person_id=person_id)
        me = await get_me(session, person_id)
    set_cookie(response, token)
    return me


@router.post(
    "/invitations/acceptance",
    response_model=WorkspaceEntry,
    responses=declare(
        invitations.AlreadyMember,
        invitations.InvitedSomebodyElse,
        TooManyWorkspaces,
        *_OVER,
        *REPEAT_PROBLEMS,
    ),
)
async def accept_invitation(
    caller: Caller, tools: Tools, once: OnceOptional, body: InvitationToken, address: Address
) -> Response:
    """Accept an invitation to the e-mail address you are signed in with."""
    found = await _find(body.token, tools, address)

    async with tools.database.transaction(caller.tenant_id, person_id=caller.person_id) as session:

        async def accept() -> WorkspaceEntry:
            if found is None:
                raise invitations.InvitationOver
            workspace_id, shown = found
            if shown.email != caller.email:
                raise invitations.InvitedSomebodyElse
            await hold_place(session, caller.person_id)
            async with visiting(session, workspace_id, person_id=caller.person_id):
                invited = await invitations.claim_invitation(
                    session, workspace_id, body.token, now=tools.clock.now()
                )
                await invitations.join_workspace(
                    session, workspace_id, invited, caller.person_id, caller.name
                )
            return WorkspaceEntry(id=workspace_id, name=shown.workspace_name, role=invited.role)

        return await once.run(session, accept)


async def _find(token: str, tools: Tools, address: str) -> tuple[UUID, InvitationShown] | None:
    """In which workspace a token opens what. Tokens that open nothing are counted like guesses, whatever becomes of the request."""
    now = tools.clock.now()
    by_address = tools.hashes.digest("invitation:address", address)
    workspace_id = workspace_of(token)
    async with tools.database.transaction(workspace_id) as session:
        held = await hold_attempts(session, {by_address: FREE_OF_AN_ADDRESS}, now=now)
        found = await find_invitation(session, workspace_id, token, now=now) if workspace_id else None
        if workspace_id is None or found is None:
            await count_failure(session, held, now=now)
            return None
        return workspace_id, found
