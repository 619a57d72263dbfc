"""A print shop's own online stores ("Merch") in our words, and the port that reads them. Nothing of them can be written.

Money is integer cents, instants are aware UTC datetimes, ids of the vendor are strings. An order has no lines.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from api.connectors.print_shop import ShopCredentials

StoreStatus = Literal["live", "closed"]
OrderStatus = Literal["unfulfilled", "fulfilled"]
Delivery = Literal["delivery", "pickup"]


@dataclass(frozen=True, slots=True)
class MerchStore:
    """A store with the vendor's own sums over all of its orders. `closes_at` is None for one that stays open."""

    external_id: str
    name: str
    status: StoreStatus
    closes_at: datetime | None
    items_sold: int
    sales_amount: int
    tax_amount: int
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class MerchOrder:
    """An order: total = items - promotion + tax + delivery, as the vendor says. `customer_name` is empty where none is told."""

    external_id: str
    number: str
    customer_name: str
    status: OrderStatus
    placed_at: datetime
    quantity: int
    items_amount: int
    promotion_amount: int
    tax_amount: int
    delivery_amount: int
    total_amount: int
    delivery: Delivery
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class MerchOrderPage:
    """At most 25 orders, and how many the store has. `next_cursor` is None behind the last page."""

    orders: tuple[MerchOrder, ...]
    total: int
    next_cursor: str | None


class MerchStores(Protocol):
    """What is read of them. Raises the five errors of `vendor_errors`; no method is called inside a transaction."""

    async def list_stores(self, credentials: ShopCredentials) -> list[MerchStore]:
        """Every store, live and closed, all pages walked."""

    async def list_orders(
        self, credentials: ShopCredentials, *, store_id: str, cursor: str | None
    ) -> MerchOrderPage | None:
        """One page, one call; None when there is no such store (any more)."""
