"""Invoices as they are shown: the picker's rows, the preview, the whole invoice with its push state."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.paging import Page
from api.core.schema import Amount, Count, Currency, Moment, Wire, examples
from api.invoices.schemas.content import InvoiceContent

PushState = Literal["queued", "sending", "checking", "in_printavo", "refused", "needs_human"]
_ID = "0192f0c4-7a10-7000-8000-000000000301"
_STORE: dict[str, Any] = {"id": "0192f0c4-7a10-7000-8000-000000000201", "name": "Lincoln High Spirit Wear"}


class StoreRef(Wire):
    """A store by id and name."""

    id: UUID
    name: str


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
