"""Our own things in the books of which we have no record: writes whose answers were lost."""

from collections.abc import Mapping

from api.connectors.print_shop import RemoteInvoice
from api.invoices.rules.fields import fee_fields, imprint_fields, line_fields, payment_fields
from api.invoices.rules.shelf import Shelf
from api.invoices.rules.steps import Written
from api.invoices.rules.wanted import WantedInvoice


def find_unrecorded(
    wanted: WantedInvoice, remote: RemoteInvoice, written: Mapping[str, Written]
) -> dict[str, Written]:
    """What is to be recorded before steps are made, as the books show it: key → written.

    Recorded, it is changed like anything of ours; removed by a person later, it is not made again.
    """
    shelf = Shelf(remote, written)
    found: dict[str, Written] = {}
    for wanted_group in wanted.groups:
        group = shelf.group(wanted_group)
        if group is None:
            continue
        found[wanted_group.key] = Written("group", group.id, None, {})
        for wanted_line in wanted_group.lines:
            if line := shelf.line(wanted_line):
                found[wanted_line.key] = Written("line", line.id, group.id, line_fields(line))
        for wanted_imprint in wanted_group.imprints:
            if imprint := shelf.imprint(wanted_imprint):
                found[wanted_imprint.key] = Written("imprint", imprint.id, group.id, imprint_fields(imprint))
    for wanted_fee in wanted.fees:
        if fee := shelf.fee(wanted_fee):
            found[wanted_fee.key] = Written("fee", fee.id, None, fee_fields(fee))
    if wanted.payment and (payment := shelf.payment(wanted.payment)):
        found[wanted.payment.key] = Written("payment", payment.id, None, payment_fields(payment))
    return {key: one for key, one in found.items() if key not in written}
