"""How often Printavo is asked until an invoice is settled: at most 6 + groups + ⌈lines ÷ 25⌉ times, whatever its orders are."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import pytest

from api.connectors.store_platform import Decoration, OrderSnapshot
from tests.make.pushing import Facts, PushDesk, assert_exact, make_order, make_tees
from tests.make.tabs import choose

# Orders, lines in each group, calls.
SHAPES = [
    (1, (1,), 6),
    (50, (1,), 6),
    (50, (24,), 6),
    (1, (25,), 6),
    (1, (26,), 8),
    (10, (50,), 8),
    (10, (51,), 9),
    (50, (120,), 11),
    (200, (60, 4), 10),
    (200, (600,), 30),
    (20, (3,) * 8, 13),
    (8, (26,) * 8, 15),
    (11, (1,) * 11, 17),
    (11, (26,) * 11, 19),
    (200, (6,) * 60, 68),
    (200, (1,) * 200, 208),
]


def make_orders(count: int, lines: Sequence[int]) -> list[OrderSnapshot]:
    """Orders that together make these groups of lines; each has a part of them, and shipping and tax."""
    styles = [
        (f"ST{group:03}-{line:03}", Decoration("Screen Print", "Full Front", f"Team {group}", ("White",)))
        for group, size in enumerate(lines)
        for line in range(size)
    ]
    items = max(count, len(styles))
    return [
        make_order(
            number + 1,
            items=[
                make_tees(number, style=style, decorations=(front,))
                for style, front in (styles[place % len(styles)] for place in range(number, items, count))
            ],
        )
        for number in range(count)
    ]


class TestTheCallsOfANewInvoice:
    @pytest.mark.parametrize(
        ("count", "lines", "calls"),
        SHAPES,
        ids=[f"{count} orders, {len(lines)} groups, {sum(lines)} lines" for count, lines, _ in SHAPES],
    )
    async def test_are_few(self, desk: PushDesk, count: int, lines: Sequence[int], calls: int) -> None:
        """Nobody chose a status here, so that it is asked for too."""
        orders = make_orders(count, lines)
        invoice = await desk.new_invoice(*orders)
        await desk.sandboxes.printavo("DELETE", "/calls")
        await push_within(desk, invoice, lines, calls)
        (record,) = await desk.records()
        assert_exact(record, orders)


# Lines in each group before, and after one more order that has all of them; calls.
GROWTHS = [
    ((1,), (1,), 5),
    ((2,), (2,), 5),
    ((25,), (25,), 5),
    ((24,), (25,), 6),
    ((26,), (26,), 8),
    ((26,), (50,), 9),
    ((60,), (121,), 12),
    ((120,), (120,), 11),
    ((300,), (310,), 19),
    ((26, 1), (26, 1), 8),
    ((2,), (2, 30), 8),
    ((3,) * 8, (3,) * 8, 5),
    ((26,) * 8, (26,) * 8, 15),
    ((1,) * 60, (2,) * 60, 16),
]


def make_changing_order(lines: Sequence[int]) -> OrderSnapshot:
    """With every line of these groups in a size and an ink that it did not have, a new kind of fee and a discount."""
    (plain,) = make_orders(1, lines)
    items = [
        make_tees(2, style=item.item_number, size="YS", decorations=(replace(side, colors=("Gold",)),))
        for item in plain.items
        for side in item.decorations
    ]
    return make_order(2, items=items, shipping_amount=700, fee_amount=250, discount_amount=300)


class TestTheCallsOfFurtherOrders:
    @pytest.mark.parametrize(
        ("lines", "calls"), [((2,), 4), ((26,), 7), ((120,), 10), ((3,) * 8, 4), ((26,) * 8, 14)], ids=str
    )
    async def test_are_few_too(self, desk: PushDesk, lines: Sequence[int], calls: int) -> None:
        """Every line and both fees change: the books are read before it, and after it."""
        first, second = make_orders(1, lines), make_orders(1, lines)
        second = [replace(order, external_id="2", unique_id="u-2", number="2") for order in second]
        await count_calls(desk, first, second, lines, calls)

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(
        ("before", "after", "calls"),
        GROWTHS,
        ids=[
            f"{sum(before)} to {sum(after)} lines in {len(before)} to {len(after)} groups"
            for before, after, _ in GROWTHS
        ],
    )
    async def test_are_few_when_everything_changes_at_once(
        self, desk: PushDesk, before: Sequence[int], after: Sequence[int], calls: int
    ) -> None:
        """Lines, size columns, imprints, fees and the payment change; a fee, a discount and some lines are new."""
        await count_calls(desk, make_orders(1, before), [make_changing_order(after)], after, calls)

    async def test_are_few_when_each_order_has_a_fee_of_its_own(self, desk: PushDesk) -> None:
        await choose(desk.browser, shipping="fee_per_order")
        first, *others = [make_order(number) for number in range(1, 42)]
        await count_calls(desk, [first], others, (1,), 5)


async def count_calls(
    desk: PushDesk,
    first: Sequence[OrderSnapshot],
    further: Sequence[OrderSnapshot],
    lines: Sequence[int],
    calls: int,
) -> None:
    """Put the further orders on the invoice of the first: so many calls, within the bound of these groups of lines."""
    ids = await desk.take_in(*first, *further)
    await desk.choose_contact()
    invoice = await desk.invoice(ids[: len(first)])
    await desk.push()
    await desk.sandboxes.printavo("DELETE", "/calls")
    await desk.attach(invoice, ids[len(first) :])
    await push_within(desk, invoice, lines, calls)
    (record,) = await desk.records()
    assert_exact(record, [*first, *further])


async def push_within(desk: PushDesk, invoice: Facts, lines: Sequence[int], calls: int) -> None:
    """Settle the invoice, which then has these groups of lines: so many calls, within their bound."""
    await desk.push()
    shown = await desk.show(invoice)
    assert sorted(len(group["lines"]) for group in shown["content"]["groups"]) == sorted(lines)
    assert (shown["push_state"], shown["differences"]) == ("in_printavo", [])
    assert (await desk.calls())["requests"] == calls
    assert calls <= 6 + len(lines) + ceil(sum(lines) / 25)
