"""What crosses the wire about exceptions and what is done about them."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, RootModel, StringConstraints

from api.activity.rules.troubles import Area, FixKind
from api.activity.schemas.audit import AuditActor
from api.core.schema import Moment, Name, Wire, check_text, examples
from api.settings.schemas.kinds import ExternalId, SizeCode

_FIX = {"kind": "map_size", "label": "Say which size it is"}
_RECORD = {"type": "order", "id": "0192f0c4-7a10-7000-8000-000000000201", "name": "2041"}
_EXCEPTION: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000971",
    "code": "unknown_size",
    "area": "orders",
    "title": "A size that Printavo does not have",
    "sentence": (
        "Order 2041 has Team Tee in the size “OSFA”, which Printavo does not have. Its pieces stand under Other, "
        "with the size as text."
    ),
    "subject_type": "order",
    "subject_id": _RECORD["id"],
    "fact": "osfa",
    "records": [_RECORD, {"type": "invoice", "id": "0192f0c4-7a10-7000-8000-000000000301", "name": "1307"}],
    "fixes": [_FIX, {"kind": "dismiss", "label": "Leave it as it is"}],
    "noted_at": "2026-11-20T16:04:00.000Z",
    "tried_at": None,
    "resolution": None,
    "operation_id": None,
    "version": 1,
}
_RESOLUTION: dict[str, Any] = {
    "code": "dismissed",
    "sentence": "Somebody has seen to it.",
    "reason": "The customer wants it that way.",
    "resolved_at": "2026-11-20T17:10:00.000Z",
    "resolved_by": {
        "kind": "person",
        "name": "Dana Reyes",
        "person_id": "0192f0c4-7a10-7000-8000-000000000001",
        "key_id": None,
    },
}

Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=500), AfterValidator(check_text)
]


class ExceptionFix(Wire):
    """Something that can be done about it: `retry` and the rest have routes; `sign_in` is done under Accounts."""

    model_config = ConfigDict(json_schema_extra=examples(_FIX))

    kind: FixKind
    label: str


class ExceptionRecord(Wire):
    """An order, invoice or store that it concerns; the name is its number where it has one."""

    model_config = ConfigDict(json_schema_extra=examples(_RECORD))

    type: Literal["order", "invoice", "store"]
    id: UUID
    name: str


class ExceptionEnd(Wire):
    """How it ended; `resolved_by` is null where the cause went away by itself."""

    model_config = ConfigDict(json_schema_extra=examples(_RESOLUTION))

    code: str
    sentence: str
    reason: str | None
    resolved_at: Moment
    resolved_by: AuditActor | None


class ExceptionRead(Wire):
    """Something that needs a person: the cause in plain words, what it concerns, and what can be done."""

    model_config = ConfigDict(
        json_schema_extra=examples(_EXCEPTION, {**_EXCEPTION, "fixes": [], "resolution": _RESOLUTION})
    )

    id: UUID
    code: str
    area: Area
    title: str
    sentence: str
    subject_type: str
    subject_id: UUID
    fact: str = Field(
        description="What tells it from others of its kind about the same thing, such as the size."
    )
    records: list[ExceptionRecord]
    fixes: list[ExceptionFix] = Field(description="The best first; none once it is resolved.")
    noted_at: Moment
    tried_at: Moment | None = Field(description="When somebody last had it tried again.")
    resolution: ExceptionEnd | None
    operation_id: UUID | None = Field(description="Long work that a fix of it started.")
    version: int


class MapSize(Wire):
    """The unknown size is this one of Printavo's, from now on and on every open invoice that has it."""

    model_config = ConfigDict(json_schema_extra=examples({"fix": "map_size", "size": "size_2xl"}))

    fix: Literal["map_size"]
    size: SizeCode = Field(description="One of Printavo's size codes; `size_other` where it has none.")


class MapMethod(Wire):
    """The unknown method is this type of work, from now on and on every open invoice that has it."""

    model_config = ConfigDict(json_schema_extra=examples({"fix": "map_method", "type_of_work_id": "11802"}))

    fix: Literal["map_method"]
    type_of_work_id: ExternalId


class ChooseContact(Wire):
    """The store's invoices are made out to this contact of Printavo from now on, the stopped one too."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"fix": "choose_contact", "contact_id": "501", "contact_name": "Falcons Boosters"}
        )
    )

    fix: Literal["choose_contact"]
    contact_id: ExternalId
    contact_name: Name


class ConfirmDeleted(Wire):
    """The orders that InkSoft lists no more were deleted there.

    Everything is compared once more, and InkSoft asked for each by number, 2,000 at most: what it has no more leaves the feed. The
    exception closes with that, by itself; where too many are left that InkSoft still has, another one tells of them.
    """

    model_config = ConfigDict(json_schema_extra=examples({"fix": "confirm_deleted"}))

    fix: Literal["confirm_deleted"]


class Dismiss(Wire):
    """Somebody saw to it elsewhere, or leaves it as it is, for this reason."""

    model_config = ConfigDict(
        json_schema_extra=examples({"fix": "dismiss", "reason": "The customer wants it that way."})
    )

    fix: Literal["dismiss"]
    reason: Reason


ResolutionFix = MapSize | MapMethod | ChooseContact | ConfirmDeleted | Dismiss


class ExceptionResolution(RootModel[Annotated[ResolutionFix, Field(discriminator="fix")]]):
    """One of the fixes that the exception lists, with what it needs."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra=examples({"fix": "dismiss", "reason": "The customer wants it that way."}),
    )
