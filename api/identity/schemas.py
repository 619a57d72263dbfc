"""What crosses the wire about people, sessions and workspaces."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from api.core.auth import Role
from api.core.schema import Email, Moment, Name, Wire, check_text, examples

# Long enough to resist guessing; the upper bound keeps the hashing time bounded.
NewPassword = Annotated[
    str,
    StringConstraints(min_length=10, max_length=200),
    AfterValidator(check_text),
    Field(description="10 to 200 characters.", examples=["print-more-shirts"]),
]

_WORKSPACE = {"id": "0192f0c4-7a10-7000-8000-000000000001", "name": "Northside Print Co", "role": "owner"}
_PERSON = {
    "id": "0192f0c4-7a10-7000-8000-000000000002",
    "name": "Dana Reyes",
    "email": "dana@northside.example",
}


class SignUp(Wire):
    """A new person with a workspace of their own, which they own."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "name": "Dana Reyes",
                "email": "dana@northside.example",
                "password": "print-more-shirts",
                "workspace_name": "Northside Print Co",
            }
        )
    )

    name: Name
    email: Email
    password: NewPassword
    workspace_name: Name


class SignIn(Wire):
    """Sign-in with e-mail and password."""

    model_config = ConfigDict(
        json_schema_extra=examples({"email": "dana@northside.example", "password": "print-more-shirts"})
    )

    email: Email
    password: Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(check_text)]


class WorkspaceEntry(Wire):
    """A workspace that this person may enter, and as what."""

    model_config = ConfigDict(json_schema_extra=examples(_WORKSPACE))

    id: UUID
    name: str
    role: Role


class PersonRead(Wire):
    """Somebody who is signed in."""

    model_config = ConfigDict(json_schema_extra=examples(_PERSON))

    id: UUID
    name: str
    email: str


class Me(Wire):
    """Who is signed in, and where they may go."""

    model_config = ConfigDict(json_schema_extra=examples({"person": _PERSON, "workspaces": [_WORKSPACE]}))

    person: PersonRead
    workspaces: list[WorkspaceEntry]


class WorkspaceRead(Wire):
    """The workspace entered."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"id": _WORKSPACE["id"], "name": "Northside Print Co", "created_at": "2026-12-01T09:30:00.000Z"}
        )
    )

    id: UUID
    name: str
    created_at: Moment
