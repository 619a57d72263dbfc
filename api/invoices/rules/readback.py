"""After a push: does the shop's books show what was wanted, to the cent? What differs is said, object by object."""

from collections.abc import Iterator, Mapping

from api.connectors.print_shop import RemoteInvoice
from api.invoices.rules.fields import Fields, fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.shelf import Shelf
from api.invoices.rules.steps import Difference, Written
from api.invoices.rules.wanted import WantedInvoice


def compare(wanted: WantedInvoice, remote: RemoteInvoice, written: Mapping[str, Written]) -> list[Difference]:
    """Every difference; empty means that the books show exactly the wanted state."""
    shelf = Shelf(remote, written)
    pairs: list[tuple[str, Fields, Fields | None]] = []
    for group in wanted.groups:
        for line in group.lines:
            there = shelf.line(line)
            pairs.append((line.key, line_fields(line.draft), line_fields(there) if there else None))
        for imprint in group.imprints:
            side = shelf.imprint(imprint)
            pairs.append((imprint.key, imprint_fields(imprint.draft), imprint_fields(side) if side else None))
    for fee in wanted.fees:
        charged = shelf.fee(fee)
        pairs.append((fee.key, fee_fields(fee.draft), fee_fields(charged) if charged else None))
    if wanted.payment is not None:
        paid = shelf.payment(wanted.payment)
        pairs.append(
            (wanted.payment.key, payment_fields(wanted.payment.draft), payment_fields(paid) if paid else None)
        )
    found = [difference for key, ours, shown in pairs for difference in _one(shelf, key, ours, shown)]
    return [*found, *_amounts(wanted, remote)]


def _one(shelf: Shelf, key: str, wanted: Fields, shown: Fields | None) -> Iterator[Difference]:
    if shown is None:
        yield Difference("removed" if key in shelf.written else "missing", key, "", wanted, None)
        return
    for name, value in wanted.items():
        if shown[name] != value:
            yield Difference("edited", key, name, value, shown[name])


def _amounts(wanted: WantedInvoice, remote: RemoteInvoice) -> Iterator[Difference]:
    """The shop system's own totals against ours; people's additions (a line by hand) show up here.

    Where the books compute the tax, theirs is set against what was collected, and apart from the total.
    """
    their_tax = remote.sales_tax_amount if wanted.recompute_tax else 0
    pairs = (
        ("discount_amount", wanted.discount_amount, remote.discount_amount),
        ("total_amount", wanted.proof.invoice_amount, remote.total_amount - their_tax),
        ("sales_tax_amount", wanted.proof.recomputed_tax_amount, their_tax),
        ("paid_amount", wanted.proof.payments_amount, remote.paid_amount),
        ("total_quantity", wanted.piece_count, remote.total_quantity),
    )
    for name, ours, theirs in pairs:
        if ours != theirs:
            yield Difference("amount", "quote", name, ours, theirs)
