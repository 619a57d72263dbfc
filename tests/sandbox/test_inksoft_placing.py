"""Orders placed, stores opened and renamed, and the control API that all of it goes through."""

from typing import Any

import pytest

from tests.sandbox.inksoft_shop import KEYS, Shop


class TestPlacingAnOrder:
    def test_as_said(self, shop: Shop) -> None:
        goods = [
            {
                "sku": "MC100",
                "color": "Black",
                "kit": "front and back",
                "sizes": {"M": 2, "3XL": 1},
                "names": ["A", "B"],
            }
        ]
        placed = shop.act("place_order", store="shapes_test_shop", goods=goods, email="kim@shopper.example")[
            "orders"
        ][0]
        detail = shop.detail(placed["order"])
        assert (placed["pieces"], detail["Email"], detail["PaymentStatus"]) == (
            3,
            "kim@shopper.example",
            "Paid",
        )
        assert [card["ProductStyleName"] for card in detail["ProductionCards"]] == ["Black", "Black"]
        assert [len(item["NameNumberValues"]) for item in detail["Items"]] == [2, 0]

    def test_made_up_from_a_seed_is_the_same_twice(self, shop: Shop) -> None:
        once = shop.act("place_order", store="shapes_test_shop", seed=7)["orders"][0]
        shop.reset()
        again = shop.act("place_order", store="shapes_test_shop", seed=7)["orders"][0]
        assert {**once, "created_at": 0, "modified_at": 0} == {**again, "created_at": 0, "modified_at": 0}

    def test_by_the_hundred_takes_consecutive_numbers(self, shop: Shop) -> None:
        placed = shop.act("place_order", store="shapes_test_shop", seed=1, count=100)["orders"]
        numbers = [order["order"] for order in placed]
        assert numbers == list(range(numbers[0], numbers[0] + 100))
        assert set(numbers) <= shop.ids()

    def test_with_a_number_that_another_store_uses(self, shop: Shop) -> None:
        number = shop.shape("one_piece")
        shop.act("place_order", store="northside_main", seed=1, order_id=number)
        assert len(shop.data("GetOrderPackage", OrderIds=[number])) == 2
        assert shop.refused("place_order", store="northside_main", seed=1, order_id=number) == 409

    def test_from_a_proposal_without_a_store(self, shop: Shop) -> None:
        placed = shop.act("place_order", store=0, account="harbor", seed=3, order_type="Proposals")["orders"][
            0
        ]
        row = next(
            r for r in shop.summaries(store="harbor_main", key=KEYS["harbor"]) if r["ID"] == placed["order"]
        )
        assert (row["StoreId"], row["OrderType"]) == (0, "Proposals")

    def test_waits_where_the_store_approves(self, shop: Shop) -> None:
        shop.act("create_store", account="northside", name="Careful Co", approves=True)
        placed = shop.act("place_order", store="careful_co", seed=1)["orders"][0]
        assert placed["pending"] is True

    def test_is_refused_for_what_does_not_exist(self, shop: Shop) -> None:
        def place(**arguments: Any) -> int:
            return shop.refused("place_order", **({"store": "shapes_test_shop"} | arguments))

        assert place(seed=1, store="nowhere") == 404
        assert place() == 400
        assert place(seed=1, goods=[{"sku": "MC100", "sizes": {"M": 1}}]) == 400
        for wrong in (
            {"sku": "NOPE"},
            {"color": "Mauve"},
            {"kit": "hologram"},
            {"sizes": {"9XL": 1}},
            {"sizes": {"M": -1}},
        ):
            assert place(goods=[{"sku": "MC100", "sizes": {"M": 1}} | wrong]) == 400, wrong


class TestStores:
    def test_are_created_renamed_closed_and_opened(self, shop: Shop) -> None:
        made = shop.act("create_store", account="harbor", name="Zoë's Café", uri="zoes-cafe")
        assert shop.data("GetStoreData", store="zoes-cafe", key=KEYS["harbor"])["StoreId"] == made["store_id"]
        assert shop.refused("create_store", account="harbor", name="Again", uri="zoes-cafe") == 409
        assert shop.act("close_store", store="zoes-cafe")["closed"] is True
        assert shop.act("place_order", store="zoes-cafe", seed=2)["orders"]
        assert shop.act("open_store", store=made["store_id"])["closed"] is False

    def test_bill_in_another_currency_from_now_on(self, shop: Shop) -> None:
        shop.act("change_currency", account="northside", currency="EUR")
        assert shop.detail(shop.shape("one_piece"))["CurrencyCode"] == "EUR"


class TestTheControlApi:
    def test_names_its_verbs_accounts_and_switches(self, shop: Shop) -> None:
        verbs = shop.http.get("/_control/verbs").json()
        assert {
            "approve",
            "edit_quantity",
            "refund",
            "rename_store",
            "revoke_key",
            "downgrade_plan",
        } <= verbs.keys()
        assert not {"create_order_shipments", "open_session", "set_switches"} & verbs.keys()
        keys = {
            account["account"]: account["api_key"] for account in shop.http.get("/_control/accounts").json()
        }
        assert keys == KEYS

    @pytest.mark.parametrize(
        "wanted", [{"nope": 1}, {"bad_key": "402"}, {"max_results": 0}, {"key_header": 1}, []]
    )
    def test_refuses_switches_that_do_not_exist(self, shop: Shop, wanted: Any) -> None:
        answer = shop.http.put("/_control/switches", json=wanted)
        assert answer.status_code == 400
        assert answer.json()["error"]

    def test_puts_switches_back(self, shop: Shop) -> None:
        shop.switch(max_results=7)
        assert len(shop.envelope("GetOrderSummaries", MaxResults=50)["Data"]) == 7
        shop.switch(max_results=None)
        assert shop.http.get("/_control/switches").json()["max_results"]["value"] == 100

    def test_cannot_be_asked_for_api_writes(self, shop: Shop) -> None:
        assert shop.refused("open_session", publisher_id=1, token="x", person="x", staff=True) == 404
