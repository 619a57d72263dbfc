"""Invoices as they are shown: the picker's rows, the preview, the whole invoice with its push state."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.paging import Page
from api.core.schema import Amount, Count, Currency, Moment, Wire, examples
from api.invoices.schemas.content import CONTENT, InvoiceContent

PushState = Literal["queued", "sending", "checking", "in_printavo", "refused", "needs_human"]
_Example = dict[str, Any]
_ID = "0192f0c4-7a10-7000-8000-000000000301"
_STORE: _Example = {"id": "0192f0c4-7a10-7000-8000-000000000201", "name": "Lincoln High Spirit Wear"}
SUMMARY: _Example = {
    "id": _ID,
    "number": "1042",
    "nickname": "Lincoln High, week 48",
    "contact_name": "Lincoln High Boosters",
    "store": _STORE,
    "order_count": 1,
    "piece_count": 3,
    "total_amount": 6500,
    "currency": "USD",
    "push_state": "in_printavo",
    "closed": False,
    "created_at": "2026-11-20T16:04:00.000Z",
    "created_by": "Dana Reyes",
}
_ORDER: _Example = {
    "id": "0192f0c4-7a10-7000-8000-000000000101",
    "number": "870001",
    "customer_name": "Ana Lopez",
    "piece_count": 3,
    "total_amount": 6500,
    "version": 1,
    "attached_at": "2026-11-20T16:04:00.000Z",
    "attached_by": "Dana Reyes",
}
_DIFFERENCE: _Example = {"kind": "edited", "field": "unit_price_amount", "wanted": 2000, "remote": 1800}
_PROBLEM: _Example = {"code": "status_refused", "detail": "Printavo did not take the status of new invoices."}
_INVOICE: _Example = {
    **SUMMARY,
    "external_id": "18650021",
    "public_url": "https://shop.printavo.example/invoice/1042",
    "status_name": "New web order",
    "customer_due_on": "2026-12-04",
    "revision": 1,
    "pushed_revision": 1,
    "push_problem": None,
    "content": CONTENT,
    "orders": [_ORDER],
    "differences": [_DIFFERENCE],
    "read_back_at": "2026-11-20T16:04:09.000Z",
    "version": 3,
}


class StoreRef(Wire):
    """A store by id and name."""

    model_config = ConfigDict(json_schema_extra=examples(_STORE))

    id: UUID
    name: str


class InvoicePreview(Wire):
    """The result before anything is written. `is_sendable` is false when an order does not add up."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "store": _STORE,
                "content": CONTENT,
                "is_sendable": True,
                "contact_name": "Lincoln High Boosters",
            }
        )
    )

    store: StoreRef
    content: InvoiceContent
    is_sendable: bool
    contact_name: str | None = Field(description="Null: choose the store's invoice contact first.")


class InvoiceSummary(Wire):
    """A row of the picker."""

    model_config = ConfigDict(json_schema_extra=examples(SUMMARY))

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

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "data": [SUMMARY],
                "has_more": False,
                "next_cursor": None,
                "prev_cursor": None,
                "hidden_count": 2,
            }
        )
    )

    hidden_count: Count = Field(description="Invoices of this store that are closed or in a final status.")


class AttachedOrder(Wire):
    """An order on the invoice, at its pinned version."""

    model_config = ConfigDict(json_schema_extra=examples(_ORDER))

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

    model_config = ConfigDict(json_schema_extra=examples(_DIFFERENCE))

    kind: Literal["edited", "removed", "missing", "amount"]
    field: str
    wanted: Any
    remote: Any


class PushProblem(Wire):
    """Why the push stopped, in plain words."""

    model_config = ConfigDict(json_schema_extra=examples(_PROBLEM))

    code: str
    detail: str


class InvoiceRead(InvoiceSummary):
    """The whole invoice: content, attached orders, push state, what the shop's books show differently."""

    model_config = ConfigDict(json_schema_extra=examples(_INVOICE))

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
