"""What crosses the wire about API keys."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.auth import Scope
from api.core.schema import Moment, Name, Wire, examples
from api.identity.rules.keys import KeyState

_KEY = {
    "id": "0192f0c4-7a10-7000-8000-000000000801",
    "name": "Warehouse dashboard",
    "ending": "k3Xq",
    "scopes": ["orders:read", "stores:read"],
    "state": "active",
    "created_by_name": "Dana Reyes",
    "created_at": "2026-12-01T09:30:00.000Z",
    "expires_at": "2027-12-01T09:30:00.000Z",
    "last_used_at": None,
    "revoked_at": None,
    "replaced_by_id": None,
}
# Without a true checksum: nobody who copies it gets in, and no scanner takes it for a leaked key.
_SHOWN_ONCE = "pk_live_" + "0" * 46

Scopes = Annotated[
    list[Scope],
    Field(
        min_length=1, max_length=30, description="What the key may do; each operation names its scope (`x-scope`)."
    ),
]  # fmt: skip


class ApiKeyCreate(Wire):
    """A new key for a program."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"name": "Warehouse dashboard", "scopes": ["orders:read", "stores:read"], "expires_at": None}
        )
    )

    name: Name
    scopes: Scopes
    expires_at: Annotated[
        Moment | None, Field(description="When it ends by itself; null: when it is revoked.")
    ] = None


class ApiKeyRotation(Wire):
    """How long the old key goes on working beside its successor."""

    model_config = ConfigDict(json_schema_extra=examples({"overlap_hours": 24}))

    overlap_hours: Annotated[int, Field(ge=0, le=24 * 30, description="0 ends the old key at once.")] = 24


class ApiKeyRead(Wire):
    """A key as it is kept: never the key itself."""

    model_config = ConfigDict(json_schema_extra=examples(_KEY))

    id: UUID
    name: str
    ending: Annotated[str, Field(description="Its last characters.")]
    scopes: list[Scope]
    state: KeyState
    created_by_name: str
    created_at: Moment
    expires_at: Moment | None
    last_used_at: Annotated[Moment | None, Field(description="To within five minutes.")]
    revoked_at: Moment | None
    replaced_by_id: Annotated[UUID | None, Field(description="Its successor, once it was rotated.")]


class ApiKeyMade(ApiKeyRead):
    """A key that was just made, with the key itself: it is shown this once."""

    model_config = ConfigDict(json_schema_extra=examples({**_KEY, "key": _SHOWN_ONCE}))

    key: Annotated[str, Field(description="Send it as `Authorization: Bearer …`. It cannot be shown again.")]
