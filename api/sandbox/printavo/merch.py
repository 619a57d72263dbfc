"""Printavo's own stores and their orders, which the API only shows, and messages to the outside, which it should not send."""

from dataclasses import dataclass, field
from datetime import datetime

from api.sandbox.printavo.orders import Order
from api.sandbox.printavo.records import Customer, Record, User


@dataclass(slots=True, eq=False, kw_only=True)
class MerchStore(Record):
    name: str
    status: str
    closes_at: datetime | None
    orders: list["MerchOrder"] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class MerchAddress(Record):
    name: str | None
    address1: str | None
    city: str | None
    state_iso: str | None
    zip_code: str | None
    address2: str | None = None
    country_iso: str | None = "US"
    phone: str | None = None
    residential: bool | None = True

    @property
    def country(self) -> str | None:
        return {"US": "United States", "CA": "Canada"}.get(self.country_iso or "", self.country_iso)

    @property
    def state(self) -> str | None:
        return self.state_iso


@dataclass(slots=True, eq=False, kw_only=True)
class MerchOrder(Record):
    """Money in cents; total = items - promotion + tax + delivery. There are no lines on it."""

    store: MerchStore
    visual_id: str
    completed_at: datetime
    status: str
    delivery_method: str
    quantity: int
    item_cents: int
    promo_cents: int
    tax_cents: int
    delivery_cents: int
    billing_address: MerchAddress | None
    shipping_address: MerchAddress | None

    @property
    def total_cents(self) -> int:
        return self.item_cents - self.promo_cents + self.tax_cents + self.delivery_cents


@dataclass(slots=True, eq=False, kw_only=True)
class EmailMessage(Record):
    order: Order
    sender: str
    to: str
    cc: str | None
    bcc: str | None
    subject: str
    text: str


@dataclass(slots=True, eq=False, kw_only=True)
class PaymentRequest(Record):
    order: Order
    contact: Customer
    requested_by: User
    amount_cents: int
    visual_id: str
