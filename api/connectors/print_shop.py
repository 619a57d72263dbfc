"""What a print shop's books hold, in our words: accounts, choices, drafts that we write and records that we read back.

Money is integer cents. Sizes are the 24 size codes of the shop system (`size_s`, `size_other`, ...). All values are immutable.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

LineStatus = Literal[
    "need_ordering", "attached_to_po", "ordered", "arrived", "partially_received", "received", "in"
]
Lane = Literal["interactive", "background"]


@dataclass(frozen=True, slots=True)
class ShopCredentials:
    """An empty `token` stands for one that was stored and does not open any more: every call is then `LinkBroken`."""

    email: str
    token: str = field(repr=False)
    lane: Lane = "background"


@dataclass(frozen=True, slots=True)
class ShopAccount:
    external_id: str
    account_name: str
    plan: str
    currency: str
    time_zone: str
    user_email: str


@dataclass(frozen=True, slots=True)
class PrintShopStatus:
    id: str
    name: str
    color: str
    position: int
    kind: Literal["quote", "invoice"]


@dataclass(frozen=True, slots=True)
class TypeOfWork:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PrintShopContact:
    id: str
    full_name: str
    email: str | None
    customer_id: str
    company_name: str | None


@dataclass(frozen=True, slots=True)
class ContactPage:
    """`after` is where the vendor's next page begins; None on the last one."""

    contacts: tuple[PrintShopContact, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class ContactDraft:
    company_name: str
    first_name: str
    last_name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class LineDraft:
    """One line: `sizes` maps size code to pieces (> 0). `marker` is part of `description` already."""

    position: int
    item_number: str
    color: str
    description: str
    unit_price_amount: int
    taxed: bool
    sizes: tuple[tuple[str, int], ...]
    mockup_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line as it will be; sizes that are not in the draft are emptied. `position` is where people put it meanwhile."""

    line_id: str
    position: int
    draft: LineDraft


@dataclass(frozen=True, slots=True)
class ColumnsChange:
    """All sizes that a group will show."""

    group_id: str
    position: int
    sizes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImprintDraft:
    details: str
    type_of_work_id: str | None
    mockup_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """`enabled_sizes` is the union of its lines' size codes."""

    position: int
    enabled_sizes: tuple[str, ...]
    lines: tuple[LineDraft, ...]
    imprints: tuple[ImprintDraft, ...]


@dataclass(frozen=True, slots=True)
class FeeDraft:
    description: str
    amount: int
    taxable: bool = False


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    amount: int
    description: str
    paid_on: date


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """The header of a new quote with its fees and an amount discount; groups and payments follow.

    Sent with `salesTax: 0`, unless the shop system is to compute the tax at its own rate.
    """

    contact_id: str
    customer_due_on: date
    due_at: datetime
    nickname: str
    po_number: str
    tag: str
    discount_amount: int
    production_note: str = ""
    recompute_tax: bool = False
    fees: tuple[FeeDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """Only the fields that are not None are sent."""

    discount_amount: int | None = None
    nickname: str | None = None


@dataclass(frozen=True, slots=True)
class RemoteLine:
    id: str
    position: int
    item_number: str
    color: str
    description: str
    unit_price_amount: int
    taxed: bool
    sizes: tuple[tuple[str, int], ...]
    status: LineStatus | None


@dataclass(frozen=True, slots=True)
class RemoteImprint:
    id: str
    details: str
    type_of_work_id: str | None


@dataclass(frozen=True, slots=True)
class RemoteGroup:
    id: str
    position: int
    enabled_sizes: tuple[str, ...]
    lines: tuple[RemoteLine, ...]
    imprints: tuple[RemoteImprint, ...]


@dataclass(frozen=True, slots=True)
class RemoteFee:
    id: str
    description: str
    amount: int
    taxable: bool


@dataclass(frozen=True, slots=True)
class RemotePayment:
    id: str
    amount: int
    description: str


@dataclass(frozen=True, slots=True)
class RemoteInvoice:
    """The record in the shop's books. `kind` is what it is now; totals are the shop system's own figures, in cents."""

    external_id: str
    kind: Literal["quote", "invoice"]
    visual_id: str | None
    nickname: str
    po_number: str
    tags: tuple[str, ...]
    status_id: str
    status_name: str
    public_url: str
    discount_amount: int
    sales_tax_amount: int
    subtotal_amount: int
    total_amount: int
    paid_amount: int
    total_quantity: int
    updated_at: datetime
    groups: tuple[RemoteGroup, ...] = ()
    fees: tuple[RemoteFee, ...] = ()
    payments: tuple[RemotePayment, ...] = ()
