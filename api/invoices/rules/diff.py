"""Wanted against the books, three ways (last written / remote / wanted): the smallest set of steps, and what stays different.

What a person changed or removed in the shop is never overwritten silently: it is left, and reported as a difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from api.connectors.print_shop import HeaderChange, RemoteGroup, RemoteInvoice
from api.invoices.rules import steps as s
from api.invoices.rules.fields import fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.removals import list_removals
from api.invoices.rules.shelf import Shelf
from api.invoices.rules.wanted import WantedGroup, WantedInvoice, WantedLine


def make_steps(
    wanted: WantedInvoice, remote: RemoteInvoice | None, written: Mapping[str, s.Written]
) -> list[s.Step]:
    """What to do, in the order in which it is to be done. The quote first, the status last (A5).

    Nothing for a record that was written and is gone: somebody deleted it in the shop.
    """
    if remote is None:
        return [] if s.QUOTE_KEY in written else _steps_of_new(wanted)
    shelf = Shelf(remote, written)
    steps: list[s.Step] = []
    for group in wanted.groups:
        steps += _group_steps(group, shelf)
    steps += list_removals(wanted, shelf)
    steps += _fee_steps(wanted, shelf)
    steps += _payment_steps(wanted, shelf)
    if _discount_is_ours_to_change(wanted, shelf):
        steps.append(s.ChangeHeader(HeaderChange(discount_amount=wanted.discount_amount)))
    if remote.kind == "quote":
        steps.append(s.SetStatus())
    return steps


def _steps_of_new(wanted: WantedInvoice) -> list[s.Step]:
    steps: list[s.Step] = [s.CreateQuote()]
    for group in wanted.groups:
        steps += _whole_group(group)
    if wanted.payment is not None:
        steps.append(s.CreatePayment(wanted.payment))
    return [*steps, s.SetStatus()]


def _whole_group(group: WantedGroup) -> Iterator[s.Step]:
    """The group with its first lines in one call, the others after it."""
    yield s.CreateGroup(group)
    yield from _line_batches(group.key, group.lines[s.MOST_LINES :])


def _line_batches(group_key: str, lines: tuple[WantedLine, ...]) -> Iterator[s.CreateLines]:
    for start in range(0, len(lines), s.MOST_LINES):
        yield s.CreateLines(group_key, lines[start : start + s.MOST_LINES])


def _group_steps(group: WantedGroup, shelf: Shelf) -> Iterator[s.Step]:
    found = shelf.group(group)
    if found is None:
        yield from _missing_group(group, shelf)
        return
    lines = [line for line in group.lines if shelf.line(line) or line.key not in shelf.written]
    yield from _column_steps(group, found, _sizes_of(group, lines))
    new = []
    for line in lines:
        there = shelf.line(line)
        shown = line_fields(there) if there else None
        verdict = shelf.verdict(line.key, wanted=line_fields(line.draft), shown=shown)
        if verdict == "create":
            new.append(line)
        elif verdict == "change" and there is not None:
            yield s.ChangeLine(there.id, line)
    yield from _line_batches(group.key, tuple(new))
    yield from _imprint_steps(group, shelf)


def _missing_group(group: WantedGroup, shelf: Shelf) -> Iterator[s.Step]:
    """What a person removed with its group stays away; lines that were never there get a group (A6)."""
    lines = tuple(line for line in group.lines if line.key not in shelf.written)
    if lines:
        yield from _whole_group(replace(group, lines=lines, enabled_sizes=_sizes_of(group, lines)))


def _sizes_of(group: WantedGroup, lines: Sequence[WantedLine]) -> tuple[str, ...]:
    """The group's sizes that these lines need."""
    needed = {size for line in lines for size, _ in line.draft.sizes}
    return tuple(size for size in group.enabled_sizes if size in needed)


def _imprint_steps(group: WantedGroup, shelf: Shelf) -> Iterator[s.Step]:
    for imprint in group.imprints:
        there = shelf.imprint(imprint)
        shown = imprint_fields(there) if there else None
        verdict = shelf.verdict(imprint.key, wanted=imprint_fields(imprint.draft), shown=shown)
        if verdict == "create":
            yield s.CreateImprint(group.key, imprint)
        elif verdict == "change" and there is not None:
            yield s.ChangeImprint(there.id, imprint)


def _column_steps(group: WantedGroup, found: RemoteGroup, sizes_needed: Sequence[str]) -> Iterator[s.Step]:
    """A size that the group does not show yet must be enabled; what a person enabled stays."""
    missing = [size for size in sizes_needed if size not in found.enabled_sizes]
    if missing:
        sizes = (*found.enabled_sizes, *missing)
        yield s.ChangeColumns(group.key, found.id, found.position, sizes)


def _fee_steps(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.Step]:
    for fee in wanted.fees:
        there = shelf.fee(fee)
        shown = fee_fields(there) if there else None
        verdict = shelf.verdict(fee.key, wanted=fee_fields(fee.draft), shown=shown)
        if verdict == "create":
            yield s.CreateFee(fee)
        elif verdict == "change" and there is not None:
            yield s.ChangeFee(there.id, fee)


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
    known = shelf.written.get(s.QUOTE_KEY)
    return known is None or known.fields.get("discount_amount") == shelf.remote.discount_amount
