"""The writes of Api2: shipments without idempotency, and carts that become orders."""

from typing import Any

import pytest

from tests.sandbox.inksoft_shop import KEYS, Shop


def ship(shop: Shop, orders: list[Any], **params: Any) -> Any:
    return shop.call("CreateOrderShipments", post=True, OrderIds=orders, TrackingNumber="1ZTEST000", **params)


class TestCreateOrderShipments:
    def test_adds_a_parcel_with_everything_and_completes_when_asked(self, shop: Shop) -> None:
        order = shop.shape("upcharges")
        answer = ship(shop, [order], MarkOrderAsCompleted=True)
        assert (answer.json()["OK"], answer.json()["Data"]) == (True, True)
        detail = shop.detail(order)
        package = detail["Shipments"][0]["Packages"][0]
        assert package["TrackingNumber"] == "1ZTEST000"
        assert sum(item["Quantity"] for item in package["Items"]) == shop.state(f"orders/{order}")["pieces"]
        assert (detail["Status"], detail["ProductionStatus"], detail["Shipped"]) == (
            "Shipped",
            "Complete",
            True,
        )

    def test_adds_another_one_each_time(self, shop: Shop) -> None:
        order = shop.shape("one_piece")
        for _ in range(3):
            ship(shop, [order], NotifyCustomer=True)
        assert len(shop.detail(order)["Shipments"]) == 3
        assert shop.state("totals")["mails"] == shop.state(f"orders/{order}")["mails_sent"] == 3

    def test_mails_nobody_without_an_address_or_a_wish(self, shop: Shop) -> None:
        ship(shop, [shop.shape("no_email")], NotifyCustomer=True)
        ship(shop, [shop.shape("one_piece")], NotifyCustomer=False)
        assert shop.state("totals")["mails"] == 0

    @pytest.mark.parametrize("other", [1, "cancelled"])
    def test_writes_all_or_nothing(self, shop: Shop, other: int | str) -> None:
        order = shop.shape("one_piece")
        answer = ship(shop, [order, shop.shape(other) if isinstance(other, str) else other])
        assert answer.json()["OK"] is False
        assert shop.detail(order)["Shipments"] == []
        assert shop.ledger() == []

    def test_is_a_post(self, shop: Shop) -> None:
        assert shop.call("CreateOrderShipments", OrderIds=[shop.shape("one_piece")]).status_code == 405

    def test_takes_unique_ids_only_when_switched_on(self, shop: Shop) -> None:
        unique = shop.detail(shop.shape("one_piece"))["UniqueId"]
        assert ship(shop, [unique]).status_code == 400
        shop.switch(shipment_unique_ids=True)
        assert ship(shop, [unique]).status_code == 200

    def test_is_in_the_ledger_as_the_apis(self, shop: Shop) -> None:
        ship(shop, [shop.shape("one_piece")])
        (entry,) = shop.ledger()
        assert (entry["seq"], entry["by"], entry["op"]) == (1, "api", "create_order_shipments")
        assert KEYS["northside"] not in str(entry)


class TestACart:
    def session(self, shop: Shop) -> str:
        data = shop.data(
            "GetOrCreateSessionWithApiKey", post=True, Email="kim@shopper.example", FirstName="Kim"
        )
        return str(data["Token"])

    def fill(self, shop: Shop, token: str, cart: str) -> Any:
        return shop.call("SetCart", key=None, post=True, SessionToken=token, Cart=cart)

    def save(self, shop: Shop, token: str) -> Any:
        params = {"SessionToken": token, "ExternalOrderId": "ext-1", "PurchaseOrderNumber": "PO1"}
        return shop.call("SaveCartOrder", store="shapes_test_shop", key=None, post=True, **params)

    CART = "{'Items': [{'ProductId': 700, 'ProductStyleId': 70001, 'ProductStyleSizeId': 7000106, 'Quantity': 3}]}"

    def test_becomes_an_order(self, shop: Shop) -> None:
        token = self.session(shop)
        assert self.fill(shop, token, self.CART).json()["Data"]["ItemTotal"] == 48.0
        assert shop.data("GetCartPackage", key=None, SessionToken=token)["Cart"]["Items"][0]["Quantity"] == 3
        number = self.save(shop, token).json()["Data"]
        assert shop.detail(number)["Items"][0]["FullName"] == "Everyday Tee - Navy - 2XL"
        assert self.save(shop, token).json()["Messages"][0]["Content"] == "Cart is empty"

    @pytest.mark.parametrize(("switch", "status"), [("duplicate", 200), ("refuse", 400)])
    def test_with_a_known_external_id_is_doubled_or_refused(
        self, shop: Shop, switch: str, status: int
    ) -> None:
        shop.switch(repeated_external_id=switch)
        token = self.session(shop)
        for expected in (200, status):
            self.fill(shop, token, self.CART)
            assert self.save(shop, token).status_code == expected

    @pytest.mark.parametrize("cart", ["{", "[]", '{"Items":[{"ProductId":1}]}', CART.replace("'Quantity': 3", "'Quantity': 0"),
                                      CART.replace("7000106", "1")])  # fmt: skip
    def test_that_cannot_be_read_is_refused(self, shop: Shop, cart: str) -> None:
        assert self.fill(shop, self.session(shop), cart).status_code == 400

    def test_needs_a_session(self, shop: Shop) -> None:
        assert self.fill(shop, "NO-SUCH-TOKEN", self.CART).status_code == 400
