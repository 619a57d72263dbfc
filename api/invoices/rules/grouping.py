"""Which group and which line an order item belongs to: one group per identical decoration set, one line per price."""

import hashlib
from dataclasses import dataclass

from api.connectors.store_platform import Decoration, OrderItem
from api.invoices.rules.discounts import discounts_in_prices
from api.invoices.rules.wanted import InvoiceChoices, PinnedOrder
from api.settings.rules.sizes import OTHER, size_code
from api.settings.rules.words import plain_text

CUSTOM_GROUP = "g:custom"
Side = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some pieces of one order item at one unit price, with the group and line they go to."""

    order: PinnedOrder
    item: OrderItem
    group_key: str
    line_key: str
    size_code: str
    is_known_size: bool
    unit_price_amount: int
    count: int
    taxed: bool
    carries_names: bool


def side_of(decoration: Decoration) -> Side:
    """What makes two decorations one imprint: where, how, which artwork."""
    return (plain_text(decoration.location), plain_text(decoration.method), decoration.artwork.strip())


def decorations_of(item: OrderItem) -> tuple[Decoration, ...]:
    """What is printed on it; nothing is printed on a custom line."""
    return item.decorations if item.kind == "product" else ()


def decoration_key(decorations: tuple[Decoration, ...]) -> str:
    """The same for the same set of sides, in whatever order they came."""
    return short_hash(sorted({side_of(each) for each in decorations})) if decorations else "blank"


def group_key(order: PinnedOrder, item: OrderItem, choices: InvoiceChoices) -> str:
    """A custom line stands in a group without imprint, like blank goods, but apart from them."""
    if item.kind == "custom":
        return CUSTOM_GROUP
    key = f"g:{decoration_key(item.decorations)}"
    if choices.grouping == "product":
        return f"{key}:{short_hash((item.item_number, item.name))}"
    if choices.grouping == "order":
        return f"{key}:{short_hash(str(order.order_id))}"
    return key


def split_prices(total: int, pieces: int) -> list[tuple[int, int]]:
    """Unit prices whose sum is exactly `total`: one, or two that differ by a cent. `[(unit price, pieces), …]`.

    >>> split_prices(1000, 3)
    [(334, 1), (333, 2)]
    """
    low, rest = divmod(total, pieces)
    return [(price, count) for price, count in ((low + 1, rest), (low, pieces - rest)) if count]


def pieces_of(order: PinnedOrder, choices: InvoiceChoices) -> list[Piece]:
    """Every piece of an order with its place. An item that was edited to nothing has none."""
    items = sorted(
        (item for item in order.snapshot.items if item.quantity > 0), key=lambda item: item.external_id
    )
    taken_off = discounts_in_prices(order, items, choices)
    return [
        piece
        for item, discount in zip(items, taken_off, strict=True)
        for piece in _pieces_of_item(order, item, item.total_amount - discount, choices)
    ]


def _pieces_of_item(order: PinnedOrder, item: OrderItem, amount: int, choices: InvoiceChoices) -> list[Piece]:
    """One, or two where the price does not divide; the lower price is there in any case, and carries the names."""
    group = group_key(order, item, choices)
    code = OTHER if item.kind == "custom" else size_code(item.size, choices.size_map)
    prices = split_prices(amount, item.quantity)
    taxed = choices.tax == "recompute" and item.taxed
    return [
        Piece(
            order=order,
            item=item,
            group_key=group,
            line_key=_line_key(group, item, code or OTHER, price, taxed=taxed),
            size_code=code or OTHER,
            is_known_size=code is not None,
            unit_price_amount=price,
            count=count,
            taxed=taxed,
            carries_names=price == prices[-1][0],
        )
        for price, count in prices
    ]


def _line_key(group: str, item: OrderItem, code: str, price: int, *, taxed: bool) -> str:
    """Taxed or not counts only where the books compute the tax: elsewhere two lines would say the same.

    A size that goes to Other keeps its text in the key: two texts never share one count, nor do two custom notes.
    """
    other = plain_text(item.size) if code == OTHER else ""
    notes = item.notes.strip() if item.kind == "custom" else ""
    facts = (item.kind, item.item_number, item.name, item.color, price, taxed, other, notes)
    return f"{group}:l:{short_hash(facts)}"


def short_hash(facts: object) -> str:
    """Sixteen hex characters of the facts' text."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
