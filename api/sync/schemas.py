"""What crosses the wire about readings."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.schema import Count, Moment, Wire, examples
from api.sync.rules.comparing import MOST_FINDINGS, FindingKind
from api.sync.rules.trouble import Code

RunKind = Literal["first_import", "incremental", "open_reread", "nightly", "requested"]
RunState = Literal["running", "succeeded", "failed"]
ReconciliationKind = Literal["nightly", "requested"]

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
_RECONCILIATION: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000411",
    "kind": "nightly",
    "state": "succeeded",
    "started_at": "2026-11-20T08:04:00.000Z",
    "finished_at": "2026-11-20T08:04:31.000Z",
    "expected": 12000,
    "counted": 12000,
    "missing": 0,
    "extra": 1,
    "different": 1,
    "repaired": 2,
    "problem": None,
}
_FINDING: dict[str, Any] = {
    "order_id": "0192f0c4-7a10-7000-8000-000000000201",
    "number": "104233",
    "kind": "extra",
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


class Reconciliation(Wire):
    """One comparison of InkSoft's whole order list with what Platen has."""

    model_config = ConfigDict(json_schema_extra=examples(_RECONCILIATION))

    id: UUID
    kind: ReconciliationKind
    state: RunState
    started_at: Moment
    finished_at: Moment | None
    expected: Count | None = Field(description="Orders that InkSoft claims to have; null until it said so.")
    counted: Count = Field(description="Orders in InkSoft's list, each once.")
    missing: Count = Field(description="Orders that InkSoft lists and Platen did not have.")
    extra: Count = Field(description="Orders that Platen has and InkSoft does not list any more.")
    different: Count = Field(description="Orders whose entry in the list said something else than before.")
    repaired: Count = Field(
        description="How many of these are right now: fetched, read again, or taken out of the feed."
    )
    problem: SyncProblem | None


class ReconciliationFinding(Wire):
    """An order that differed. `missing` was fetched, `different` read again, `extra` is deleted in InkSoft."""

    model_config = ConfigDict(json_schema_extra=examples(_FINDING))

    order_id: UUID
    number: str
    kind: FindingKind


class ReconciliationReport(Reconciliation):
    """One comparison with the orders that differed: the first 100 of them by name, all of them in the counts."""

    model_config = ConfigDict(json_schema_extra=examples({**_RECONCILIATION, "findings": [_FINDING]}))

    findings: list[ReconciliationFinding] = Field(
        max_length=MOST_FINDINGS,
        description="The first orders that differed, at most 100 of them; `missing`, `extra` and `different` count all.",
    )
