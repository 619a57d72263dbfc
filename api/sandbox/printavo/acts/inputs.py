"""The inputs of the mutations, in snake case. What was not given is unset, which is not the same as given as null."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.sandbox.printavo.records import LineStatus, Size
from api.sandbox.simulator import Args

Category = Literal["BANK_TRANSFER", "CASH", "CHECK", "CREDIT_CARD", "ECHECK", "OTHER"]
Dollars = Annotated[float, Field(ge=-10_000_000, le=10_000_000)]


class Ref(Args):
    id: str | None = None


class ById(Args):
    id: str


class Address(Args):
    company_name: str | None = None
    customer_name: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    country_iso: str | None = None
    state_iso: str | None = None
    zip_code: str | None = None


class ContactIn(Args):
    first_name: str | None = None
    last_name: str | None = None
    email: list[str] | None = None
    phone: str | None = None
    fax: str | None = None


class CustomerIn(Args):
    primary_contact: ContactIn
    contacts: list[ContactIn] | None = None
    company_name: str | None = None
    internal_note: str | None = None
    resale_number: str | None = None
    default_payment_term: Ref | None = None
    owner: Ref | None = None
    sales_tax: float | None = None
    tax_exempt: bool | None = None
    billing_address: Address | None = None
    shipping_address: Address | None = None


class SizeCount(Args):
    size: Size
    count: int | None = None


class MockupIn(Args):
    public_image_url: str


class FileIn(Args):
    public_file_url: str


class ImprintIn(Args):
    details: str | None = None
    type_of_work: Ref | None = None
    mockups: list[MockupIn] | None = None


class LineIn(Args):
    position: int
    item_number: str | None = None
    color: str | None = None
    description: str | None = None
    category: Ref | None = None
    line_item_group: Ref | None = None
    markup_percentage: float | None = None
    price: Dollars | None = None
    product_status: LineStatus | None = None
    sizes: list[SizeCount] | None = None
    taxed: bool | None = None
    mockups: list[MockupIn] | None = None


class ColumnsIn(Args):
    category: bool | None = None
    color: bool | None = None
    item_number: bool | None = None
    markup_percentage: bool | None = None
    sizes: list[Size] | None = None


class GroupIn(Args):
    position: int
    enabled_columns: ColumnsIn | None = None
    imprints: list[ImprintIn] | None = None
    line_items: list[LineIn] | None = None


class FeeIn(Args):
    amount: Dollars | None = None
    description: str | None = None
    quantity: int | None = None
    taxable: bool | None = None
    unit_price: Dollars | None = None
    unit_price_as_percentage: bool | None = None


class PaymentIn(Args):
    amount: Dollars | None = None
    category: Category | None = None
    transaction_date: date | None = None
    description: str | None = None


class HeaderIn(Args):
    """The head of a quote or an invoice, for a change: everything optional."""

    contact: Ref | None = None
    created_at: date | None = None
    customer_due_at: date | None = None
    invoice_at: date | None = None
    payment_due_at: date | None = None
    due_at: datetime | None = None
    start_at: datetime | None = None
    nickname: str | None = None
    visual_po_number: str | None = None
    visual_id: str | None = None
    customer_note: str | None = None
    production_note: str | None = None
    tags: list[str] | None = None
    discount: Annotated[float, Field(ge=0, le=10_000_000)] | None = None
    discount_as_percentage: bool | None = None
    sales_tax: Annotated[float, Field(ge=0, le=100)] | None = None
    owner: Ref | None = None
    delivery_method: Ref | None = None
    payment_term: Ref | None = None
    billing_address: Address | None = None
    shipping_address: Address | None = None
    fulfilled: bool | None = None


class QuoteIn(HeaderIn):
    contact: Ref
    customer_due_at: date
    due_at: datetime
    fees: list[FeeIn] | None = None
    line_item_groups: list[GroupIn] | None = None
    production_files: list[FileIn] | None = None


def fields_given(model: BaseModel, *names: str) -> dict[str, object]:
    """Those of the named fields that were given, by name."""
    return {name: getattr(model, name) for name in names if name in model.model_fields_set}
