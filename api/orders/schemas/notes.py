"""What the shop itself says of an order."""

from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from api.core.schema import Count, LongText, Wire, check_text, examples
from api.orders.rules.tags import MOST_TAGS

_CHANGE: dict[str, Any] = {"note": "Call the coach before printing.", "tags": ["rush", "reprint"]}
_USED: dict[str, Any] = {"tag": "rush", "order_count": 12}


def check_unique(value: list[str]) -> list[str]:
    """A tag is named once."""
    if len(set(value)) < len(value):
        message = "names a tag twice (upper and lower case are one)"
        raise ValueError(message)
    return value


Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=40),
    AfterValidator(check_text),
    Field(description="Kept in lower case."),
]


class OrderChange(Wire):
    """What to change; a member left out stays. Only Platen keeps it: InkSoft is not told."""

    model_config = ConfigDict(json_schema_extra=examples(_CHANGE, {"note": ""}))

    # Factories, so that the contract shows no defaults: what is left out is not set.
    note: LongText = Field(default_factory=str, description="Empty takes the note away.")
    tags: Annotated[list[Tag], AfterValidator(check_unique)] = Field(
        default_factory=list, max_length=MOST_TAGS, json_schema_extra={"uniqueItems": True}
    )


class OrderTagCount(Wire):
    """A tag in use, and on how many orders it is."""

    model_config = ConfigDict(json_schema_extra=examples(_USED))

    tag: str
    order_count: Count
