"""The lines of an order: catalogue goods, one per size row, and free lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from api.connectors.inksoft.mapping.cards import (
    Cards,
    decorations,
    planned_decorations,
    purchasing,
    rows_of,
)
from api.connectors.inksoft.mapping.garments import Products, garment
from api.connectors.inksoft.mapping.media import Media
from api.connectors.inksoft.mapping.money import cents
from api.connectors.inksoft.mapping.personal import extras, personalizations
from api.connectors.inksoft.wire.item import WireCustomLine, WireItem
from api.connectors.inksoft.wire.order import WireOrder
from api.connectors.store_platform import OrderItem


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an item needs beside itself to be understood."""

    order: WireOrder
    cards: Cards
    products: Products
    media: Media


def item_cents(item: WireItem) -> int:
    """What the vendor totals for an item; price times pieces when it gives no total."""
    return cents(item.unit_price * item.quantity if item.item_total is None else item.item_total)


def custom_cents(line: WireCustomLine) -> int:
    return cents(line.unit_price * _units(line))


def shown_custom_lines(order: WireOrder) -> list[WireCustomLine]:
    """Free lines that were not switched off."""
    return [line for line in order.custom_line_items if line.active is not False]


def product_line(item: WireItem, around: Surroundings, *, extras_on_top: bool) -> OrderItem:
    """Pieces come from the item, never from cards: front and back have a card each over the same pieces."""
    cards = around.cards.of(item)
    named = garment(item, cards, around.products)
    mockups = (around.media.url(side.design_on_product_url) for side in item.side_previews)
    return OrderItem(
        external_id=item.order_retail_item_size_id,
        line_external_id=item.order_retail_item_id or item.order_retail_item_size_id,
        kind="product",
        name=named.name,
        item_number=named.item_number,
        color=named.color,
        size=named.size,
        quantity=item.quantity,
        unit_price_amount=cents(item.unit_price),
        total_amount=item_cents(item) + (cents(extras(item)) if extras_on_top else 0),
        taxed=_taxed(around.order, item.tax_rate_override, item.tax_rate),
        decorations=(decorations(cards, around.media) if cards else planned_decorations(item, around.media)),
        personalizations=personalizations(item, rows_of(cards[0], item) if cards else ()),
        purchasing=purchasing(cards, item),
        mockup_urls=tuple(dict.fromkeys(filter(None, mockups))),
        notes=_notes(item.notes, _line_notes(around.order, item)),
    )


def custom_line(line: WireCustomLine, order: WireOrder) -> OrderItem:
    """A free line. Part hours become one piece at their whole price, since pieces are whole."""
    units = _units(line)
    whole = units >= 0 and units == units.to_integral_value()
    content = [note.content for note in order.line_item_notes if note.custom_line_item_id == line.id]
    return OrderItem(
        external_id=f"custom-{line.id}",
        line_external_id=f"custom-{line.parent_id or line.id}",
        kind="custom",
        name=line.name if whole else f"{line.name} ({units.normalize():f} {_unit(line)})",
        item_number="",
        color=line.style,
        size=line.size,
        quantity=int(units) if whole else 1,
        unit_price_amount=cents(line.unit_price) if whole else custom_cents(line),
        total_amount=custom_cents(line),
        taxed=line.taxable is not False and _taxed(order, line.tax_rate_override, line.tax_rate),
        notes=_notes(line.description, content),
    )


def _units(line: WireCustomLine) -> Decimal:
    return Decimal(1) if line.quantity is None else line.quantity


def _unit(line: WireCustomLine) -> str:
    return "hours" if line.unit_type.lower() == "perhour" else "pieces"


def _taxed(order: WireOrder, *rates: Decimal | None) -> bool:
    """The first rate that is given decides; an order that collected no tax taxed nothing."""
    rate = next((rate for rate in (*rates, order.tax_rate) if rate is not None), None)
    return order.tax_amount > 0 and rate != 0


def _line_notes(order: WireOrder, item: WireItem) -> list[str]:
    return [
        note.content
        for note in order.line_item_notes
        if note.product_style_id
        and note.product_style_id == item.product_style_id
        and note.art_id in {"", item.art_id}
    ]


def _notes(own: str, others: Sequence[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, (own, *others))))
