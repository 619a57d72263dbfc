"""What is asked for: a preview, a new invoice, orders on an existing one."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from api.core.schema import Name, Wire, examples


def _check_unique(value: list[UUID]) -> list[UUID]:
    if len(set(value)) < len(value):
        message = "names an order twice"
        raise ValueError(message)
    return value


OrderIds = Annotated[
    list[UUID],
    AfterValidator(_check_unique),
    Field(
        min_length=1,
        max_length=200,
        description="All of them or none.",
        json_schema_extra={"uniqueItems": True},
    ),
]
_ORDER = "0192f0c4-7a10-7000-8000-000000000101"


class PreviewRequest(Wire):
    """Orders to preview on a new invoice, or on top of an existing one."""

    model_config = ConfigDict(json_schema_extra=examples({"order_ids": [_ORDER]}))

    order_ids: OrderIds
    invoice_id: UUID | None = None


class InvoiceCreate(Wire):
    """A new invoice with these orders. Nickname and due date come from the settings unless given; the contact is the store's."""

    model_config = ConfigDict(
        json_schema_extra=examples({"order_ids": [_ORDER], "nickname": "Lincoln High, week 48"})
    )

    order_ids: OrderIds
    nickname: Name | None = None
    customer_due_on: date | None = None


class AttachRequest(Wire):
    """Orders to add to an invoice, all of them or none."""

    model_config = ConfigDict(json_schema_extra=examples({"order_ids": [_ORDER]}))

    order_ids: OrderIds
