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
    found = [
        difference for group in wanted.groups for line in group.lines
        for difference in _one(shelf, line.key, line_fields(line.draft), _shown(shelf.line(line), line_fields))
    ]  # fmt: skip
    for group in wanted.groups:
        for imprint in group.imprints:
            shown = _shown(shelf.imprint(imprint), imprint_fields)
            found += _one(shelf, imprint.key, imprint_fields(imprint.draft), shown)
    for fee in wanted.fees:
        found += _one(shelf, fee.key, fee_fields(fee.draft), _shown(shelf.fee(fee), fee_fields))
    if wanted.payment is not None:
        shown = _shown(shelf.payment(wanted.payment), payment_fields)
        found += _one(shelf, "payment", payment_fields(wanted.payment.draft), shown)
    return [*found, *_amounts(wanted, remote)]


def _shown(remote: object | None, fields: object) -> Fields | None:
    return None if remote is None else fields(remote)  # type: ignore[operator,no-any-return] # one of `rules.fields`


def _one(shelf: Shelf, key: str, wanted: Fields, shown: Fields | None) -> Iterator[Difference]:
    if shown is None:
        kind = "removed" if key in shelf.written else "missing"
        yield Difference(kind, key, "", wanted, None)  # type: ignore[arg-type] # one of the two literals above
        return
    for name, value in wanted.items():
        if shown[name] != value:
            yield Difference("edited", key, name, value, shown[name])


def _amounts(wanted: WantedInvoice, remote: RemoteInvoice) -> Iterator[Difference]:
    """The shop system's own totals against ours; people's additions (a line by hand) show up here."""
    pairs = (
        ("discount_amount", wanted.discount_amount, remote.discount_amount),
        ("total_amount", wanted.proof.invoice_amount, remote.total_amount),
        ("paid_amount", wanted.proof.payments_amount, remote.paid_amount),
        ("total_quantity", wanted.piece_count, remote.total_quantity),
    )
    for name, ours, theirs in pairs:
        if ours != theirs:
            yield Difference("amount", "quote", name, ours, theirs)
