"""Fees, discount, payment and the proof: not a cent is lost, and what is not understood is not sent."""

from datetime import date

import pytest

from api.invoices.rules.money import decimal_text
from api.invoices.rules.wanted import PinnedOrder, WantedInvoice
from tests.make.wanted import convert, custom, make_pinned, tee


def fees(wanted: WantedInvoice) -> dict[str, int]:
    return {fee.kind: fee.draft.amount for fee in wanted.fees}


def codes(wanted: WantedInvoice) -> list[str]:
    return [finding.code for finding in wanted.findings]


class TestFees:
    def test_are_one_a_kind_with_what_each_order_gave(self) -> None:
        wanted = convert(
            make_pinned("870001", tee(), shipping=500, tax=165, fee=250),
            make_pinned("870002", tee(), shipping=1205, tax=165),
            make_pinned("870003", tee()),
        )
        assert fees(wanted) == {"shipping": 1705, "tax": 330, "fee": 250}
        shipping, tax, fee = wanted.fees
        assert shipping.draft.description == f"Shipping (870001 5.00, 870002 12.05) · ref {shipping.marker}"
        assert tax.draft.description == f"Sales tax collected (870001 1.65, 870002 1.65) · ref {tax.marker}"
        assert fee.draft.description == f"Fees (870001 2.50) · ref {fee.marker}"

    def test_are_never_taxable(self) -> None:
        wanted = convert(make_pinned("870001", tee(), shipping=500, tax=165, fee=250, residual=3))
        assert len(wanted.fees) == 4
        assert not any(fee.draft.taxable for fee in wanted.fees)

    def test_are_none_for_nothing(self) -> None:
        assert convert(make_pinned("870001", tee())).fees == ()

    @pytest.mark.parametrize("orders", [1, 10, 55, 56, 57, 60, 80, 200])
    def test_say_how_many_orders_where_all_of_them_do_not_fit(self, orders: int) -> None:
        wanted = convert(*(make_pinned(str(870000 + n), tee(), shipping=795) for n in range(orders)))
        (shipping,) = wanted.fees
        assert len(shipping.draft.description) <= 1000
        assert len(shipping.detail) == orders
        whole = all(number in shipping.draft.description for number, _ in shipping.detail)
        assert whole or f"Shipping ({orders} orders)" in shipping.draft.description
        assert whole or orders > 50

    def test_carry_the_prefix_that_the_shop_chose(self) -> None:
        wanted = convert(make_pinned("870001", tee(), shipping=500), order_number_prefix="W-")
        assert "(W-870001 5.00)" in wanted.fees[0].draft.description

    @pytest.mark.parametrize(
        ("cents", "text"), [(0, "0.00"), (5, "0.05"), (100, "1.00"), (123_456_789_01, "123456789.01")]
    )
    def test_write_cents_exactly(self, cents: int, text: str) -> None:
        assert decimal_text(cents) == text

    @pytest.mark.parametrize("part", ["shipping", "tax", "fee"])
    def test_below_zero_go_into_the_discount(self, part: str) -> None:
        """Not every shop system takes a negative fee."""
        wanted = convert(
            make_pinned("870001", tee(price=5000), **{part: -300}),
            make_pinned("870002", tee(), **{part: 200}),
        )
        assert fees(wanted) == {part: 200}
        assert wanted.discount_amount == 300
        assert wanted.is_sendable


class TestTheDiscount:
    def test_is_what_all_orders_were_given(self) -> None:
        wanted = convert(
            make_pinned("870001", tee(), discount=300), make_pinned("870002", tee(), discount=150)
        )
        assert wanted.discount_amount == 450
        assert wanted.proof.invoice_amount == 3550

    def test_takes_away_what_went_back(self) -> None:
        wanted = convert(make_pinned("870001", tee(), discount=300, refunded=500))
        assert wanted.discount_amount == 800
        assert (wanted.proof.orders_amount, wanted.proof.refunds_amount) == (1700, 500)
        assert wanted.proof.invoice_amount == wanted.proof.payments_amount == 1200

    def test_may_be_all_of_it(self) -> None:
        wanted = convert(make_pinned("870001", tee("L", 2), discount=4000))
        assert wanted.proof.invoice_amount == 0
        assert wanted.payment is None
        assert wanted.is_sendable


class TestThePayment:
    @pytest.mark.rule("I15")
    def test_is_what_was_collected_net_of_refunds_once(self) -> None:
        wanted = convert(
            make_pinned("870001", tee(), refunded=500), make_pinned("870002", tee(), shipping=700)
        )
        assert wanted.payment is not None
        assert wanted.payment.draft.amount == 1500 + 2700
        assert (
            wanted.payment.draft.description
            == f"Collected online for 2 store orders · ref {wanted.payment.marker}"
        )

    def test_speaks_of_one_order(self) -> None:
        wanted = convert(make_pinned("870001", tee()))
        assert wanted.payment is not None
        assert wanted.payment.draft.description.startswith("Collected online for 1 store order ·")

    def test_is_dated_by_the_invoice(self) -> None:
        wanted = convert(make_pinned("870001", tee()), paid_on=date(2026, 11, 19))
        assert wanted.payment is not None
        assert wanted.payment.draft.paid_on == date(2026, 11, 19)

    def test_leaves_open_what_was_not_collected(self) -> None:
        wanted = convert(
            make_pinned("870001", tee(), collected=500), make_pinned("870002", tee(), collected=0)
        )
        assert wanted.proof.payments_amount == 500
        assert wanted.proof.due_amount == 3500
        assert wanted.is_sendable

    def test_of_nothing_is_none(self) -> None:
        assert convert(make_pinned("870001", tee(), collected=0)).payment is None
        assert convert(make_pinned("870001", tee("L", 3, 0))).payment is None
        assert convert(make_pinned("870001", tee(), refunded=2000)).payment is None

    def test_is_left_to_the_shop_when_it_says_so(self) -> None:
        wanted = convert(make_pinned("870001", tee()), record_payments=False)
        assert wanted.payment is None
        assert wanted.proof.due_amount == 2000
        assert wanted.is_sendable

    def test_may_be_more_than_the_invoice(self) -> None:
        """A refund that is due but not made yet: the shop owes it, and its books say so."""
        wanted = convert(make_pinned("870001", tee(), collected=2500))
        assert wanted.proof.due_amount == -500
        assert wanted.is_sendable


class TestARounding:
    @pytest.mark.parametrize("cents", [1, 2, 3, 4, 5])
    def test_that_adds_is_a_fee(self, cents: int) -> None:
        wanted = convert(make_pinned("870001", tee(), residual=cents))
        assert fees(wanted) == {"rounding": cents}
        assert wanted.discount_amount == 0
        assert codes(wanted) == ["rounding"]
        assert wanted.is_sendable

    @pytest.mark.parametrize("cents", [1, 2, 3, 4, 5])
    def test_that_takes_away_is_in_the_discount(self, cents: int) -> None:
        wanted = convert(make_pinned("870001", tee(), residual=-cents))
        assert fees(wanted) == {}
        assert wanted.discount_amount == cents
        assert codes(wanted) == ["rounding"]
        assert wanted.is_sendable

    def test_is_counted_order_by_order(self) -> None:
        """Fifty orders may be off by fifty times five cents together: each of them is small."""
        wanted = convert(*(make_pinned(str(870000 + n), tee(), residual=5) for n in range(50)))
        assert fees(wanted) == {"rounding": 250}
        assert wanted.is_sendable

    def test_of_one_order_up_and_another_down_is_carried_both_ways(self) -> None:
        wanted = convert(make_pinned("870001", tee(), residual=4), make_pinned("870002", tee(), residual=-4))
        assert (fees(wanted), wanted.discount_amount) == ({"rounding": 4}, 4)
        assert wanted.proof.is_balanced


@pytest.mark.rule("I15")
class TestAnOrderThatDoesNotAddUp:
    @pytest.mark.parametrize("cents", [6, -6, 100, -100, 12345])
    def test_is_not_sendable(self, cents: int) -> None:
        wanted = convert(make_pinned("870001", tee(price=50_000), residual=cents))
        assert not wanted.is_sendable
        assert not wanted.proof.is_balanced
        assert wanted.proof.difference == cents
        (finding,) = wanted.findings
        assert (finding.code, finding.details) == (
            "does_not_add_up",
            {"order_number": "870001", "amount": cents},
        )

    def test_is_not_made_right_by_another_wrong(self) -> None:
        wanted = convert(
            make_pinned("870001", tee(), residual=700), make_pinned("870002", tee(), residual=-700)
        )
        assert wanted.proof.is_balanced
        assert codes(wanted) == ["does_not_add_up", "does_not_add_up"]
        assert not wanted.is_sendable

    def test_keeps_the_others_from_being_sent(self) -> None:
        wanted = convert(make_pinned("870001", tee()), make_pinned("870002", tee(), residual=6))
        assert not wanted.is_sendable

    @pytest.mark.parametrize("record_payments", [True, False])
    def test_because_more_went_back_than_was_paid(self, *, record_payments: bool) -> None:
        overdrawn = make_pinned("870001", tee(), collected=500, refunded=700)
        wanted = convert(overdrawn, make_pinned("870002", tee("L", 9)), record_payments=record_payments)
        assert wanted.proof.is_balanced
        assert [(f.code, f.details["amount"]) for f in wanted.findings] == [("does_not_add_up", -200)]
        assert not wanted.is_sendable

    def test_because_more_went_back_than_it_cost(self) -> None:
        wanted = convert(make_pinned("870001", tee(), collected=3000, refunded=2600))
        assert [(f.code, f.details["amount"]) for f in wanted.findings] == [("does_not_add_up", -600)]
        assert not wanted.is_sendable

    def test_because_a_line_without_pieces_still_costs(self) -> None:
        order = make_pinned("870001", tee("L", 0, total_amount=900), tee(), residual=900)
        assert not convert(order).is_sendable


class TestTheProof:
    ORDERS: tuple[PinnedOrder, ...] = (
        make_pinned(
            "870001", tee("L", 2), tee("2XL", price=2200), shipping=500, tax=512, discount=200, refunded=300
        ),
        make_pinned("870002", custom(), tee("S", 3, total_amount=5000), fee=99, collected=0, residual=-2),
        make_pinned("870003", tee("M", 0), tee("M", 4, 0)),
    )

    @pytest.mark.rule("I15")
    def test_holds_both_sums_to_the_cent(self) -> None:
        proof = convert(*self.ORDERS).proof
        assert proof.orders_amount == 7012 + 7597
        assert proof.lines_amount == 6200 + 7500
        assert proof.fees_amount == 500 + 512 + 99
        assert proof.discount_amount == 200 + 300 + 2
        assert proof.invoice_amount == proof.orders_amount - proof.refunds_amount == 14309
        assert proof.collected_amount - proof.refunds_amount == proof.payments_amount == 6712
        assert proof.due_amount == 7597
        assert proof.is_balanced

    def test_of_nothing_is_nothing(self) -> None:
        wanted = convert()
        assert wanted.is_sendable
        assert (wanted.groups, wanted.fees, wanted.payment, wanted.order_count) == ((), (), None, 0)
