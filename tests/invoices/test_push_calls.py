"""How often Printavo is asked until an invoice is settled: at most 6 + groups + ⌈lines ÷ 25⌉ times, whatever its orders are."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import pytest

from api.connectors.store_platform import Decoration, OrderSnapshot
from tests.make.pushing import PushDesk, assert_exact, make_order, make_tees

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
        await desk.push()
        shown = await desk.show(invoice)
        assert sorted(len(group["lines"]) for group in shown["content"]["groups"]) == sorted(lines)
        assert (shown["push_state"], shown["differences"]) == ("in_printavo", [])
        assert (await desk.calls())["requests"] == calls
        assert calls <= 6 + len(lines) + ceil(sum(lines) / 25)
        (record,) = await desk.records()
        assert_exact(record, orders)


class TestTheCallsOfFurtherOrders:
    @pytest.mark.parametrize(
        ("lines", "calls"), [((2,), 6), ((26,), 9), ((120,), 12), ((3,) * 8, 6), ((26,) * 8, 16)], ids=str
    )
    async def test_are_few_too(self, desk: PushDesk, lines: Sequence[int], calls: int) -> None:
        """Every line and both fees change: the books are read before it, and after it."""
        first, second = make_orders(1, lines), make_orders(1, lines)
        second = [replace(order, external_id="2", unique_id="u-2", number="2") for order in second]
        ids = await desk.take_in(*first, *second)
        await desk.choose_contact()
        invoice = await desk.invoice(ids[:1])
        await desk.push()
        await desk.sandboxes.printavo("DELETE", "/calls")
        await desk.attach(invoice, ids[1:])
        await desk.push()
        assert (await desk.calls())["requests"] == calls
        assert calls <= 6 + len(lines) + ceil(sum(lines) / 25)
        (record,) = await desk.records()
        assert_exact(record, [*first, *second])
        assert (await desk.show(invoice))["differences"] == []
