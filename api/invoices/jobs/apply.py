"""One step, one call of the port; what its answer shows comes back as sightings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.connectors.ports import PrintShop
from api.connectors.print_shop import GroupDraft, LineChange, QuoteDraft, RemoteInvoice, ShopCredentials
from api.connectors.vendor_errors import Refused
from api.invoices.rules.sightings import (
    Sighting,
    see_fee,
    see_group,
    see_imprint,
    see_invoice,
    see_lines,
    see_payment,
)
from api.invoices.rules.steps import (
    MOST_AT_ONCE,
    ChangeColumns,
    ChangeFee,
    ChangeHeader,
    ChangeImprint,
    ChangeLines,
    ChangePayment,
    CreateFee,
    CreateGroup,
    CreateImprint,
    CreateLines,
    CreatePayment,
    CreateQuote,
    DeleteFee,
    DeleteGroup,
    DeleteLines,
    DeletePayment,
    SetStatus,
    Step,
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


CreateStep = CreateQuote | CreateGroup | CreateLines | CreateImprint | CreateFee | CreatePayment
ChangeStep = (
    ChangeLines | ChangeColumns | ChangeImprint | ChangeFee | ChangePayment | ChangeHeader | SetStatus
)
DeleteStep = DeleteLines | DeleteGroup | DeleteFee | DeletePayment


async def apply_step(counter: Counter, step: Step) -> Applied:
    """Send it. Raises the five vendor errors, `Refused` also for a status that left the record a quote."""
    match step:
        case CreateQuote() | CreateGroup() | CreateLines() | CreateImprint() | CreateFee() | CreatePayment():
            return await _create(counter, step)
        case DeleteLines() | DeleteGroup() | DeleteFee() | DeletePayment():
            await _delete(counter, step)
        case _:
            await _change(counter, step)
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
        case CreateImprint(group_key, imprint):
            group_id = to.groups[group_key]
            side = await to.shop.create_imprint(to.keys, group_id=group_id, draft=imprint.draft)
            applied = Applied([see_imprint(side, group_id)])
        case CreateFee(fee):
            charged = await to.shop.create_fee(to.keys, external_id=to.external_id, draft=fee.draft)
            applied = Applied([see_fee(charged)])
        case CreatePayment(payment):
            paid = await to.shop.create_payment(to.keys, external_id=to.external_id, draft=payment.draft)
            applied = Applied([see_payment(paid)])
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
        case ChangeImprint(external_id, imprint):
            await to.shop.change_imprint(to.keys, imprint_id=external_id, draft=imprint.draft)
        case ChangeFee(external_id, fee):
            await to.shop.change_fee(to.keys, fee_id=external_id, draft=fee.draft)
        case ChangePayment(external_id, payment):
            await to.shop.change_payment(to.keys, payment_id=external_id, draft=payment.draft)
        case ChangeHeader(change):
            await to.shop.change_header(
                to.keys, external_id=to.external_id, is_invoice=to.is_invoice, change=change
            )
        case SetStatus():
            kind = await to.shop.set_status(to.keys, external_id=to.external_id, status_id=to.status_id)
            if kind != "invoice":
                raise Refused("printavo", "the status left the record a quote")


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
