"""One order with everything that is known of it: lines, addresses, money, timeline."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.schema import Amount, Moment, Wire, examples
from api.orders.rules.timeline import Step
from api.orders.schemas.lines import LINE, OrderLine
from api.orders.schemas.summary import SUMMARY, OrderSummary

_ADDRESS: dict[str, Any] = {
    "name": "Ana Lopez",
    "company": "",
    "street1": "12 Elm St",
    "street2": "",
    "city": "Joliet",
    "state": "IL",
    "post_code": "60435",
    "country": "US",
    "phone": "555-0142",
}
_MONEY: dict[str, Any] = {
    "items_amount": 10000,
    "discount_amount": 0,
    "shipping_amount": 650,
    "tax_amount": 800,
    "fee_amount": 0,
    "gift_amount": 0,
    "total_amount": 11450,
    "due_amount": 0,
    "collected_amount": 11450,
    "refunded_amount": 0,
}
_ADJUSTMENT: dict[str, Any] = {"kind": "refund", "description": "Late delivery", "amount": 500}
_ENTRY: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000401",
    "step": "seen",
    "type": "order.received",
    "occurred_at": "2026-11-20T16:05:12.000Z",
    "actor": "sync",
    "data": {"version": 1},
}


class OrderAddress(Wire):
    """Where something goes. Members that are not known are empty."""

    model_config = ConfigDict(json_schema_extra=examples(_ADDRESS))

    name: str
    company: str
    street1: str
    street2: str
    city: str
    state: str
    post_code: str
    country: str
    phone: str


class OrderMoney(Wire):
    """How the order's total comes about, and what was paid of it. `gift_amount` is part of `collected_amount`."""

    model_config = ConfigDict(json_schema_extra=examples(_MONEY))

    items_amount: Amount
    discount_amount: Amount
    shipping_amount: Amount
    tax_amount: Amount
    fee_amount: Amount
    gift_amount: Amount
    total_amount: Amount
    due_amount: Amount
    collected_amount: Amount
    refunded_amount: Amount


class OrderAdjustment(Wire):
    """A later change of the total by a person; `amount` is positive, `kind` says which way it goes."""

    model_config = ConfigDict(json_schema_extra=examples(_ADJUSTMENT))

    kind: Literal["discount", "fee", "refund"]
    description: str
    amount: Amount


class TimelineEntry(Wire):
    """Something that happened to the order, newest first. `actor` is a person's name, or the part of Platen that did it."""

    model_config = ConfigDict(json_schema_extra=examples(_ENTRY))

    id: UUID
    step: Step
    type: str
    occurred_at: Moment
    actor: str
    data: dict[str, Any]


class OrderDetail(OrderSummary):
    """One order. With `has_detail` false only its summary was read: no lines, addresses or money are known."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                **SUMMARY,
                "lines": [LINE],
                "has_detail": True,
                "approval_required": False,
                "approved_at": None,
                "attached_at": "2026-11-21T09:00:00.000Z",
                "attached_by": "Dana Reyes",
                "phone": "555-0142",
                "due_at": None,
                "shipping_method": "Ship to home",
                "proposal_id": None,
                "ship_to": _ADDRESS,
                "bill_to": _ADDRESS,
                "money": _MONEY,
                "adjustments": [_ADJUSTMENT],
                "notes": "",
                "note": "Call the coach before printing.",
                "note_changed_at": "2026-11-21T09:05:00.000Z",
                "note_changed_by": "Dana Reyes",
                "timeline": [_ENTRY],
            }
        )
    )

    lines: list[OrderLine] = Field(description="Empty while `has_detail` is false.")
    has_detail: bool
    approval_required: bool
    approved_at: Moment | None
    attached_at: Moment | None
    attached_by: str | None
    phone: str
    due_at: Moment | None
    shipping_method: str
    proposal_id: str | None
    ship_to: OrderAddress | None
    bill_to: OrderAddress | None
    money: OrderMoney | None
    adjustments: list[OrderAdjustment]
    notes: str = Field(description="Written in the store platform.")
    note: str = Field(description="Written in Platen; empty when there is none.")
    note_changed_at: Moment | None
    note_changed_by: str | None
    timeline: list[TimelineEntry] = Field(description="The newest 100; all of it by `/timeline`.")
