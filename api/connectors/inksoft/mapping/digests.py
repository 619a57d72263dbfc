"""The two hashes that say whether something changed: of a whole order and of a summary row."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from api.connectors.inksoft.wire.summary import WireSummary
from api.connectors.store_platform import OrderSnapshot


def content_hash(order: OrderSnapshot) -> str:
    """sha256 (hex) over everything in the order but the hash itself. The order of names within an item does not count."""
    content = asdict(order)
    del content["content_hash"]
    for item in content["items"]:
        item["personalizations"] = sorted(item["personalizations"], key=_canonical)
    return _digest(content)


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
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_canonical_scalar
    )


def _canonical_scalar(value: object) -> str:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")  # 5, 5.0 and 5.00 are one amount
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
