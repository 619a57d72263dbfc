"""A whole order, as `GetOrder` and `GetOrderPackage` answer it.

A field without a default must be there and not null (cards may be null: blank goods have none). The field set of the
package is not published, and an order that does not say whether it awaits approval (S4), what it is worth or what is in
it must be read another way, never guessed.
"""

from decimal import Decimal

from pydantic import field_validator

from api.connectors.inksoft.wire.card import WireCard
from api.connectors.inksoft.wire.item import WireCustomLine, WireItem
from api.connectors.inksoft.wire.lenient import (
    Amount,
    Flag,
    Id,
    KnownAmount,
    KnownId,
    KnownMoment,
    KnownRows,
    Lenient,
    MaybeAmount,
    Moment,
    Rows,
    Text,
)
from api.connectors.inksoft.wire.person import WireAddress, WireContact


class WireShippingMethod(Lenient):
    name: Text = ""


class WirePayment(Lenient):
    event_type: Text = ""
    amount: Amount = Decimal(0)
    date_voided: Moment = None


class WireAdjustment(Lenient):
    id: Id = ""
    type: Text = ""
    description: Text = ""
    amount: Amount = Decimal(0)


class WireLineNote(Lenient):
    art_id: Id = ""
    custom_line_item_id: Id = ""
    product_style_id: Id = ""
    content: Text = ""


class WireIdentity(Lenient):
    """What is enough to know that an order exists, however much of it got lost on the way."""

    id: KnownId
    store_id: Id = ""


class WireOrder(Lenient):
    id: KnownId
    unique_id: Text = ""
    order_type: Text = ""
    proposal_id: Id = ""
    store_id: Id = ""
    store_name: Text = ""
    status: Text
    production_status: Text = ""
    payment_status: Text = ""
    cancelled: Flag = False
    shipped: Flag = False
    approval_required: bool
    approval_date: Moment = None
    date_created: KnownMoment
    due_date: Moment = None
    currency_code: KnownId
    email: Text = ""
    user: WireContact | None = None
    billing_address: WireAddress | None = None
    shipping_address: WireAddress | None = None
    shipping_method: WireShippingMethod | None = None
    shipping_amount: Amount = Decimal(0)
    shipping_tax: Amount = Decimal(0)
    tax_rate: MaybeAmount = None
    tax_amount: Amount = Decimal(0)
    total_discount: MaybeAmount = None
    retail_discount: Amount = Decimal(0)
    quantity_discount_amount: Amount = Decimal(0)
    gift_certificate_amount: Amount = Decimal(0)
    process_amount: Amount = Decimal(0)
    total_amount: KnownAmount
    amount_due: KnownAmount
    notes: Text = ""
    items: KnownRows[WireItem]
    production_cards: Rows[WireCard]
    custom_line_items: Rows[WireCustomLine] = ()
    payments: Rows[WirePayment] = ()
    total_adjustments: Rows[WireAdjustment] = ()
    line_item_notes: Rows[WireLineNote] = ()

    @field_validator("items")
    @classmethod
    def refuse_a_size_row_twice(cls, items: tuple[WireItem, ...]) -> tuple[WireItem, ...]:
        """The size row is the line's identity: two of them could not be told apart afterwards."""
        if len({item.order_retail_item_size_id for item in items}) < len(items):
            raise ValueError("one size row twice")
        return items
