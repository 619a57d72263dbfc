"""What a store platform tells us, in our words: accounts, stores, thin summaries and whole orders.

Money is integer cents, instants are aware UTC, vendor ids are strings. All values are immutable.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Origin = Literal["store", "proposal", "staff"]
OrderStatus = Literal["processing", "fulfilled", "shipped", "cancelled"]
PaymentStatus = Literal["paid", "not_paid", "partially_paid", "refund_due", "refunded", "unknown"]
ItemKind = Literal["product", "custom"]


@dataclass(frozen=True, slots=True)
class PlatformCredentials:
    """Exactly one of `api_key` and `session_token` is set, or empty where what was stored does not open any more: then every
    call is refused here, as `LinkBroken`. `store_uri` is a path segment, never a host.

    `utc_offset` is the account's local time minus UTC; it counts for instants that the platform gives without an offset.
    None means that it was not measured yet: such instants are then taken for UTC.
    """

    store_uri: str
    api_key: str | None = field(default=None, repr=False)
    session_token: str | None = field(default=None, repr=False)
    utc_offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class PlatformAccount:
    """`external_id` is the publisher's id. `currency` and `utc_offset` (local time minus UTC) are None until an order has
    told them: the platform has no field for either.

    `is_main_store` False warns that orders of other stores may not be visible from this store's address.
    """

    external_id: str
    account_name: str
    store_uri: str
    plan: str
    currency: str | None
    is_main_store: bool = True
    utc_offset: timedelta | None = None


@dataclass(frozen=True, slots=True)
class PlatformStore:
    external_id: str
    account_external_id: str
    name: str
    store_uri: str


@dataclass(frozen=True, slots=True)
class SummaryQuery:
    """`offset` is a row offset; `modified_since` and `created_since` are inclusive. `order_ids` is not supported by the vendor."""

    offset: int = 0
    limit: int = 100
    modified_since: datetime | None = None
    created_since: datetime | None = None
    with_cards: bool = False


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """A thin order. `fingerprint` is a hash of everything the summary shows: it differs when the summary changed."""

    external_id: str
    number: str
    store_external_id: str | None
    store_name: str | None
    origin: Origin
    status: OrderStatus
    production_status: str
    payment_status: PaymentStatus
    customer_name: str
    email: str | None
    placed_at: datetime
    total_amount: int
    due_amount: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """`next_offset` is None on the last page. `total` is what the platform claims, for progress only.

    `told_at` is the platform's own time when it answered, None when it does not say: what changed is asked for by that
    clock, never by ours.
    """

    rows: tuple[OrderSummary, ...]
    total: int
    next_offset: int | None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decoration:
    """One imprint of an item: a side's artwork. `method` and `location` are the platform's free texts."""

    method: str
    location: str
    artwork: str
    colors: tuple[str, ...] = ()
    color_count: int | None = None
    stitch_count: int | None = None
    mockup_url: str | None = None


@dataclass(frozen=True, slots=True)
class Personalization:
    """Names and numbers of `quantity` pieces of one item; `values` are further (label, text) pairs."""

    name: str = ""
    number: str = ""
    values: tuple[tuple[str, str], ...] = ()
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One product, style and size (or a custom line). Pieces are counted once, however many sides are printed.

    `external_id` is the platform's size-row id, the line's identity. `total_amount` = what the pieces cost together before
    order-level discount, tax and shipping, add-ons and personalization included. `unit_price_amount` is per piece.
    `size` keeps the platform's text ("" when it has none). `purchasing` are the distinct non-blank texts of its cards.
    """

    external_id: str
    line_external_id: str
    kind: ItemKind
    name: str
    item_number: str
    color: str
    size: str
    quantity: int
    unit_price_amount: int
    total_amount: int
    taxed: bool
    decorations: tuple[Decoration, ...] = ()
    personalizations: tuple[Personalization, ...] = ()
    purchasing: tuple[str, ...] = ()
    mockup_urls: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A later change of the order's total by a person: `amount` is positive cents, `kind` says which way it goes."""

    kind: Literal["discount", "fee", "refund"]
    description: str
    amount: int


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """Cents. `collected_amount` is what was paid before refunds; `refunded_amount` what went back; `due_amount` what is open.

    `total_amount` is the platform's own total. `gift_amount` was paid by gift certificate (part of collected).
    """

    items_amount: int
    discount_amount: int
    shipping_amount: int
    tax_amount: int
    fee_amount: int
    gift_amount: int
    total_amount: int
    due_amount: int
    collected_amount: int
    refunded_amount: int


@dataclass(frozen=True, slots=True)
class Address:
    name: str = ""
    company: str = ""
    street1: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    post_code: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """One order as the platform has it now. `approved_at` None with `approval_required` means pending approval (S4).

    `content_hash` is a hash over everything above it, in a stable order: equal hashes mean nothing changed.
    """

    external_id: str
    unique_id: str
    number: str
    store_external_id: str | None
    store_name: str | None
    origin: Origin
    proposal_id: str | None
    status: OrderStatus
    production_status: str
    payment_status: PaymentStatus
    approval_required: bool
    approved_at: datetime | None
    customer_name: str
    email: str | None
    phone: str
    placed_at: datetime
    due_at: datetime | None
    currency: str
    shipping_method: str
    ship_to: Address | None
    bill_to: Address | None
    money: OrderMoney
    items: tuple[OrderItem, ...]
    adjustments: tuple[Adjustment, ...]
    notes: str
    content_hash: str
