"""Which group and which line an order item belongs to: one group per identical decoration set, one line per price."""

import hashlib
from dataclasses import dataclass

from api.connectors.store_platform import Decoration, OrderItem
from api.invoices.rules.wanted import InvoiceChoices, PinnedOrder
from api.settings.rules.sizes import OTHER, size_code


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


def decoration_key(decorations: tuple[Decoration, ...]) -> str:
    """The same for the same set of (method, location, artwork), in whatever order the sides came."""
    facts = sorted({(d.method.lower(), d.location.lower(), d.artwork) for d in decorations})
    return _short(repr(facts)) if facts else "blank"


def group_key(order: PinnedOrder, item: OrderItem, choices: InvoiceChoices) -> str:
    """A custom line stands in a group without imprint, like blank goods, but apart from them."""
    if item.kind == "custom":
        return "g:custom"
    base = f"g:{decoration_key(item.decorations)}"
    if choices.grouping == "product":
        return f"{base}:{_short(item.item_number + '|' + item.name)}"
    if choices.grouping == "order":
        return f"{base}:{order.number}"
    return base


def split_prices(total: int, pieces: int) -> list[tuple[int, int]]:
    """Unit prices whose sum is exactly `total`: one, or two that differ by a cent. `[(unit price, pieces), …]`.

    >>> split_prices(1000, 3)
    [(334, 1), (333, 2)]
    """
    low, rest = divmod(total, pieces)
    return [(price, count) for price, count in ((low + 1, rest), (low, pieces - rest)) if count]


def pieces_of(order: PinnedOrder, choices: InvoiceChoices) -> list[Piece]:
    """Every piece of an order with its place. An item that was edited to nothing has none."""
    found = []
    for item in order.snapshot.items:
        if item.quantity <= 0:
            continue
        group = group_key(order, item, choices)
        code = OTHER if item.kind == "custom" else size_code(item.size, choices.size_map)
        for price, count in split_prices(item.total_amount, item.quantity):
            found.append(
                Piece(
                    order=order,
                    item=item,
                    group_key=group,
                    line_key=_line_key(group, item, code or OTHER, price),
                    size_code=code or OTHER,
                    is_known_size=code is not None,
                    unit_price_amount=price,
                    count=count,
                )
            )
    return found


def _line_key(group: str, item: OrderItem, code: str, price: int) -> str:
    """A size that goes to Other keeps its text in the key: two texts never share one count."""
    other = item.size.strip().lower() if code == OTHER else ""
    facts = (item.kind, item.item_number, item.name, item.color, price, item.taxed, other)
    return f"{group}:l:{_short(repr(facts))}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
