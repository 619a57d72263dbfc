"""What crosses the wire about readings."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.schema import Count, Moment, Wire, examples
from api.sync.rules.trouble import Code

RunKind = Literal["first_import", "incremental", "open_reread", "nightly", "requested"]
RunState = Literal["running", "succeeded", "failed"]

_PROBLEM: dict[str, Any] = {
    "code": "partner_unavailable",
    "detail": "InkSoft did not answer, several times in a row. Reading goes on by itself.",
}
_RUN: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000401",
    "kind": "first_import",
    "state": "running",
    "started_at": "2026-11-20T16:04:00.000Z",
    "finished_at": None,
    "expected": 12000,
    "seen": 4200,
    "added": 4200,
    "changed": 0,
    "unchanged": 0,
    "removed": 0,
    "details_expected": 1600,
    "details_read": 1600,
    "progress": 0.426,
    "problem": None,
}


class SyncProblem(Wire):
    """Why a reading failed, in plain words."""

    model_config = ConfigDict(json_schema_extra=examples(_PROBLEM))

    code: Code
    detail: str


class SyncRun(Wire):
    """One reading of the store platform's orders."""

    model_config = ConfigDict(json_schema_extra=examples(_RUN))

    id: UUID
    kind: RunKind = Field(
        description="`incremental` reads what changed; `open_reread` also every open order, `nightly` also compares all."
    )
    state: RunState
    started_at: Moment
    finished_at: Moment | None
    expected: Count | None = Field(
        description="Orders that the platform claims to have; null until it said so."
    )
    seen: Count = Field(description="Entries of the order list that were read.")
    added: Count = Field(description="Orders that are new.")
    changed: Count = Field(description="Orders that changed, each once.")
    unchanged: Count = Field(description="Entries that said nothing new.")
    removed: Count = Field(description="Orders that the platform has deleted.")
    details_expected: Count = Field(description="Whole orders to read, as far as is known yet.")
    details_read: Count
    progress: float = Field(ge=0, le=1)
    problem: SyncProblem | None
