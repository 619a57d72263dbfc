"""What crosses the wire about Printavo's own stores. They are read only, and never mix with InkSoft's (A3)."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from api.connectors.merch import Delivery, OrderStatus, StoreStatus
from api.core.schema import Amount, Count, Currency, Moment, Wire, examples
from api.storefronts.rules.merch import Trouble

_STORE: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000701",
    "external_id": "3107",
    "name": "Falcons Spirit Wear",
    "status": "live",
    "closes_at": "2026-12-04T23:59:00.000Z",
    "closes_in_days": 2,
    "closes_soon": True,
    "items_sold": 96,
    "sales_amount": 214300,
    "tax_amount": 14010,
    "order_count": 32,
    "unfulfilled_order_count": 21,
    "orders_read_at": "2026-12-02T21:00:00.000Z",
    "currency": "USD",
}
_ORDER: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000801",
    "external_id": "40117",
    "number": "M40117",
    "store": {"id": _STORE["id"], "name": _STORE["name"]},
    "customer_name": "Ana Lopez",
    "placed_at": "2026-11-20T16:04:00.000Z",
    "fulfilled": False,
    "delivery": "delivery",
    "quantity": 3,
    "items_amount": 7200,
    "promotion_amount": 720,
    "tax_amount": 453,
    "delivery_amount": 695,
    "total_amount": 7628,
    "currency": "USD",
}
MERCH_TOTALS: dict[str, Any] = {
    "connected": True,
    "account_name": "Northside Print Co",
    "store_count": 6,
    "live_store_count": 4,
    "closing_soon_store_count": 1,
    "items_sold": 350,
    "sales_amount": 912540,
    "tax_amount": 58310,
    "order_count": 100,
    "unfulfilled_order_count": 41,
    "currency": "USD",
    "read_at": "2026-12-02T21:00:00.000Z",
    "trouble": None,
}


class MerchTrouble(Wire):
    """What keeps the merch stores from being read; what was read before is still shown."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "code": "needs_reauth",
                "detail": "Printavo no longer accepts its credentials. Sign in to it again; what was read stays.",
            }
        )
    )

    code: Trouble
    detail: str


class MerchTotals(Wire):
    """The merch stores chosen in the settings together, long closed ones included. Without a connection all is 0."""

    model_config = ConfigDict(json_schema_extra=examples(MERCH_TOTALS))

    connected: bool
    account_name: str | None
    store_count: Count
    live_store_count: Count
    closing_soon_store_count: Count
    items_sold: Count
    sales_amount: Amount
    tax_amount: Amount
    order_count: Count
    unfulfilled_order_count: Count
    currency: Currency | None
    read_at: Moment | None = Field(
        description="When the stores were listed last; null before the first time."
    )
    trouble: MerchTrouble | None


class MerchStorefront(Wire):
    """A store of Printavo's own. Items sold, sales and tax are Printavo's sums; the orders are those read so far."""

    model_config = ConfigDict(json_schema_extra=examples(_STORE))

    id: UUID
    external_id: str
    name: str
    status: StoreStatus
    closes_at: Moment | None
    closes_in_days: Count | None = Field(
        description="Whole days until then; 0 on the last one and after it, null when it is closed or stays open."
    )
    closes_soon: bool = Field(description="Sooner than the days chosen in the Merch settings.")
    items_sold: Count
    sales_amount: Amount
    tax_amount: Amount
    order_count: Count
    unfulfilled_order_count: Count
    orders_read_at: Moment | None
    currency: Currency


class MerchOrderStore(Wire):
    """The store that an order belongs to."""

    model_config = ConfigDict(json_schema_extra=examples(_ORDER["store"]))

    id: UUID
    name: str


class MerchOrderRead(Wire):
    """An order of a merch store. Printavo tells no lines of it; it cannot go on an InkSoft store's invoice (A3)."""

    model_config = ConfigDict(json_schema_extra=examples(_ORDER))

    id: UUID
    external_id: str
    number: str
    store: MerchOrderStore
    customer_name: str = Field(description="Empty where Printavo tells no address.")
    placed_at: Moment
    fulfilled: bool
    delivery: Delivery
    quantity: Count
    items_amount: Amount
    promotion_amount: Amount
    tax_amount: Amount
    delivery_amount: Amount
    total_amount: Amount
    currency: Currency


FULFILLED: dict[OrderStatus, bool] = {"fulfilled": True, "unfulfilled": False}
MerchSort = Literal["-placed_at", "placed_at"]
