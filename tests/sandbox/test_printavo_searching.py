"""Lists of orders: text that finds too much, exact tags, statuses, payment, sorting."""

from typing import Any

import pytest

from tests.sandbox.printavo_shop import Books

FIND = (
    "query($q: String, $t: [String!], $s: [ID!]) { orders(first: 25, query: $q, tags: $t, statusIds: $s) "
    "{ nodes { ... on IDed { id } } } }"
)


def found(books: Books, **wanted: Any) -> list[str]:
    return [node["id"] for node in books.data(FIND, **wanted)["orders"]["nodes"]]


class TestSearching:
    def test_by_text_finds_too_much(self, books: Books) -> None:
        wanted = books.quote(visualPoNumber="BRIDGE-00042")["id"]
        near = books.quote(nickname="The bridge club")["id"]
        assert {wanted, near} <= set(found(books, q="BRIDGE-00042"))

    def test_by_text_reaches_numbers_customers_and_contacts(self, books: Books) -> None:
        quote = books.quote()
        assert quote["id"] in found(books, q=quote["visualId"])
        assert quote["id"] in found(books, q="lakeview high")
        assert found(books, q="zzzz-nothing") == []

    def test_by_tag_is_exact_and_gives_way_to_text(self, books: Books) -> None:
        wanted = books.quote(tags=["P-7K2Q9FXM"])["id"]
        books.quote(tags=["P-7K2Q9FXM-2"])
        assert found(books, t=["P-7K2Q9FXM"]) == [wanted]
        assert found(books, t=["P-7K2Q9FX"]) == []
        assert found(books, t=["P-7K2Q9FXM"], q="zzzz") == []

    def test_may_lag(self, books: Books) -> None:
        books.switch(search_delay_seconds=3600.0)
        quote = books.quote(tags=["late"], nickname="latecomer")
        assert found(books, q="latecomer") == []
        assert found(books, t=["late"]) == [quote["id"]]
        books.switch(search_delay_covers="query_and_tags")
        assert found(books, t=["late"]) == []

    def test_by_status(self, books: Books) -> None:
        quote = books.quote()
        books.act("change_status", order_id=quote["id"], status_id=books.status("Cancelled"))
        inside = found(books, s=[books.status("Cancelled")])
        assert quote["id"] in inside
        assert all(books.order(each)["status"]["name"] == "Cancelled" for each in inside)

    def test_newest_first_unless_sorted(self, books: Books) -> None:
        newest = books.quote()
        assert found(books)[0] == newest["id"]
        sorted_up = books.data(
            "{ orders(first: 25, sortOn: VISUAL_ID) { nodes { ... on VisualIDed { visualId } } } }"
        )["orders"]["nodes"]
        assert [int(each["visualId"]) for each in sorted_up] == list(range(1001, 1026))
        sorted_down = books.data(
            "{ invoices(first: 25, sortOn: TOTAL, sortDescending: true) { nodes { total } } }"
        )["invoices"]["nodes"]
        totals = [each["total"] for each in sorted_down]
        assert totals == sorted(totals, reverse=True)

    @pytest.mark.parametrize("state", ["PAID", "UNPAID", "PARTIAL_PAYMENT"])
    def test_by_payment(self, books: Books, state: str) -> None:
        query = f"{{ invoices(first: 25, paymentStatus: {state}) {{ nodes {{ id }} }} }}"
        ids = [each["id"] for each in books.data(query)["invoices"]["nodes"]]
        assert ids
        assert {books.order(each)["totals"]["payment_status"] for each in ids} == {state}

    def test_separates_invoices_from_quotes(self, books: Books) -> None:
        answer = books.data(
            "{ invoices { totalNodes } quotes { totalNodes } orders(first: 25) { nodes { __typename } } }"
        )
        assert (answer["invoices"]["totalNodes"], answer["quotes"]["totalNodes"]) == (30, 10)
        assert {each["__typename"] for each in answer["orders"]["nodes"]} == {"Invoice", "Quote"}
