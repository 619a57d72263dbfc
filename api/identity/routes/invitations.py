"""Inviting people to the workspace entered."""

from uuid import UUID

from fastapi import Response

from api.connectors.doors import Tools
from api.core.auth import Caller
from api.core.edge import Session, room
from api.core.idempotency import REPEAT_PROBLEMS, OnceOptional
from api.core.letters import write_letter
from api.core.paging import CursorText, InvalidCursor, Limit, Page
from api.core.problems import declare
from api.identity.actions import invitations
from api.identity.queries import invitations as queries
from api.identity.queries.workspaces import get_workspace
from api.identity.rules.letters import invitation_letter
from api.identity.rules.links import invitation_link
from api.identity.schemas.invitations import InvitationCreate, InvitationMade, InvitationRead

router = room("Identity")
_LISTING = "invitations"


@router.get("/invitations", responses=declare(InvalidCursor))
async def list_invitations(
    caller: Caller, session: Session, tools: Tools, limit: Limit = 25, cursor: CursorText = None
) -> Page[InvitationRead]:
    """Invitations that nobody has accepted yet, the newest first."""
    position = tools.cursors.read(cursor, listing=_LISTING, filters={})
    found = await queries.list_invitations(session, caller.workspace, position=position, limit=limit)
    return tools.cursors.page(
        found,
        limit=limit,
        position=position,
        listing=_LISTING,
        filters={},
        key=lambda one: [str(one.id)],
        show=lambda one: one,
    )


@router.post(
    "/invitations",
    status_code=201,
    response_model=InvitationMade,
    responses=declare(invitations.AlreadyMember, *REPEAT_PROBLEMS),
)
async def create_invitation(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, body: InvitationCreate
) -> Response:
    """Invite somebody by a one-time link, shown here once and mailed where there is a mail server.

    Inviting the same address again renews its invitation: the earlier link stops working.
    """
    now = tools.clock.now()

    async def create() -> InvitationMade:
        invitation_id, token = await invitations.invite(session, caller, body, now=now)
        made = await queries.get_invitation(session, caller.workspace, invitation_id)
        link = invitation_link(tools.settings.platen_public_url, token)
        if tools.mail.is_open:
            entered = await get_workspace(session, caller.workspace)
            letter = invitation_letter(
                made.email,
                inviter=caller.name,
                workspace=entered.name,
                role=made.role,
                link=link,
                expires_at=made.expires_at,
            )
            letter_id = await write_letter(session, tools.sealer, caller.workspace, letter, now=now)
            await invitations.note_letter(session, caller.workspace, invitation_id, letter_id)
            made = await queries.get_invitation(session, caller.workspace, invitation_id)
        return InvitationMade(invitation=made, link=link, mailed=tools.mail.is_open)

    return await once.run(
        session,
        create,
        status=201,
        headers=lambda made: {"Location": f"/v1/invitations/{made.invitation.id}"},
        sealer=tools.sealer,
    )


@router.get("/invitations/{invitation_id}")
async def get_invitation(caller: Caller, session: Session, invitation_id: UUID) -> InvitationRead:
    """One open invitation."""
    return await queries.get_invitation(session, caller.workspace, invitation_id)


@router.delete("/invitations/{invitation_id}", status_code=204, responses=declare(*REPEAT_PROBLEMS))
async def revoke_invitation(
    caller: Caller, session: Session, tools: Tools, once: OnceOptional, invitation_id: UUID
) -> Response:
    """Take an invitation back: its link stops working."""

    async def revoke() -> None:
        await invitations.revoke_invitation(
            session, caller.workspace, invitation_id, now=tools.clock.now(), actor=caller.actor()
        )

    return await once.run(session, revoke, status=204)
