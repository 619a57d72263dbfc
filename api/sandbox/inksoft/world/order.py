"""An order as the simulated vendor keeps it. All money is in cents; the wire forms are made on reading."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Literal

from api.sandbox.inksoft.world.artwork import Artwork
from api.sandbox.inksoft.world.person import Address, Person

PRODUCTION_STATUSES = ("Open", "Scheduled", "In Production", "Ready to Ship", "Ready for Pickup", "Complete")
ORDER_TYPES = ("WebOrder", "Invoice", "Proposals")

AdjustmentType = Literal["Discount", "Fee", "Refund"]


@dataclass(frozen=True, slots=True)
class NameNumber:
    """``quantity`` pieces of a size row that carry this name and number; ``price`` per piece, None = included."""

    name: str
    number: str
    quantity: int = 1
    price: int | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """An answer to a personalization question, on every piece of the row."""

    name: str
    value: str
    price: int | None = None


@dataclass(frozen=True, slots=True)
class AddOn:
    """Something that comes with the row (gift wrap), ``price`` each."""

    id: int
    name: str
    quantity: int
    price: int


@dataclass(slots=True)
class SizeRow:
    """One size of a retail item; ``id`` is the OrderRetailItemSizeId. ``purchasing`` holds one text per side."""

    id: int
    size_id: int
    size: str
    quantity: int
    unit_price: int
    names: tuple[NameNumber, ...] = ()
    personal: tuple[Personal, ...] = ()
    add_ons: tuple[AddOn, ...] = ()
    purchasing: dict[str, str] | None = None
    notes: str = ""


@dataclass(slots=True)
class RetailItem:
    """One product in one style with one artwork; ``id`` is the OrderRetailItemId."""

    id: int
    product_id: int
    style_id: int
    artwork: Artwork | None
    rows: list[SizeRow]


@dataclass(slots=True)
class CustomItem:
    """Goods or services outside the catalogue."""

    id: int
    name: str
    description: str
    quantity: int
    unit_price: int
    taxable: bool = True
    unit: str = "PerItem"
    size: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class Coupon:
    """Either ``percent`` of the goods or ``cents`` off."""

    code: str
    percent: int = 0
    cents: int = 0


@dataclass(slots=True)
class Payment:
    """``cents`` is negative for a refund. ``event`` is Sale, GiftCertificate or Refund."""

    id: int
    event: str
    cents: int
    at: datetime
    card: str = ""
    last4: str = ""


@dataclass(slots=True)
class Adjustment:
    """A correction by staff. ``cents`` is positive for every type."""

    id: int
    type: AdjustmentType
    description: str
    cents: int
    at: datetime
    by: str = "Staff"


@dataclass(frozen=True, slots=True)
class Packed:
    """So many pieces of one size row in a package."""

    id: int
    row_id: int
    quantity: int


@dataclass(slots=True)
class Shipment:
    """A parcel, or a pick-up over the counter."""

    id: int
    package_id: int
    at: datetime
    tracking: str
    carrier: str
    items: tuple[Packed, ...]
    picked_up_by: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the goods get there; ``pickup`` orders have no ship-to address."""

    id: int
    name: str
    vendor: str
    price: int
    pickup: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """What ``money.add_up`` finds, in cents."""

    retail: int
    coupon: int
    quantity_discount: int
    shipping_tax: int
    tax: int
    total: int
    due: int
    payment_status: str

    @property
    def discount(self) -> int:
        return self.coupon + self.quantity_discount


@dataclass(slots=True)
class Order:
    """``approval_required`` without ``approved_at`` = pending approval. ``totals`` is kept current by ``money.settle``."""

    id: int
    publisher_id: int
    store_id: int
    created_at: datetime
    modified_at: datetime
    person: Person
    user_id: int
    order_type: str = "WebOrder"
    ship_to: Address | None = None
    delivery: Delivery | None = None
    items: list[RetailItem] = field(default_factory=list)
    custom: list[CustomItem] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    adjustments: list[Adjustment] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    payment_method: str = "CreditCard"
    production_status: str = "Open"
    approval_required: bool = False
    approved_at: datetime | None = None
    cancelled: bool = False
    picked_up: bool = False
    cards_made: bool = True
    coupon: Coupon | None = None
    quantity_discount_percent: int = 0
    tax_ppm: int = 0
    tax_exempt: bool = False
    taxes_shipping: bool = False
    process: int = 0
    unexplained: int = 0
    gift_certificate: str = ""
    purchase_order: str = ""
    external_id: str = ""
    proposal_id: int | None = None
    due_at: datetime | None = None
    notes: str = ""
    checkout: dict[str, str] = field(default_factory=dict)
    mails_sent: int = 0
    totals: Totals = Totals(0, 0, 0, 0, 0, 0, 0, "Paid")

    @property
    def pending(self) -> bool:
        return self.approval_required and self.approved_at is None

    @property
    def authorized(self) -> bool:
        """Not yet, when somebody has to look at the payment first (pay later, purchase order) or to approve."""
        return not self.pending and self.payment_method not in {"PurchaseOrder", "PayLater"}

    @property
    def status(self) -> str:
        if self.cancelled:
            return "Canceled"
        if self.picked_up or (self.production_status == "Complete" and not self.shipments):
            return "Fulfilled"
        return "Shipped" if self.shipments else "Processing"

    @property
    def pieces(self) -> int:
        return sum(row.quantity for row in self.rows())

    @property
    def unique_id(self) -> str:
        """Stable and unguessable-looking, as the vendor's GUIDs are."""
        text = blake2b(f"{self.publisher_id}/{self.store_id}/{self.id}".encode(), digest_size=16).hexdigest()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def rows(self) -> list[SizeRow]:
        """Every size row, in order."""
        return [row for item in self.items for row in item.rows]
