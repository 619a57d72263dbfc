"""Which goods status a shop's own words mean: InkSoft keeps a free text beside each production-card item."""

from collections.abc import Iterable, Mapping
from typing import Final, get_args

from api.connectors.print_shop import LineStatus
from api.settings.rules.words import plain_text

# From nothing done to on the shelf, as Printavo lists them.
ADVANCE: Final[Mapping[LineStatus, int]] = {
    status: place for place, status in enumerate(get_args(LineStatus))
}

# What is understood without being told, keyed by plain text; a shop's own map comes before it.
_WORDS: Final[Mapping[str, LineStatus]] = {
    "need ordering": "need_ordering",
    "needs ordering": "need_ordering",
    "need to order": "need_ordering",
    "to order": "need_ordering",
    "attached to po": "attached_to_po",
    "on po": "attached_to_po",
    "ordered": "ordered",
    "arrived": "arrived",
    "partially received": "partially_received",
    "received": "received",
    "in": "in",
}


def goods_status(text: str, own_words: Mapping[str, LineStatus]) -> LineStatus | None:
    """The status that a text means; None for one that nobody explained, which is shown as it is and not ranked.

    `own_words` is the shop's map, keyed by plain text. `need_ordering` and `Need-Ordering` read like `need ordering`.
    """
    plain = plain_text(text)
    return own_words.get(plain) or _WORDS.get(plain_text(plain.replace("_", " ").replace("-", " ")))


def least_advanced(statuses: Iterable[LineStatus]) -> LineStatus | None:
    """The one that is furthest from being on the shelf; None of none."""
    return min(statuses, key=lambda status: ADVANCE[status], default=None)
