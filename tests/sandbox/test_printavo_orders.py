"""Quotes and invoices: made, found, moved, changed, deleted."""

from datetime import datetime
from typing import Any

import pytest

from tests.sandbox.printavo_shop import QUOTE_CREATE, Books, line_input, quote_input

MOVE = (
    "mutation($o: ID!, $s: ID!) { statusUpdate(parentId: $o, statusId: $s) { __typename "
    "... on Invoice { id status { name } } ... on Quote { id status { name } } } }"
)
UPDATED = "query($o: ID!) { order(id: $o) { ... on Timestamps { timestamps { createdAt updatedAt } } } }"


class TestQuoteCreate:
    def test_takes_the_next_number_and_the_first_status(self, books: Books) -> None:
        first, second = books.quote(), books.quote()
        assert int(second["visualId"]) == int(first["visualId"]) + 1 == 1042
        assert first["status"] == {"name": "Quote", "type": "QUOTE"}

    def test_makes_everything_nested_in_one_call(self, books: Books) -> None:
        quote = books.quote(
            nickname="Spring league",
            visualPoNumber="BRIDGE-00042",
            tags=["bridge", "bridge", "store:falcons"],
            fees=[{"description": "Shipping", "amount": 12.5, "quantity": 1, "unitPrice": 12.5}],
            productionFiles=[{"publicFileUrl": "https://files.example/names.csv"}],
        )
        order = books.order(quote["id"])
        assert (order["nickname"], order["visual_po_number"]) == ("Spring league", "BRIDGE-00042")
        assert order["tags"] == ["bridge", "store:falcons"]
        assert order["groups"][0]["lines"][0]["sizes"] == {"size_m": 2, "size_l": 1}
        assert order["groups"][0]["imprints"][0]["details"] == "Full front, 2 colours"
        assert [fee["amount_cents"] for fee in order["fees"]] == [1250]
        assert [each["source_url"] for each in order["files"]] == ["https://files.example/names.csv"]
        assert books.written() == ["quoteCreate"]

    @pytest.mark.parametrize("missing", ["contact", "customerDueAt", "dueAt"])
    def test_needs_contact_and_due_dates(self, books: Books, missing: str) -> None:
        given = quote_input()
        del given[missing]
        assert f"provided invalid value for {missing}" in books.errors(QUOTE_CREATE, input=given)[0]

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"contact": {"id": "1"}}, "Contact not found"),
            ({"contact": {"id": None}}, "Contact can't be blank"),
            ({"discount": 101, "discountAsPercentage": True}, "Discount must be less than or equal to 100"),
            ({"salesTax": 101}, "sales_tax is invalid"),
            (
                {"lineItemGroups": [{"position": 1, "lineItems": [line_input(category={"id": "9"})]}]},
                "Category not found",
            ),
            ({"productionFiles": [{"publicFileUrl": "file:///etc/passwd"}]}, "not a public URL"),
            ({"fees": [{"quantity": -1}]}, "Quantity is out of range"),
        ],
    )
    def test_changes_nothing_when_anything_in_it_is_wrong(
        self, books: Books, wrong: dict[str, Any], said: str
    ) -> None:
        before = books.desk("state/orders")
        body = books.body(QUOTE_CREATE, input=quote_input(**wrong))
        assert body["data"] == {"quoteCreate": None}
        assert said in body["errors"][0]["message"]
        assert (books.desk("state/orders"), books.written()) == (before, [])

    def test_means_instants_without_offset_in_the_account_s_zone(self, books: Books) -> None:
        quote = books.quote(dueAt="2030-07-16T17:00:00")
        assert books.order(quote["id"])["dates"]["due_at"] == "2030-07-16T17:00:00-05:00"


class TestStatusUpdate:
    def test_makes_a_quote_an_invoice_with_the_same_id(self, books: Books) -> None:
        quote = books.quote()
        moved = books.data(MOVE, o=quote["id"], s=books.status("Goods to order"))["statusUpdate"]
        assert moved == {"__typename": "Invoice", "id": quote["id"], "status": {"name": "Goods to order"}}
        both = books.data("query($o: ID!) { quote(id: $o) { id } invoice(id: $o) { id } }", o=quote["id"])
        assert both == {"quote": None, "invoice": {"id": quote["id"]}}

    def test_may_be_refused_across_types(self, books: Books) -> None:
        books.switch(quote_to_invoice="refused")
        quote = books.quote()
        body = books.body(MOVE, o=quote["id"], s=books.status("Goods to order"))
        assert body["data"] == {"statusUpdate": None}
        assert "type does not match" in body["errors"][0]["message"]
        assert books.order(quote["id"])["kind"] == "quote"
        assert (
            books.data(MOVE, o=quote["id"], s=books.status("Quote sent"))["statusUpdate"]["__typename"]
            == "Quote"
        )

    def test_may_change_the_id(self, books: Books) -> None:
        books.switch(conversion_keeps_id="no")
        quote = books.quote()
        moved = books.data(MOVE, o=quote["id"], s=books.status("Completed"))["statusUpdate"]
        assert moved["id"] != quote["id"]
        orders = books.data(
            "query($a: ID!, $b: ID!) { old: order(id: $a) { __typename } new: order(id: $b) { __typename } }",
            a=quote["id"],
            b=moved["id"],
        )
        assert orders == {"old": None, "new": {"__typename": "Invoice"}}

    def test_knows_only_the_account_s_own_statuses(self, books: Books) -> None:
        quote = books.quote()
        assert books.errors(MOVE, o=quote["id"], s=books.status("Hooping", "7002")) == ["Status not found"]


class TestHeads:
    CHANGE = "mutation($o: ID!, $i: InvoiceInput!) { invoiceUpdate(id: $o, input: $i) { id nickname visualId discount tags } }"

    def test_change_only_in_what_was_given(self, books: Books) -> None:
        before = books.order("900040")
        answer = books.data(self.CHANGE, o="900040", i={"nickname": "Renamed", "visualId": "77"})[
            "invoiceUpdate"
        ]
        assert (answer["nickname"], answer["visualId"]) == ("Renamed", "77")
        after = books.order("900040")
        for name in ("tags", "dates", "discount", "contact_id", "groups", "production_note"):
            assert after[name] == before[name]

    def test_of_a_quote_are_not_an_invoice_s(self, books: Books) -> None:
        quote = books.quote()
        assert books.errors(self.CHANGE, o=quote["id"], i={"nickname": "x"}) == ["Invoice not found"]

    def test_keep_their_contact(self, books: Books) -> None:
        assert "can't be blank" in books.errors(self.CHANGE, o="900040", i={"contact": None})[0]

    def test_count_fulfilled_as_a_violation(self, books: Books) -> None:
        books.data(self.CHANGE, o="900040", i={"fulfilled": True})
        (violation,) = books.desk("violations")
        assert (violation["op"], violation["order_id"]) == ("invoiceUpdate fulfilled", "900040")


class TestActsOnTheOutside:
    def test_work_and_are_counted(self, books: Books) -> None:
        mail = 'emailMessageCreate(parentId: "900001", input: { subject: "Hi", text: "There", to: ["a@b.example"] }) { to status }'
        money = 'paymentRequestCreate(parentId: "900001", input: { amount: 5 }) { amount status }'
        answer = books.data(f"mutation {{ {mail} {money} }}")
        assert answer["emailMessageCreate"] == {"to": "a@b.example", "status": "PENDING"}
        assert answer["paymentRequestCreate"] == {"amount": 5.0, "status": "OPEN"}
        assert [each["op"] for each in books.desk("violations")] == [
            "emailMessageCreate",
            "paymentRequestCreate",
        ]

    def test_are_not_counted_when_nothing_happens(self, books: Books) -> None:
        books.quote()
        assert books.desk("violations") == []


class TestDeleting:
    def test_takes_everything_below_along(self, books: Books) -> None:
        quote = books.quote()
        line, group = books.line_of(quote), books.group_of(quote)
        books.data("mutation($o: ID!) { quoteDelete(id: $o) { id } }", o=quote["id"])
        assert books.data("query($o: ID!) { order(id: $o) { __typename } }", o=quote["id"]) == {"order": None}
        assert books.errors("query($l: ID!) { lineItem(id: $l) { id } }", l=line) == ["Line item not found"]
        assert books.errors("query($g: ID!) { lineItemGroup(id: $g) { id } }", g=group) == [
            "Line item group not found"
        ]

    def test_is_a_matter_of_the_kind(self, books: Books) -> None:
        quote = books.quote()
        assert books.errors("mutation($o: ID!) { invoiceDelete(id: $o) { id } }", o=quote["id"]) == [
            "Invoice not found"
        ]


class TestUpdatedAt:
    def stamps(self, books: Books, order: str) -> dict[str, str]:
        return dict(books.data(UPDATED, o=order)["order"]["timestamps"])

    def test_moves_with_every_edit_below_the_order(self, books: Books) -> None:
        quote = books.quote()
        line, seen = books.line_of(quote), [self.stamps(books, quote["id"])["updatedAt"]]
        edits = (
            ("edit_line", {"line_id": line, "price_cents": 900}),
            ("set_line_status", {"line_id": line, "status": "ordered"}),
            ("edit_order", {"order_id": quote["id"], "nickname": "x"}),
            ("delete_line", {"line_id": line}),
        )
        for verb, arguments in edits:
            books.act(verb, **arguments)
            seen.append(self.stamps(books, quote["id"])["updatedAt"])
        assert seen == sorted(set(seen))

    def test_carries_whole_seconds_and_the_account_s_offset(self, books: Books) -> None:
        stamp = self.stamps(books, "900001")["createdAt"]
        assert datetime.fromisoformat(stamp).utcoffset() is not None
        assert stamp[-6:] in ("-05:00", "-06:00")
        assert "." not in stamp

    def test_may_stand_still_within_one_second(self, books: Books) -> None:
        books.switch(updated_at="clock")
        quote = books.quote()
        line = books.line_of(quote)
        stamps = set()
        for price in range(8):
            books.act("edit_line", line_id=line, price_cents=price)
            stamps.add(self.stamps(books, quote["id"])["updatedAt"])
        assert len(stamps) < 8
