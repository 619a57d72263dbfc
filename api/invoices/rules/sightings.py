"""What an answer or a reading of the books shows, flat: every object with its id, its marks and its fields."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from api.connectors.print_shop import (
    RemoteFee,
    RemoteGroup,
    RemoteImprint,
    RemoteInvoice,
    RemoteLine,
    RemotePayment,
)
from api.connectors.record_entries import Entered
from api.invoices.rules.fields import Fields, fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.steps import ObjectKind
from api.invoices.rules.texts import mark_of


@dataclass(frozen=True, slots=True)
class Sighting:
    """An object in the books. A group has no text of its own: its marks are those of its lines."""

    kind: ObjectKind
    external_id: str
    parent_external_id: str | None
    marks: frozenset[str]
    fields: Fields


def see_invoice(remote: RemoteInvoice) -> list[Sighting]:
    """The whole record, the quote itself first."""
    return [
        see_header(remote),
        *(sighting for group in remote.groups for sighting in see_group(group)),
        *(see_fee(fee) for fee in remote.fees),
        *(see_payment(payment) for payment in remote.payments),
    ]


def see_header(remote: RemoteInvoice) -> Sighting:
    fields = {
        "discount_amount": remote.discount_amount,
        "nickname": remote.nickname,
        "kind": remote.kind,
    }
    marks = frozenset((remote.po_number, *remote.tags))
    return Sighting("quote", remote.external_id, None, marks, fields)


def see_group(group: RemoteGroup) -> Iterator[Sighting]:
    """The group, then what is in it."""
    lines = list(see_lines(group.lines, group.id))
    marks = frozenset(mark for line in lines for mark in line.marks)
    yield Sighting("group", group.id, None, marks, {"enabled_sizes": sorted(group.enabled_sizes)})
    yield from lines
    for imprint in group.imprints:
        yield see_imprint(imprint, group.id)


def see_lines(lines: Iterable[RemoteLine], group_id: str | None) -> Iterator[Sighting]:
    for line in lines:
        yield Sighting("line", line.id, group_id, _marks(line.description), line_fields(line))


def see_imprint(imprint: RemoteImprint, group_id: str | None) -> Sighting:
    return Sighting("imprint", imprint.id, group_id, _marks(imprint.details), imprint_fields(imprint))


def see_fee(fee: RemoteFee) -> Sighting:
    return Sighting("fee", fee.id, None, _marks(fee.description), fee_fields(fee))


def see_payment(payment: RemotePayment) -> Sighting:
    return Sighting("payment", payment.id, None, _marks(payment.description), payment_fields(payment))


def see_entry(entered: Entered, group_id: str | None) -> Sighting:
    """An imprint of this group, a fee or a payment."""
    match entered:
        case RemoteImprint():
            seen = see_imprint(entered, group_id)
        case RemoteFee():
            seen = see_fee(entered)
        case RemotePayment():
            seen = see_payment(entered)
    return seen


def _marks(text: str) -> frozenset[str]:
    mark = mark_of(text)
    return frozenset() if mark is None else frozenset({mark})
