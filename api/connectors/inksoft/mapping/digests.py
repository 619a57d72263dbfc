"""The two hashes that say whether something changed: of a whole order and of a summary row."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from api.connectors.inksoft.wire.summary import WireSummary
from api.connectors.store_platform import OrderItem, OrderSnapshot


def content_hash(order: OrderSnapshot) -> str:
    """sha256 (hex) over everything in the order but the hash itself. The order of names within an item does not count."""
    return _digest({name: value for name, value in _fields(order).items() if name != "content_hash"})


def fingerprint(row: WireSummary) -> str:
    """sha256 (hex) over all that the row shows: statuses, flags, amounts, names, store, dates.

    Purchasing texts of the production cards count when they were asked for, so fingerprints compare only between
    rows that were both read with cards or both without.
    """
    content = row.model_dump(exclude={"production_cards"})
    content["purchasing"] = sorted(_purchasing(row))
    return _digest(content)


def _purchasing(row: WireSummary) -> Iterator[list[str]]:
    for card in row.production_cards:
        for item in card.items:
            yield [card.id, item.order_retail_item_size_id, item.size, item.purchasing_status]


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(content: object) -> str:
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_canonical_value
    )


def _canonical_value(value: object) -> object:
    match value:
        case OrderItem():
            return _fields(value) | {"personalizations": sorted(value.personalizations, key=_canonical)}
        case Decimal():
            return format(value.normalize(), "f")  # 5, 5.0 and 5.00 are one amount
        case datetime():
            return value.isoformat()
        case _:
            return _fields(value)


def _fields(value: Any) -> dict[str, Any]:
    """One level only: `asdict` copies every text and takes most of the time of reading an order."""
    return {each.name: getattr(value, each.name) for each in fields(value)}
