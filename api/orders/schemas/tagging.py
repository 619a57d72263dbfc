"""What crosses the wire when the tags of many orders are changed at once."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from api.core.problems import ProblemBody
from api.core.schema import Count, Wire, examples
from api.orders.rules.tags import MOST_TAGS
from api.orders.schemas.notes import Tag, check_unique
from api.orders.schemas.selection import MATCHING, ORDER, OrderSelection

_ITEM: dict[str, Any] = {
    "index": 0, "status": 200, "order_id": ORDER, "data": {"tags": ["vip", "rush"]}, "problem": None,
}  # fmt: skip

SomeTags = Annotated[
    list[Tag],
    AfterValidator(check_unique),
    Field(max_length=MOST_TAGS, json_schema_extra={"uniqueItems": True}),
]


class BulkTagging(OrderSelection):
    """Tags to put on orders and to take off them; an order keeps its other tags.

    With `matching`, the 200 placed first of those that this would change; repeat it while `has_more` says so and some were
    changed: an order that is refused keeps its place.
    """

    model_config = ConfigDict(
        json_schema_extra=examples(
            {"order_ids": [ORDER], "add": ["rush"], "remove": ["reprint"]},
            {"matching": MATCHING, "add": ["rush"]},
        )
    )

    add: SomeTags = Field(default=[], description="Put on those that lack them.")
    remove: SomeTags = Field(default=[], description="Taken off those that wear them.")

    @model_validator(mode="after")
    def _check_tags(self) -> Self:
        if not self.add and not self.remove:
            message = "say which tags, to add or to remove"
            raise ValueError(message)
        if set(self.add) & set(self.remove):
            message = "adds and removes one tag"
            raise ValueError(message)
        return self


class OrderTags(Wire):
    """All tags of an order."""

    model_config = ConfigDict(json_schema_extra=examples(_ITEM["data"]))

    tags: list[str]


class BulkTaggingItem(Wire):
    """What became of one order: its tags now, or the problem that left them as they were.

    `not_found`: the linked account has no such order. `too_many_tags`: it would have more than 20.
    """

    model_config = ConfigDict(json_schema_extra=examples(_ITEM))

    index: Count
    status: int
    order_id: UUID
    data: OrderTags | None
    problem: ProblemBody | None


class BulkTaggingResult(Wire):
    """One entry for each order: as they were named, or with `matching` as they were placed."""

    model_config = ConfigDict(json_schema_extra=examples({"results": [_ITEM], "has_more": False}))

    results: list[BulkTaggingItem]
    has_more: bool = Field(description="Only with `matching`: more orders match than were taken.")
