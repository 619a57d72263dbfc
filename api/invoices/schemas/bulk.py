"""What crosses the wire when orders of many stores are put on invoices at once."""

from typing import Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from api.core.problems import ProblemBody
from api.core.schema import Count, Wire, examples
from api.invoices.schemas.reading import SUMMARY, InvoiceSummary, StoreRef
from api.orders.schemas.selection import MATCHING, OrderSelection

_ORDER = "0192f0c4-7a10-7000-8000-000000000101"
_GIVEN: dict[str, Any] = {"store_id": SUMMARY["store"]["id"], "invoice_id": SUMMARY["id"]}
_ITEM: dict[str, Any] = {
    "index": 0, "status": 201, "store": SUMMARY["store"], "order_ids": [_ORDER], "data": SUMMARY, "problem": None,
}  # fmt: skip


class GivenInvoice(Wire):
    """The existing invoice that a store's orders join."""

    model_config = ConfigDict(json_schema_extra=examples(_GIVEN))

    store_id: UUID
    invoice_id: UUID


class BulkAttachment(OrderSelection):
    """Orders of any stores. Each store's go on the invoice given for it, else on a new one.

    With `matching`, the 200 placed first of those that may be attached; repeat it while `has_more` says so and some were taken:
    a store that is refused keeps its place.
    """

    model_config = ConfigDict(
        json_schema_extra=examples({"order_ids": [_ORDER], "invoices": [_GIVEN]}, {"matching": MATCHING})
    )

    invoices: list[GivenInvoice] = Field(default=[], max_length=200)

    @model_validator(mode="after")
    def _check_stores(self) -> Self:
        if len({given.store_id for given in self.invoices}) < len(self.invoices):
            message = "names two invoices for one store"
            raise ValueError(message)
        return self


class BulkAttachmentItem(Wire):
    """What became of one store's orders: on an invoice, all of them, or on none. `store` is null for orders that are not there."""

    model_config = ConfigDict(json_schema_extra=examples(_ITEM))

    index: Count
    status: int
    store: StoreRef | None
    order_ids: list[UUID]
    data: InvoiceSummary | None
    problem: ProblemBody | None


class BulkAttachmentResult(Wire):
    """One entry for each store, in the order in which its first order was named."""

    model_config = ConfigDict(json_schema_extra=examples({"results": [_ITEM], "has_more": False}))

    results: list[BulkAttachmentItem]
    has_more: bool = Field(description="Only with `matching`: more orders match than were taken.")
