"""People, signing up and in."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from api.core.schema import Email, Name, Wire, check_text, examples
from api.identity.schemas.workspaces import WORKSPACE, WorkspaceEntry

# Long enough to resist guessing; the upper bound keeps the hashing time bounded.
NewPassword = Annotated[
    str,
    StringConstraints(min_length=10, max_length=200),
    AfterValidator(check_text),
    Field(description="10 to 200 characters.", examples=["print-more-shirts"]),
]

# One that is asked for, not chosen: whatever was once allowed.
Password = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(check_text)]

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
    password: Password


class PersonRead(Wire):
    """Somebody who is signed in."""

    model_config = ConfigDict(json_schema_extra=examples(_PERSON))

    id: UUID
    name: str
    email: str


class Me(Wire):
    """Who is signed in, and where they may go."""

    model_config = ConfigDict(json_schema_extra=examples({"person": _PERSON, "workspaces": [WORKSPACE]}))

    person: PersonRead
    workspaces: list[WorkspaceEntry]


class PersonChange(Wire):
    """Another name for the person who is signed in."""

    model_config = ConfigDict(json_schema_extra=examples({"name": "Dana Reyes-Park"}))

    name: Name
