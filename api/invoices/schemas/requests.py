"""What is asked for: a preview, a new invoice, orders on an existing one."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict

from api.core.schema import Name, Wire, examples
from api.orders.schemas.selection import OrderIds

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
