"""Wanted against the books, three ways (last written / remote / wanted): the smallest set of steps, and what stays different.

What a person changed or removed in the shop is never overwritten silently: it is left, and reported as a difference.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from api.connectors.print_shop import ColumnsChange, HeaderChange, RemoteGroup, RemoteInvoice
from api.invoices.rules import steps as s
from api.invoices.rules.fields import fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.removals import list_removals
from api.invoices.rules.shelf import Shelf, Verdict
from api.invoices.rules.wanted import WantedFee, WantedGroup, WantedInvoice, WantedLine

Member = TypeVar("Member")
Batch = TypeVar("Batch")


def make_steps(
    wanted: WantedInvoice, remote: RemoteInvoice | None, written: Mapping[str, s.Written]
) -> list[s.Step]:
    """What to do, in the order in which it is to be done. The quote first, the status last (A5).

    Nothing for a record that was written and is gone: somebody deleted it in the shop.
    """
    if remote is None:
        return [] if s.QUOTE_KEY in written else _steps_of_new(wanted)
    shelf = Shelf(remote, written)
    steps = list(_group_steps(wanted, shelf))
    steps += list_removals(wanted, shelf)
    steps += _batches(_together, list(_entry_steps(wanted, shelf)))
    if remote.kind == "quote":
        steps.append(s.SetStatus())
    return steps


def _steps_of_new(wanted: WantedInvoice) -> list[s.Step]:
    steps: list[s.Step] = [s.CreateQuote()]
    steps += _whole_groups(wanted.groups)
    if wanted.payment is not None:
        steps.append(s.CreatePayment(wanted.payment))
    return [*steps, s.SetStatus()]


def _whole_groups(groups: Sequence[WantedGroup]) -> Iterator[s.Step]:
    """Each group with its first lines in one call; then the others, whichever group they are for."""
    yield from (s.CreateGroup(group) for group in groups)
    yield from _batches(s.CreateLines, _lines_after_the_first(groups))


def _lines_after_the_first(groups: Sequence[WantedGroup]) -> list[tuple[str, WantedLine]]:
    return [(group.key, line) for group in groups for line in group.lines[s.MOST_AT_ONCE :]]


def _batches(make: Callable[[tuple[Member, ...]], Batch], members: Sequence[Member]) -> Iterator[Batch]:
    for start in range(0, len(members), s.MOST_AT_ONCE):
        yield make(tuple(members[start : start + s.MOST_AT_ONCE]))


def _group_steps(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.Step]:
    """Sizes are enabled before lines have them, and groups are there before lines join them."""
    there = [(group, found) for group in wanted.groups if (found := shelf.group(group))]
    new = [part for group in wanted.groups if not shelf.group(group) for part in _unwritten(group, shelf)]
    added = [
        (group.key, line) for group, _ in there for line in group.lines if _verdict(line, shelf) == "create"
    ]
    yield from (s.CreateGroup(group) for group in new)
    yield from _batches(s.ChangeColumns, [columns for pair in there for columns in _columns(*pair, shelf)])
    yield from _batches(s.ChangeLines, [line for group, _ in there for line in _changed(group, shelf)])
    yield from _batches(s.CreateLines, [*_lines_after_the_first(new), *added])


def _unwritten(group: WantedGroup, shelf: Shelf) -> Iterator[WantedGroup]:
    """What a person removed with its group stays away; lines that were never there get a group (A6)."""
    lines = tuple(line for line in group.lines if line.key not in shelf.written)
    if lines:
        yield replace(group, lines=lines, enabled_sizes=_sizes_of(group, lines))


def _verdict(line: WantedLine, shelf: Shelf) -> Verdict:
    there = shelf.line(line)
    shown = line_fields(there) if there else None
    return shelf.verdict(line.key, wanted=line_fields(line.draft), shown=shown)


def _changed(group: WantedGroup, shelf: Shelf) -> Iterator[tuple[str, WantedLine]]:
    for line in group.lines:
        there = shelf.line(line)
        if there is not None and _verdict(line, shelf) == "change":
            yield there.id, line


def _columns(group: WantedGroup, found: RemoteGroup, shelf: Shelf) -> Iterator[tuple[str, ColumnsChange]]:
    """A size that the group does not show yet must be enabled; what a person enabled stays."""
    lines = [line for line in group.lines if shelf.line(line) or line.key not in shelf.written]
    missing = [size for size in _sizes_of(group, lines) if size not in found.enabled_sizes]
    if missing:
        yield group.key, ColumnsChange(found.id, found.position, (*found.enabled_sizes, *missing))


def _sizes_of(group: WantedGroup, lines: Sequence[WantedLine]) -> tuple[str, ...]:
    """The group's sizes that these lines need."""
    needed = {size for line in lines for size, _ in line.draft.sizes}
    return tuple(size for size in group.enabled_sizes if size in needed)


def _together(entries: tuple[s.EntryStep, ...]) -> s.Step:
    """One alone stays by itself: its refusal is a refusal of the whole call."""
    return s.WriteTogether(entries) if len(entries) > 1 else entries[0]


def _entry_steps(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.EntryStep]:
    for group in wanted.groups:
        if shelf.group(group):
            yield from _imprint_steps(group, shelf)
    yield from _fee_steps(wanted, shelf)
    yield from _payment_steps(wanted, shelf)
    if _discount_is_ours_to_change(wanted, shelf):
        yield s.ChangeHeader(HeaderChange(discount_amount=wanted.discount_amount))


def _imprint_steps(group: WantedGroup, shelf: Shelf) -> Iterator[s.EntryStep]:
    for imprint in group.imprints:
        there = shelf.imprint(imprint)
        shown = imprint_fields(there) if there else None
        verdict = shelf.verdict(imprint.key, wanted=imprint_fields(imprint.draft), shown=shown)
        if verdict == "create":
            yield s.CreateImprint(group.key, imprint)
        elif verdict == "change" and there is not None:
            yield s.ChangeImprint(there.id, imprint)


def _fee_steps(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.EntryStep]:
    new: list[WantedFee] = []
    changed: list[tuple[str, WantedFee]] = []
    for fee in wanted.fees:
        there = shelf.fee(fee)
        shown = fee_fields(there) if there else None
        verdict = shelf.verdict(fee.key, wanted=fee_fields(fee.draft), shown=shown)
        if verdict == "create":
            new.append(fee)
        elif verdict == "change" and there is not None:
            changed.append((there.id, fee))
    yield from _batches(s.ChangeFees, changed)
    yield from _batches(s.CreateFees, new)


def _payment_steps(wanted: WantedInvoice, shelf: Shelf) -> Iterator[s.EntryStep]:
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
