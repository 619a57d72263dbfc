"""What a step leaves behind in the books, kept with its operation: enough to recognise it there when the answer was lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from pydantic import TypeAdapter

from api.invoices.rules.fields import Fields, fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.sightings import Sighting
from api.invoices.rules.steps import (
    MOST_AT_ONCE,
    QUOTE_KEY,
    ChangeColumns,
    ChangeFees,
    ChangeHeader,
    ChangeImprint,
    ChangeLines,
    ChangePayment,
    CreateFees,
    CreateGroup,
    CreateImprint,
    CreateLines,
    CreatePayment,
    CreateQuote,
    DeleteFee,
    DeleteGroup,
    DeleteLines,
    DeletePayment,
    ObjectKind,
    SetStatus,
    Step,
    WriteTogether,
)
from api.invoices.rules.wanted import (
    WantedFee,
    WantedGroup,
    WantedImprint,
    WantedInvoice,
    WantedLine,
    WantedPayment,
)

Verb = Literal[
    "create_quote", "create_group", "create_lines", "create_imprint", "create_fees", "create_payment",
    "change_lines", "change_columns", "change_imprint", "change_fees", "change_payment", "change_header",
    "delete_lines", "delete_group", "delete_fee", "delete_payment", "write_together", "set_status",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """An object as it will be. What is created is recognised by its marker, what is changed by its id and its new fields."""

    key: str
    kind: ObjectKind
    marker: str
    fields: Fields
    external_id: str | None = None

    def is_shown_by(self, seen: Sighting) -> bool:
        if seen.kind != self.kind:
            return False
        if self.external_id is None:
            return self.marker in seen.marks
        # The record itself may have got another id on becoming an invoice.
        is_same = self.kind == "quote" or seen.external_id == self.external_id
        return is_same and all(seen.fields.get(name) == value for name, value in self.fields.items())


@dataclass(frozen=True, slots=True)
class Removal:
    """An object that will not be there any more."""

    key: str
    kind: ObjectKind
    external_id: str


@dataclass(frozen=True, slots=True)
class Intent:
    """One write: the objects that it makes or changes, and those that it takes away."""

    verb: Verb
    targets: tuple[Target, ...] = ()
    removals: tuple[Removal, ...] = ()

    @property
    def key(self) -> str:
        """The first object's: what an operation is called by."""
        return self.targets[0].key if self.targets else self.removals[0].key

    @property
    def marker(self) -> str:
        return self.targets[0].marker if self.targets else ""

    def overlaps(self, other: "Intent") -> bool:
        """Whether both write one of the same objects in the same way, be it together with others."""
        is_like = self.verb == other.verb or "write_together" in {self.verb, other.verb}
        return is_like and not self.writes.isdisjoint(other.writes)

    @property
    def writes(self) -> set[tuple[str, frozenset[str]]]:
        """Each object with the fields that are written; without any when it is taken away."""
        gone = {(removal.key, frozenset[str]()) for removal in self.removals}
        return gone | {(target.key, frozenset(target.fields)) for target in self.targets}

    @property
    def keys(self) -> set[str]:
        return {target.key for target in self.targets} | {removal.key for removal in self.removals}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of an intent the books show, and the rest of it; `missing` is None when all of it is there."""

    found: tuple[tuple[Target, Sighting], ...]
    missing: Intent | None


def look_for(intent: Intent, seen: Sequence[Sighting]) -> Evidence:
    """Find the intent's objects in what was seen. Of two with one marker the first counts."""
    found: list[tuple[Target, Sighting]] = []
    missing: list[Target] = []
    for target in intent.targets:
        sighting = next((each for each in seen if target.is_shown_by(each)), None)
        if sighting is None:
            missing.append(target)
        else:
            found.append((target, sighting))
    there = {(each.kind, each.external_id) for each in seen}
    still_there = any((removal.kind, removal.external_id) in there for removal in intent.removals)
    rest = replace(intent, targets=tuple(missing)) if missing or still_there else None
    return Evidence(tuple(found), rest)


def intent_of(step: Step, wanted: WantedInvoice, quote_marker: str, quote_id: str | None = None) -> Intent:
    """The intent of a step; `quote_id` is the record's id once it is known."""
    match step:
        case CreateQuote():
            intended = {"discount_amount": wanted.discount_amount, "nickname": wanted.nickname}
            header = Target(QUOTE_KEY, "quote", quote_marker, intended)
            intent = Intent("create_quote", (header, *map(_fee_target, wanted.fees)))
        case ChangeHeader(change):
            given = {"discount_amount": change.discount_amount, "nickname": change.nickname}
            fields = {name: value for name, value in given.items() if value is not None}
            intent = Intent("change_header", (Target(QUOTE_KEY, "quote", quote_marker, fields, quote_id),))
        case SetStatus():
            moved = Target(QUOTE_KEY, "quote", quote_marker, {"kind": "invoice"}, quote_id)
            intent = Intent("set_status", (moved,))
        case CreateGroup(group):
            intent = Intent("create_group", _group_targets(group))
        case CreateLines(lines):
            intent = Intent("create_lines", tuple(_line_target(line) for _, line in lines))
        case CreateImprint(_, imprint):
            intent = Intent("create_imprint", (_imprint_target(imprint),))
        case CreateFees(fees):
            intent = Intent("create_fees", tuple(map(_fee_target, fees)))
        case CreatePayment(payment):
            intent = Intent("create_payment", (_payment_target(payment),))
        case WriteTogether(entries):
            each = (intent_of(entry, wanted, quote_marker, quote_id) for entry in entries)
            intent = Intent("write_together", tuple(target for one in each for target in one.targets))
        case _:
            intent = _change(step)
    return intent


def _change(
    step: ChangeLines | ChangeColumns | ChangeImprint | ChangeFees | ChangePayment
    | DeleteLines | DeleteGroup | DeleteFee | DeletePayment,
) -> Intent:  # fmt: skip
    match step:
        case ChangeLines(lines):
            changed = (replace(_line_target(line), external_id=external_id) for external_id, line in lines)
            intent = Intent("change_lines", tuple(changed))
        case ChangeColumns(groups):
            columns = (
                Target(key, "group", "", {"enabled_sizes": sorted(change.sizes)}, change.group_id)
                for key, change in groups
            )
            intent = Intent("change_columns", tuple(columns))
        case ChangeImprint(external_id, imprint):
            intent = Intent("change_imprint", (replace(_imprint_target(imprint), external_id=external_id),))
        case ChangeFees(fees):
            charged = (replace(_fee_target(fee), external_id=external_id) for external_id, fee in fees)
            intent = Intent("change_fees", tuple(charged))
        case ChangePayment(external_id, payment):
            intent = Intent("change_payment", (replace(_payment_target(payment), external_id=external_id),))
        case DeleteLines(keys, external_ids):
            gone = tuple(Removal(key, "line", id_) for key, id_ in zip(keys, external_ids, strict=True))
            intent = Intent("delete_lines", removals=gone)
        case DeleteGroup(key, external_id):
            intent = Intent("delete_group", removals=(Removal(key, "group", external_id),))
        case DeleteFee(key, external_id):
            intent = Intent("delete_fee", removals=(Removal(key, "fee", external_id),))
        case DeletePayment(key, external_id):
            intent = Intent("delete_payment", removals=(Removal(key, "payment", external_id),))
    return intent


def _group_targets(group: WantedGroup) -> tuple[Target, ...]:
    """The group, recognised by its first line, the lines that are sent with it, and its imprints."""
    columns = {"enabled_sizes": sorted(group.enabled_sizes)}
    return (
        Target(group.key, "group", group.lines[0].marker, columns),
        *map(_line_target, group.lines[:MOST_AT_ONCE]),
        *map(_imprint_target, group.imprints),
    )


def _line_target(line: WantedLine) -> Target:
    return Target(line.key, "line", line.marker, line_fields(line.draft))


def _imprint_target(imprint: WantedImprint) -> Target:
    return Target(imprint.key, "imprint", imprint.marker, imprint_fields(imprint.draft))


def _fee_target(fee: WantedFee) -> Target:
    return Target(fee.key, "fee", fee.marker, fee_fields(fee.draft))


def _payment_target(payment: WantedPayment) -> Target:
    return Target(payment.key, "payment", payment.marker, payment_fields(payment.draft))


_INTENT: Final = TypeAdapter(Intent)


def intent_to_json(intent: Intent) -> dict[str, Any]:
    """The form of `remote_operation.payload`."""
    value: dict[str, Any] = _INTENT.dump_python(intent, mode="json")
    return value


def intent_from_json(value: Mapping[str, Any]) -> Intent:
    return _INTENT.validate_python(value)
