"""The kinds of values that a setting may have, each with what is refused."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field

from api.core.schema import Email, Name, Text
from api.linking.rules import Source
from api.settings.rules.choices import is_pattern
from api.settings.rules.sizes import SIZES
from api.settings.rules.words import plain_text

Grouping = Literal["decoration", "product", "order"]
Personalization = Literal["line", "list"]
FeedView = Literal["new", "attached", "changed", "cancelled", "all"]
Tax = Literal["carry", "recompute"]
Shipping = Literal["fee", "fee_per_order"]
Discount = Literal["on_invoice", "in_prices"]
Precedence = Literal["inksoft_first", "printavo_first"]
GoodsStatus = Literal[
    "need_ordering", "attached_to_po", "ordered", "arrived", "partially_received", "received", "in"
]
AfterAttaching = Literal["propose", "ignore"]
AlertKind = Literal["connection", "orders", "invoices", "sync"]
_TEXT = "Keyed by lower-case text as the store platform writes it."

Chosen = TypeVar("Chosen")


def _check_pattern(value: str) -> str:
    if not is_pattern(value):
        message = "may name {store} and {date}, nothing else in braces"
        raise ValueError(message)
    return value


def _check_size(value: str) -> str:
    if value not in SIZES:
        message = f"not a size of Printavo: {value[:50]}"
        raise ValueError(message)
    return value


def _plain_keys(value: dict[str, Chosen]) -> dict[str, Chosen]:
    plain = {plain_text(text): code for text, code in value.items()}
    if len(plain) != len(value):
        message = "names one text twice (upper and lower case are one)"
        raise ValueError(message)
    return plain


def _check_once(value: Sequence[Hashable]) -> Sequence[Hashable]:
    if len(set(value)) != len(value):
        message = "names one thing twice"
        raise ValueError(message)
    return value


Once = AfterValidator(_check_once)
Unique = Field(json_schema_extra={"uniqueItems": True})
Pattern = Annotated[Name, AfterValidator(_check_pattern)]
Days = Annotated[int, Field(ge=0, le=365)]
Prefix = Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z0-9#_-]*$")]
ExternalId = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_=-]+$")]
ExternalIds = Annotated[list[ExternalId], Field(max_length=100)]
SizeCode = Annotated[
    str,
    AfterValidator(_check_size),
    Field(description="One of Printavo's 24.", json_schema_extra={"enum": list(SIZES)}),
]
SizeMap = Annotated[
    dict[Text, SizeCode], Field(max_length=500, description=_TEXT), AfterValidator(_plain_keys)
]
MethodMap = Annotated[
    dict[Text, ExternalId], Field(max_length=200, description=_TEXT), AfterValidator(_plain_keys)
]
GoodsMap = Annotated[
    dict[Text, GoodsStatus], Field(max_length=200, description=_TEXT), AfterValidator(_plain_keys)
]
ShareFrom = Annotated[
    date,
    Field(
        ge=date(2000, 1, 1),
        le=date(2100, 1, 1),
        description="A day in the shop's time zone: orders placed then or later are shared.",
    ),
]
Sources = Annotated[
    list[Source],
    Field(min_length=1, max_length=4, description="Where shared orders come from; staff type theirs in."),
    Unique,
    Once,
]
SyncMinutes = Annotated[int, Field(ge=5, le=60)]
AlertEmails = Annotated[
    list[Email], Field(max_length=10, description="Who is told about new exceptions by e-mail."), Unique, Once
]
AlertKinds = Annotated[list[AlertKind], Field(max_length=4), Unique, Once]
