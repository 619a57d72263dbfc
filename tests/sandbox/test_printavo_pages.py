"""Pages: 25 at most, by two rules; cursors that can be walked both ways."""

import pytest

from tests.sandbox.printavo_shop import Books


class TestPages:
    @pytest.mark.parametrize("root", ["orders", "invoices", "quotes"])
    def test_of_orders_are_refused_above_25(self, books: Books, root: str) -> None:
        query = f"{{ {root}(first: 26) {{ pageInfo {{ endCursor }} }} }}"
        body = books.body(query)
        assert body["errors"][0]["message"] == "`first` must not be greater than 25"
        assert body["data"] == {root: None}
        books.switch(page_cap_orders="clamp")
        assert books.data(query)[root]

    def test_of_anything_else_are_cut_to_25(self, books: Books) -> None:
        query = "{ statuses(first: 50) { nodes { id } pageInfo { hasNextPage } totalNodes } }"
        page = books.data(query)["statuses"]
        assert (len(page["nodes"]), page["pageInfo"]["hasNextPage"], page["totalNodes"]) == (25, True, 30)
        books.switch(page_cap_others="reject")
        assert books.errors(query) == ["`first` must not be greater than 25"]

    def test_hold_25_when_nothing_is_asked(self, books: Books) -> None:
        assert len(books.data("{ contacts { nodes { id } } }")["contacts"]["nodes"]) == 25

    @pytest.mark.parametrize("cursors", ["place", "opaque", "numbers"])
    def test_can_be_walked_to_the_end_without_doubles(self, books: Books, cursors: str) -> None:
        books.switch(cursors=cursors)
        seen: list[str] = []
        after = None
        while True:
            page = books.data(
                (
                    "query($a: String) { contacts(first: 7, after: $a) { totalNodes nodes { id } pageInfo { "
                    "hasNextPage endCursor } } }"
                ),
                a=after,
            )["contacts"]
            seen += [node["id"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                break
        assert len(seen) == len(set(seen)) == page["totalNodes"] == 75

    def test_can_be_walked_backwards(self, books: Books) -> None:
        ids = [each["id"] for each in books.data("{ statuses { nodes { id } } }")["statuses"]["nodes"]]
        query = (
            "query($b: String) { statuses(last: 4, before: $b) { edges { cursor node { id } } pageInfo { "
            "hasPreviousPage startCursor } } }"
        )
        late = books.data(query.replace(", before: $b", "").replace("($b: String)", ""))["statuses"]
        early = books.data(query, b="Ng")["statuses"]
        assert late["pageInfo"]["hasPreviousPage"] is True
        assert [edge["node"]["id"] for edge in early["edges"]] == ids[1:5]

    def test_begin_with_the_cursor_that_the_vendor_s_begin_with(self, books: Books) -> None:
        assert (
            books.data("{ statuses(first: 1) { pageInfo { endCursor } } }")["statuses"]["pageInfo"][
                "endCursor"
            ]
            == "MQ"
        )

    @pytest.mark.parametrize("cursor", ["***", "abc", "eHl6"])
    def test_refuse_a_cursor_that_is_none(self, books: Books, cursor: str) -> None:
        query = "query($a: String) { statuses(after: $a) { totalNodes } }"
        assert "Invalid cursor" in books.errors(query, a=cursor)[0]
