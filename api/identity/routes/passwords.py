"""Forgotten passwords."""

from uuid import UUID

from fastapi import Request, Response

from api.connectors.doors import Tools
from api.core.addresses import Address
from api.core.auth import Caller
from api.core.db import name_workspace
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.problems import declare
from api.identity.actions import resets, sessions
from api.identity.attempts import TooManyAttempts, count_failure, forget_failures, hold_attempts
from api.identity.passwords import hash_password
from api.identity.queries.people import get_me
from api.identity.queries.resets import has_open_reset
from api.identity.routes.cookies import Agent, check_page, set_cookie
from api.identity.rules.guessing import FREE, FREE_OF_AN_ADDRESS
from api.identity.rules.links import reset_link
from api.identity.schemas.passwords import (
    MemberPasswordReset,
    PasswordReset,
    PasswordResetRequest,
    PasswordResetRequested,
)
from api.identity.schemas.people import Me

router = room("Identity")


@router.post("/password-resets", status_code=202, responses=declare(TooManyAttempts))
async def request_password_reset(
    request: Request, body: PasswordResetRequest, tools: Tools, address: Address
) -> PasswordResetRequested:
    """Have a link mailed to choose a new password. Known and unknown addresses read the same; asking often is slowed."""
    check_page(request, tools)
    now = tools.clock.now()
    by_email = tools.hashes.digest("reset:email", body.email.lower())
    by_address = tools.hashes.digest("reset:address", address)
    async with tools.database.transaction(None) as session:
        held = await hold_attempts(session, {by_email: FREE, by_address: FREE_OF_AN_ADDRESS}, now=now)
        await count_failure(session, held, now=now)
        if tools.mail.is_open:
            await resets.ask_for_reset(session, body.email, now=now)
    return PasswordResetRequested(mailed=tools.mail.is_open)


@router.post("/password-resets/completion", responses=declare(resets.ResetOver, TooManyAttempts))
async def reset_password(
    request: Request, response: Response, body: PasswordReset, tools: Tools, address: Address, agent: Agent
) -> Me:
    """Choose a new password by a link. Signs in here, and out everywhere else."""
    check_page(request, tools)
    now = tools.clock.now()
    by_address = tools.hashes.digest("reset-token:address", address)
    async with tools.database.transaction(None) as session:
        held = await hold_attempts(session, {by_address: FREE_OF_AN_ADDRESS}, now=now)
        opens = await has_open_reset(session, body.token, now=now)
        if not opens:
            await count_failure(session, held, now=now)
    if not opens:
        raise resets.ResetOver
    hashed = await hash_password(body.new_password)
    async with tools.database.transaction(None) as session:
        person_id = await resets.use_reset(session, body.token, hashed, now=now)
        token = await sessions.open_session(session, person_id, agent=agent, now=now)
        await name_workspace(session, None, person_id=person_id)
        me = await get_me(session, person_id)
        await forget_failures(session, [tools.hashes.digest("attempt:email", me.person.email)])
    set_cookie(response, token)
    return me


@router.post(
    "/members/{person_id}/password-reset",
    status_code=201,
    response_model=MemberPasswordReset,
    responses=declare(resets.ResetNotYours, *REPEAT_PROBLEMS),
)
async def create_member_password_reset(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, person_id: UUID
) -> Response:
    """Make a link for a member who forgot their password: mailed to them, or without a mail server shown here once."""

    async def make() -> MemberPasswordReset:
        token, expires_at = await resets.make_reset(
            session, caller, person_id, mailed=tools.mail.is_open, now=tools.clock.now()
        )
        link = reset_link(tools.settings.platen_public_url, token) if token else None
        return MemberPasswordReset(mailed=tools.mail.is_open, link=link, expires_at=expires_at)

    return await once.run(session, make, status=201, sealer=tools.sealer)
