"""What crosses the wire about what happened."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.activity.rules.sentences import AuditSide
from api.core.schema import INT8_MAX, Moment, Wire, examples

_ACTOR = {
    "kind": "person",
    "name": "Dana Reyes",
    "person_id": "0192f0c4-7a10-7000-8000-000000000001",
    "key_id": None,
}
_EVENT: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000951",
    "position": 4711,
    "type": "order.attached",
    "side": "shop",
    "sentence": "Dana Reyes put order 2041 on invoice 1307.",
    "occurred_at": "2026-11-20T16:04:00.000Z",
    "actor": _ACTOR,
    "subject_type": "order",
    "subject_id": "0192f0c4-7a10-7000-8000-000000000201",
    "subject_name": "2041",
    "data": {"invoice_number": "1307", "nickname": "Lincoln High – Nov 20"},
}


class AuditActor(Wire):
    """Who did it: a person, a key, or the service itself (`platen`)."""

    model_config = ConfigDict(json_schema_extra=examples(_ACTOR))

    kind: Literal["person", "key", "platen"]
    name: str
    person_id: UUID | None
    key_id: UUID | None


class AuditEvent(Wire):
    """Something that happened, on the store side, the shop side or in Platen itself."""

    model_config = ConfigDict(json_schema_extra=examples(_EVENT))

    id: UUID
    position: int = Field(ge=1, le=INT8_MAX, description="Its place in the workspace's feed.")
    type: str = Field(description="What happened, in the past tense.")
    side: AuditSide
    sentence: str = Field(description="The same in plain words.")
    occurred_at: Moment
    actor: AuditActor
    subject_type: str
    subject_id: UUID
    subject_name: str | None = Field(
        description="The number or name of what it is about, as it is called today."
    )
    data: dict[str, Any] = Field(description="The facts, by type. No secrets.")
