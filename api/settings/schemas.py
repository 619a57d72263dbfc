"""What crosses the wire about settings."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from api.core.schema import Email, Name, Text, Wire, examples
from api.settings.rules.choices import is_pattern
from api.settings.rules.sizes import SIZES
from api.settings.rules.words import plain_text

Grouping = Literal["decoration", "product", "order"]
_TEXT = "Lower-case text as the store platform writes it."


def _check_pattern(value: str) -> str:
    if not is_pattern(value):
        message = "may name {store} and {date}, nothing else in braces"
        raise ValueError(message)
    return value


def _check_sizes(value: dict[str, str]) -> dict[str, str]:
    unknown = sorted(set(value.values()) - set(SIZES))
    if unknown:
        message = f"not a size of Printavo: {', '.join(unknown[:5])}"
        raise ValueError(message)
    return _plain_keys(value)


def _plain_keys(value: dict[str, str]) -> dict[str, str]:
    plain = {plain_text(text): code for text, code in value.items()}
    if len(plain) != len(value):
        message = "names one text twice (upper and lower case are one)"
        raise ValueError(message)
    return plain


Pattern = Annotated[Name, AfterValidator(_check_pattern)]
Days = Annotated[int, Field(ge=0, le=365)]
Prefix = Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z0-9#_-]*$")]
ExternalId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_=-]+$")]
SizeMap = Annotated[dict[Text, str], Field(max_length=500, description=_TEXT), AfterValidator(_check_sizes)]
MethodMap = Annotated[
    dict[Text, ExternalId], Field(max_length=200, description=_TEXT), AfterValidator(_plain_keys)
]

_SETTINGS: dict[str, Any] = {
    "order_number_prefix": "",
    "nickname_pattern": "{store} – {date}",
    "new_invoice_status_id": None,
    "final_status_ids": [],
    "customer_due_days": 14,
    "production_due_days": 10,
    "grouping": "decoration",
    "personalization": "line",
    "record_payments": True,
    "size_map": {"osfa": "size_other"},
    "method_map": {"screen print": "11802"},
}


class InkSoftSettings(Wire):
    """The InkSoft tab: how store orders become invoices."""

    model_config = ConfigDict(json_schema_extra=examples({**_SETTINGS, "version": 1}))

    order_number_prefix: Prefix = ""
    nickname_pattern: Pattern = "{store} – {date}"
    new_invoice_status_id: ExternalId | None = Field(
        default=None, description="Printavo status of a new invoice; null takes the first invoice status."
    )
    final_status_ids: list[ExternalId] = Field(
        default=[], max_length=100, description="Hidden in the picker."
    )
    customer_due_days: Days = 14
    production_due_days: Days = 10
    grouping: Grouping = "decoration"
    personalization: Literal["line", "list"] = "line"
    record_payments: bool = True
    size_map: SizeMap = Field(default_factory=dict)
    method_map: MethodMap = Field(default_factory=dict)
    version: int = 0


class InkSoftSettingsChange(Wire):
    """What is to change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra=examples({"customer_due_days": 21}))

    order_number_prefix: Prefix | None = None
    nickname_pattern: Pattern | None = None
    new_invoice_status_id: ExternalId | None = None
    final_status_ids: list[ExternalId] | None = Field(default=None, max_length=100)
    customer_due_days: Days | None = None
    production_due_days: Days | None = None
    grouping: Grouping | None = None
    personalization: Literal["line", "list"] | None = None
    record_payments: bool | None = None
    size_map: SizeMap | None = None
    method_map: MethodMap | None = None


class InvoiceContactChange(Wire):
    """Who a store's invoices are made out to: the store's organisation, never a shopper."""

    model_config = ConfigDict(
        json_schema_extra=examples({"contact_id": "501", "contact_name": "Falcons Boosters"})
    )

    contact_id: ExternalId
    contact_name: Name


class InvoiceContact(Wire):
    """A store's invoice contact; null as long as nobody chose one."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "store_id": "0192f0c4-7a10-7000-8000-000000000003",
                "contact_id": "501",
                "contact_name": "Falcons Boosters",
                "version": 1,
            }
        )
    )

    store_id: UUID
    contact_id: str | None
    contact_name: str | None
    version: int


class PrintavoStatus(Wire):
    """A status of the shop's own in Printavo."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"id": "322", "name": "Goods to order", "color": "#2f9e8f", "kind": "invoice"}
        )
    )

    id: str
    name: str
    color: str
    kind: Literal["quote", "invoice"]


class PrintavoContact(Wire):
    """A customer's contact in Printavo."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "id": "501",
                "full_name": "Pat Lee",
                "email": "pat@falcons.example",
                "company_name": "Falcons Boosters",
            }
        )
    )

    id: str
    full_name: str
    email: str | None
    company_name: str | None


class PrintavoContactCreate(Wire):
    """A new customer with this primary contact."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "company_name": "Falcons Boosters",
                "first_name": "Pat",
                "last_name": "Lee",
                "email": "pat@falcons.example",
            }
        )
    )

    company_name: Name
    first_name: Name
    last_name: Name
    email: Email | None = None


class PrintavoTypeOfWork(Wire):
    """A decoration method as the shop names it in Printavo."""

    model_config = ConfigDict(json_schema_extra=examples({"id": "11802", "name": "Screen Printing"}))

    id: str
    name: str
