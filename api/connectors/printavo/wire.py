"""Printavo's JSON as lenient models: unknown keys are ignored, nulls tolerated where the schema allows them.

A wrong type or an amount that is no money raises pydantic's `ValidationError`. Money is read into cents.
"""

from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, field_validator
from pydantic.alias_generators import to_camel

from api.connectors.answers import storable
from api.connectors.printavo.mapping.money import cents

Money = Annotated[int, BeforeValidator(cents)]
Kind = Literal["Invoice", "Quote"]


class Wire(BaseModel):
    """Ids may come as numbers; they are text here, and every text is one that can be kept."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, coerce_numbers_to_str=True, alias_generator=to_camel
    )

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        return storable(value) if isinstance(value, str) else value


class WithId(Wire):
    id: str


Node = TypeVar("Node", bound=WithId)


class PageInfo(Wire):
    has_next_page: bool
    end_cursor: str | None = None


class Page(Wire, Generic[Node]):
    """One page of a connection. `total_nodes` is None where the connection does not count (unions)."""

    nodes: tuple[Node, ...]
    page_info: PageInfo
    total_nodes: int | None = None

    @field_validator("nodes", mode="before")
    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if value is None:
            return []
        return [node for node in value if node is not None] if isinstance(value, list) else value


class LoggedIn(Wire):
    token: str = Field(min_length=1, repr=False)


class InvoiceInformation(Wire):
    currency: str


class Account(WithId):
    company_name: str | None = None
    company_email: str
    invoice_information: InvoiceInformation


class User(Wire):
    email: str | None = None
    time_zone: str
    account: Account


class Status(WithId):
    name: str
    color: str
    position: int
    type: Literal["QUOTE", "INVOICE"]


class TypeOfWork(WithId):
    name: str
    archived: bool


class WorkPages(Wire):
    """The account, of which only one connection was asked for."""

    types_of_work: Page[TypeOfWork]


class Customer(WithId):
    company_name: str | None = None


class Contact(WithId):
    full_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    customer: Customer


class NewCustomer(Wire):
    primary_contact: Contact


class TaggedOrder(WithId):
    tags: tuple[str, ...] = ()


class SizeCount(Wire):
    size: str
    count: int | None = None


class Line(WithId):
    position: int
    item_number: str | None = None
    color: str | None = None
    description: str | None = None
    price: Money | None = None
    taxed: bool
    product_status: str | None = None
    sizes: tuple[SizeCount, ...]


class Imprint(WithId):
    details: str | None = None
    type_of_work: WithId | None = None


class EnabledColumns(Wire):
    sizes: tuple[str, ...]


class Group(WithId):
    position: int
    enabled_columns: EnabledColumns
    line_items: Page[Line]
    imprints: Page[Imprint]


class Fee(WithId):
    description: str | None = None
    amount: Money | None = None
    quantity: int | None = None
    unit_price: Decimal | None = None
    unit_price_as_percentage: bool | None = None
    taxable: bool | None = None


class Payment(WithId):
    amount: Money
    description: str | None = None


class Transaction(WithId):
    """A payment, or one of the kinds (refund, dispute, ...) that we neither write nor read further."""

    typename: str = Field(alias="__typename")
    amount: Money | None = None
    description: str | None = None


class OrderStatus(WithId):
    name: str = ""


class Timestamps(Wire):
    updated_at: AwareDatetime


class MovedOrder(WithId):
    typename: Kind = Field(alias="__typename")
    status: OrderStatus


class Header(WithId):
    """A quote or an invoice without what belongs to it. `discount` is money or a percentage."""

    typename: Kind = Field(alias="__typename")
    visual_id: str | None = None
    nickname: str | None = None
    visual_po_number: str | None = None
    tags: tuple[str, ...] = ()
    status: OrderStatus
    public_url: str
    discount: Decimal | None = None
    discount_amount: Money | None = None
    discount_as_percentage: bool | None = None
    sales_tax_amount: Money | None = None
    subtotal: Money | None = None
    total: Money | None = None
    amount_paid: Money | None = None
    total_quantity: int | None = None
    timestamps: Timestamps


class NewQuote(Header):
    """A quote that holds nothing yet but the fees it was made with."""

    fees: Page[Fee]


class Order(Header):
    """A quote or an invoice with the first page of everything that belongs to it."""

    line_item_groups: Page[Group]
    fees: Page[Fee]
    transactions: Page[Transaction] | None = None
