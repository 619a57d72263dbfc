"""The JSON of merch stores and their orders. As everywhere: unknown keys are ignored, money is read into cents."""

from typing import Literal

from pydantic import AwareDatetime

from api.connectors.printavo.wire import Money, Page, Wire, WithId


class Timestamps(Wire):
    created_at: AwareDatetime
    updated_at: AwareDatetime


class Summary(Wire):
    items_sold: int
    total_sales: Money
    total_tax: Money


class MerchStore(WithId):
    name: str
    status: Literal["LIVE", "CLOSED"]
    closes_at: AwareDatetime | None = None
    summary: Summary
    timestamps: Timestamps


class Delivery(Wire):
    method: Literal["DELIVERY", "PICKUP"]
    total: Money | None = None


class Address(Wire):
    name: str | None = None


class MerchOrder(WithId):
    visual_id: str | None = None
    status: Literal["UNFULFILLED", "FULFILLED"]
    completed_at: AwareDatetime | None = None
    quantity: int
    item_total: Money
    promo_total: Money
    tax: Money
    total: Money
    delivery: Delivery
    billing_address: Address | None = None
    shipping_address: Address | None = None
    timestamps: Timestamps


class StoreOrders(Wire):
    """The store, of which only its orders were asked for."""

    orders: Page[MerchOrder]
