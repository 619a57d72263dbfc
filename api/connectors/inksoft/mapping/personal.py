"""Names, numbers and texts of single pieces of one item."""

from collections.abc import Sequence
from decimal import Decimal

from api.connectors.inksoft.wire.card import WireCardItem
from api.connectors.inksoft.wire.item import WireItem
from api.connectors.inksoft.wire.personal import WirePersonalization
from api.connectors.store_platform import Personalization


def personalizations(item: WireItem, rows: Sequence[WireCardItem]) -> tuple[Personalization, ...]:
    """In the vendor's order. Texts of the item count for each of its pieces, with or without a name.

    `rows` are one card's rows of this item; they speak only when the item itself says nothing.
    """
    texts = _texts(item.personalization_values)
    named = [
        Personalization(name=each.name, number=each.number, values=texts, quantity=each.quantity)
        for each in item.name_number_values
        if each.quantity and (each.name or each.number)
    ]
    rest = item.quantity - sum(each.quantity for each in named)
    if texts and rest > 0:
        named.append(Personalization(values=texts, quantity=rest))
    return tuple(named) or _from_card(rows)


def extras(item: WireItem) -> Decimal:
    """What add-ons, names and texts cost beside the garment, in currency units.

    An add-on counts its own quantity (the item's when it has none), a name its own, a text each piece.
    """
    pieces = Decimal(item.quantity)
    total = Decimal(0)
    for add_on in item.add_ons:
        total += (add_on.price or 0) * (pieces if add_on.quantity is None else add_on.quantity)
    for name in item.name_number_values:
        total += (name.price or 0) * name.quantity
    for text in item.personalization_values:
        total += (text.price or 0) * pieces
    return total


def _from_card(rows: Sequence[WireCardItem]) -> tuple[Personalization, ...]:
    found: list[Personalization] = []
    for row in rows:
        texts, name = _texts(row.personalization_values), row.name_number_value
        if name is not None and name.quantity and (name.name or name.number):
            found.append(
                Personalization(name=name.name, number=name.number, values=texts, quantity=name.quantity)
            )
        elif texts and row.quantity:
            found.append(Personalization(values=texts, quantity=row.quantity))
    return tuple(found)


def _texts(values: Sequence[WirePersonalization]) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.value) for each in values if each.value)
