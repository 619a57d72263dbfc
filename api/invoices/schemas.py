"""What crosses the wire about invoices: the picker's rows, the preview, the whole invoice with its proof."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.paging import Page
from api.core.schema import Amount, Count, Currency, Moment, Name, Wire, examples

PushState = Literal["queued", "sending", "checking", "in_printavo", "refused", "needs_human"]
OrderIds = Annotated[
    list[UUID],
    Field(
        min_length=1,
        max_length=200,
        description="All of them or none.",
        json_schema_extra={"uniqueItems": True},
    ),
]
_ID = "0192f0c4-7a10-7000-8000-000000000301"
_ORDER = "0192f0c4-7a10-7000-8000-000000000101"
_STORE: dict[str, Any] = {"id": "0192f0c4-7a10-7000-8000-000000000201", "name": "Lincoln High Spirit Wear"}


class StoreRef(Wire):
    """A store by id and name."""

    id: UUID
    name: str


class PreviewRequest(Wire):
    """Orders to preview on a new invoice, or on top of an existing one."""

    model_config = ConfigDict(json_schema_extra=examples({"order_ids": [_ORDER]}))

    order_ids: OrderIds
    invoice_id: UUID | None = None


class InvoiceCreate(Wire):
    """A new invoice with these orders. Nickname, dates and contact come from the settings unless given."""

    model_config = ConfigDict(
        json_schema_extra=examples({"order_ids": [_ORDER], "nickname": "Lincoln High, week 48"})
    )

    order_ids: OrderIds
    nickname: Name | None = None
    customer_due_on: date | None = None


class AttachRequest(Wire):
    """Orders to add to an invoice, all of them or none."""

    model_config = ConfigDict(json_schema_extra=examples({"order_ids": [_ORDER]}))

    order_ids: OrderIds


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


class InvoicePreview(Wire):
    """The result before anything is written. `is_sendable` is false when an order does not add up."""

    store: StoreRef
    content: InvoiceContent
    is_sendable: bool
    contact_name: str | None = Field(description="Null: choose the store's invoice contact first.")


class InvoiceSummary(Wire):
    """A row of the picker."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "id": _ID,
                "number": "1042",
                "nickname": "Lincoln High, week 48",
                "contact_name": "Lincoln High Boosters",
                "store": _STORE,
                "order_count": 12,
                "piece_count": 148,
                "total_amount": 231000,
                "currency": "USD",
                "push_state": "in_printavo",
                "closed": False,
                "created_at": "2026-11-20T16:04:00.000Z",
                "created_by": "Dana Reyes",
            }
        )
    )

    id: UUID
    number: str | None
    nickname: str
    contact_name: str
    store: StoreRef
    order_count: Count
    piece_count: Count
    total_amount: Amount
    currency: Currency
    push_state: PushState
    closed: bool
    created_at: Moment
    created_by: str


class PickerPage(Page[InvoiceSummary]):
    """A page of the picker."""

    hidden_count: Count = Field(description="Invoices of this store that are closed or in a final status.")


class AttachedOrder(Wire):
    """An order on the invoice, at its pinned version."""

    id: UUID
    number: str
    customer_name: str
    piece_count: Count
    total_amount: Amount
    version: int
    attached_at: Moment
    attached_by: str


class ShopDifference(Wire):
    """What the shop's books show otherwise; edits and removals there are kept."""

    kind: Literal["edited", "removed", "missing", "amount"]
    field: str
    wanted: Any
    remote: Any


class PushProblem(Wire):
    """Why the push stopped, in plain words."""

    code: str
    detail: str


class InvoiceRead(InvoiceSummary):
    """The whole invoice: content, attached orders, push state, what the shop's books show differently."""

    external_id: str | None
    public_url: str | None
    status_name: str | None
    customer_due_on: date
    revision: int
    pushed_revision: int
    push_problem: PushProblem | None
    content: InvoiceContent
    orders: list[AttachedOrder]
    differences: list[ShopDifference]
    read_back_at: Moment | None
    version: int
