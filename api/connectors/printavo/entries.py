"""How each entry of a record is written to Printavo: its document, its variables, and what the answer shows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.connectors.print_shop import HeaderChange
from api.connectors.printavo import wire
from api.connectors.printavo.mapping import reading, writing
from api.connectors.printavo.pages import parse, understood
from api.connectors.record_entries import (
    Entered,
    Entry,
    FeeChanges,
    ImprintChange,
    NewFees,
    NewImprint,
    NewPayment,
    PaymentChange,
)
from api.connectors.vendor_errors import Unexpected


@dataclass(frozen=True, slots=True)
class Part:
    """One mutation. `count` is how many objects it writes; `read` raises `Unexpected` for another form of answer."""

    document: str
    variables: Mapping[str, Any]
    read: Callable[[Any], list[Entered]]
    count: int = 1


def make_part(entry: Entry, *, external_id: str, is_invoice: bool) -> Part:
    """The mutation for an entry of this record."""
    match entry:
        case NewImprint(group_id, draft):
            part = _one("imprint_create", group_id, writing.imprint_create_input(draft), _imprint)
        case ImprintChange(imprint_id, draft):
            part = _one("imprint_update", imprint_id, writing.imprint_update_input(draft), _imprint)
        case NewFees(drafts):
            new = [{"parentId": external_id, "input": writing.fee_input(draft)} for draft in drafts]
            part = _fees("fee_creates", new)
        case FeeChanges(fees):
            changed = [{"id": fee_id, "input": writing.fee_input(draft)} for fee_id, draft in fees]
            part = _fees("fee_updates", changed)
        case NewPayment(paid):
            payment = writing.payment_create_input(paid, external_id=external_id)
            part = Part("payment_create", {"input": payment}, _payment)
        case PaymentChange(payment_id, paid):
            part = _one("payment_update", payment_id, writing.payment_update_input(paid), _payment)
        case HeaderChange():
            name = "invoice_update" if is_invoice else "quote_update"
            part = _one(name, external_id, writing.header_input(entry), _header)
    return part


def _one(document: str, id_: str, given: writing.Input, read: Callable[[Any], list[Entered]]) -> Part:
    return Part(document, {"id": id_, "input": given}, read)


def _fees(document: str, inputs: Sequence[writing.Input]) -> Part:
    """Raises `ValueError` for more than 25. Every member must be answered for."""
    if len(inputs) > writing.MOST_AT_ONCE:
        message = f"at most {writing.MOST_AT_ONCE} fees in one mutation"
        raise ValueError(message)

    def read(raw: Any) -> list[Entered]:
        if not isinstance(raw, list) or len(raw) != len(inputs):
            raise Unexpected("printavo", f"{document}: not as many results as were asked for")
        return [understood(reading.to_fee, parse(wire.Fee, each)) for each in raw]

    return Part(document, {"inputs": inputs}, read, len(inputs))


def _imprint(raw: Any) -> list[Entered]:
    return [reading.to_imprint(parse(wire.Imprint, raw))]


def _payment(raw: Any) -> list[Entered]:
    return [reading.to_payment(parse(wire.Payment, raw))]


def _header(raw: Any) -> list[Entered]:
    parse(wire.WithId, raw)
    return []
