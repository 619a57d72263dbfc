"""Purchasing as it is shown by itself: groups, their lines, what each side says of them; and what can be chosen."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.connectors.print_shop import LineStatus
from api.core.schema import Moment, Wire, examples
from api.invoices.schemas.purchasing import LINE_PURCHASING, PURCHASING, LinePurchasing, Purchasing
from api.settings.schemas.kinds import Precedence

_LINE: dict[str, Any] = {
    **LINE_PURCHASING,
    "item_number": "G500",
    "color": "Navy",
    "description": "Heavy Cotton Tee · ref P-7K2Q3FXM",
}
_GROUP: dict[str, Any] = {**PURCHASING, "lines": [_LINE]}


class LineOfPurchasing(LinePurchasing):
    """A line with its status. Its `line_item_id` is what a status is set by."""

    model_config = ConfigDict(json_schema_extra=examples(_LINE))

    item_number: str
    color: str
    description: str


class GroupOfPurchasing(Purchasing):
    """A line item group: the least advanced of its lines."""

    model_config = ConfigDict(json_schema_extra=examples(_GROUP))

    lines: list[LineOfPurchasing]


class InvoicePurchasing(Wire):
    """The goods of an invoice. `read_at`: when Printavo's side was read last."""

    model_config = ConfigDict(
        json_schema_extra=examples(
            {
                "invoice_id": "0192f0c4-7a10-7000-8000-000000000301",
                "precedence": "inksoft_first",
                "groups": [_GROUP],
                "read_at": "2026-11-20T16:04:09.000Z",
            }
        )
    )

    invoice_id: UUID
    precedence: Precedence = Field(description="Which side is shown where both say something.")
    groups: list[GroupOfPurchasing]
    read_at: Moment | None


class PurchasingStatusChange(Wire):
    """The status that Printavo is to show for this line."""

    model_config = ConfigDict(json_schema_extra=examples({"status": "received"}))

    status: LineStatus
