"""Workspaces."""

from uuid import UUID

from pydantic import ConfigDict

from api.core.auth import Role
from api.core.schema import Moment, Wire, examples

WORKSPACE = {"id": "0192f0c4-7a10-7000-8000-000000000001", "name": "Northside Print Co", "role": "owner"}


class WorkspaceEntry(Wire):
    """A workspace that this person may enter, and as what."""

    model_config = ConfigDict(json_schema_extra=examples(WORKSPACE))

    id: UUID
    name: str
    role: Role


class WorkspaceRead(Wire):
    """The workspace entered."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"id": WORKSPACE["id"], "name": "Northside Print Co", "created_at": "2026-12-01T09:30:00.000Z"}
        )
    )

    id: UUID
    name: str
    created_at: Moment
