"""What an item is called: name, item number, colour, size. The item itself carries ids and one text only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from api.connectors.inksoft.mapping.cards import rows_of
from api.connectors.inksoft.wire.card import WireCard
from api.connectors.inksoft.wire.item import WireItem
from api.connectors.inksoft.wire.product import WireProduct

Products = Mapping[str, WireProduct]

# In "Name - X" the X is a size only if it looks like one, else a colour.
_SIZE: Final = re.compile(
    r"(?:(?:youth|adult|ladies|womens|mens|toddler|infant) )?"
    r"(?:y?(?:[2-9]?x{1,4}[sl]|x{1,4}[sl]t?|[2-9]x|[2-9]?xlt|[smlx]|[sml]t|xs|xl)|small|medium|large"
    r"|os|osfa|osfm|one size.*|nb|[0-9]{1,2}(?:t|m|y)?|[0-9]{1,2}-[0-9]{1,2}(?:m|y)?|[0-9]{2}x[0-9]{2}|s/m|m/l|l/xl)",
    re.IGNORECASE,
)
_SEPARATOR: Final = " - "


@dataclass(frozen=True, slots=True)
class Garment:
    name: str
    item_number: str = ""
    color: str = ""
    size: str = ""


def garment(item: WireItem, cards: Sequence[WireCard], products: Products) -> Garment:
    """Production cards know best, then the catalogue, then the item's text; each fills what the better one left blank."""
    known = (_from_cards(item, cards), _from_catalogue(item, products), from_full_name(item.full_name))
    return Garment(
        name=next((each.name for each in known if each.name), ""),
        item_number=next((each.item_number for each in known if each.item_number), ""),
        color=next((each.color for each in known if each.color), ""),
        size=next((each.size for each in known if each.size), ""),
    )


def from_full_name(text: str) -> Garment:
    """Read `Fleece Hoodie - Navy - M` from the right, since names contain dashes too."""
    parts = [part.strip() for part in text.rsplit(_SEPARATOR, 2)]
    match parts:
        case [name, color, size]:
            return Garment(name=name, color=color, size=size)
        case [name, last] if _SIZE.fullmatch(last):
            return Garment(name=name, size=last)
        case [name, last]:
            return Garment(name=name, color=last)
        case _:
            return Garment(name=text)


def _from_cards(item: WireItem, cards: Sequence[WireCard]) -> Garment:
    sizes = (row.size for card in cards for row in rows_of(card, item))
    return Garment(
        name=next((card.product_name for card in cards if card.product_name), ""),
        item_number=next((card.product_sku for card in cards if card.product_sku), ""),
        color=next((card.product_style_name for card in cards if card.product_style_name), ""),
        size=next(filter(None, sizes), ""),
    )


def _from_catalogue(item: WireItem, products: Products) -> Garment:
    product = products.get(item.product_id)
    if product is None:
        return Garment(name="")
    style = next((each for each in product.styles if each.id == item.product_style_id), None)
    sizes = style.sizes if style else ()
    size = next((each.name for each in sizes if each.id == item.product_style_size_id), "")
    return Garment(name=product.name, item_number=product.sku, color=style.name if style else "", size=size)
