"""What the shop keeps: its people, its words, its customers. Ids are decimal strings, instants carry the account's offset."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from api.sandbox.printavo.merch import MerchStore
    from api.sandbox.printavo.orders import Order

Size = Literal[
    "size_yxs", "size_ys", "size_ym", "size_yl", "size_yxl",
    "size_xs", "size_s", "size_m", "size_l", "size_xl", "size_2xl", "size_3xl", "size_4xl", "size_5xl", "size_6xl",
    "size_other",
    "size_6m", "size_12m", "size_18m", "size_24m", "size_2t", "size_3t", "size_4t", "size_5t",
]  # fmt: skip
LineStatus = Literal[
    "need_ordering", "attached_to_po", "ordered", "arrived", "partially_received", "received", "in"
]
SIZES: tuple[str, ...] = get_args(Size)
LINE_STATUSES: tuple[str, ...] = get_args(LineStatus)


@dataclass(slots=True, eq=False, kw_only=True)
class Stamped:
    """Anything with an id. ``made_at`` and ``changed_at`` become ``timestamps``."""

    id: str
    made_at: datetime
    changed_at: datetime


@dataclass(slots=True, eq=False, kw_only=True)
class Account(Stamped):
    """A shop. ``plan`` is no field of the API; ``vocabulary`` words are the shop's own."""

    company_name: str
    company_email: str
    plan: str
    currency: str
    sales_tax: Decimal
    zone: ZoneInfo
    phone: str | None = None
    next_visual_id: int = 1001
    users: list["User"] = field(default_factory=list)
    statuses: list["Status"] = field(default_factory=list)
    types_of_work: list["TypeOfWork"] = field(default_factory=list)
    categories: list["Category"] = field(default_factory=list)
    delivery_methods: list["DeliveryMethod"] = field(default_factory=list)
    payment_terms: list["PaymentTerm"] = field(default_factory=list)
    customers: list["Customer"] = field(default_factory=list)
    orders: list["Order"] = field(default_factory=list)
    merch_stores: list["MerchStore"] = field(default_factory=list)


@dataclass(slots=True, eq=False, kw_only=True)
class Record(Stamped):
    """Something that belongs to one account and is seen by no other."""

    account: Account


@dataclass(slots=True, eq=False, kw_only=True)
class User(Record):
    """A person of the shop; ``api_key`` stands for that person and is None once revoked."""

    name: str
    email: str
    password: str
    own_key: str
    api_key: str | None
    phone: str | None = None


@dataclass(slots=True, eq=False, kw_only=True)
class Session(Record):
    """A sign-in. ``token`` dies by age, by logout, or when the user's access is revoked."""

    user: User
    token: str
    ended: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class Status(Record):
    """``type`` is QUOTE or INVOICE; it decides what an order in this status is."""

    name: str
    color: str
    position: int
    type: str


@dataclass(slots=True, eq=False, kw_only=True)
class TypeOfWork(Record):
    name: str
    archived: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class Category(Record):
    name: str


@dataclass(slots=True, eq=False, kw_only=True)
class DeliveryMethod(Record):
    name: str
    archived: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class PaymentTerm(Record):
    name: str
    days: int
    archived: bool = False
    in_use: bool = True


@dataclass(slots=True, eq=False, kw_only=True)
class MailAddress:
    """A postal address, with or without the names above it. Countries and states are given by their ISO codes."""

    made_at: datetime
    changed_at: datetime
    company_name: str | None = None
    customer_name: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    country_iso: str | None = None
    state_iso: str | None = None
    zip_code: str | None = None

    @property
    def country(self) -> str | None:
        return {"US": "United States", "CA": "Canada"}.get(self.country_iso or "", self.country_iso)

    @property
    def state(self) -> str | None:
        return self.state_iso


@dataclass(slots=True, eq=False, kw_only=True)
class Customer(Record):
    """Whom the shop sells to; ``contacts[0]`` is the primary one."""

    company_name: str | None
    contacts: list["Contact"] = field(default_factory=list)
    owner: User | None = None
    default_payment_term: PaymentTerm | None = None
    internal_note: str | None = None
    resale_number: str | None = None
    sales_tax: Decimal | None = None
    tax_exempt: bool = False
    billing_address: MailAddress | None = None
    shipping_address: MailAddress | None = None

    @property
    def primary_contact(self) -> "Contact":
        return self.contacts[0]


@dataclass(slots=True, eq=False, kw_only=True)
class Contact(Record):
    customer: Customer
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    fax: str | None = None

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)
