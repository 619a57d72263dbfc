"""How money is handled, as a shop chose: tax, shipping and discount; and that every way is exact to the cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.invoices.rules.discounts import share_out
from api.invoices.rules.wanted import WantedInvoice
from tests.make.wanted import convert, custom, make_pinned, tee


def fees(wanted: WantedInvoice) -> list[tuple[str, int]]:
    return [(fee.kind, fee.draft.amount) for fee in wanted.fees]


def prices(wanted: WantedInvoice) -> list[tuple[int, int]]:
    return [(line.draft.unit_price_amount, line.piece_count) for line in wanted.lines()]


@pytest.mark.rule("T5")
class TestTax:
    def test_that_is_carried_is_a_fee_and_taxes_no_line(self) -> None:
        """Whether an item was taxed says nothing then: two of one price stand on one line."""
        wanted = convert(make_pinned("870001", tee(taxed=True), tee(taxed=False), tax=165), tax="carry")
        assert fees(wanted) == [("tax", 165)]
        assert [line.draft.taxed for line in wanted.lines()] == [False]
        assert (wanted.recompute_tax, wanted.proof.recomputed_tax_amount) == (False, 0)

    def test_that_is_recomputed_marks_lines_and_is_no_fee(self) -> None:
        order = make_pinned("870001", tee(taxed=True), tee(taxed=False), tax=165, shipping=500)
        wanted = convert(order, tax="recompute")
        assert fees(wanted) == [("shipping", 500)]
        assert sorted(line.draft.taxed for line in wanted.lines()) == [False, True]
        proof = wanted.proof
        assert (wanted.recompute_tax, proof.recomputed_tax_amount) == (True, 165)
        assert (proof.orders_amount, proof.invoice_amount) == (4665, 4500)
        assert (proof.payments_amount, proof.due_amount, proof.difference) == (4665, 0, 0)

    def test_in_a_refund_goes_back_by_its_share(self) -> None:
        """Half of the order came back, and half of its tax with it: the books compute the other half."""
        order = make_pinned("870001", tee(quantity=2), tax=330, refunded=2165)
        wanted = convert(order, tax="recompute")
        assert wanted.proof.recomputed_tax_amount == 165
        assert (wanted.discount_amount, wanted.proof.invoice_amount) == (2000, 2000)
        assert wanted.is_sendable

    def test_of_an_order_that_was_refunded_whole_is_nothing(self) -> None:
        wanted = convert(make_pinned("870001", tee(), tax=165, refunded=2165), tax="recompute")
        assert (wanted.proof.recomputed_tax_amount, wanted.proof.invoice_amount) == (0, 0)
        assert wanted.is_sendable


@pytest.mark.rule("T5")
class TestShipping:
    ORDERS = (
        make_pinned("870001", tee(), shipping=500),
        make_pinned("870002", tee(), shipping=1205),
        make_pinned("870003", tee()),
    )

    def test_is_one_fee_for_all_orders(self) -> None:
        assert fees(convert(*self.ORDERS, shipping="fee")) == [("shipping", 1705)]

    def test_is_a_fee_for_each_order_that_paid_some(self) -> None:
        wanted = convert(*self.ORDERS, shipping="fee_per_order", order_number_prefix="W-")
        assert fees(wanted) == [("shipping", 500), ("shipping", 1205)]
        first, second = wanted.fees
        assert first.draft.description == f"Shipping (W-870001 5.00) · ref {first.marker}"
        assert second.draft.description == f"Shipping (W-870002 12.05) · ref {second.marker}"
        assert len({fee.key for fee in wanted.fees} | {fee.marker for fee in wanted.fees}) == 4

    def test_keeps_an_orders_fee_when_others_come(self) -> None:
        """Its key is the order's own: one more order on the invoice rewrites nothing."""
        before = convert(self.ORDERS[1], shipping="fee_per_order").fees
        after = convert(*self.ORDERS, shipping="fee_per_order").fees
        assert before[0] in after


@pytest.mark.rule("T5")
class TestADiscount:
    def test_stands_on_the_invoice(self) -> None:
        wanted = convert(make_pinned("870001", tee(), discount=300), discount="on_invoice")
        assert (wanted.discount_amount, prices(wanted)) == (300, [(2000, 1)])

    def test_is_taken_off_the_prices_of_its_own_order(self) -> None:
        wanted = convert(
            make_pinned("870001", tee(), custom(price=1000), discount=300),
            make_pinned("870002", tee()),
            discount="in_prices",
        )
        assert wanted.discount_amount == 0
        assert prices(wanted) == [(1800, 1), (2000, 1), (900, 1)]
        assert wanted.proof.invoice_amount == 4700
        assert wanted.is_sendable

    def test_beyond_the_items_stays_on_the_invoice(self) -> None:
        """A coupon that covers the shipping as well: no price goes below zero."""
        order = make_pinned("870001", tee(), shipping=500, discount=2300)
        wanted = convert(order, discount="in_prices")
        assert (prices(wanted), wanted.discount_amount) == ([(0, 1)], 300)
        assert wanted.is_sendable

    def test_leaves_refunds_where_they_are(self) -> None:
        order = make_pinned("870001", tee(), discount=300, refunded=200)
        assert convert(order, discount="in_prices").discount_amount == 200

    def test_that_does_not_divide_makes_prices_a_cent_apart(self) -> None:
        wanted = convert(make_pinned("870001", tee(quantity=3), discount=100), discount="in_prices")
        assert prices(wanted) == [(1966, 1), (1967, 2)]
        assert wanted.proof.lines_amount == 5900


@given(amount=st.integers(-10, 5000), worths=st.lists(st.integers(0, 900), max_size=8))
def test_sharing_out_gives_each_its_part_and_all_that_fits(amount: int, worths: list[int]) -> None:
    parts = share_out(amount, worths)
    assert len(parts) == len(worths)
    assert sum(parts) == max(0, min(amount, sum(worths)))
    assert all(0 <= part <= worth for part, worth in zip(parts, worths, strict=True))
    for part, worth in zip(parts, worths, strict=True):
        assert abs(part - sum(parts) * worth / (sum(worths) or 1)) < 1
