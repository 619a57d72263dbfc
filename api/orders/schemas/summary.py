"""An order in a list. `OrderFacts` is also the ready document that ingest writes."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.schema import Amount, Count, Currency, Moment, Wire, examples
from api.orders.rules.capabilities import Reason
from api.orders.rules.states import IntegrationState, NotSharedReason, Origin, Status
from api.orders.schemas.lines import OrderLine

PaymentStatus = Literal["paid", "not_paid", "partially_paid", "refund_due", "refunded", "unknown"]

_FACTS: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000101",
    "external_id": "81234567",
    "number": "81234567",
    "customer_name": "Ana Lopez",
    "email": "ana@example.com",
    "placed_at": "2026-11-20T16:04:00.000Z",
    "production_status": "Awaiting production",
    "payment_status": "paid",
    "item_count": 2,
    "piece_count": 5,
    "total_amount": 11450,
    "currency": "USD",
}
_CAPABILITIES: dict[str, Any] = {
    "edit_items": {"allowed": False, "reason": "attached", "way_out": "detach"},
    "edit_personalization": {"allowed": False, "reason": "attached", "way_out": "detach"},
    "edit_shipping": {"allowed": True, "reason": "invoice_is_told"},
    "cancel": {"allowed": False, "reason": "attached", "way_out": "detach"},
    "partial_refund": {"allowed": True, "reason": "becomes_adjustment"},
    "note": {"allowed": True},
}
SUMMARY: dict[str, Any] = {
    **_FACTS,
    "store": {"id": "0192f0c4-7a10-7000-8000-000000000201", "name": "Lincoln High Spirit Wear"},
    "origin": "store",
    "status": "open",
    "integration_state": "attached",
    "not_shared_reason": None,
    "in_printavo": True,
    "invoice": {"id": "0192f0c4-7a10-7000-8000-000000000301", "number": "1042"},
    "capabilities": _CAPABILITIES,
    "tags": ["rush"],
    "version": 3,
}


class OrderFacts(Wire):
    """The members of an order that only ingest changes.

    Ingest stores them ready in `order_document.summary`: `OrderFacts(…).model_dump_json()[1:-1]`, without the braces.
    Everything else (store, origin, states, invoice, capabilities, version) is spliced in when an order is read.
    """

    model_config = ConfigDict(json_schema_extra=examples(_FACTS))

    id: UUID
    external_id: str
    number: str
    customer_name: str
    email: str | None
    placed_at: Moment
    production_status: str
    payment_status: PaymentStatus
    item_count: Count
    piece_count: Count
    total_amount: Amount
    currency: Currency


class OrderStore(Wire):
    """The store an order belongs to."""

    model_config = ConfigDict(json_schema_extra=examples(SUMMARY["store"]))

    id: UUID
    name: str


class OrderInvoice(Wire):
    """The invoice an order is on. `number` is null until the print shop's books gave one."""

    model_config = ConfigDict(json_schema_extra=examples(SUMMARY["invoice"]))

    id: UUID
    number: str | None


class OrderCapability(Wire):
    """Whether an action is still possible, why not (or with what effect), and the way out."""

    model_config = ConfigDict(json_schema_extra=examples(_CAPABILITIES["edit_items"]))

    allowed: bool
    reason: Annotated[Reason | None, Field(exclude_if=lambda value: value is None)] = None
    way_out: Annotated[Literal["detach"] | None, Field(exclude_if=lambda value: value is None)] = None


class OrderCapabilities(Wire):
    """What may still be done to the order in the store platform (O3)."""

    model_config = ConfigDict(json_schema_extra=examples(_CAPABILITIES))

    edit_items: OrderCapability
    edit_personalization: OrderCapability
    edit_shipping: OrderCapability
    cancel: OrderCapability
    partial_refund: OrderCapability
    note: OrderCapability


class OrderSummary(OrderFacts):
    """An order in a list. `lines` is there with `include=lines` only."""

    model_config = ConfigDict(json_schema_extra=examples(SUMMARY))

    store: OrderStore
    origin: Origin
    status: Status
    integration_state: IntegrationState
    not_shared_reason: NotSharedReason | None
    in_printavo: bool
    invoice: OrderInvoice | None
    capabilities: OrderCapabilities
    tags: list[str] = Field(description="The shop's own, kept in Platen.")
    version: Count
    lines: list[OrderLine] = Field(default=[], description="Only with `include=lines`.")


class OrderPage(Wire):
    """One page of orders. A cursor is null at its end of the list."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"data": [SUMMARY], "has_more": False, "next_cursor": None, "prev_cursor": None}
        )
    )

    data: list[OrderSummary]
    has_more: bool
    next_cursor: str | None
    prev_cursor: str | None
    total_count: Count | None = Field(
        default=None,
        description="Only with `include=total_count`; capped at 10,001, and with `q` at the 1,000 newest finds.",
    )
