"""Quotes and invoices with all that hangs below them. Money is integer cents, rates are percentages."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from api.sandbox.printavo.records import (
    Category,
    Contact,
    DeliveryMethod,
    MailAddress,
    PaymentTerm,
    Record,
    Status,
    TypeOfWork,
    User,
)


@dataclass(slots=True, eq=False, kw_only=True)
class Order(Record):
    """A quote or an invoice: its status says which. ``discount`` is dollars, or percent when ``discount_as_percentage``."""

    visual_id: str | None
    status: Status
    contact: Contact
    created_at: date
    invoice_at: date
    payment_due_at: date
    customer_due_at: date
    start_at: datetime
    due_at: datetime | None
    public_hash: str
    sales_tax: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    discount_as_percentage: bool = False
    owner: User | None = None
    nickname: str | None = None
    visual_po_number: str | None = None
    customer_note: str | None = None
    production_note: str | None = None
    tags: list[str] = field(default_factory=list)
    billing_address: MailAddress | None = None
    shipping_address: MailAddress | None = None
    delivery_method: DeliveryMethod | None = None
    payment_term: PaymentTerm | None = None
    merch: bool = False
    fulfilled: bool = False
    line_item_groups: list["Group"] = field(default_factory=list)
    fees: list["Fee"] = field(default_factory=list)
    production_files: list["ProductionFile"] = field(default_factory=list)
    transactions: list["Transaction"] = field(default_factory=list)

    @property
    def is_invoice(self) -> bool:
        return self.status.type == "INVOICE"

    @property
    def lines(self) -> list["Line"]:
        return [line for group in self.line_item_groups for line in group.line_items]


@dataclass(slots=True, kw_only=True)
class Columns:
    """Which columns a group shows; a size that is not among ``sizes`` may stay hidden."""

    category: bool = False
    color: bool = True
    item_number: bool = True
    markup_percentage: bool = False
    sizes: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class Group(Record):
    order: Order
    position: int
    enabled_columns: Columns
    line_items: list["Line"] = field(default_factory=list)
    imprints: list["Imprint"] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class Line(Record):
    """One style in one colour at one unit price. ``counts`` is pieces by size code."""

    line_item_group: Group
    position: int
    item_number: str | None = None
    color: str | None = None
    description: str | None = None
    category: Category | None = None
    price_cents: int | None = None
    markup_percentage: float | None = None
    taxed: bool = True
    product_status: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    merch: bool = False
    mockups: list["Mockup"] = field(default_factory=list)
    personalizations: list["Personalization"] = field(default_factory=list)
    po_line_item: "PoLine | None" = None

    @property
    def items(self) -> int:
        return sum(self.counts.values())

    @property
    def amount_cents(self) -> int:
        return (self.price_cents or 0) * self.items


@dataclass(slots=True, eq=False, kw_only=True)
class Imprint(Record):
    group: Group
    details: str | None = None
    type_of_work: TypeOfWork | None = None
    mockups: list["Mockup"] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class Mockup(Record):
    """A picture that the vendor copied; ``fetch`` is what the switch said when it was given."""

    source_url: str
    handle: str
    fetch: str
    display_thumbnail: bool = True


@dataclass(slots=True, eq=False, kw_only=True)
class ProductionFile(Record):
    order: Order
    source_url: str
    file_url: str
    mime_type: str
    name: str | None


@dataclass(slots=True, eq=False, kw_only=True)
class Personalization(Record):
    """Read-only in the API: only a person can type one."""

    name: str
    personalization: str


@dataclass(slots=True, eq=False, kw_only=True)
class Fee(Record):
    """As entered; what it comes to is a matter of totals."""

    order: Order
    description: str | None = None
    entered_cents: int | None = None
    quantity: int | None = None
    unit_price: Decimal | None = None
    unit_price_as_percentage: bool = False
    taxable: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class Transaction(Record):
    """A payment, or the refund of one (``refunds``). Amounts are positive both ways."""

    order: Order
    amount_cents: int
    transaction_date: date
    category: str | None = None
    description: str | None = None
    refunds: "Transaction | None" = None


@dataclass(slots=True, eq=False, kw_only=True)
class Vendor(Record):
    company: str
    name: str
    email: str
    account_number: str
    address: MailAddress
    phone: str | None = None
    fax: str | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class PurchaseOrder(Record):
    visual_po_id: str
    vendor: Vendor
    goods_status: str = "not_ordered"
    note: str | None = None
    line_items: list["PoLine"] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class PoLine(Record):
    """What was ordered for one line, copied when the line was put on the purchase order."""

    purchase_order: PurchaseOrder
    line: Line
    position: int
    item_number: str | None
    color: str | None
    description: str | None
    category: Category | None
    counts: dict[str, int]

    @property
    def items(self) -> int:
        return sum(self.counts.values())
