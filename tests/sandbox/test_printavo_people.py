"""The hands of the shop's people, its own words, its customers and its merch stores."""

import pytest

from tests.sandbox.conftest import ROOT
from tests.sandbox.printavo_shop import HARBOR, Books


class TestByHand:
    def test_a_line_is_edited_added_and_deleted(self, books: Books) -> None:
        quote = books.quote()
        line, group = books.line_of(quote), books.group_of(quote)
        books.act("edit_line", line_id=line, price_cents=999, sizes={"size_xl": 4}, description="by hand")
        books.act("add_line", group_id=group, item_number="C112", price_cents=1425, sizes={"size_other": 2})
        edited, added = books.order(quote["id"])["groups"][0]["lines"]
        assert (edited["price_cents"], edited["sizes"], edited["description"]) == (
            999,
            {"size_xl": 4},
            "by hand",
        )
        assert (added["position"], added["amount_cents"]) == (2, 2850)
        books.act("delete_line", line_id=line)
        books.act("delete_group", group_id=group)
        assert books.order(quote["id"])["groups"] == []

    def test_a_line_is_personalized_which_the_api_only_reads(self, books: Books) -> None:
        line = books.line_of(books.quote())
        books.act("personalize_line", line_id=line, entries=[["Name", "O'BRIEN"], ["Number", "7"]])
        query = "query($l: ID!) { lineItem(id: $l) { personalizations { name personalization } } }"
        assert books.data(query, l=line)["lineItem"]["personalizations"] == [
            {"name": "Name", "personalization": "O'BRIEN"},
            {"name": "Number", "personalization": "7"},
        ]

    def test_an_order_is_renumbered_moved_and_deleted(self, books: Books) -> None:
        quote = books.quote()
        books.act("renumber_order", order_id=quote["id"], visual_id="A-1")
        moved = books.act("change_status", order_id=quote["id"], status_id=books.status("Completed"))
        assert moved["kind"] == "invoice"
        query = "query($o: ID!) { order(id: $o) { __typename ... on Invoice { visualId } } }"
        assert books.data(query, o=quote["id"])["order"] == {"__typename": "Invoice", "visualId": "A-1"}
        books.act("delete_order", order_id=quote["id"])
        assert books.data(query, o=quote["id"]) == {"order": None}

    def test_a_status_is_renamed_created_and_deleted(self, books: Books) -> None:
        gone = books.status("Completed")
        inside = [
            each["id"] for each in books.desk("state/orders?account_id=7001") if each["status"]["id"] == gone
        ]
        books.act("rename_status", status_id=books.status("Approved"), name="Go")
        books.act("create_status", account_id="7001", name="Packing", type="INVOICE")
        assert books.act("delete_status", status_id=gone)["orders_moved"] == len(inside)
        assert books.data("query($s: ID!) { status(id: $s) { id } }", s=gone) == {"status": None}
        assert {"Go", "Packing"} <= {each["name"] for each in books.words()["statuses"]}
        assert all(books.order(each)["status"]["name"] == "Go" for each in inside)

    def test_the_currency_changes(self, books: Books) -> None:
        books.act("change_currency", account_id="7001", currency="CAD")
        query = "{ account { invoiceInformation { currency } } }"
        assert books.data(query)["account"]["invoiceInformation"]["currency"] == "CAD"
        assert books.data(query, HARBOR)["account"]["invoiceInformation"]["currency"] == "USD"

    @pytest.mark.parametrize(
        ("verb", "arguments", "status"),
        [
            ("edit_line", {}, 400),
            ("edit_line", {"line_id": "1"}, 404),
            ("edit_line", {"line_id": "700001", "sizes": {"M": 1}}, 400),
            ("edit_line", {"line_id": "700001", "price_cents": 9.5}, 400),
            ("edit_line", {"line_id": "700001", "colour": "red"}, 400),
            ("change_status", {"order_id": "900001", "status_id": "1"}, 404),
            ("change_currency", {"account_id": "7001", "currency": "dollars"}, 400),
            ("quoteCreate", {}, 404),
            ("dance", {}, 404),
        ],
    )
    def test_nonsense_is_refused_clearly(
        self, books: Books, verb: str, arguments: dict[str, object], status: int
    ) -> None:
        answer = books.http.post(f"/_control/{verb}", json=arguments)
        assert answer.status_code == status
        assert answer.json()["error"]
        assert books.written() == []

    def test_an_unknown_switch_or_value_is_refused(self, books: Books) -> None:
        for wrong in ({"no_such": "on"}, {"batches": "sometimes"}, {"penalty_seconds": "long"}):
            assert books.http.put("/_control/switches", json=wrong).status_code == 400


class TestTheShopsWords:
    def test_are_more_than_one_page_of_statuses_of_both_types(self, books: Books) -> None:
        for account in ("7001", "7002"):
            statuses = books.words(account)["statuses"]
            assert len(statuses) > 25
            assert {"Quote", "Approved", "Goods to order", "In production", "Completed"} <= {
                each["name"] for each in statuses
            }
            assert {each["type"] for each in statuses} == {"QUOTE", "INVOICE"}

    def test_differ_from_account_to_account(self, books: Books) -> None:
        query = (
            "{ account { typesOfWork { nodes { id name } } orderStatuses(type: QUOTE) { nodes { id } } } }"
        )
        ours, theirs = books.data(query)["account"], books.data(query, HARBOR)["account"]
        for name in ("typesOfWork", "orderStatuses"):
            assert not {each["id"] for each in ours[name]["nodes"]} & {
                each["id"] for each in theirs[name]["nodes"]
            }
        assert {"Screen Printing", "Embroidery", "DTG", "DTF", "Heat Press", "Sublimation"} <= {
            each["name"] for each in ours["typesOfWork"]["nodes"]
        }

    def test_hold_no_order_of_another_account(self, books: Books) -> None:
        assert books.data("{ invoices { totalNodes } }", HARBOR)["invoices"]["totalNodes"] == 30
        mine = {
            each["id"]
            for each in books.data("{ orders { nodes { ... on IDed { id } } } }")["orders"]["nodes"]
        }
        yours = {
            each["id"]
            for each in books.data("{ orders { nodes { ... on IDed { id } } } }", HARBOR)["orders"]["nodes"]
        }
        assert not mine & yours


class TestCustomers:
    CREATE = (
        "mutation($i: CustomerCreateInput!) { customerCreate(input: $i) { id companyName primaryContact "
        "{ id fullName email } contacts { totalNodes } } }"
    )

    def test_are_created_with_their_contacts(self, books: Books) -> None:
        given = {
            "companyName": "Falcons Booster Club",
            "primaryContact": {"firstName": "Dana", "lastName": "Wu", "email": ["dana@falcons.example"]},
            "contacts": [{"firstName": "Eli"}],
        }
        made = books.data(self.CREATE, i=given)["customerCreate"]
        assert made["primaryContact"]["fullName"] == "Dana Wu"
        assert made["contacts"]["totalNodes"] == 2
        more = (
            'mutation($c: ID!) { contactCreate(id: $c, input: { firstName: "Flo", email: '
            '["flo@falcons.example"] }) { email customer { id } } }'
        )
        assert books.data(more, c=made["id"])["contactCreate"] == {
            "email": "flo@falcons.example",
            "customer": {"id": made["id"]},
        }

    def test_need_a_primary_contact(self, books: Books) -> None:
        assert "primaryContact" in books.errors(self.CREATE, i={"companyName": "x"})[0]

    def test_are_found_through_their_contacts(self, books: Books) -> None:
        query = (
            "query($q: String, $p: Boolean) { contacts(first: 25, query: $q, primaryOnly: $p) { totalNodes "
            "nodes { customer { companyName } } } }"
        )
        every = books.data(query, q="Lakeview High", p=False)["contacts"]
        primary = books.data(query, q="Lakeview High", p=True)["contacts"]
        names = {node["customer"]["companyName"] for node in primary["nodes"]}
        assert "Lakeview High School" in names
        assert len(names) > 1, "the search is fuzzy"
        assert primary["totalNodes"] < every["totalNodes"]


class TestMerchStores:
    QUERY = (
        "{ merchStores { totalNodes nodes { id name status closesAt summary { itemsSold } orders(first: "
        "25) { totalNodes nodes { quantity total status } } } } }"
    )

    def test_are_six_with_orders_open_and_closed(self, books: Books) -> None:
        stores = books.data(self.QUERY)["merchStores"]
        assert stores["totalNodes"] == 6
        assert {each["status"] for each in stores["nodes"]} == {"LIVE", "CLOSED"}
        assert sorted(each["orders"]["totalNodes"] for each in stores["nodes"]) == [0, 9, 14, 18, 27, 32]
        small = next(each for each in stores["nodes"] if each["orders"]["totalNodes"] == 9)
        assert small["summary"]["itemsSold"] == sum(order["quantity"] for order in small["orders"]["nodes"])

    def test_filter_their_orders(self, books: Books) -> None:
        query = (
            '{ merchStore(id: "1") { all: orders { totalNodes } open: orders(status: UNFULFILLED) { '
            "totalNodes } done: orders(status: FULFILLED) { totalNodes } none: orders(completedAfter: "
            '"2999-01-01T00:00:00Z") { totalNodes } } }'
        )
        counts = {name: each["totalNodes"] for name, each in books.data(query)["merchStore"].items()}
        assert counts["open"] + counts["done"] == counts["all"]
        assert counts["none"] == 0

    def test_sell_and_close(self, books: Books) -> None:
        placed = books.act("place_merch_order", store_id="1", quantity=2, item_cents=3600, tax_cents=252)
        query = "query($m: ID!) { merchOrder(id: $m) { total quantity status store { id } } }"
        books.switch(money_noise="off")
        assert books.data(query, m=placed["merch_order_id"])["merchOrder"] == {
            "total": 38.52,
            "quantity": 2,
            "status": "UNFULFILLED",
            "store": {"id": "1"},
        }
        books.act("close_merch_store", store_id="1")
        assert (
            books.http.post(
                "/_control/place_merch_order", json={"store_id": "1", "quantity": 1, "item_cents": 1}
            ).status_code
            == 409
        )


class TestTheReadme:
    """What people are told is what the sandbox offers."""

    TEXT = (ROOT / "api/sandbox/printavo/README.md").read_text()

    def test_names_every_switch_with_its_values(self, books: Books) -> None:
        for name, switch in books.desk("switches").items():
            rest = [choice for choice in switch["choices"] if choice != switch["default"]]
            values = ", ".join([f"**{switch['default']}**", *rest])
            assert f"| `{name}` | {values} |" in self.TEXT

    def test_names_every_verb(self, books: Books) -> None:
        missing = [verb for verb in books.desk("verbs") if f"`{verb}`" not in self.TEXT]
        assert missing == []

    def test_names_every_credential(self, books: Books) -> None:
        for account in books.desk("accounts"):
            assert f"`{account['email']}` / `{account['password']}` | `{account['token']}`" in self.TEXT
