"""Which orders a bulk action is about: some by id, or all that match what the list was filtered by."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from api.core.schema import Moment, Search, Wire, examples
from api.orders.rules.states import IntegrationState, Origin, Status
from api.orders.schemas.notes import Tag

ORDER = "0192f0c4-7a10-7000-8000-000000000101"
MATCHING: dict[str, Any] = {"status": ["open"], "origin": ["store"], "q": "hoodie"}
SELECTED: tuple[dict[str, Any], ...] = ({"order_ids": [ORDER]}, {"matching": MATCHING})
MOST_IDS = 200


def check_unique(value: list[UUID]) -> list[UUID]:
    """An order is named once."""
    if len(set(value)) < len(value):
        message = "names an order twice"
        raise ValueError(message)
    return value


OrderIds = Annotated[
    list[UUID],
    AfterValidator(check_unique),
    Field(min_length=1, max_length=MOST_IDS, json_schema_extra={"uniqueItems": True}),
]


class OrderMatch(Wire):
    """The filters of the Order Manager's list: joined by "and", the values of one by "or". Empty ones filter nothing."""

    model_config = ConfigDict(json_schema_extra=examples(MATCHING))

    store_id: list[UUID] = Field(default=[], max_length=100)
    status: list[Status] = Field(default=[], max_length=4)
    integration_state: list[IntegrationState] = Field(default=[], max_length=6)
    origin: list[Origin] = Field(default=[], max_length=4)
    tag: list[Tag] = Field(default=[], max_length=20)
    q: Search = ""
    placed_at_gte: Moment | None = None
    placed_at_lt: Moment | None = None


class OrderSelection(Wire):
    """Either `order_ids` or `matching`."""

    model_config = ConfigDict(json_schema_extra=examples(*SELECTED))

    order_ids: OrderIds | None = None
    matching: OrderMatch | None = None

    @model_validator(mode="after")
    def _check_one(self) -> Self:
        if (self.order_ids is None) == (self.matching is None):
            message = "say which orders, either by order_ids or by matching"
            raise ValueError(message)
        return self
