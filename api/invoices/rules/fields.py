"""The fields that are written and compared, the same for what is wanted, what was written, and what the books show."""

from typing import Any

from api.connectors.print_shop import (
    FeeDraft,
    ImprintDraft,
    LineDraft,
    PaymentDraft,
    RemoteFee,
    RemoteImprint,
    RemoteLine,
    RemotePayment,
)
from api.invoices.rules.texts import mark_of

Fields = dict[str, Any]


def line_fields(line: LineDraft | RemoteLine) -> Fields:
    """Position is left out: people reorder lines, and nothing of ours depends on it."""
    return {
        "item_number": line.item_number,
        "color": line.color,
        "description": line.description,
        "unit_price_amount": line.unit_price_amount,
        "taxed": line.taxed,
        "sizes": sorted([code, count] for code, count in line.sizes if count),
    }


def imprint_fields(imprint: ImprintDraft | RemoteImprint) -> Fields:
    return {"details": imprint.details, "type_of_work_id": imprint.type_of_work_id}


def fee_fields(fee: FeeDraft | RemoteFee) -> Fields:
    return {"description": fee.description, "amount": fee.amount, "taxable": fee.taxable}


def payment_fields(payment: PaymentDraft | RemotePayment) -> Fields:
    return {"description": payment.description, "amount": payment.amount}


def find_mark(text: str, mark: str) -> bool:
    """Whether this text of the books carries our marker."""
    return mark_of(text) == mark
