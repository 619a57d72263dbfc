"""What crosses the wire about InkSoft's shared stores, and the dashboard of both."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.core.schema import Amount, Count, Currency, Moment, Wire, examples
from api.storefronts.schemas.merch import MERCH_TOTALS, MerchTotals
from api.stores.rules import Kind
from api.stores.schemas import Status

_DAY: dict[str, Any] = {"on": "2026-11-20", "order_count": 41}
_OLDEST: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000101",
    "number": "81234567",
    "placed_at": "2026-11-03T09:15:00.000Z",
    "store_id": "0192f0c4-7a10-7000-8000-000000000201",
    "store_name": "Lincoln High Spirit Wear",
}
_FIGURES: dict[str, Any] = {
    "new_order_count": 37,
    "attached_order_count": 120,
    "waiting_piece_count": 96,
    "waiting_amount": 214300,
}
_STOREFRONT: dict[str, Any] = {
    "id": "0192f0c4-7a10-7000-8000-000000000201",
    "name": "Lincoln High Spirit Wear",
    "kind": "store",
    "status": "open",
    "closes_at": "2026-12-04T23:59:00.000Z",
    "is_embedded": False,
    "shared": True,
    **_FIGURES,
    "oldest_waiting_at": "2026-11-03T09:15:00.000Z",
    "currency": "USD",
}


class Day(Wire):
    """How many orders were placed on a day of the shop's own calendar."""

    model_config = ConfigDict(json_schema_extra=examples(_DAY))

    on: date
    order_count: Count


class WaitingOrder(Wire):
    """The order that waits longest for an invoice."""

    model_config = ConfigDict(json_schema_extra=examples(_OLDEST))

    id: UUID
    number: str
    placed_at: Moment
    store_id: UUID
    store_name: str


class Storefronts(Wire):
    """The dashboard (F1, F2): of InkSoft's shared stores what waits for an invoice, all 0 without a link; beside it `merch`."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "linked": True,
                "currency": "USD",
                "shared_store_count": 12,
                **_FIGURES,
                "oldest_waiting_order": _OLDEST,
                "orders_per_day": [_DAY],
                "merch": MERCH_TOTALS,
            }
        )
    )

    linked: bool
    currency: Currency | None
    shared_store_count: Count
    new_order_count: Count
    attached_order_count: Count
    waiting_piece_count: Count
    waiting_amount: Amount
    oldest_waiting_order: WaitingOrder | None
    orders_per_day: list[Day] = Field(
        description="The days asked for, today last: orders that are shared or attached, and not cancelled."
    )
    merch: MerchTotals


class StorefrontRead(Wire):
    """A store as the print shop sees it, with what waits there for an invoice."""

    model_config = ConfigDict(json_schema_extra=examples(_STOREFRONT))

    id: UUID
    name: str
    kind: Kind
    status: Status
    closes_at: Moment | None
    is_embedded: bool
    shared: bool
    new_order_count: Count
    attached_order_count: Count
    waiting_piece_count: Count
    waiting_amount: Amount
    oldest_waiting_at: Moment | None
    currency: Currency


class StorefrontDetail(StorefrontRead):
    """One storefront with its orders per day."""

    model_config = ConfigDict(json_schema_extra=examples({**_STOREFRONT, "orders_per_day": [_DAY]}))

    orders_per_day: list[Day]
