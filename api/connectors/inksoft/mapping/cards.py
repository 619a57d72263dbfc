"""Which production cards speak about which item, and what they say: decorations, garment names, purchasing texts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from api.connectors.inksoft.mapping.media import Media
from api.connectors.inksoft.wire.card import WireCard, WireCardItem
from api.connectors.inksoft.wire.item import WireItem
from api.connectors.store_platform import Decoration

_SIDES: Final = ("front", "back", "sleeveleft", "sleeveright")


class Cards:
    """The cards of one order, by item. Front and back are two cards over the same pieces: never add their quantities."""

    def __init__(self, cards: Iterable[WireCard]) -> None:
        self._by_size: dict[str, list[WireCard]] = defaultdict(list)
        self._by_line: dict[str, list[WireCard]] = defaultdict(list)
        for card in sorted(cards, key=_side_then_id):
            for size_id in dict.fromkeys(row.order_retail_item_size_id for row in card.items):
                self._by_size[size_id].append(card)
            if not card.items:
                self._by_line[card.order_retail_item_id].append(card)

    def of(self, item: WireItem) -> list[WireCard]:
        """Front first. A card without rows of its own covers every size of its line."""
        by_line = self._by_line.get(item.order_retail_item_id, []) if item.order_retail_item_id else []
        return self._by_size.get(item.order_retail_item_size_id, []) + by_line


def rows_of(card: WireCard, item: WireItem) -> list[WireCardItem]:
    return [row for row in card.items if row.order_retail_item_size_id == item.order_retail_item_size_id]


def decorations(cards: Sequence[WireCard], media: Media) -> tuple[Decoration, ...]:
    """One per side and artwork; a card that was split repeats its decoration, which is still one imprint."""
    return tuple(dict.fromkeys(_decoration(card, media) for card in cards))


def planned_decorations(item: WireItem, media: Media) -> tuple[Decoration, ...]:
    """For an item with artwork whose cards are not made yet: the sides are known, the method is not. Blank goods have none."""
    return tuple(
        Decoration(
            method="",
            location=side.side_name,
            artwork=f"Art {side.side_art_id}" if side.side_art_id else f"Design {item.design_id}",
            mockup_url=media.url(side.design_on_product_url),
        )
        for side in item.side_previews
        if side.side_art_id or (item.design_id and side.design_only_url)
    )


def purchasing(cards: Sequence[WireCard], item: WireItem) -> tuple[str, ...]:
    """The distinct texts of this size on all its cards, front first; free text at the vendor, blank means none (B2)."""
    texts = (row.purchasing_status for card in cards for row in rows_of(card, item))
    return tuple(dict.fromkeys(text for text in texts if text))


def _decoration(card: WireCard, media: Media) -> Decoration:
    art_id = card.art_id or (card.art.id if card.art else "")
    stitches = card.art.stitch_count if card.art else None
    return Decoration(
        method=card.print_method,
        location=card.region_name or card.side,
        artwork=(card.art.name if card.art else "") or (f"Art {art_id}" if art_id else ""),
        colors=_colors(card),
        color_count=None if card.color_count is None else int(card.color_count),
        stitch_count=None if stitches is None else int(stitches),
        mockup_url=media.url(card.preview_url),
    )


def _colors(card: WireCard) -> tuple[str, ...]:
    ordered = sorted(card.colors, key=lambda color: color.index)
    return tuple(filter(None, (color.name or color.thread_color_name or color.pms for color in ordered)))


def _side_then_id(card: WireCard) -> tuple[int, str, int, str]:
    side = card.side.lower()
    return (_SIDES.index(side) if side in _SIDES else len(_SIDES), side, len(card.id), card.id)
