"""Groups, lines, imprints, pictures: created, changed, moved, deleted, one by one and in batches."""

from typing import Any

import pytest

from tests.sandbox.printavo_shop import Books, line_input

CREATES = "mutation($i: [LineItemCreatesInput!]!) { lineItemCreates(inputs: $i) { id position items } }"
UPDATE = (
    "mutation($l: ID!, $i: LineItemInput!) { lineItemUpdate(id: $l, input: $i) { id items price "
    "productStatus sizes { size count } } }"
)
GROUP = (
    "mutation($o: ID!, $i: LineItemGroupCreateInput!) { lineItemGroupCreate(parentId: $o, input: "
    "$i) { id position enabledColumns { sizes } } }"
)


@pytest.fixture
def quote(books: Books) -> dict[str, Any]:
    return books.quote()


def sizes_of(line: dict[str, Any]) -> dict[str, int]:
    return {each["size"]: each["count"] for each in line["sizes"]}


class TestALine:
    def test_counts_its_items_from_its_sizes(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.data(
            "query($l: ID!) { lineItem(id: $l) { items price taxed lineItemGroup { id } } }",
            l=books.line_of(quote),
        )
        assert line["lineItem"] == {
            "items": 3,
            "price": 12.37,
            "taxed": False,
            "lineItemGroup": {"id": books.group_of(quote)},
        }

    def test_is_taxed_unless_it_says_otherwise(self, books: Books, quote: dict[str, Any]) -> None:
        given = line_input()
        del given["taxed"]
        books.data(CREATES, i=[{"lineItemGroupId": books.group_of(quote), "input": given}])
        assert [line["taxed"] for line in books.order(quote["id"])["groups"][0]["lines"]] == [False, True]

    def test_takes_all_24_sizes(self, books: Books, quote: dict[str, Any]) -> None:
        codes = [
            each["size"]
            for each in books.data("{ account { lineItemGroupSizes { size } } }")["account"][
                "lineItemGroupSizes"
            ]
        ]
        sizes = [{"size": size, "count": count} for count, size in enumerate(codes, start=1)]
        answer = books.data(UPDATE, l=books.line_of(quote), i={"position": 1, "sizes": sizes})[
            "lineItemUpdate"
        ]
        assert (len(codes), answer["items"]) == (24, 300)
        assert answer["sizes"] == sizes

    def test_refuses_a_negative_count(self, books: Books, quote: dict[str, Any]) -> None:
        wrong = {"position": 1, "sizes": [{"size": "size_m", "count": -1}]}
        assert "greater than or equal to 0" in books.errors(UPDATE, l=books.line_of(quote), i=wrong)[0]

    def test_keeps_what_an_update_leaves_out(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.line_of(quote)
        books.data(UPDATE, l=line, i={"position": 4, "description": "ref P-1"})
        after = books.order(quote["id"])["groups"][0]["lines"][0]
        assert (after["position"], after["description"], after["price_cents"]) == (4, "ref P-1", 1237)
        assert (after["sizes"], after["item_number"]) == ({"size_m": 2, "size_l": 1}, "PC54")

    @pytest.mark.parametrize(
        ("rule", "left"), [("replace", {"size_m": 5}), ("merge", {"size_m": 5, "size_l": 1})]
    )
    def test_replaces_or_merges_sizes(
        self, books: Books, quote: dict[str, Any], rule: str, left: dict[str, int]
    ) -> None:
        books.switch(sizes_update=rule)
        wanted = {"position": 1, "sizes": [{"size": "size_m", "count": 5}]}
        assert sizes_of(books.data(UPDATE, l=books.line_of(quote), i=wanted)["lineItemUpdate"]) == left

    @pytest.mark.parametrize("rule", ["replace", "merge"])
    def test_ends_the_same_either_way_when_removed_sizes_are_sent_as_0(
        self, books: Books, quote: dict[str, Any], rule: str
    ) -> None:
        books.switch(sizes_update=rule)
        wanted = {"position": 1, "sizes": [{"size": "size_m", "count": 5}, {"size": "size_l", "count": 0}]}
        assert sizes_of(books.data(UPDATE, l=books.line_of(quote), i=wanted)["lineItemUpdate"]) == {
            "size_m": 5
        }

    def test_may_list_sizes_of_0(self, books: Books, quote: dict[str, Any]) -> None:
        books.switch(zero_sizes="listed")
        wanted = {"position": 1, "sizes": [{"size": "size_l", "count": 0}]}
        assert sizes_of(books.data(UPDATE, l=books.line_of(quote), i=wanted)["lineItemUpdate"]) == {
            "size_l": 0
        }

    def test_moves_to_another_group(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.line_of(quote)
        group = books.data(GROUP, o=quote["id"], i={"position": 2})["lineItemGroupCreate"]["id"]
        books.data(UPDATE, l=line, i={"position": 1, "lineItemGroup": {"id": group}})
        first, second = books.order(quote["id"])["groups"]
        assert (first["lines"], [each["id"] for each in second["lines"]]) == ([], [line])
        home = books.data("query($l: ID!) { lineItem(id: $l) { lineItemGroup { id } } }", l=line)["lineItem"]
        assert home == {"lineItemGroup": {"id": group}}

    def test_is_gone_for_good_when_deleted(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.line_of(quote)
        delete = "mutation($l: ID!) { lineItemDelete(id: $l) { id } }"
        assert books.data(delete, l=line) == {"lineItemDelete": {"id": line}}
        assert books.errors(delete, l=line) == ["Line item not found"]


class TestPurchasingStatus:
    SET = (
        "mutation($l: ID!, $s: LineItemStatus!) { lineItemUpdate(id: $l, input: { position: 1, "
        "productStatus: $s }) { productStatus } }"
    )

    def test_may_jump(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.line_of(quote)
        for status in ("received", "need_ordering", "in", "attached_to_po"):
            assert books.data(self.SET, l=line, s=status)["lineItemUpdate"]["productStatus"] == status

    def test_may_only_go_forward(self, books: Books, quote: dict[str, Any]) -> None:
        books.switch(line_status_moves="forward_only")
        line = books.line_of(quote)
        books.data(self.SET, l=line, s="arrived")
        assert "cannot go from arrived to ordered" in books.errors(self.SET, l=line, s="ordered")[0]
        assert books.data(self.SET, l=line, s="arrived")

    def test_may_leave_attached_to_po_to_purchase_orders(self, books: Books, quote: dict[str, Any]) -> None:
        books.switch(attached_to_po_by_hand="refused")
        line = books.line_of(quote)
        assert "set by a purchase order" in books.errors(self.SET, l=line, s="attached_to_po")[0]

    def test_follows_a_purchase_order(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.line_of(quote)
        bought = books.act("order_goods", line_ids=[line])["id"]
        books.act("set_goods_status", purchase_order_id=bought, status="partially_received")
        query = (
            "query($l: ID!) { lineItem(id: $l) { productStatus poLineItem { items purchaseOrder { "
            "goodsStatus vendor { company } } } } }"
        )
        answer = books.data(query, l=line)["lineItem"]
        assert answer["productStatus"] == "partially_received"
        assert answer["poLineItem"]["purchaseOrder"]["goodsStatus"] == "partially_received"
        assert answer["poLineItem"]["items"] == 3


class TestAGroup:
    def test_is_created_with_columns_imprints_and_lines(self, books: Books, quote: dict[str, Any]) -> None:
        given = {
            "position": 2,
            "enabledColumns": {"sizes": ["size_4xl"], "category": True},
            "imprints": [{"details": "Left chest", "typeOfWork": {"id": "11802"}}],
            "lineItems": [line_input(), line_input(position=2, price=14.37)],
        }
        answer = books.data(GROUP, o=quote["id"], i=given)["lineItemGroupCreate"]
        assert answer["enabledColumns"] == {"sizes": ["size_4xl"]}
        group = books.order(quote["id"])["groups"][1]
        assert [line["price_cents"] for line in group["lines"]] == [1237, 1437]
        assert group["imprints"][0]["type_of_work"] == "Embroidery"

    def test_changes_its_columns(self, books: Books, quote: dict[str, Any]) -> None:
        change = (
            "mutation($g: ID!, $i: LineItemGroupInput!) { lineItemGroupUpdate(id: $g, input: $i) { position "
            "enabledColumns { sizes color } } }"
        )
        given = {"position": 3, "enabledColumns": {"sizes": ["size_m", "size_5xl"]}}
        answer = books.data(change, g=books.group_of(quote), i=given)["lineItemGroupUpdate"]
        assert answer == {"position": 3, "enabledColumns": {"sizes": ["size_m", "size_5xl"], "color": True}}

    def test_may_hide_sizes_outside_its_columns_while_they_count(
        self, books: Books, quote: dict[str, Any]
    ) -> None:
        books.switch(sizes_outside_columns="hidden")
        wanted = {"position": 1, "sizes": [{"size": "size_m", "count": 2}, {"size": "size_6xl", "count": 3}]}
        answer = books.data(UPDATE, l=books.line_of(quote), i=wanted)["lineItemUpdate"]
        assert (answer["items"], sizes_of(answer)) == (5, {"size_m": 2})

    def test_is_deleted_with_its_lines(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.line_of(quote)
        books.data("mutation($g: ID!) { lineItemGroupDelete(id: $g) { id } }", g=books.group_of(quote))
        assert books.order(quote["id"])["groups"] == []
        assert books.errors("query($l: ID!) { lineItem(id: $l) { id } }", l=line) == ["Line item not found"]

    def test_pages_its_lines(self, books: Books, quote: dict[str, Any]) -> None:
        group = books.group_of(quote)
        many = [{"lineItemGroupId": group, "input": line_input(position=n)} for n in range(2, 31)]
        books.data(CREATES, i=many)
        query = (
            "query($g: ID!, $a: String) { lineItemGroup(id: $g) { lineItems(first: 25, after: $a) { "
            "totalNodes nodes { position } pageInfo { endCursor hasNextPage } } } }"
        )
        first = books.data(query, g=group)["lineItemGroup"]["lineItems"]
        rest = books.data(query, g=group, a=first["pageInfo"]["endCursor"])["lineItemGroup"]["lineItems"]
        assert first["totalNodes"] == 30
        assert [each["position"] for each in first["nodes"] + rest["nodes"]] == list(range(1, 31))


class TestABatch:
    def batch(self, books: Books, quote: dict[str, Any]) -> list[dict[str, Any]]:
        """Two good ones, a wrong one, a good one."""
        group = books.group_of(quote)
        made = [{"lineItemGroupId": group, "input": line_input(position=n)} for n in (2, 3, 4, 5)]
        made[2]["lineItemGroupId"] = "1"
        return made

    def test_answers_in_the_order_given(self, books: Books, quote: dict[str, Any]) -> None:
        group = books.group_of(quote)
        answer = books.data(
            CREATES, i=[{"lineItemGroupId": group, "input": line_input(position=n)} for n in (5, 3)]
        )
        assert [each["position"] for each in answer["lineItemCreates"]] == [5, 3]

    def test_is_all_or_nothing(self, books: Books, quote: dict[str, Any]) -> None:
        body = books.body(CREATES, i=self.batch(books, quote))
        assert (body["data"], body["errors"][0]["message"]) == (
            {"lineItemCreates": None},
            "Line item group not found",
        )
        assert len(books.order(quote["id"])["groups"][0]["lines"]) == 1

    def test_or_stops_in_the_middle(self, books: Books, quote: dict[str, Any]) -> None:
        books.switch(batches="first_n")
        body = books.body(CREATES, i=self.batch(books, quote))
        assert body["data"] == {"lineItemCreates": None}
        assert [line["position"] for line in books.order(quote["id"])["groups"][0]["lines"]] == [1, 2, 3]

    @pytest.mark.parametrize(("rule", "left"), [("all_or_nothing", 2), ("first_n", 1)])
    def test_of_deletions_obeys_the_same_switch(
        self, books: Books, quote: dict[str, Any], rule: str, left: int
    ) -> None:
        group, line = books.group_of(quote), books.line_of(quote)
        books.data(CREATES, i=[{"lineItemGroupId": group, "input": line_input(position=2)}])
        books.switch(batches=rule)
        delete = "mutation($ids: [ID!]!) { lineItemDeletes(ids: $ids) { id } }"
        assert books.errors(delete, ids=[line, "1"]) == ["Line item not found"]
        assert len(books.order(quote["id"])["groups"][0]["lines"]) == left

    def test_refuses_to_delete_one_twice(self, books: Books, quote: dict[str, Any]) -> None:
        line = books.line_of(quote)
        delete = "mutation($ids: [ID!]!) { lineItemDeletes(ids: $ids) { id } }"
        assert books.errors(delete, ids=[line, line])
        assert len(books.order(quote["id"])["groups"][0]["lines"]) == 1

    def test_of_aliases_runs_each_for_itself(self, books: Books, quote: dict[str, Any]) -> None:
        one = 'lineItemUpdate(id: "%s", input: { position: %d }) { position }'
        body = books.body(f"mutation {{ a: {one % (books.line_of(quote), 7)} b: {one % ('1', 2)} }}")
        assert body["data"] == {"a": {"position": 7}, "b": None}
        assert [error["path"] for error in body["errors"]] == [["b"]]
