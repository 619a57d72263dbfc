"""Wanted against the books, three ways (last written / remote / wanted): the smallest set of steps, and what stays different.

What a person changed or removed in the shop is never overwritten silently: it is left, and reported as a difference.
"""

from collections.abc import Iterator, Mapping

from api.connectors.print_shop import HeaderChange, RemoteGroup, RemoteInvoice
from api.invoices.rules import steps as s
from api.invoices.rules.fields import fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.shelf import Shelf
from api.invoices.rules.wanted import WantedGroup, WantedInvoice, WantedLine

QUOTE_KEY = "quote"


def make_steps(
    wanted: WantedInvoice, remote: RemoteInvoice | None, written: Mapping[str, s.Written]
) -> list[s.Step]:
    """What to do, in the order in which it is to be done. The quote first, the status last (A5)."""
    if remote is None:
        return [
            s.CreateQuote(),
            *(s.CreateGroup(group) for group in wanted.groups),
            *_rest_of_new(wanted),
            s.SetStatus(),
        ]
    shelf = Shelf(remote, written)
    steps: list[s.Step] = []
    for group in wanted.groups:
        steps += _group_steps(group, shelf)
    steps += _removals(wanted, shelf)
    steps += _fee_steps(wanted, shelf)
    steps += _payment_steps(wanted, shelf)
    if _discount_is_ours_to_change(wanted, shelf):
        steps.append(s.ChangeHeader(HeaderChange(discount_amount=wanted.discount_amount)))
    if remote.kind == "quote":
        steps.append(s.SetStatus())
    return steps


def _rest_of_new(wanted: WantedInvoice) -> Iterator[s.Step]:
    """Lines beyond the first of each group, fees and the payment of an invoice that is not there yet."""
    for group in wanted.groups:
        yield from _line_batches(group.key, group.lines[s.MOST_LINES :])
    yield from (s.CreateFee(fee) for fee in wanted.fees)
    if wanted.payment is not None:
        yield s.CreatePayment(wanted.payment)


def _line_batches(group_key: str, lines: tuple[WantedLine, ...]) -> Iterator[s.CreateLines]:
    for start in range(0, len(lines), s.MOST_LINES):
        yield s.CreateLines(group_key, lines[start : start + s.MOST_LINES])


def _group_steps(group: WantedGroup, shelf: Shelf) -> Iterator[s.Step]:
    found = shelf.group(group)
    if found is None:
        if group.key not in shelf.written:
            yield s.CreateGroup(group)
            yield from _line_batches(group.key, group.lines[s.MOST_LINES :])
        return
    yield from _column_steps(group, found)
    new = []
    for line in group.lines:
        there = shelf.line(line)
        verdict = shelf.verdict(
            line.key, wanted=line_fields(line.draft), shown=line_fields(there) if there else None
        )
        if verdict == "create":
            new.append(line)
        elif verdict == "change" and there is not None:
            yield s.ChangeLine(there.id, line)
    yield from _line_batches(group.key, tuple(new))
    yield from _imprint_steps(group, shelf)


def _imprint_steps(group: WantedGroup, shelf: Shelf) -> Iterator[s.Step]:
    for imprint in group.imprints:
        there = shelf.imprint(imprint)
        shown = imprint_fields(there) if there else None
        verdict = shelf.verdict(imprint.key, wanted=imprint_fields(imprint.draft), shown=shown)
        if verdict == "create":
            yield s.CreateImprint(group.key, imprint)
        elif verdict == "change" and there is not None:
            yield s.ChangeImprint(there.id, imprint)


def _column_steps(group: WantedGroup, found: RemoteGroup) -> Iterator[s.Step]:
    """A size that the group does not show yet must be enabled; what a person enabled stays."""
    missing = [size for size in group.enabled_sizes if size not in found.enabled_sizes]
    if missing:
        sizes = (*found.enabled_sizes, *missing)
        yield s.ChangeColumns(group.key, found.id, found.position, sizes)


def _removals(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.Step]:
    """Lines, groups and fees that we wrote and that are no longer wanted; those edited in the shop are left."""
    line_keys = {line.key for line in wanted.lines()}
    group_keys = {group.key for group in wanted.groups}
    remote_groups = {group.id: group for group in shelf.remote.groups}
    remote_lines = {line.id: line for group in shelf.remote.groups for line in group.lines}
    doomed: list[tuple[str, str]] = []
    for key, known in sorted(shelf.written.items()):
        line = remote_lines.get(known.external_id) if known.kind == "line" else None
        if line is not None and key not in line_keys and shelf.written[key].fields == line_fields(line):
            doomed.append((key, line.id))
    ids = {external_id for _, external_id in doomed}
    for key, known in sorted(shelf.written.items()):
        group = remote_groups.get(known.external_id) if known.kind == "group" else None
        if group is not None and key not in group_keys and {line.id for line in group.lines} <= ids:
            yield s.DeleteGroup(key, group.id)
            doomed = [(k, i) for k, i in doomed if i not in {line.id for line in group.lines}]
    for start in range(0, len(doomed), s.MOST_LINES):
        batch = doomed[start : start + s.MOST_LINES]
        yield s.DeleteLines(tuple(key for key, _ in batch), tuple(external_id for _, external_id in batch))


def _fee_steps(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.Step]:
    for fee in wanted.fees:
        there = shelf.fee(fee)
        verdict = shelf.verdict(
            fee.key, wanted=fee_fields(fee.draft), shown=fee_fields(there) if there else None
        )
        if verdict == "create":
            yield s.CreateFee(fee)
        elif verdict == "change" and there is not None:
            yield s.ChangeFee(there.id, fee)
    wanted_keys = {fee.key for fee in wanted.fees}
    remote_fees = {fee.id: fee for fee in shelf.remote.fees}
    for key, known in sorted(shelf.written.items()):
        if known.kind == "fee" and key not in wanted_keys and known.external_id in remote_fees:
            yield s.DeleteFee(key, known.external_id)


def _payment_steps(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.Step]:
    payment = wanted.payment
    if payment is None:
        return
    there = shelf.payment(payment)
    shown = payment_fields(there) if there else None
    verdict = shelf.verdict(payment.key, wanted=payment_fields(payment.draft), shown=shown)
    if verdict == "create":
        yield s.CreatePayment(payment)
    elif verdict == "change" and there is not None:
        yield s.ChangePayment(there.id, payment)


def _discount_is_ours_to_change(wanted: WantedInvoice, shelf: Shelf) -> bool:
    """The discount differs, and the books still show the one that we wrote."""
    if shelf.remote.discount_amount == wanted.discount_amount:
        return False
    known = shelf.written.get(QUOTE_KEY)
    return known is None or known.fields.get("discount_amount") == shelf.remote.discount_amount
