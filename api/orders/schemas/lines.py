"""The lines of an order: what ingest stores ready in `order_document.lines`."""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.core.schema import Amount, Count, Wire, examples

LINE: dict[str, Any] = {
    "external_id": "55501",
    "kind": "product",
    "name": "Heavy Cotton Tee",
    "item_number": "G500",
    "color": "Navy",
    "size": "2XL",
    "quantity": 2,
    "unit_price_amount": 2190,
    "total_amount": 4380,
    "decorations": [
        {
            "method": "Screen Print",
            "location": "Full Front",
            "artwork": "Lincoln Lions",
            "colors": ["White", "Gold"],
            "mockup_url": None,
        }
    ],
    "personalizations": [{"name": "LOPEZ", "number": "7", "values": [], "quantity": 1}],
    "purchasing": ["Ordered"],
    "mockup_urls": ["https://stores.inksoft.com/previews/55501-front.png"],
}
_MOCKUPS = (
    "Pictures of the item's sides as the store platform previews them, whatever is known of its decorations. A list may leave "
    "it out: for orders that were read before Platen kept it there, until they change."
)


class LineDecoration(Wire):
    """One imprint of a line."""

    model_config = ConfigDict(json_schema_extra=examples(LINE["decorations"][0]))

    method: str
    location: str
    artwork: str
    colors: list[str]
    mockup_url: str | None


class PersonalValue(Wire):
    """A further personalized field."""

    model_config = ConfigDict(json_schema_extra=examples({"label": "Year", "text": "2027"}))

    label: str
    text: str


class LinePersonalization(Wire):
    """The name and number of `quantity` pieces."""

    model_config = ConfigDict(json_schema_extra=examples(LINE["personalizations"][0]))

    name: str
    number: str
    values: list[PersonalValue]
    quantity: Count


class OrderLine(Wire):
    """One style, colour and size of an order. Ingest stores the list of them ready in `order_document.lines`."""

    model_config = ConfigDict(json_schema_extra=examples(LINE))

    external_id: str
    kind: Literal["product", "custom"]
    name: str
    item_number: str
    color: str
    size: str
    quantity: Count
    unit_price_amount: Amount
    total_amount: Amount
    decorations: list[LineDecoration]
    personalizations: list[LinePersonalization]
    purchasing: list[str]
    mockup_urls: list[str] = Field(default=[], description=_MOCKUPS)
