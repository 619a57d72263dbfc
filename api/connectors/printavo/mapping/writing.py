"""From our drafts to the inputs of Printavo's mutations. Floats appear here only: they are its wire form of money."""

from collections.abc import Sequence
from typing import Any

from api.connectors.print_shop import (
    ColumnsChange,
    ContactDraft,
    FeeDraft,
    GroupDraft,
    HeaderChange,
    ImprintDraft,
    LineChange,
    LineDraft,
    LineStatus,
    PaymentDraft,
    QuoteDraft,
)
from api.connectors.printavo.mapping.money import dollars
from api.connectors.printavo.mapping.sizes import SIZES

# Printavo was never seen to take more nodes than this in one page, so no more are sent in one call either.
MOST_AT_ONCE = 25

Input = dict[str, Any]


def customer_input(draft: ContactDraft) -> Input:
    """`email` is a list on the way in, though a text on the way out."""
    contact: Input = {"firstName": draft.first_name, "lastName": draft.last_name}
    if draft.email:
        contact["email"] = [draft.email]
    return {"companyName": draft.company_name, "primaryContact": contact}


def quote_input(draft: QuoteDraft) -> Input:
    """Collected tax travels as a fee: without `salesTax: 0` the account's own rate would come on top."""
    if draft.due_at.tzinfo is None:
        message = "due_at must be aware"
        raise ValueError(message)
    header: Input = {
        "contact": {"id": draft.contact_id},
        "customerDueAt": draft.customer_due_on.isoformat(),
        "dueAt": draft.due_at.isoformat(),
        "nickname": draft.nickname,
        "visualPoNumber": draft.po_number,
        "tags": [draft.tag],
        **_discount(draft.discount_amount),
    }
    if not draft.recompute_tax:
        header["salesTax"] = 0
    if draft.production_note:
        header["productionNote"] = draft.production_note
    if draft.fees:
        header["fees"] = [fee_input(fee) for fee in draft.fees]
    return header


def header_input(change: HeaderChange) -> Input:
    """Only what changes. Tags and notes are replaced as a whole by Printavo, so they are never among it."""
    header: Input = {}
    if change.discount_amount is not None:
        header.update(_discount(change.discount_amount))
    if change.nickname is not None:
        header["nickname"] = change.nickname
    return header


def group_input(draft: GroupDraft) -> Input:
    """The group with its imprints and its first lines (at most `MOST_AT_ONCE`)."""
    return {
        "position": draft.position,
        "enabledColumns": {"color": True, "itemNumber": True, "sizes": list(draft.enabled_sizes)},
        "lineItems": [line_create_input(line) for line in draft.lines[:MOST_AT_ONCE]],
        "imprints": [imprint_create_input(imprint) for imprint in draft.imprints],
    }


def columns_input(change: ColumnsChange) -> Input:
    """Only the sizes: the shop may have switched other columns on or off."""
    return {"position": change.position, "enabledColumns": {"sizes": list(change.sizes)}}


def line_create_input(draft: LineDraft) -> Input:
    return {
        **_line(draft, draft.position),
        "sizes": [{"size": size, "count": count} for size, count in draft.sizes],
        "mockups": _mockups(draft.mockup_urls),
    }


def line_update_input(change: LineChange) -> Input:
    """All 24 sizes, 0 for those that the draft lacks: right whether Printavo replaces sizes or merges them."""
    counts = dict.fromkeys(SIZES, 0) | dict(change.draft.sizes)
    return {
        **_line(change.draft, change.position),
        "sizes": [{"size": size, "count": count} for size, count in counts.items()],
    }


def line_status_input(status: LineStatus, *, position: int) -> Input:
    """`position` is required by every update of a line."""
    return {"position": position, "productStatus": status}


def imprint_create_input(draft: ImprintDraft) -> Input:
    return {**imprint_update_input(draft), "mockups": _mockups(draft.mockup_urls)}


def imprint_update_input(draft: ImprintDraft) -> Input:
    """Mockups are not part of an update."""
    work = {"id": draft.type_of_work_id} if draft.type_of_work_id is not None else None
    return {"details": draft.details, "typeOfWork": work}


def fee_input(draft: FeeDraft) -> Input:
    """Amount and quantity times unit price say the same, whichever of them Printavo counts."""
    amount = dollars(draft.amount)
    return {
        "description": draft.description,
        "amount": amount,
        "quantity": 1,
        "unitPrice": amount,
        "unitPriceAsPercentage": False,
        "taxable": draft.taxable,
    }


def payment_create_input(draft: PaymentDraft, *, external_id: str) -> Input:
    return {"order": {"id": external_id}, **payment_update_input(draft)}


def payment_update_input(draft: PaymentDraft) -> Input:
    """Category OTHER: the money was taken by the store, not by the shop's own processor."""
    return {
        "amount": dollars(draft.amount),
        "category": "OTHER",
        "transactionDate": draft.paid_on.isoformat(),
        "description": draft.description,
    }


def _line(draft: LineDraft, position: int) -> Input:
    return {
        "position": position,
        "itemNumber": draft.item_number,
        "color": draft.color,
        "description": draft.description,
        "price": dollars(draft.unit_price_amount),
        "taxed": draft.taxed,
    }


def _discount(amount: int) -> Input:
    return {"discount": dollars(amount), "discountAsPercentage": False}


def _mockups(urls: Sequence[str]) -> list[Input]:
    return [{"publicImageUrl": url} for url in urls]
