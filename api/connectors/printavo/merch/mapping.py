"""From Printavo's merch models to our values. Pure."""

from datetime import UTC
from typing import Final

from api.connectors.merch import Delivery, MerchOrder, MerchStore, OrderStatus, StoreStatus
from api.connectors.printavo.merch import wire

_STORE: Final[dict[str, StoreStatus]] = {"LIVE": "live", "CLOSED": "closed"}
_ORDER: Final[dict[str, OrderStatus]] = {"UNFULFILLED": "unfulfilled", "FULFILLED": "fulfilled"}
_DELIVERY: Final[dict[str, Delivery]] = {"DELIVERY": "delivery", "PICKUP": "pickup"}


def to_store(store: wire.MerchStore) -> MerchStore:
    return MerchStore(
        external_id=store.id,
        name=store.name,
        status=_STORE[store.status],
        closes_at=store.closes_at.astimezone(UTC) if store.closes_at else None,
        items_sold=store.summary.items_sold,
        sales_amount=store.summary.total_sales,
        tax_amount=store.summary.total_tax,
        opened_at=store.timestamps.created_at.astimezone(UTC),
        changed_at=store.timestamps.updated_at.astimezone(UTC),
    )


def to_order(order: wire.MerchOrder) -> MerchOrder:
    """The schema calls `completedAt` the date on which the order was placed; where it is missing, the record's own is taken."""
    names = (address.name for address in (order.shipping_address, order.billing_address) if address)
    return MerchOrder(
        external_id=order.id,
        number=order.visual_id or order.id,
        customer_name=next(filter(None, names), ""),
        status=_ORDER[order.status],
        placed_at=(order.completed_at or order.timestamps.created_at).astimezone(UTC),
        quantity=order.quantity,
        items_amount=order.item_total,
        promotion_amount=order.promo_total,
        tax_amount=order.tax,
        delivery_amount=order.delivery.total or 0,
        total_amount=order.total,
        delivery=_DELIVERY[order.delivery.method],
        changed_at=order.timestamps.updated_at.astimezone(UTC),
    )
