"""What we wrote and do not want any more: removed, unless a person changed it in the shop."""

from collections.abc import Iterator, Mapping

from api.connectors.print_shop import RemoteGroup
from api.invoices.rules import steps as s
from api.invoices.rules.fields import Fields, fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.shelf import Shelf
from api.invoices.rules.wanted import WantedInvoice

# key → remote id
Doomed = dict[str, str]


def list_removals(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.Step]:
    """Groups that end up empty go as a whole; lines, fees and the payment one by one."""
    keys = _keys(wanted)
    lines = _doomed(shelf, "line", keys, {id_: line_fields(line) for id_, line in shelf.lines.by_id.items()})
    for key, known in sorted(shelf.written.items()):
        group = shelf.groups.get(known.external_id) if known.kind == "group" else None
        if group is not None and key not in keys and _is_only_ours(group, lines, shelf):
            yield s.DeleteGroup(key, group.id)
            gone = {line.id for line in group.lines}
            lines = {key: id_ for key, id_ in lines.items() if id_ not in gone}
    yield from _line_deletions(lines)
    fees = {id_: fee_fields(fee) for id_, fee in shelf.fees.by_id.items()}
    yield from (s.DeleteFee(key, id_) for key, id_ in _doomed(shelf, "fee", keys, fees).items())
    payments = {id_: payment_fields(payment) for id_, payment in shelf.payments.by_id.items()}
    yield from (s.DeletePayment(key, id_) for key, id_ in _doomed(shelf, "payment", keys, payments).items())


def _keys(wanted: WantedInvoice) -> set[str]:
    payment = {wanted.payment.key} if wanted.payment else set()
    groups = {group.key for group in wanted.groups}
    return groups | {line.key for line in wanted.lines()} | {fee.key for fee in wanted.fees} | payment


def _doomed(shelf: Shelf, kind: str, keys: set[str], shown: Mapping[str, Fields]) -> Doomed:
    """Unwanted things of one kind that the books show exactly as they were written; `shown` is by remote id."""
    return {
        key: known.external_id
        for key, known in sorted(shelf.written.items())
        if known.kind == kind and key not in keys and shown.get(known.external_id) == known.fields
    }


def _is_only_ours(group: RemoteGroup, lines: Doomed, shelf: Shelf) -> bool:
    """Whether everything in this group goes, and no imprint in it is a person's."""
    going = set(lines.values())
    written = {known.external_id: known.fields for known in shelf.written.values() if known.kind == "imprint"}
    return all(line.id in going for line in group.lines) and all(
        written.get(imprint.id) == imprint_fields(imprint) for imprint in group.imprints
    )


def _line_deletions(lines: Doomed) -> Iterator[s.DeleteLines]:
    doomed = list(lines.items())
    for start in range(0, len(doomed), s.MOST_AT_ONCE):
        keys, ids = zip(*doomed[start : start + s.MOST_AT_ONCE], strict=True)
        yield s.DeleteLines(keys, ids)
