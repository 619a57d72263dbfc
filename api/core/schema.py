"""The types that cross the wire: strict models, safe strings, money in cents, instants in UTC."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)

INT4_MAX = 2**31 - 1
INT8_MAX = 2**63 - 1
# The database keeps the last moment of all as infinity, which is no moment any more when it is read.
_INFINITY = datetime.max.replace(tzinfo=UTC)


class Wire(BaseModel):
    """Base of everything that crosses the wire: unknown members are refused, values are immutable."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


def check_text(value: str) -> str:
    """NFC; no NUL, control characters or lone surrogates (line breaks and tabs are allowed where a type says so)."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in value):
        message = "must not contain control characters"
        raise ValueError(message)
    return unicodedata.normalize("NFC", value)


def _check_lines(value: str) -> str:
    for part in value.replace("\r\n", "\n").split("\n"):
        check_text(part.replace("\t", " "))
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n"))


def _to_utc(value: datetime) -> datetime:
    try:
        moment = value.astimezone(UTC)
    except OverflowError:
        moment = _INFINITY
    if moment == _INFINITY:
        message = "is outside the years 1 to 9999 in UTC"
        raise ValueError(message)
    return moment


def _to_utc_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Text = Annotated[str, StringConstraints(max_length=200), AfterValidator(check_text)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(check_text)
]
LongText = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_check_lines)]
Search = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100), AfterValidator(check_text)]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]+$"),
    AfterValidator(check_text),
]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=512), AfterValidator(check_text)]
Amount = Annotated[int, Field(ge=-INT8_MAX, le=INT8_MAX, description="Integer minor units (cents).")]
Count = Annotated[int, Field(ge=0, le=INT4_MAX)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code.", examples=["USD"])]
Instant = Annotated[AwareDatetime, AfterValidator(_to_utc)]
Moment = Annotated[
    Instant,
    PlainSerializer(_to_utc_text, return_type=str, when_used="json"),
    Field(description="UTC, RFC 3339 with a Z."),
]


def examples(*values: dict[str, Any]) -> dict[str, Any]:
    """`json_schema_extra` with examples that the contract test validates."""
    return {"examples": list(values)}
