"""Orders as a platform tells them: one that is plain, and any that there can be."""

import types
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, get_args, get_origin, get_type_hints
from uuid import uuid4

from hypothesis import strategies as st

from api.connectors.store_platform import (
    Address,
    Decoration,
    OrderItem,
    OrderMoney,
    OrderSnapshot,
    OrderSummary,
)

PLACED = datetime(2026, 11, 20, 16, 4, tzinfo=UTC)

# What a PostgreSQL text can hold, and so what an adapter lets through.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
_LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: st.integers(-(10**11), 10**11),
    bool: st.booleans(),
    datetime: st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis asks for naive bounds
    types.NoneType: st.none(),
}


def any_value(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of an annotation that is built from dataclasses, tuples, unions, literals and plain values."""
    if kind in _LEAVES:
        return _LEAVES[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: any_value(hints[field.name]) for field in fields(kind)})
    inner = get_args(kind)
    if get_origin(kind) is Literal:
        return st.sampled_from(inner)
    if get_origin(kind) is tuple and inner[-1:] == (...,):
        return st.lists(any_value(inner[0]), max_size=3).map(tuple)
    if get_origin(kind) is tuple:
        return st.tuples(*map(any_value, inner))
    return st.one_of(*map(any_value, inner))


def any_snapshot() -> st.SearchStrategy[OrderSnapshot]:
    return any_value(OrderSnapshot)


def make_item(**changes: Any) -> OrderItem:
    """Two navy tees in 2XL with one print."""
    item = OrderItem(
        external_id="55501", line_external_id="5550", kind="product", name="Heavy Cotton Tee", item_number="G500",
        color="Navy", size="2XL", quantity=2, unit_price_amount=2190, total_amount=4380, taxed=True,
        decorations=(Decoration("Screen Print", "Full Front", "Lincoln Lions", ("White", "Gold")),),
    )  # fmt: skip
    return replace(item, **changes)


def make_snapshot(**changes: Any) -> OrderSnapshot:
    """A plain paid order of $50.00: an approved one of a store, unless changed. Its hash is new with every call."""
    money = OrderMoney(
        items_amount=4380, discount_amount=0, shipping_amount=500, tax_amount=120, fee_amount=0, gift_amount=0,
        total_amount=5000, due_amount=0, collected_amount=5000, refunded_amount=0,
    )  # fmt: skip
    order = OrderSnapshot(
        external_id="870001", unique_id="u-870001", number="870001", store_external_id="11500",
        store_name="Shapes Test Shop", origin="store", proposal_id=None, status="processing",
        production_status="Open", payment_status="paid", approval_required=False, approved_at=None,
        customer_name="Ana Lopez", email="ana@shopper.example", phone="", placed_at=PLACED, due_at=None,
        currency="USD", shipping_method="Ground", ship_to=Address(name="Ana Lopez", city="Austin"), bill_to=None,
        money=money, items=(make_item(),), adjustments=(), notes="", content_hash=uuid4().hex * 2,
    )  # fmt: skip
    return replace(order, **changes)


def make_summary(**changes: Any) -> OrderSummary:
    """The row of the list that belongs to `make_snapshot()`. Its fingerprint is new with every call."""
    row = OrderSummary(
        external_id="870001", number="870001", store_external_id="11500", store_name="Shapes Test Shop",
        origin="store", status="processing", production_status="Open", payment_status="paid",
        customer_name="Ana Lopez", email="ana@shopper.example", placed_at=PLACED, total_amount=5000, due_amount=0,
        fingerprint=uuid4().hex * 2,
    )  # fmt: skip
    return replace(row, **changes)
