"""An order's money: exact cents, and the doubtful amounts decided by what makes the order add up."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.connectors.inksoft.mapping.money import cents, residual, settle
from api.connectors.store_platform import Adjustment
from tests.connectors.inksoft_payloads import Json, item, snapshot, wire

D = Decimal


def adjusted(kind: str, amount: str, **changes: Any) -> Json:
    return {
        "ID": 1,
        "Type": kind,
        "Description": "by hand",
        "Percentage": None,
        "Amount": D(amount),
        **changes,
    }


class TestCents:
    @pytest.mark.parametrize(
        ("units", "expected"),
        [
            ("0", 0),
            ("68.4", 6840),
            ("0.005", 1),
            ("-0.005", -1),
            ("0.0049", 0),
            ("1e2", 10000),
            ("999999999.99", 99999999999),
        ],
    )
    def test_are_exact(self, units: str, expected: int) -> None:
        assert cents(D(units)) == expected

    @given(st.integers(-(10**11), 10**11))
    def test_survive_the_way_through_units(self, amount: int) -> None:
        assert cents(D(amount) / 100) == amount


class TestAnOrder:
    def test_that_is_plain_adds_up_by_itself(self) -> None:
        money = snapshot().money
        assert (money.items_amount, money.shipping_amount, money.tax_amount) == (6000, 500, 340)
        assert (money.total_amount, money.due_amount, money.collected_amount) == (6840, 0, 6840)
        assert (money.discount_amount, money.fee_amount, money.gift_amount, money.refunded_amount) == (
            0,
            0,
            0,
            0,
        )
        assert residual(money) == 0

    @pytest.mark.parametrize(
        ("total", "due", "collected"),
        [("68.4", "0", 6840), ("68.4", "68.4", 0), ("68.4", "20", 4840), ("48.4", "-20", 6840)],
    )
    def test_collected_what_is_not_due(self, total: str, due: str, collected: int) -> None:
        assert snapshot(TotalAmount=D(total), AmountDue=D(due)).money.collected_amount == collected

    def test_without_item_totals_counts_price_times_pieces(self) -> None:
        assert snapshot(Items=[item(ItemTotal=None)]).money.items_amount == 6000

    def test_that_cost_nothing_is_all_zero(self) -> None:
        free = snapshot(
            Items=[item(UnitPrice=0, ItemTotal=0)],
            ShippingAmount=0,
            TaxAmount=0,
            TotalAmount=0,
            RetailAmount=0,
        )
        assert (free.money.total_amount, free.money.collected_amount, residual(free.money)) == (0, 0, 0)

    def test_that_does_not_add_up_is_not_bent(self) -> None:
        odd = snapshot(TotalAmount=D("75.00"), AmountDue=0, ProcessAmount=D("1.50"))
        assert odd.money.fee_amount == 0
        assert residual(odd.money) == 660


# Each case: what the order says besides 60.00 of goods, 5.00 shipping and 3.40 tax, and what its money must be.
READINGS: list[tuple[str, Json, dict[str, int]]] = [
    (
        "a processing fee in the total",
        {"ProcessAmount": D("1.5"), "TotalAmount": D("69.9")},
        {"fee_amount": 150, "total_amount": 6990},
    ),
    (
        "a processing fee outside the total",
        {"ProcessAmount": D("1.5")},
        {"fee_amount": 0, "total_amount": 6840},
    ),
    ("a coupon", {"TotalDiscount": D("10"), "TotalAmount": D("58.4")}, {"discount_amount": 1000}),
    (
        "a discount written negative",
        {"TotalDiscount": D("-10"), "TotalAmount": D("58.4")},
        {"discount_amount": 1000},
    ),
    (
        "a discount given in parts only",
        {"TotalDiscount": None, "RetailDiscount": 4, "QuantityDiscountAmount": 6, "TotalAmount": D("58.4")},
        {"discount_amount": 1000},
    ),
    (
        "a quantity discount within the total discount",
        {"TotalDiscount": 10, "QuantityDiscountAmount": 6, "TotalAmount": D("58.4")},
        {"discount_amount": 1000},
    ),
    (
        "a quantity discount beside the total discount",
        {"TotalDiscount": 10, "QuantityDiscountAmount": 6, "TotalAmount": D("52.4")},
        {"discount_amount": 1600},
    ),
    (
        "a fee by hand",
        {"TotalAdjustments": [adjusted("Fee", "10")], "TotalAmount": D("78.4")},
        {"fee_amount": 1000},
    ),
    (
        "a discount by hand, beside the total discount",
        {"TotalAdjustments": [adjusted("Discount", "3")], "TotalAmount": D("65.4")},
        {"discount_amount": 300},
    ),
    (
        "a discount by hand, within the total discount",
        {"TotalAdjustments": [adjusted("Discount", "3")], "TotalDiscount": 3, "TotalAmount": D("65.4")},
        {"discount_amount": 300},
    ),
    (
        "fee and processing fee together",
        {"TotalAdjustments": [adjusted("Fee", "10")], "ProcessAmount": D("1.5"), "TotalAmount": D("79.9")},
        {"fee_amount": 1150},
    ),
    (
        "a gift certificate as a payment",
        {"GiftCertificateAmount": 25},
        {"gift_amount": 2500, "total_amount": 6840, "collected_amount": 6840},
    ),
    (
        "a gift certificate taken off the total",
        {"GiftCertificateAmount": 25, "TotalAmount": D("43.4")},
        {"gift_amount": 2500, "total_amount": 6840, "collected_amount": 6840},
    ),
    (
        "a gift certificate taken off an unpaid total",
        {"GiftCertificateAmount": 25, "TotalAmount": D("43.4"), "AmountDue": D("43.4")},
        {"total_amount": 6840, "collected_amount": 2500, "due_amount": 4340},
    ),
    (
        "a partial refund beside the total",
        {"TotalAdjustments": [adjusted("Refund", "6")]},
        {"refunded_amount": 600, "total_amount": 6840, "collected_amount": 6840, "due_amount": 0},
    ),
    (
        "a refund written negative",
        {"TotalAdjustments": [adjusted("Refund", "-6")]},
        {"refunded_amount": 600, "collected_amount": 6840},
    ),
    (
        "a partial refund that lowered the total",
        {"TotalAdjustments": [adjusted("Refund", "6")], "TotalAmount": D("62.4")},
        {"refunded_amount": 600, "total_amount": 6840, "collected_amount": 6840},
    ),
    (
        "a refund that lowered the total and is still to be paid out",
        {"TotalAdjustments": [adjusted("Refund", "6")], "TotalAmount": D("62.4"), "AmountDue": D("-6")},
        {"refunded_amount": 600, "total_amount": 6840, "collected_amount": 6840},
    ),
    (
        "a full refund that lowered the total to nothing",
        {"TotalAdjustments": [adjusted("Refund", "68.4")], "TotalAmount": 0},
        {"refunded_amount": 6840, "total_amount": 6840, "collected_amount": 6840},
    ),
    (
        "a refund known from payments only",
        {
            "Payments": [
                {"EventType": "Sale", "Amount": D("68.4")},
                {"EventType": "CardRefund", "Amount": D("-6")},
                {"EventType": "Refund", "Amount": D("9"), "DateVoided": "2030-04-02T00:00:00"},
            ]
        },
        {"refunded_amount": 600, "collected_amount": 6840},
    ),
    (
        "what was paid too much and went back",
        {
            "Payments": [
                {"EventType": "Sale", "Amount": D("78.4")},
                {"EventType": "Refund", "Amount": D("-10")},
            ]
        },
        {"refunded_amount": 0, "collected_amount": 6840, "due_amount": 0},
    ),
    (
        "what was paid too much beside a gift certificate and went back",
        {
            "GiftCertificateAmount": 25,
            "Payments": [
                {"EventType": "Sale", "Amount": D("53.4")},
                {"EventType": "Refund", "Amount": D("-10")},
            ],
        },
        {"refunded_amount": 0, "collected_amount": 6840},
    ),
    (
        "a refund after which the money is due again",
        {
            "AmountDue": D("6"),
            "Payments": [
                {"EventType": "Sale", "Amount": D("68.4")},
                {"EventType": "Refund", "Amount": D("6")},
            ],
        },
        {"refunded_amount": 0, "collected_amount": 6240, "due_amount": 600},
    ),
    (
        "a refund beside a gift certificate that is no payment",
        {
            "GiftCertificateAmount": 25,
            "Payments": [
                {"EventType": "Sale", "Amount": D("43.4")},
                {"EventType": "Refund", "Amount": D("-6")},
            ],
        },
        {"refunded_amount": 600, "collected_amount": 6840},
    ),
    (
        "a refund known from both, counted once",
        {
            "TotalAdjustments": [adjusted("Refund", "6")],
            "Payments": [{"EventType": "Refund", "Amount": D("-6")}],
        },
        {"refunded_amount": 600},
    ),
    ("tax on shipping within the tax", {"ShippingTax": D("0.3")}, {"tax_amount": 340}),
    (
        "tax on shipping beside the tax",
        {"ShippingTax": D("0.3"), "TotalAmount": D("68.7")},
        {"tax_amount": 370},
    ),
]


class TestADoubtfulAmount:
    @pytest.mark.parametrize(
        ("changes", "expected"), [case[1:] for case in READINGS], ids=[case[0] for case in READINGS]
    )
    def test_counts_if_it_makes_the_order_add_up(self, changes: Json, expected: dict[str, int]) -> None:
        money = snapshot(**changes).money
        assert {name: getattr(money, name) for name in expected} == expected
        assert residual(money) == 0

    def test_is_left_out_when_the_order_is_off_by_rounding_only(self) -> None:
        money = snapshot(TotalAmount=D("68.42"), ProcessAmount=D("1.5")).money
        assert (money.fee_amount, residual(money)) == (0, 2)

    def test_is_counted_when_that_leaves_rounding_only(self) -> None:
        money = snapshot(TotalAmount=D("69.92"), ProcessAmount=D("1.5")).money
        assert (money.fee_amount, residual(money)) == (150, 2)

    def test_is_preferred_exact_over_a_smaller_set_that_is_nearly_right(self) -> None:
        order = wire(ProcessAmount=D("1.50"), ShippingTax=D("0.03"), TotalAmount=D("69.93"))
        money = settle(order, items=6000, extras=0).money
        assert (money.fee_amount, money.tax_amount, residual(money)) == (150, 343, 0)

    @given(
        process=st.integers(0, 500),
        gift=st.integers(0, 3000),
        shipping_tax=st.integers(0, 99),
        refund=st.integers(0, 6000),
        counted=st.tuples(*[st.booleans()] * 4),
    )
    def test_never_leaves_an_order_unbalanced_that_some_reading_balances(
        self, process: int, gift: int, shipping_tax: int, refund: int, counted: tuple[bool, bool, bool, bool]
    ) -> None:
        effects = (process, -gift, shipping_tax, -refund)
        total = 6840 + sum(effect for effect, counts in zip(effects, counted, strict=True) if counts)
        order = wire(
            ProcessAmount=D(process) / 100,
            GiftCertificateAmount=D(gift) / 100,
            ShippingTax=D(shipping_tax) / 100,
            TotalAdjustments=[adjusted("Refund", str(D(refund) / 100))],
            TotalAmount=D(total) / 100,
        )
        assert residual(settle(order, items=6000, extras=0).money) == 0


EXTRAS: Json = {
    "AddOns": [{"Quantity": 1, "Price": D("3.99")}, {"Quantity": None, "Price": D("1.00")}, {"Price": None}],
    "NameNumberValues": [{"Name": "A", "Quantity": 2, "Price": D("6.00")}],
    "PersonalizationValues": [{"Name": "Flag", "Value": "NO", "Price": D("2.50")}],
}
EXTRA_CENTS = 399 + 2 * 100 + 2 * 600 + 2 * 250


class TestAddOnsAndPersonalization:
    def test_within_the_item_total_are_not_added_again(self) -> None:
        within = D("60.00") + D(EXTRA_CENTS) / 100
        total = within + D("8.40")
        priced = snapshot(Items=[item(**EXTRAS, ItemTotal=within)], TotalAmount=total)
        assert priced.items[0].total_amount == priced.money.items_amount == 6000 + EXTRA_CENTS
        assert residual(priced.money) == 0

    def test_beside_the_item_total_are_added(self) -> None:
        priced = snapshot(Items=[item(**EXTRAS)], TotalAmount=D("68.4") + D(EXTRA_CENTS) / 100)
        assert priced.items[0].total_amount == priced.money.items_amount == 6000 + EXTRA_CENTS
        assert priced.items[0].unit_price_amount == 3000
        assert residual(priced.money) == 0

    def test_that_nobody_charged_are_left_out(self) -> None:
        assert snapshot(Items=[item(**EXTRAS)]).items[0].total_amount == 6000


class TestAdjustments:
    def test_are_positive_and_in_the_order_they_were_made(self) -> None:
        made = [
            adjusted("Refund", "-6.00", ID=12),
            adjusted("Fee", "10", ID=2),
            adjusted("discount", "3", ID=9),
            adjusted("Goodwill", "-1", ID=13),
            adjusted("Rush", "1", ID=14),
        ]
        found = snapshot(TotalAdjustments=made).adjustments
        assert [(each.kind, each.amount) for each in found] == [
            ("fee", 1000), ("discount", 300), ("refund", 600), ("discount", 100), ("fee", 100),
        ]  # fmt: skip
        assert found[0] == Adjustment(kind="fee", description="by hand", amount=1000)
