"""What an order comes to: lines, fees, discount, tax, payments, and how floats spoil it on the wire."""

from decimal import Decimal
from typing import Any

import pytest

from api.sandbox.printavo.money import to_cents, to_dollars
from tests.sandbox.printavo_shop import Books, line_input, quote_input

MONEY = (
    "query($o: ID!) { order(id: $o) { ... on Quote { subtotal discount discountAmount salesTax salesTaxAmount total "
    "totalUntaxed totalQuantity amountPaid amountOutstanding paidInFull "
    "fees(first: 5) { nodes { amount } } transactions(first: 5) { nodes { __typename ... on Payment { amount } } } } } }"
)
PAY = (
    "mutation($i: TransactionPaymentCreateInput!) { transactionPaymentCreate(input: $i) { id amount "
    "category source transactedFor { __typename } } }"
)


def group(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"position": 1, "lineItems": list(lines)}]


def line(price: float, count: int, *, taxed: bool = False) -> dict[str, Any]:
    return line_input(price=price, taxed=taxed, sizes=[{"size": "size_m", "count": count}])


FEE = {"amount": 10.0}
TAXED_FEE = {"amount": 10.0, "taxable": True}

# Given beside the lines (100.00, of which 60.00 taxed), then: subtotal, fees, discount, tax, total in cents.
LINES = group(line(20.0, 3, taxed=True), line(4.0, 10))
CASES: list[tuple[str, dict[str, Any], tuple[int, int, int, int, int]]] = [
    ("nothing", {}, (10000, 0, 0, 0, 10000)),
    ("tax on taxed lines only", {"salesTax": 10}, (10000, 0, 0, 600, 10600)),
    ("tax on a taxable fee", {"salesTax": 10, "fees": [TAXED_FEE, FEE]}, (10000, 2000, 0, 700, 12700)),
    ("tax rounds half up", {"salesTax": 8.375}, (10000, 0, 0, 503, 10503)),
    ("discount as an amount", {"discount": 12.34}, (10000, 0, 1234, 0, 8766)),
    ("discount as a percentage", {"discount": 10, "discountAsPercentage": True}, (10000, 0, 1000, 0, 9000)),
    ("discount covers fees", {"discount": 105, "fees": [FEE]}, (10000, 1000, 10500, 0, 500)),
    ("discount stops at what there is", {"discount": 500, "fees": [FEE]}, (10000, 1000, 11000, 0, 0)),
    ("discount lowers the tax by its share", {"discount": 50, "salesTax": 10}, (10000, 0, 5000, 300, 5300)),
    (
        "fee by quantity and unit price",
        {"fees": [{"quantity": 3, "unitPrice": 2.5}]},
        (10000, 750, 0, 0, 10750),
    ),
    (
        "fee as a percentage of the lines",
        {"fees": [{"unitPrice": 5, "unitPriceAsPercentage": True}]},
        (10000, 500, 0, 0, 10500),
    ),
    (
        "fee with both takes its amount",
        {"fees": [{"amount": 9, "quantity": 2, "unitPrice": 3}]},
        (10000, 900, 0, 0, 10900),
    ),
    ("empty fee", {"fees": [{}]}, (10000, 0, 0, 0, 10000)),
]


class TestTotals:
    @pytest.mark.parametrize(("given", "sums"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
    def test_add_up(self, books: Books, given: dict[str, Any], sums: tuple[int, ...]) -> None:
        kept = books.order(books.quote(lineItemGroups=LINES, **given)["id"])["totals"]
        names = ("subtotal_cents", "fees_cents", "discount_cents", "tax_cents", "total_cents")
        assert tuple(kept[name] for name in names) == sums

    def test_may_let_a_discount_cover_lines_only(self, books: Books) -> None:
        books.switch(discount_covers="lines")
        kept = books.order(books.quote(lineItemGroups=LINES, discount=105, fees=[FEE])["id"])["totals"]
        assert (kept["discount_cents"], kept["total_cents"]) == (10000, 1000)

    def test_may_let_the_unit_price_of_a_fee_count(self, books: Books) -> None:
        books.switch(fee_amount="unit_price_first")
        fee = {"amount": 9, "quantity": 2, "unitPrice": 3}
        assert books.order(books.quote(lineItemGroups=LINES, fees=[fee])["id"])["totals"]["fees_cents"] == 600

    def test_follow_every_edit(self, books: Books) -> None:
        quote = books.quote(lineItemGroups=LINES)
        first = books.line_of(quote)
        books.act("edit_line", line_id=first, sizes={"size_m": 1}, price_cents=1)
        assert books.order(quote["id"])["totals"]["total_cents"] == 4001
        fee = books.act("add_fee", order_id=quote["id"], description="Rush", amount_cents=500)["fee_id"]
        assert books.order(quote["id"])["totals"]["total_cents"] == 4501
        books.act("delete_fee", fee_id=fee)
        books.act("delete_line", line_id=first)
        assert books.order(quote["id"])["totals"]["total_cents"] == 4000


class TestDefaultTax:
    def rate(self, books: Books, contact: str) -> float:
        given = quote_input(contact={"id": contact})
        del given["salesTax"]
        create = "mutation($i: QuoteCreateInput!) { quoteCreate(input: $i) { salesTax } }"
        return float(books.data(create, i=given)["quoteCreate"]["salesTax"])

    def contact_of(self, books: Books, wanted: str) -> str:
        """A contact whose customer is exempt, or has a rate of its own."""
        after, more = None, True
        while more:
            query = (
                "query($a: String) { customers(first: 25, after: $a) "
                "{ nodes { taxExempt salesTax primaryContact { id } } pageInfo { endCursor hasNextPage } } }"
            )
            page = books.data(query, a=after)["customers"]
            for each in page["nodes"]:
                if each["taxExempt"] if wanted == "exempt" else each["salesTax"]:
                    return str(each["primaryContact"]["id"])
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        raise AssertionError(f"the seed has no customer of this kind: {wanted}")

    def test_is_the_account_s_when_none_is_given(self, books: Books) -> None:
        assert self.rate(books, "50001") == 8.25

    def test_gives_way_to_the_customer_s(self, books: Books) -> None:
        assert self.rate(books, self.contact_of(books, "own rate")) == 5.5
        assert self.rate(books, self.contact_of(books, "exempt")) == 0

    def test_may_be_none(self, books: Books) -> None:
        books.switch(default_sales_tax="zero")
        assert self.rate(books, "50001") == 0

    def test_changes_nothing_that_was_said(self, books: Books) -> None:
        assert books.order(books.quote(salesTax=0)["id"])["sales_tax_percent"] == 0


class TestFloats:
    def test_of_derived_amounts_are_noisy(self, books: Books) -> None:
        quote = books.quote(lineItemGroups=group(line(12.37, 1)))
        raw = books.call(MONEY, {"o": quote["id"]}).text
        assert '"total":12.370000000000001' in raw
        assert '"discountAmount":0.0' in raw

    def test_are_clean_when_the_noise_is_off(self, books: Books) -> None:
        books.switch(money_noise="off")
        quote = books.quote(lineItemGroups=group(line(12.37, 1)))
        assert '"total":12.37,' in books.call(MONEY, {"o": quote["id"]}).text

    def test_stay_within_a_millionth_of_the_cent(self) -> None:
        for cents in range(-2000, 120_000, 7):
            noisy = Decimal(str(to_dollars(cents, noisy=True)))
            assert abs(noisy * 100 - cents) < Decimal("0.000001")
            assert to_cents(float(noisy)) == cents

    @pytest.mark.parametrize(
        ("dollars", "cents"), [(0.005, 1), (1.005, 101), (-1.005, -101), (2.675, 268), (0.1 + 0.2, 30)]
    )
    def test_given_become_cents_halves_up(self, dollars: float, cents: int) -> None:
        assert to_cents(dollars) == cents

    def test_given_as_prices_are_kept_in_cents(self, books: Books) -> None:
        quote = books.quote(lineItemGroups=group(line(1.005, 1)))
        assert books.order(quote["id"])["groups"][0]["lines"][0]["price_cents"] == 101


class TestPayments:
    def test_lower_what_is_outstanding(self, books: Books) -> None:
        books.switch(money_noise="off")
        quote = books.quote(lineItemGroups=LINES)
        given = {"order": {"id": quote["id"]}, "amount": 40.01, "category": "OTHER", "description": "ref P-1"}
        made = books.data(PAY, i=given)["transactionPaymentCreate"]
        assert {**made, "id": ""} == {
            "id": "",
            "amount": 40.01,
            "category": "OTHER",
            "source": "MANUAL",
            "transactedFor": {"__typename": "Quote"},
        }
        order = books.data(MONEY, o=quote["id"])["order"]
        assert (order["amountPaid"], order["amountOutstanding"], order["paidInFull"]) == (40.01, 59.99, False)

    def test_are_changed_and_deleted(self, books: Books) -> None:
        quote = books.quote(lineItemGroups=LINES)
        made = books.data(PAY, i={"order": {"id": quote["id"]}, "amount": 40})["transactionPaymentCreate"]
        change = "mutation($p: ID!, $i: TransactionInput!) { transactionPaymentUpdate(id: $p, input: $i) { amount } }"
        assert books.data(change, p=made["id"], i={"amount": 100})["transactionPaymentUpdate"] == {
            "amount": 100.0
        }
        assert books.order(quote["id"])["totals"]["payment_status"] == "PAID"
        books.data("mutation($p: ID!) { transactionPaymentDelete(id: $p) { id } }", p=made["id"])
        assert books.order(quote["id"])["totals"]["payment_status"] == "UNPAID"

    @pytest.mark.parametrize("amount", [0, -5, 0.004])
    def test_are_above_zero(self, books: Books, amount: float) -> None:
        quote = books.quote(lineItemGroups=LINES)
        assert "greater than 0" in books.errors(PAY, i={"order": {"id": quote["id"]}, "amount": amount})[0]

    def test_are_given_back_by_people_only_and_never_twice(self, books: Books) -> None:
        quote = books.quote(lineItemGroups=LINES)
        paid = books.act("record_payment", order_id=quote["id"], amount_cents=10000)["payment_id"]
        books.act("refund_payment", payment_id=paid, amount_cents=2500)
        order = books.data(MONEY, o=quote["id"])["order"]
        assert [each["__typename"] for each in order["transactions"]["nodes"]] == ["Payment", "Refund"]
        assert books.order(quote["id"])["totals"]["outstanding_cents"] == 2500
        answer = books.http.post("/_control/refund_payment", json={"payment_id": paid, "amount_cents": 7501})
        assert answer.status_code == 400


class TestFees:
    def test_are_created_changed_and_deleted(self, books: Books) -> None:
        quote = books.quote(lineItemGroups=LINES)
        create = "mutation($o: ID!, $i: FeeInput!) { feeCreate(parentId: $o, input: $i) { id amount taxable quantity unitPrice } }"
        given = {
            "description": "Sales tax collected",
            "amount": 8.25,
            "quantity": 1,
            "unitPrice": 8.25,
            "taxable": False,
        }
        made = books.data(create, o=quote["id"], i=given)["feeCreate"]
        assert (made["amount"], made["unitPrice"], made["quantity"], made["taxable"]) == (
            8.25,
            8.25,
            1,
            False,
        )
        change = "mutation($f: ID!, $i: FeeInput!) { feeUpdate(id: $f, input: $i) { description amount } }"
        assert books.data(change, f=made["id"], i={"amount": 9.5, "unitPrice": 9.5})["feeUpdate"] == {
            "description": "Sales tax collected",
            "amount": 9.5,
        }
        books.data("mutation($f: ID!) { feeDelete(id: $f) { id } }", f=made["id"])
        assert books.order(quote["id"])["fees"] == []
