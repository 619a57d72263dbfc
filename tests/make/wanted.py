"""Pinned orders and the invoices they make: one that is plain, and any that there can be."""

import hashlib
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from hypothesis import strategies as st

from api.connectors.store_platform import Decoration, OrderItem, OrderMoney, Personalization
from api.invoices.rules.convert import make_wanted
from api.invoices.rules.wanted import InvoiceChoices, PinnedOrder, WantedInvoice
from api.settings.rules.sizes import SYNONYMS
from tests.make.snapshots import TEXT, make_item, make_snapshot

FRONT = Decoration("Screen Print", "Full Front", "Lincoln Lions", ("White", "Gold"))
BACK = Decoration("Screen Print", "Full Back", "Coach", ("White",))
CHEST = Decoration("Embroidery", "Left Chest", "Lincoln L", stitch_count=5200)
UNKNOWN_SIZES = ("OSFA", "2T/3T", "32x30", "XLT", "", "LT", "7 1/4", "Men's 10", "5/6T", "Große")


def mark(key: str) -> str:
    """A marker as the product makes them, without an invoice."""
    return f"P-{b32encode(hashlib.sha256(key.encode()).digest()).decode()[:8]}"


def make_choices(**changes: Any) -> InvoiceChoices:
    """A shop that knows its methods and chose nothing else."""
    choices = InvoiceChoices(
        nickname="Lincoln High – 2026-11-20", contact_id="501", customer_due_on=date(2026, 12, 4),
        due_at=datetime(2026, 11, 30, 23, tzinfo=UTC), paid_on=date(2026, 11, 20), size_map={},
        method_map={"screen print": "11802", "embroidery": "11803"},
    )  # fmt: skip
    return replace(choices, **changes)


def make_pinned(number: str, *items: OrderItem, residual: int = 0, **money: int) -> PinnedOrder:
    """An order whose parts make its total but for `residual`; collected in full unless said otherwise.

    Items get ids of their own; `money` names members of `OrderMoney` without `_amount`.
    """
    numbered = tuple(
        replace(item, external_id=f"{number}-{place:02}") for place, item in enumerate(items, start=1)
    )
    known = sum(item.total_amount for item in items if item.quantity > 0)
    parts = {name: money.get(name, 0) for name in ("discount", "shipping", "tax", "fee", "gift", "refunded")}
    total = known - parts["discount"] + parts["shipping"] + parts["tax"] + parts["fee"] + residual
    collected = money.get("collected", total)
    amounts = OrderMoney(
        items_amount=known, total_amount=total, due_amount=total - collected, collected_amount=collected,
        **{f"{name}_amount": amount for name, amount in parts.items()},
    )  # fmt: skip
    snapshot = make_snapshot(external_id=number, number=number, items=numbered, money=amounts)
    return PinnedOrder(uuid5(NAMESPACE_OID, number), number, 1, snapshot)


def convert(*orders: PinnedOrder, **choices: Any) -> WantedInvoice:
    return make_wanted(orders, make_choices(**choices), mark)


def tee(size: str = "L", quantity: int = 1, price: int = 2000, **changes: Any) -> OrderItem:
    """A navy tee with a print on its front."""
    plain = make_item(
        size=size,
        quantity=quantity,
        unit_price_amount=price,
        total_amount=price * quantity,
        decorations=(FRONT,),
    )
    return replace(plain, **changes)


def custom(name: str = "Screen set-up", quantity: int = 1, price: int = 2500, **changes: Any) -> OrderItem:
    """A line that the shop typed by hand."""
    plain = OrderItem(
        external_id="", line_external_id="", kind="custom", name=name, item_number="", color="", size="",
        quantity=quantity, unit_price_amount=price, total_amount=price * quantity, taxed=False,
    )  # fmt: skip
    return replace(plain, **changes)


# Few styles, sides and prices, so that orders meet on one line; any text where people write.
_DECORATIONS = st.lists(
    st.one_of(
        st.sampled_from([FRONT, BACK, CHEST, replace(FRONT, colors=("Black",)), replace(BACK, method="screen  PRINT")]),
        st.builds(Decoration, method=TEXT, location=TEXT, artwork=TEXT),
    ),
    max_size=3,
).map(tuple)  # fmt: skip
_NAMES = st.lists(
    st.builds(
        Personalization, name=TEXT, number=TEXT, values=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
        quantity=st.integers(1, 30),
    ),
    max_size=4,
).map(tuple)  # fmt: skip
_ITEMS = st.builds(
    make_item,
    kind=st.sampled_from(["product", "product", "product", "custom"]),
    name=st.one_of(st.sampled_from(["Heavy Cotton Tee", "Fleece Hood"]), TEXT),
    item_number=st.sampled_from(["G500", "G185", ""]),
    color=st.sampled_from(["Navy", "Ash", ""]),
    size=st.one_of(st.sampled_from([*SYNONYMS, *UNKNOWN_SIZES]), TEXT),
    quantity=st.integers(0, 60),
    total_amount=st.one_of(st.integers(0, 20).map(lambda n: n * 500), st.integers(0, 100_000)),
    taxed=st.booleans(),
    decorations=_DECORATIONS,
    personalizations=_NAMES,
    notes=TEXT,
)


@st.composite
def any_orders(draw: st.DrawFn, *, largest_residual: int = 5, most: int = 5) -> Sequence[PinnedOrder]:
    """Orders with different numbers, whose parts make their totals but for `largest_residual` cents."""
    numbers = draw(st.lists(st.integers(870001, 870999), min_size=1, max_size=most, unique=True))
    return [draw(_one_order(str(number), largest_residual)) for number in numbers]


@st.composite
def _one_order(draw: st.DrawFn, number: str, largest_residual: int) -> PinnedOrder:
    items = draw(st.lists(_ITEMS, max_size=5))
    worth = sum(item.total_amount for item in items if item.quantity)
    discount = draw(st.integers(0, worth))
    extra = {name: draw(st.integers(0, 3000)) for name in ("shipping", "tax", "fee")}
    residual = draw(st.integers(-largest_residual, largest_residual))
    total = worth - discount + sum(extra.values()) + residual
    collected = draw(st.integers(0, max(total, 0)))
    refunded = draw(st.integers(0, collected))
    return make_pinned(
        number, *items, residual=residual, discount=discount, collected=collected, refunded=refunded, **extra
    )  # fmt: skip
