"""InkSoft's status words, order types and names of people, in ours."""

from typing import Final

from api.connectors.inksoft.wire.person import WireAddress
from api.connectors.store_platform import Address, OrderStatus, Origin, PaymentStatus

_ORDER_STATUSES: Final[dict[str, OrderStatus]] = {
    "processing": "processing",
    "fulfilled": "fulfilled",
    "shipped": "shipped",
    "canceled": "cancelled",
    "cancelled": "cancelled",
}
_PAYMENT_STATUSES: Final[dict[str, PaymentStatus]] = {
    "paid": "paid",
    "notpaid": "not_paid",
    "partiallypaid": "partially_paid",
    "refunddue": "refund_due",
    "refunded": "refunded",
}
_ORIGINS: Final[dict[str, Origin]] = {
    "weborder": "store",
    "proposals": "proposal",
    "proposal": "proposal",
    "invoice": "staff",
}


def order_status(text: str, *, cancelled: bool, shipped: bool) -> OrderStatus:
    """The flag `Cancelled` wins over the text; a text that is not published counts as open, unless the flag says shipped."""
    if cancelled:
        return "cancelled"
    return _ORDER_STATUSES.get(_word(text), "shipped" if shipped else "processing")


def payment_status(text: str) -> PaymentStatus:
    return _PAYMENT_STATUSES.get(_word(text), "unknown")


def origin(order_type: str, *, proposal_id: str) -> Origin:
    """Where an order comes from (S3). The detail has no `OrderType`: without one a proposal id decides, else a store."""
    return _ORIGINS.get(_word(order_type), "proposal" if proposal_id else "store")


def person_name(*candidates: str) -> str:
    """The first that is not blank, else ""."""
    return next((name for name in (" ".join(each.split()) for each in candidates) if name), "")


def address(wire: WireAddress | None) -> Address | None:
    """None when there is no address or nothing in it (an order that is picked up)."""
    if wire is None:
        return None
    found = Address(
        name=person_name(f"{wire.first_name} {wire.last_name}", wire.name),
        company=wire.company_name,
        street1=wire.street1,
        street2=wire.street2,
        city=wire.city,
        state=wire.state or wire.state_name,
        post_code=wire.post_code,
        country=wire.country_code or wire.country,
        phone=wire.phone,
    )
    return None if found == Address() else found


def _word(text: str) -> str:
    return "".join(text.split()).replace("_", "").lower()
