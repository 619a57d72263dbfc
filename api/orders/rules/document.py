"""The ready documents of an order: the JSON that lists are made of, and the text that is searched.

Written from plain values for speed; a test holds that they are byte for byte what `orders.schemas` would write.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from api.connectors.store_platform import Decoration, OrderItem, OrderSnapshot, OrderSummary, Personalization
from api.orders.rules.row import OrderRow

# An order of a thousand different items is found by its first ones.
_LONGEST_SEARCH: Final = 4000


@dataclass(frozen=True, slots=True)
class OrderTexts:
    """What stands ready beside a row: `summary` and `lines` of `order_document`, `search` of `order_search`."""

    row: OrderRow
    summary: str
    lines: str
    search: str


def texts_of_summary(row: OrderRow, summary: OrderSummary) -> OrderTexts:
    """Of an order of which only the list entry is known: no lines yet."""
    return OrderTexts(
        row,
        summary=summary_document(row, customer_name=summary.customer_name, email=summary.email),
        lines="[]",
        search=search_text(number=row.number, customer_name=summary.customer_name, email=summary.email),
    )


def texts_of_snapshot(row: OrderRow, order: OrderSnapshot) -> OrderTexts:
    return OrderTexts(
        row,
        summary=summary_document(row, customer_name=order.customer_name, email=order.email),
        lines=lines_document(order),
        search=search_text(
            number=row.number, customer_name=order.customer_name, email=order.email, items=order.items
        ),
    )


def summary_document(row: OrderRow, *, customer_name: str, email: str | None) -> str:
    """`order_document.summary`: the members of `OrderFacts` as JSON, without the braces."""
    facts = {
        "id": str(row.id),
        "external_id": row.external_id,
        "number": row.number,
        "customer_name": customer_name,
        "email": email,
        "placed_at": _moment(row.placed_at),
        "production_status": row.production_status,
        "payment_status": row.payment_status,
        "item_count": row.item_count,
        "piece_count": row.piece_count,
        "total_amount": row.total_amount,
        "currency": row.currency,
    }
    return orjson.dumps(facts)[1:-1].decode()


def lines_document(order: OrderSnapshot) -> str:
    """`order_document.lines`: a JSON array of `OrderLine`, in the order of the snapshot."""
    return orjson.dumps(lines_of(order)).decode()


def lines_of(order: OrderSnapshot) -> list[dict[str, Any]]:
    """Each item as an `OrderLine`, in plain values."""
    return [_line(item) for item in order.items]


def search_text(
    *, number: str, customer_name: str, email: str | None, items: Iterable[OrderItem] = ()
) -> str:
    """What is searched: number, customer, e-mail, names and numbers of the items, in lower case, each once."""
    words = [number, customer_name, email or ""]
    for item in items:
        words += (item.name, item.item_number)
    return "\n".join(dict.fromkeys(word.lower() for word in words if word))[:_LONGEST_SEARCH]


def _line(item: OrderItem) -> dict[str, Any]:
    return {
        "external_id": item.external_id,
        "kind": item.kind,
        "name": item.name,
        "item_number": item.item_number,
        "color": item.color,
        "size": item.size,
        "quantity": item.quantity,
        "unit_price_amount": item.unit_price_amount,
        "total_amount": item.total_amount,
        "decorations": [_decoration(decoration) for decoration in item.decorations],
        "personalizations": [_personalization(personal) for personal in item.personalizations],
        "purchasing": item.purchasing,
        "mockup_urls": item.mockup_urls,
    }


def _decoration(decoration: Decoration) -> dict[str, Any]:
    return {
        "method": decoration.method,
        "location": decoration.location,
        "artwork": decoration.artwork,
        "colors": decoration.colors,
        "mockup_url": decoration.mockup_url,
    }


def _personalization(personal: Personalization) -> dict[str, Any]:
    return {
        "name": personal.name,
        "number": personal.number,
        "values": [{"label": label, "text": text} for label, text in personal.values],
        "quantity": personal.quantity,
    }


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
