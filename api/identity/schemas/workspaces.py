"""Workspaces."""

from uuid import UUID

from pydantic import ConfigDict

from api.core.auth import Role
from api.core.schema import Moment, Name, Wire, examples

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
            {
                "id": WORKSPACE["id"],
                "name": "Northside Print Co",
                "created_at": "2026-12-01T09:30:00.000Z",
                "version": 1,
            }
        )
    )

    id: UUID
    name: str
    created_at: Moment
    version: int


class WorkspaceCreate(Wire):
    """Another workspace, which the person who opens it owns."""

    model_config = ConfigDict(json_schema_extra=examples({"name": "Northside Embroidery"}))

    name: Name


class WorkspaceChange(Wire):
    """Another name for the workspace entered."""

    model_config = ConfigDict(json_schema_extra=examples({"name": "Northside Print & Stitch"}))

    name: Name
