"""Reading whole orders, their cards, and the catalogue that names their ids."""

from collections import Counter
from typing import Any

import pytest

from tests.sandbox.inksoft_shop import KEYS, Shop


class TestGetOrder:
    def read(self, shop: Shop, email: str, **params: Any) -> Any:
        return shop.call("GetOrder", key=None, OrderId=shop.shape("one_piece"), OrderEmail=email, **params)

    def test_needs_no_key_but_the_right_email(self, shop: Shop) -> None:
        email = shop.detail(shop.shape("one_piece"))["Email"]
        assert self.read(shop, email.upper()).json()["Data"]["Email"] == email
        assert self.read(shop, "somebody@else.example").status_code == 404
        assert self.read(shop, "").status_code == 400

    def test_has_cards_only_when_asked(self, shop: Shop) -> None:
        email = shop.detail(shop.shape("one_piece"))["Email"]
        assert self.read(shop, email).json()["Data"]["ProductionCards"] == []
        assert len(self.read(shop, email, IncludeProductionCards=True).json()["Data"]["ProductionCards"]) == 1

    def test_cannot_read_an_order_without_an_email(self, shop: Shop) -> None:
        answer = shop.call("GetOrder", key=None, OrderId=shop.shape("no_email"), OrderEmail=" ")
        assert answer.status_code == 400


class TestGetOrderPackage:
    def test_gives_an_object_for_one_and_a_list_for_several(self, shop: Shop) -> None:
        one, other = shop.shape("one_piece"), shop.shape("upcharges")
        assert shop.data("GetOrderPackage", OrderIds=[one])["ID"] == one
        assert [order["ID"] for order in shop.data("GetOrderPackage", OrderIds=[one, other])] == [one, other]

    def test_takes_fifty_and_not_one_more(self, shop: Shop) -> None:
        ids = [row["ID"] for row in shop.summaries(StoreIds=[11500])]
        ids += [row["ID"] for row in shop.summaries() if row["ID"] not in ids]
        assert len(shop.data("GetOrderPackage", OrderIds=ids[:50])) == 50
        assert shop.call("GetOrderPackage", OrderIds=ids[:51]).status_code == 400

    def test_refuses_a_batch_with_an_unknown_id_or_leaves_it_out(self, shop: Shop) -> None:
        ids = [shop.shape("one_piece"), 1]
        assert shop.call("GetOrderPackage", OrderIds=ids).status_code == 404
        shop.switch(package_unknown_ids="leave_out")
        assert [order["ID"] for order in shop.data("GetOrderPackage", OrderIds=ids)] == ids[:1]

    def test_may_be_thin(self, shop: Shop) -> None:
        shop.switch(package_fields="thin")
        assert set(shop.detail(shop.shape("one_piece"))) == {
            "ID",
            "StoreId",
            "Items",
            "ProductionStatus",
            "TotalAmount",
        }

    @pytest.mark.parametrize(
        ("switch", "asked", "cards"), [("always", False, 1), ("never", True, 0), ("when_asked", False, 0)]
    )
    def test_has_cards_as_switched(self, shop: Shop, switch: str, asked: bool, cards: int) -> None:
        shop.switch(package_cards=switch)
        order = shop.data("GetOrderPackage", OrderIds=[shop.shape("one_piece")], IncludeProductionCards=asked)
        assert len(order["ProductionCards"]) == cards

    def test_gives_both_orders_of_a_number_used_twice_and_one_by_the_stores_path(self, shop: Shop) -> None:
        twins = shop.state("shapes")["same_number_in_two_stores"]
        number = twins[0]["order"]
        both = shop.data("GetOrderPackage", OrderIds=[number])
        assert {order["StoreId"] for order in both} == {twin["store_id"] for twin in twins}
        alone = shop.data("GetOrderPackage", store=twins[1]["store_uri"], OrderIds=[number])
        assert alone["StoreId"] == twins[1]["store_id"]

    def test_never_reads_another_account(self, shop: Shop) -> None:
        number = shop.shape("one_piece")
        assert (
            shop.call(
                "GetOrderPackage", store="harbor_main", key=KEYS["harbor"], OrderIds=[number]
            ).status_code
            == 404
        )

    def test_reads_what_waits_for_approval(self, shop: Shop) -> None:
        order = shop.detail(shop.shape("pending_approval"))
        assert (order["ApprovalRequired"], order["ApprovalDate"]) == (True, None)


class TestProductionCards:
    def test_of_front_and_back_repeat_the_same_pieces(self, shop: Shop) -> None:
        order = shop.detail(shop.shape("front_and_back"))
        front, back = order["ProductionCards"]
        assert (front["Side"], back["Side"]) == ("front", "back")
        pieces = [
            {item["OrderRetailItemSizeId"]: item["Quantity"] for item in card["Items"]}
            for card in (front, back)
        ]
        truth = {item["OrderRetailItemSizeId"]: item["Quantity"] for item in order["Items"]}
        assert pieces == [truth, truth]

    @pytest.mark.parametrize("shape", ["blank_goods", "only_custom_line_items", "cards_not_made"])
    def test_do_not_exist_for_every_order(self, shop: Shop, shape: str) -> None:
        assert shop.detail(shop.shape(shape))["ProductionCards"] == []

    def test_appear_once_somebody_makes_them(self, shop: Shop) -> None:
        order = shop.shape("cards_not_made")
        shop.act("make_cards", order=order)
        assert len(shop.detail(order)["ProductionCards"]) == 1

    def test_carry_the_sku_size_and_colour_that_items_lack(self, shop: Shop) -> None:
        order = shop.detail(shop.shape("upcharges"))
        card = order["ProductionCards"][0]
        assert (card["ProductSku"], card["ProductStyleName"]) == ("ST700", "Navy")
        assert [item["Size"] for item in card["Items"]] == ["M", "XL", "2XL", "3XL", "4XL"]
        assert not {"Sku", "Size", "ProductSku", "ColorName"} & order["Items"][0].keys()

    def test_lack_the_fields_that_live_answers_lack(self, shop: Shop) -> None:
        assert "DesignName" not in shop.detail(shop.shape("one_piece"))["ProductionCards"][0]
        shop.switch(card_design_fields="present")
        assert "DesignName" in shop.detail(shop.shape("one_piece"))["ProductionCards"][0]

    def test_may_split_a_size_by_names_without_losing_a_piece(self, shop: Shop) -> None:
        order = shop.shape("personalized_200")
        shop.switch(card_items="one_per_name")
        card = shop.detail(order)["ProductionCards"][0]
        assert len(card["Items"]) == 200
        sizes: Counter[str] = Counter()
        for item in card["Items"]:
            sizes[item["Size"]] += item["Quantity"]
        assert sizes == {"S": 30, "M": 50, "L": 50, "XL": 40, "2XL": 20, "3XL": 10}


class TestOddOrders:
    def test_hold_all_24_sizes_in_one_item(self, shop: Shop) -> None:
        items = shop.detail(shop.shape("all_24_sizes"))["Items"]
        assert len({item["ProductStyleSizeId"] for item in items}) == 24
        assert len({item["OrderRetailItemId"] for item in items}) == 1

    def test_price_each_size_by_its_upcharge(self, shop: Shop) -> None:
        order = shop.detail(shop.shape("upcharges"))
        sizes = {item["OrderRetailItemSizeId"]: item["Size"] for item in order["ProductionCards"][0]["Items"]}
        prices = {sizes[item["OrderRetailItemSizeId"]]: item["UnitPrice"] for item in order["Items"]}
        extra = {size: round(price - prices["M"], 2) for size, price in prices.items()}
        assert extra == {"M": 0, "XL": 0, "2XL": 2, "3XL": 3, "4XL": 4}

    def test_hold_names_in_many_scripts_on_200_pieces(self, shop: Shop) -> None:
        order = shop.detail(shop.shape("personalized_200"))
        names = [name for item in order["Items"] for name in item["NameNumberValues"]]
        assert (
            sum(name["Quantity"] for name in names) == sum(item["Quantity"] for item in order["Items"]) == 200
        )
        written = {name["Name"] for name in names}
        assert {"王小明", "Дмитрий", "عبد الله", "O'NEILL", "null", "𠮷野"} <= written
        assert len(written) > 40

    def test_keep_the_text_of_sizes_nobody_knows(self, shop: Shop) -> None:
        cards = shop.detail(shop.shape("unknown_sizes"))["ProductionCards"]
        assert {item["Size"] for card in cards for item in card["Items"]} == {
            "OSFA",
            "2T/3T",
            "32x30",
            "34x32",
            "XLT",
        }

    def test_of_pickup_have_no_address(self, shop: Shop) -> None:
        order = shop.detail(shop.shape("picked_up"))
        assert order["ShippingAddress"] is None
        assert order["Shipments"][0]["ToAddress"] is None
        assert (order["Shipments"][0]["Pickup"], order["Status"]) == (True, "Fulfilled")

    def test_come_from_proposals_without_a_store(self, shop: Shop) -> None:
        number = shop.shape("proposal_without_store")
        row = next(row for row in shop.summaries(OrderTypes=["Proposals"]) if row["ID"] == number)
        assert (row["StoreId"], row["StoreName"], row["ProposalId"]) == (0, "", 5501)
        order = shop.detail(number)
        assert order["ProposalNumber"] == "P-5501"
        assert "OrderType" not in order

    def test_bill_in_the_accounts_currency(self, shop: Shop) -> None:
        rows = shop.summaries(store="maple_main", key=KEYS["maple"])
        order = shop.detail(rows[0]["ID"], store="maple_main", key=KEYS["maple"])
        assert (
            order["CurrencyCode"],
            order["ShippingAddress"] and order["ShippingAddress"]["CountryCode"],
        ) in {("CAD", "CA"), ("CAD", None)}
        assert shop.detail(shop.shape("one_piece"))["CurrencyCode"] == "USD"

    @pytest.mark.rule("B2")
    def test_disagree_about_purchasing_between_front_and_back(self, shop: Shop) -> None:
        front, back = shop.detail(shop.shape("purchasing_differs"))["ProductionCards"]
        assert [item["PurchasingStatus"] for item in front["Items"]] == ["Received", "waiting for Bob", ""]
        assert [item["PurchasingStatus"] for item in back["Items"]] == ["Ordered", "waiting for Bob", ""]

    def test_live_in_two_stores_of_one_name(self, shop: Shop) -> None:
        rows = [row for row in shop.summaries() if row["StoreName"] == "Lincoln Eagles"]
        assert len({row["StoreId"] for row in rows}) == 2


class TestTheCatalogue:
    def test_names_every_id_of_an_item(self, shop: Shop) -> None:
        for item in shop.detail(shop.shape("blank_and_printed"))["Items"]:
            product = shop.data("GetProduct", ProductId=item["ProductId"], IncludePricing=True)
            style = next(style for style in product["Styles"] if style["ID"] == item["ProductStyleId"])
            size = next(size for size in style["Sizes"] if size["ID"] == item["ProductStyleSizeId"])
            assert item["FullName"] == f"{product['Name']} - {style['Name']} - {size['Name']}"

    def test_pages_from_zero_until_a_short_page(self, shop: Shop) -> None:
        pages = [
            shop.data("GetProductBaseList", Page=page, PageSize=7, IncludeSizes=True) for page in range(4)
        ]
        assert [len(page) for page in pages] == [7, 7, 3, 0]
        assert pages[0][0]["Categories"] is None
        assert pages[0][0]["Styles"][0]["Sizes"][0]["Name"] == "XS"

    def test_answers_without_a_key_unless_switched_off(self, shop: Shop) -> None:
        assert shop.call("GetProduct", key=None, ProductId=700).status_code == 200
        assert shop.call("GetProduct", key="WRONG", ProductId=700).status_code == 400
        shop.switch(catalogue_public=False)
        assert shop.call("GetProduct", key=None, ProductId=700).status_code == 400

    def test_says_not_found_of_what_does_not_exist(self, shop: Shop) -> None:
        assert shop.call("GetProduct", ProductId=1).status_code == 404


class TestGetStoreData:
    def test_says_nothing_about_plan_or_currency(self, shop: Shop) -> None:
        data = shop.data("GetStoreData", store="maple_main", key=KEYS["maple"])
        assert data["PublisherId"] == 41004
        assert not {"Plan", "Currency", "CurrencyCode", "Closed", "IsOpen"} & data.keys()

    def test_follows_a_renamed_store(self, shop: Shop) -> None:
        shop.act("rename_store", store="shapes_test_shop", name="Renamed after sharing")
        assert shop.data("GetStoreData", store="shapes_test_shop")["Name"] == "Renamed after sharing"
        assert {row["StoreName"] for row in shop.summaries(StoreIds=[11500])} == {"Renamed after sharing"}
