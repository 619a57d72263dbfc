"""Browser sessions of the person who asks."""

from uuid import UUID

from pydantic import ConfigDict

from api.core.schema import Moment, Wire, examples


class SessionRead(Wire):
    """A signed-in browser. `agent` is what it calls itself; `last_seen_at` is right to five minutes."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "id": "0192f0c4-7a10-7000-8000-000000000004",
                "is_current": True,
                "agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15",
                "created_at": "2026-12-01T09:30:00.000Z",
                "last_seen_at": "2026-12-01T10:05:00.000Z",
                "expires_at": "2026-12-31T09:30:00.000Z",
            }
        )
    )

    id: UUID
    is_current: bool
    agent: str
    created_at: Moment
    last_seen_at: Moment
    expires_at: Moment
