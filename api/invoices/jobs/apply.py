"""One step, one call of the port; what its answer shows comes back as sightings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.connectors.ports import PrintShop
from api.connectors.print_shop import GroupDraft, LineChange, QuoteDraft, RemoteInvoice, ShopCredentials
from api.connectors.record_entries import (
    Entry,
    FeeChanges,
    ImprintChange,
    NewFees,
    NewImprint,
    NewPayment,
    PaymentChange,
)
from api.connectors.vendor_errors import Refused
from api.invoices.rules.sightings import Sighting, see_entry, see_group, see_invoice, see_lines
from api.invoices.rules.steps import (
    MOST_AT_ONCE,
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
    EntryStep,
    SetStatus,
    Step,
    WriteTogether,
)
from api.invoices.rules.texts import mark_of
from api.invoices.rules.wanted import WantedGroup


@dataclass(frozen=True, slots=True)
class Counter:
    """The shop's books at one record: who calls, and what the steps cannot know by themselves.

    `groups` are remote ids by wanted key; `positions` those of lines by remote id, as people arranged them.
    """

    shop: PrintShop
    keys: ShopCredentials
    quote: QuoteDraft
    external_id: str
    is_invoice: bool
    status_id: str
    groups: Mapping[str, str]
    positions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Applied:
    """What an answer shows; `record` is the new record of `CreateQuote`."""

    seen: list[Sighting] = field(default_factory=list)
    record: RemoteInvoice | None = None


CreateStep = CreateQuote | CreateGroup | CreateLines
ChangeStep = ChangeLines | ChangeColumns | SetStatus
DeleteStep = DeleteLines | DeleteGroup | DeleteFee | DeletePayment


async def apply_step(counter: Counter, step: Step) -> Applied:
    """Send it. Raises the five vendor errors, `Refused` also for a status that left the record a quote."""
    match step:
        case CreateQuote() | CreateGroup() | CreateLines():
            return await _create(counter, step)
        case WriteTogether(entries):
            return await _write_entries(counter, entries)
        case ChangeLines() | ChangeColumns() | SetStatus():
            await _change(counter, step)
        case DeleteLines() | DeleteGroup() | DeleteFee() | DeletePayment():
            await _delete(counter, step)
        case _:
            return await _write_entries(counter, (step,))
    return Applied()


async def _create(to: Counter, step: CreateStep) -> Applied:
    match step:
        case CreateQuote():
            record = await to.shop.create_quote(to.keys, to.quote)
            applied = Applied(see_invoice(record), record)
        case CreateGroup(group):
            made = await to.shop.create_group(
                to.keys, external_id=to.external_id, draft=make_group_draft(group)
            )
            applied = Applied(list(see_group(made)))
        case CreateLines(lines):
            drafts = [(to.groups[key], line.draft) for key, line in lines]
            made_lines = await to.shop.create_lines(to.keys, drafts=drafts)
            groups = {line.marker: to.groups[key] for key, line in lines}
            applied = Applied(
                [
                    sighting
                    for each in made_lines
                    for sighting in see_lines([each], groups.get(mark_of(each.description) or ""))
                ]
            )
    return applied


async def _change(to: Counter, step: ChangeStep) -> None:
    match step:
        case ChangeLines(lines):
            changes = [
                LineChange(line_id, to.positions.get(line_id, line.draft.position), line.draft)
                for line_id, line in lines
            ]
            await to.shop.change_lines(to.keys, changes=changes)
        case ChangeColumns(groups):
            await to.shop.change_group_columns(to.keys, changes=[change for _, change in groups])
        case SetStatus():
            kind = await to.shop.set_status(to.keys, external_id=to.external_id, status_id=to.status_id)
            if kind != "invoice":
                raise Refused("printavo", "the status left the record a quote")


async def _write_entries(to: Counter, steps: Sequence[EntryStep]) -> Applied:
    answers = await to.shop.write_entries(
        to.keys,
        external_id=to.external_id,
        is_invoice=to.is_invoice,
        entries=[_make_entry(to, step) for step in steps],
    )
    groups = [to.groups[step.group_key] if isinstance(step, CreateImprint) else None for step in steps]
    return Applied(
        [see_entry(one, group) for group, shown in zip(groups, answers, strict=True) for one in shown]
    )


def _make_entry(to: Counter, step: EntryStep) -> Entry:
    entry: Entry
    match step:
        case CreateImprint(group_key, imprint):
            entry = NewImprint(to.groups[group_key], imprint.draft)
        case ChangeImprint(external_id, imprint):
            entry = ImprintChange(external_id, imprint.draft)
        case CreateFees(fees):
            entry = NewFees(tuple(fee.draft for fee in fees))
        case ChangeFees(changed):
            entry = FeeChanges(tuple((external_id, fee.draft) for external_id, fee in changed))
        case CreatePayment(payment):
            entry = NewPayment(payment.draft)
        case ChangePayment(external_id, payment):
            entry = PaymentChange(external_id, payment.draft)
        case ChangeHeader(change):
            entry = change
    return entry


async def _delete(to: Counter, step: DeleteStep) -> None:
    match step:
        case DeleteLines(_, external_ids):
            await to.shop.delete_lines(to.keys, line_ids=external_ids)
        case DeleteGroup(_, external_id):
            await to.shop.delete_group(to.keys, group_id=external_id)
        case DeleteFee(_, external_id):
            await to.shop.delete_fee(to.keys, fee_id=external_id)
        case DeletePayment(_, external_id):
            await to.shop.delete_payment(to.keys, payment_id=external_id)


def make_group_draft(group: WantedGroup) -> GroupDraft:
    """The group with its imprints and as many of its lines as go in one call."""
    return GroupDraft(
        position=group.position,
        enabled_sizes=group.enabled_sizes,
        lines=tuple(line.draft for line in group.lines[:MOST_AT_ONCE]),
        imprints=tuple(imprint.draft for imprint in group.imprints),
    )
