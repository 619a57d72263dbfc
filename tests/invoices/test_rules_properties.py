"""What holds for any set of orders: pieces and cents are conserved, order says nothing, keys are unique, JSON loses nothing."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.invoices.rules.diff import make_steps
from api.invoices.rules.grouping import CUSTOM_GROUP, split_prices
from api.invoices.rules.steps import Difference
from api.invoices.rules.texts import mark_of
from api.invoices.rules.wanted import PinnedOrder, WantedInvoice
from api.invoices.rules.wanted_json import wanted_from_json, wanted_to_json
from api.settings.rules.sizes import SIZES
from tests.make.books import Books
from tests.make.wanted import any_orders, convert

CHOICES = st.fixed_dictionaries(
    {
        "grouping": st.sampled_from(["decoration", "product", "order"]),
        "personalization": st.sampled_from(["line", "list"]),
        "record_payments": st.booleans(),
        "order_number_prefix": st.sampled_from(["", "W-"]),
        "tax": st.sampled_from(["carry", "recompute"]),
        "shipping": st.sampled_from(["fee", "fee_per_order"]),
        "discount": st.sampled_from(["on_invoice", "in_prices"]),
    }
)
# What is drawn is large, and machines that run tests are busy.
thorough = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def differences(books: Books, wanted: WantedInvoice) -> list[Difference]:
    """But for the tax that the books should compute: these have no rate."""
    return [each for each in books.differences(wanted) if each.field != "sales_tax_amount"]


@thorough
@given(orders=any_orders(), choices=CHOICES)
def test_every_piece_is_on_a_line_once_and_knows_its_order_and_size(
    orders: Sequence[PinnedOrder], choices: dict[str, object]
) -> None:
    wanted = convert(*orders, **choices)
    ordered: Counter[tuple[str, str, str]] = Counter()
    for order in orders:
        for item in order.snapshot.items:
            ordered[order.number, item.external_id, item.size] += item.quantity
    traced: Counter[tuple[str, str, str]] = Counter()
    for line in wanted.lines():
        for entry in line.trace:
            traced[entry.order_number, entry.item_external_id, entry.size_text] += entry.pieces
        by_size = Counter({size: 0 for size, _ in line.draft.sizes})
        for entry in line.trace:
            by_size[entry.size_code] += entry.pieces
        assert dict(by_size) == dict(line.draft.sizes)
        assert all(count > 0 for _, count in line.draft.sizes)
    assert traced == +ordered
    assert wanted.piece_count == sum(ordered.values())


@pytest.mark.rule("I15")
@thorough
@given(orders=any_orders(largest_residual=9), choices=CHOICES)
def test_every_cent_is_accounted_for_or_nothing_is_sendable(
    orders: Sequence[PinnedOrder], choices: dict[str, object]
) -> None:
    wanted = convert(*orders, **choices)
    money = [order.snapshot.money for order in orders]
    understood = []
    for order, amounts in zip(orders, money, strict=True):
        items = sum(item.total_amount for item in order.snapshot.items if item.quantity)
        known = (
            items
            - amounts.discount_amount
            + amounts.shipping_amount
            + amounts.tax_amount
            + amounts.fee_amount
        )
        kept = min(amounts.total_amount, amounts.collected_amount) >= amounts.refunded_amount
        understood.append(abs(amounts.total_amount - known) <= 5 and kept)
    assert wanted.is_sendable == all(understood)
    if wanted.is_sendable:
        lines = sum(
            line.draft.unit_price_amount * sum(n for _, n in line.draft.sizes) for line in wanted.lines()
        )
        fees = sum(fee.draft.amount for fee in wanted.fees)
        asked = sum(each.total_amount - each.refunded_amount for each in money)
        computed_there = wanted.proof.recomputed_tax_amount
        assert lines + fees - wanted.discount_amount == asked - computed_there
        assert bool(computed_there) <= (choices["tax"] == "recompute")
        paid = wanted.payment.draft.amount if wanted.payment else 0
        kept_money = sum(each.collected_amount - each.refunded_amount for each in money)
        assert paid == (kept_money if choices["record_payments"] else 0)
        assert all(fee.draft.amount > 0 for fee in wanted.fees)
        assert wanted.discount_amount >= 0


@thorough
@given(orders=any_orders(), choices=CHOICES, random=st.randoms(use_true_random=False))
def test_neither_the_order_of_orders_nor_of_items_says_anything(
    orders: Sequence[PinnedOrder], choices: dict[str, object], random: Random
) -> None:
    shuffled = []
    for order in random.sample(list(orders), len(orders)):
        items = random.sample(order.snapshot.items, len(order.snapshot.items))
        shuffled.append(replace(order, snapshot=replace(order.snapshot, items=tuple(items))))
    assert convert(*shuffled, **choices) == convert(*orders, **choices)


@thorough
@given(orders=any_orders(), choices=CHOICES)
def test_keys_are_unique_and_texts_carry_their_marker_within_bounds(
    orders: Sequence[PinnedOrder], choices: dict[str, object]
) -> None:
    wanted = convert(*orders, **choices)
    imprints = [imprint for group in wanted.groups for imprint in group.imprints]
    marked = [
        *((line.key, line.marker, line.draft.description) for line in wanted.lines()),
        *((imprint.key, imprint.marker, imprint.draft.details) for imprint in imprints),
        *((fee.key, fee.marker, fee.draft.description) for fee in wanted.fees),
    ]
    keys = [key for key, _, _ in marked] + [group.key for group in wanted.groups]
    assert len(keys) == len(set(keys))
    for _, marker, text in marked:
        assert mark_of(text) == marker
        assert len(text) <= 1000
        assert text == " ".join(text.split())
    for group in wanted.groups:
        assert group.lines
        assert not (group.imprints and group.key == CUSTOM_GROUP)
        assert [SIZES.index(size) for size in group.enabled_sizes] == sorted(
            SIZES.index(s) for s in group.enabled_sizes
        )
        assert set(group.enabled_sizes) == {size for line in group.lines for size, _ in line.draft.sizes}


@thorough
@given(orders=any_orders(), choices=CHOICES)
def test_names_and_numbers_are_all_kept(orders: Sequence[PinnedOrder], choices: dict[str, object]) -> None:
    told = Counter(
        (name.name, name.number, name.values, name.quantity, item.size)
        for order in orders
        for item in order.snapshot.items
        if item.quantity
        for name in item.personalizations
    )
    kept = Counter(
        (n.name, n.number, n.values, n.quantity, n.size_text)
        for line in convert(*orders, **choices).lines()
        for n in line.named
    )
    assert kept == told


@thorough
@given(orders=any_orders())
def test_json_loses_nothing(orders: Sequence[PinnedOrder]) -> None:
    wanted = convert(*orders)
    assert wanted_from_json(json.loads(wanted_to_json(wanted))) == wanted


@given(total=st.integers(-(10**9), 10**9), pieces=st.integers(1, 2000))
def test_a_split_price_is_exact(total: int, pieces: int) -> None:
    found = split_prices(total, pieces)
    assert sum(price * count for price, count in found) == total
    assert sum(count for _, count in found) == pieces
    assert all(count > 0 for _, count in found)


@pytest.mark.rule("A6")
@thorough
@given(first=any_orders(most=4), more=any_orders(most=4), choices=CHOICES)
def test_the_books_end_as_wanted_and_then_nothing_is_left_to_do(
    first: Sequence[PinnedOrder], more: Sequence[PinnedOrder], choices: dict[str, object]
) -> None:
    """A new invoice, then further orders on it, then the first ones taken off again."""
    books = Books()
    grown = {order.number: order for order in (*first, *more)}
    for orders in (first, tuple(grown.values()), more):
        wanted = convert(*orders, **choices)
        books.push(wanted)
        assert differences(books, wanted) == []
        assert books.push(wanted) == []


@pytest.mark.rule("A6")
@thorough
@given(orders=any_orders(most=4), choices=CHOICES, data=st.data())
def test_answers_that_were_lost_double_nothing(
    orders: Sequence[PinnedOrder], choices: dict[str, object], data: st.DataObject
) -> None:
    """Any step may have been taken without being remembered; the marker in the books says so."""
    books, wanted = Books(), convert(*orders, **choices)
    for step in make_steps(wanted, None, {}):
        books.forgetful = data.draw(st.booleans(), label="lost")
        books.take(step, wanted)
    books.forgetful = False
    assert books.push(wanted) == []
    assert differences(books, wanted) == []
