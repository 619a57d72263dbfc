"""Invitations, and the one-time links that they come with."""

from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.auth import Role
from api.core.schema import Email, Moment, Name, Wire, examples
from api.identity.schemas.links import Token
from api.identity.schemas.people import NewPassword

TOKEN = "AZLwxHoQcACAAAAAAAAAAbX0pP3cV1nq5T9sK8dYw2hJmR6uLzE4oGxF7iBvCtNa"  # noqa: S105 - an example
INVITATION = {
    "id": "0192f0c4-7a10-7000-8000-000000000005",
    "email": "lee@northside.example",
    "role": "production",
    "invited_by_name": "Dana Reyes",
    "created_at": "2026-12-01T09:30:00.000Z",
    "expires_at": "2026-12-08T09:30:00.000Z",
    "mail": "sent",
}
MailState = Literal["none", "waiting", "sent", "failed"]


class InvitationCreate(Wire):
    """Who is invited, and as what."""

    model_config = ConfigDict(
        json_schema_extra=examples({"email": "lee@northside.example", "role": "production"})
    )

    email: Email
    role: Role


class InvitationRead(Wire):
    """An invitation that nobody has accepted yet. One that has expired can be renewed by inviting again."""

    model_config = ConfigDict(json_schema_extra=examples(INVITATION))

    id: UUID
    email: str
    role: Role
    invited_by_name: str
    created_at: Moment
    expires_at: Moment
    mail: MailState = Field(description="What became of its letter; `none` when there was no mail server.")


class InvitationMade(Wire):
    """A new invitation with its link, which is shown this once and kept nowhere."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "invitation": {**INVITATION, "mail": "waiting"},
                "link": f"https://platen.example/invitation#{TOKEN}",
                "mailed": True,
            }
        )
    )

    invitation: InvitationRead
    link: str
    mailed: bool = Field(description="False: nobody else sends it, pass the link on yourself.")


class InvitationToken(Wire):
    """The token of an invitation's link."""

    model_config = ConfigDict(json_schema_extra=examples({"token": TOKEN}))

    token: Token


class InvitationShown(Wire):
    """What somebody is invited to. `has_account` says whether to sign in or to sign up."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "workspace_name": "Northside Print Co",
                "invited_by_name": "Dana Reyes",
                "email": "lee@northside.example",
                "role": "production",
                "expires_at": "2026-12-08T09:30:00.000Z",
                "has_account": False,
            }
        )
    )

    workspace_name: str
    invited_by_name: str
    email: str
    role: Role
    expires_at: Moment
    has_account: bool


class InvitationSignUp(Wire):
    """Somebody new who accepts an invitation; the e-mail address is the one that was invited."""

    model_config = ConfigDict(
        json_schema_extra=examples({"token": TOKEN, "name": "Lee Park", "password": "print-more-shirts"})
    )

    token: Token
    name: Name
    password: NewPassword
