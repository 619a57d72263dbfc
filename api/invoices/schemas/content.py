"""What an invoice says: groups, lines, sizes, imprints, fees, and the proof to the cent."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.schema import Amount, Count, Currency, Wire, examples
from api.invoices.schemas.purchasing import LINE_PURCHASING, PURCHASING, LinePurchasing, Purchasing

_Example = dict[str, Any]
_PREVIEWED = "Null in a preview: there is nothing to order yet."

# One order of three tees, one of them with a name, paid in full.
_SIZE: _Example = {"size": "size_l", "count": 3, "texts": ["L"]}
_NAMED: _Example = {
    "order_number": "870001", "size": "L", "name": "Zoë", "number": "7", "values": [["Sleeve", "Captain"]], "quantity": 1,
}  # fmt: skip
_LINE: _Example = {
    "name": "Heavy Cotton Tee",
    "item_number": "G500",
    "color": "Navy",
    "description": "Heavy Cotton Tee · L Zoë #7 Sleeve: Captain (870001) · ref P-7K2Q3FXM",
    "unit_price_amount": 2000,
    "sizes": [_SIZE],
    "piece_count": 3,
    "total_amount": 6000,
    "personalizations": [_NAMED],
    "purchasing": LINE_PURCHASING,
}
_IMPRINT: _Example = {
    "details": "Full Front · Screen Print · Lincoln Lions · 2 colors: White, Gold · ref P-Q4M7ZT2A",
    "type_of_work_id": "11802",
    "mockup_url": None,
}
_GROUP: _Example = {"sizes": ["size_l"], "lines": [_LINE], "imprints": [_IMPRINT], "purchasing": PURCHASING}
_FEE: _Example = {"kind": "shipping", "description": "Shipping (870001 5.00) · ref P-B5XN6R2D", "amount": 500}
_PROOF: _Example = {
    "orders_amount": 6500, "refunds_amount": 0, "lines_amount": 6000, "fees_amount": 500, "discount_amount": 0,
    "invoice_amount": 6500, "collected_amount": 6500, "payments_amount": 6500, "due_amount": 0, "difference": 0,
    "payment_difference": 0, "recomputed_tax_amount": 0, "is_balanced": True,
}  # fmt: skip
_FINDING: _Example = {
    "code": "unknown_size",
    "order_id": "0192f0c4-7a10-7000-8000-000000000101",
    "details": {"size": "OSFA", "item": "Trucker Cap", "order_number": "870001"},
}
CONTENT: _Example = {
    "nickname": "Lincoln High, week 48", "groups": [_GROUP], "fees": [_FEE], "discount_amount": 0, "payment_amount": 6500,
    "proof": _PROOF, "findings": [], "order_count": 1, "piece_count": 3, "currency": "USD",
}  # fmt: skip


class SizeCount(Wire):
    """Pieces of one size. `size` is one of Printavo's 24 codes."""

    model_config = ConfigDict(json_schema_extra=examples(_SIZE))

    size: str
    count: Count
    texts: list[str] = Field(
        description="How the store platform writes this size; one that Printavo lacks is told by it alone."
    )


class NamedPieceRead(Wire):
    """A name or number on a piece, with its order."""

    model_config = ConfigDict(json_schema_extra=examples(_NAMED))

    order_number: str
    size: str
    name: str
    number: str
    values: list[tuple[str, str]]
    quantity: Count


class InvoiceLine(Wire):
    """One style, colour and unit price."""

    model_config = ConfigDict(json_schema_extra=examples(_LINE))

    name: str = Field(description="The product's name, without what the description adds for the print shop.")
    item_number: str
    color: str
    description: str
    unit_price_amount: Amount
    sizes: list[SizeCount]
    piece_count: Count
    total_amount: Amount
    personalizations: list[NamedPieceRead]
    purchasing: LinePurchasing | None = Field(description=_PREVIEWED)


class InvoiceImprint(Wire):
    """One side's decoration."""

    model_config = ConfigDict(json_schema_extra=examples(_IMPRINT))

    details: str
    type_of_work_id: str | None
    mockup_url: str | None


class InvoiceGroup(Wire):
    """A line item group: one decoration set. `sizes` are the columns of its grid, youth before adult, Other last."""

    model_config = ConfigDict(json_schema_extra=examples(_GROUP))

    sizes: list[str]
    lines: list[InvoiceLine]
    imprints: list[InvoiceImprint]
    purchasing: Purchasing | None = Field(description=_PREVIEWED)


class InvoiceFee(Wire):
    """A fee of one kind, for all orders together."""

    model_config = ConfigDict(json_schema_extra=examples(_FEE))

    kind: Literal["shipping", "tax", "fee", "rounding"]
    description: str
    amount: Amount


class ProofRead(Wire):
    """Both sums to the cent: the orders against the invoice, and what was collected against the recorded payment."""

    model_config = ConfigDict(json_schema_extra=examples(_PROOF))

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
    recomputed_tax_amount: Amount = Field(
        description="Collected tax that Printavo computes itself (a setting): no part of what Platen writes.",
    )
    is_balanced: bool


class FindingRead(Wire):
    """Something to look at: an unknown size or method, a rounding, an order that does not add up."""

    model_config = ConfigDict(json_schema_extra=examples(_FINDING))

    code: Literal["unknown_size", "unknown_method", "rounding", "does_not_add_up"]
    order_id: UUID
    details: dict[str, Any]


class InvoiceContent(Wire):
    """What the invoice will say, or says."""

    model_config = ConfigDict(json_schema_extra=examples(CONTENT))

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
