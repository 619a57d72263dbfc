"""What an invoice says: groups, lines, sizes, imprints, fees, and the proof to the cent."""

from typing import Any, Literal
from uuid import UUID

from api.core.schema import Amount, Count, Currency, Wire


class SizeCount(Wire):
    """Pieces of one size. `size` is one of Printavo's 24 codes."""

    size: str
    count: Count


class NamedPieceRead(Wire):
    """A name or number on a piece, with its order."""

    order_number: str
    size: str
    name: str
    number: str
    values: list[tuple[str, str]]
    quantity: Count


class InvoiceLine(Wire):
    """One style, colour and unit price."""

    item_number: str
    color: str
    description: str
    unit_price_amount: Amount
    sizes: list[SizeCount]
    piece_count: Count
    total_amount: Amount
    personalizations: list[NamedPieceRead]


class InvoiceImprint(Wire):
    """One side's decoration."""

    details: str
    type_of_work_id: str | None
    mockup_url: str | None


class InvoiceGroup(Wire):
    """A line item group: one decoration set. `sizes` are the columns of its grid, youth before adult, Other last."""

    sizes: list[str]
    lines: list[InvoiceLine]
    imprints: list[InvoiceImprint]


class InvoiceFee(Wire):
    """A fee of one kind, for all orders together."""

    kind: Literal["shipping", "tax", "fee", "rounding"]
    description: str
    amount: Amount


class ProofRead(Wire):
    """Both sums to the cent: the orders against the invoice, and what was collected against the recorded payment."""

    orders_amount: Amount
    refunds_amount: Amount
    lines_amount: Amount
    fees_amount: Amount
    discount_amount: Amount
    invoice_amount: Amount
    collected_amount: Amount
    payments_amount: Amount
    due_amount: Amount
    difference: Amount
    payment_difference: Amount
    is_balanced: bool


class FindingRead(Wire):
    """Something to look at: an unknown size or method, a rounding, an order that does not add up."""

    code: Literal["unknown_size", "unknown_method", "rounding", "does_not_add_up"]
    order_id: UUID
    details: dict[str, Any]


class InvoiceContent(Wire):
    """What the invoice will say, or says."""

    nickname: str
    groups: list[InvoiceGroup]
    fees: list[InvoiceFee]
    discount_amount: Amount
    payment_amount: Amount
    proof: ProofRead
    findings: list[FindingRead]
    order_count: Count
    piece_count: Count
    currency: Currency
