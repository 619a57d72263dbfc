"""The ground of all wire models: how a key, a text, a number, an id, an instant of InkSoft is read without trusting its shape.

A value of the wrong type is `Unreadable`, which names the place and never the value (values are people's data).
"""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Final, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from api.connectors.answers import storable

_FIRST_REAL_YEAR: Final = 1900


class Unreadable(ValueError):
    """A piece of JSON is not what its model says. The text names fields, never values."""


@lru_cache(maxsize=4096)
def fold(key: str) -> str:
    """`OrderRetailItemId`, `orderRetailItemId` and `order_retail_item_id` are one key."""
    return key.replace("_", "").lower()


class Lenient(BaseModel):
    """A JSON object with folded keys."""

    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=fold)

    @model_validator(mode="before")
    @classmethod
    def fold_keys(cls, data: object) -> object:
        if isinstance(data, dict):
            return {fold(str(key)): value for key, value in data.items()}
        return data


Model = TypeVar("Model", bound=Lenient)
Row = TypeVar("Row")


def read(model: type[Model], data: object) -> Model:
    """Raises `Unreadable` with the first field that does not fit."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_input=False, include_context=False, include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"]) or model.__name__
        raise Unreadable(f"{model.__name__}: {place}: {first['type']}") from None


def _text(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return storable(value).strip() if isinstance(value, str) else value


def _id(value: object) -> object:
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        value = int(value)
    text = _text(value)
    return "" if text == "0" else text


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a truth value is no number")  # noqa: TRY004  pydantic turns only ValueError into a field error
    return None if value == "" else value


def _number_or_zero(value: object) -> object:
    number = _number(value)
    return 0 if number is None else number


def _flag(value: object) -> object:
    return False if value is None else value


def _moment(value: object) -> object:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError("an instant is ISO text")  # noqa: TRY004  as above
    moment = datetime.fromisoformat(value.strip())
    # 0001-01-01 is how such servers write "no date".
    return moment if moment.year >= _FIRST_REAL_YEAR else None


def _rows_there(value: object) -> object:
    return [row for row in value if row is not None] if isinstance(value, list) else value


def _rows(value: object) -> object:
    return () if value is None else _rows_there(value)


Text = Annotated[str, BeforeValidator(_text)]
"""Trimmed; null is ""; a number becomes its text."""

Id = Annotated[str, BeforeValidator(_id)]
"""Ids are numbers at the vendor and texts with us; null, blank and 0 (no store, no proposal) are ""."""

KnownId = Annotated[str, BeforeValidator(_id), Field(min_length=1)]

_Bounded = Field(ge=-(10**9), le=10**9)
KnownAmount = Annotated[Decimal, BeforeValidator(_number), _Bounded]
Amount = Annotated[Decimal, BeforeValidator(_number_or_zero), _Bounded]
"""Currency units as an exact decimal; null is 0."""

MaybeAmount = Annotated[Annotated[Decimal, _Bounded] | None, BeforeValidator(_number)]

KnownCount = Annotated[int, BeforeValidator(_number), Field(ge=0, le=10**7)]
Count = Annotated[int, BeforeValidator(_number_or_zero), Field(ge=0, le=10**7)]
Flag = Annotated[bool, BeforeValidator(_flag)]

KnownMoment = Annotated[datetime, BeforeValidator(_moment)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
"""Aware or naive, as the vendor wrote it; what a naive one means is the mapping's to say."""

KnownRows = Annotated[tuple[Row, ...], BeforeValidator(_rows_there)]
Rows = Annotated[tuple[Row, ...], BeforeValidator(_rows)]
"""A list; null is empty, null entries are skipped."""
