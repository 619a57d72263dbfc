"""Members of a workspace."""

from uuid import UUID

from pydantic import ConfigDict

from api.core.auth import Role
from api.core.schema import Moment, Wire, examples

MEMBER = {
    "id": "0192f0c4-7a10-7000-8000-000000000003",
    "name": "Lee Park",
    "email": "lee@northside.example",
    "role": "production",
    "joined_at": "2026-12-01T09:30:00.000Z",
    "version": 1,
}


class MemberRead(Wire):
    """Somebody who may enter this workspace. `id` is the person's."""

    model_config = ConfigDict(json_schema_extra=examples(MEMBER))

    id: UUID
    name: str
    email: str
    role: Role
    joined_at: Moment
    version: int


class MemberChange(Wire):
    """Another role for a member."""

    model_config = ConfigDict(json_schema_extra=examples({"role": "manager"}))

    role: Role
