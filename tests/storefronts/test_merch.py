"""Printavo's own stores over HTTP, read from the simulated Printavo: Merch alone, without any link (F1, L8)."""

from datetime import datetime
from typing import Any

import pytest

from tests.make.linking import link
from tests.make.merch import LARGEST, MerchShop
from tests.make.queries import queries

LONG_CLOSED = "Summer Camp"


def sums(store: dict[str, Any]) -> tuple[Any, ...]:
    """The figures as Platen shows them."""
    return tuple(
        store[name]
        for name in (
            "status", "items_sold", "sales_amount", "tax_amount", "order_count", "unfulfilled_order_count",
        )
    )  # fmt: skip


def their_sums(store: dict[str, Any]) -> tuple[Any, ...]:
    """The same as Printavo has them."""
    names = ("items_sold", "total_cents", "tax_cents", "orders", "unfulfilled")
    return (store["status"].lower(), *(store[name] for name in names))


@pytest.mark.rule("F1", "L8")
class TestMerchAlone:
    async def test_shows_every_store_as_printavo_has_it(self, merch: MerchShop) -> None:
        theirs, ours = await merch.theirs(), await merch.stores()
        assert set(theirs) - set(ours) == {LONG_CLOSED}, "it closed 110 days ago"
        for name, store in ours.items():
            assert sums(store) == their_sums(theirs[name]), name
            assert store["external_id"] == theirs[name]["id"]
            one = await merch.show(f"/v1/storefronts/merch/{store['id']}")
            assert sums(one) == sums(store)

    async def test_is_on_the_dashboard_without_a_link(self, merch: MerchShop) -> None:
        theirs = (await merch.theirs()).values()
        shown = await merch.show("/v1/storefronts")
        totals = shown["merch"]
        assert (shown["linked"], totals["connected"], totals["account_name"]) == (
            False,
            True,
            "Northside Print Co",
        )
        assert (totals["store_count"], totals["live_store_count"]) == (6, 4)
        assert totals["closing_soon_store_count"] == 1
        assert [
            totals[name]
            for name in (
                "items_sold",
                "sales_amount",
                "tax_amount",
                "order_count",
                "unfulfilled_order_count",
            )
        ] == [
            sum(store[name] for store in theirs)
            for name in ("items_sold", "total_cents", "tax_cents", "orders", "unfulfilled")
        ]
        assert (totals["trouble"], totals["read_at"] is not None) == (None, True)

    async def test_is_found_by_name_or_id_and_paged(self, merch: MerchShop) -> None:
        falcons = (await merch.stores(q="FALCONS"))[LARGEST]
        assert set(await merch.stores(q=falcons["external_id"])) == {LARGEST}
        assert set(await merch.stores(status="closed")) == {"Fall Fundraiser"}
        first = await merch.show("/v1/storefronts/merch", limit=3)
        with queries(merch.browser.http._transport.app, 3):  # type: ignore[attr-defined] # the app under test
            second = await merch.show("/v1/storefronts/merch", limit=3, cursor=first["next_cursor"])
        names = [store["name"] for page in (first, second) for store in page["data"]]
        assert names == sorted(await merch.stores())
        back = await merch.show("/v1/storefronts/merch", limit=3, cursor=second["prev_cursor"])
        assert back["data"] == first["data"]

    async def test_says_when_a_store_closes_and_counts_down(self, merch: MerchShop) -> None:
        stores = await merch.stores()
        falcons = stores[LARGEST]
        for name, soon in ((LARGEST, True), ("Robotics Club Pop-up", False)):
            left = datetime.fromisoformat(stores[name]["closes_at"]) - merch.clock.now()
            assert (stores[name]["closes_in_days"], stores[name]["closes_soon"]) == (left.days, soon), name
        assert falcons["closes_in_days"] <= 1
        for name in ("Company Store", "Fall Fundraiser"):
            assert (stores[name]["closes_in_days"], stores[name]["closes_soon"]) == (None, False)
        merch.clock.move(days=2)
        assert (await merch.stores())[LARGEST]["closes_in_days"] == 0

    async def test_without_a_connection_is_empty(self, merch: MerchShop) -> None:
        falcons = (await merch.stores())[LARGEST]
        await merch.disconnect()
        assert await merch.stores() == {}
        assert await merch.orders() == []
        assert (await merch.browser.get(f"/v1/storefronts/merch/{falcons['id']}")).status_code == 404
        assert (await merch.show("/v1/storefronts"))["merch"]["connected"] is False

    async def test_of_another_account_never_shows_the_earlier_ones(self, merch: MerchShop) -> None:
        before, orders = await merch.stores(), await merch.orders()
        await merch.disconnect()
        await merch.connect("harbor")
        assert await merch.stores() == {}
        await merch.read()
        theirs, ours = await merch.theirs("harbor"), await merch.stores()
        assert {name: sums(store) for name, store in ours.items()} == {
            name: their_sums(store) for name, store in theirs.items() if name != LONG_CLOSED
        }
        assert not {store["id"] for store in ours.values()} & {store["id"] for store in before.values()}
        assert not {order["id"] for order in await merch.orders()} & {order["id"] for order in orders}
        old = before[LARGEST]["id"]
        assert (await merch.browser.get(f"/v1/storefronts/merch/{old}")).status_code == 404
        assert await merch.orders(store_id=old) == []
        await merch.disconnect()
        await merch.connect()
        assert await merch.stores() == before


@pytest.mark.rule("F1")
class TestMerchOrders:
    async def test_are_all_there_newest_first_and_add_up(self, merch: MerchShop) -> None:
        theirs = await merch.theirs()
        for name, store in (await merch.stores()).items():
            orders = await merch.orders(store_id=store["id"])
            assert len(orders) == theirs[name]["orders"], name
            assert sum(order["quantity"] for order in orders) == theirs[name]["items_sold"]
            assert sum(order["total_amount"] for order in orders) == theirs[name]["total_cents"]
            assert sum(not order["fulfilled"] for order in orders) == theirs[name]["unfulfilled"]
            assert [order["placed_at"] for order in orders] == sorted(
                (order["placed_at"] for order in orders), reverse=True
            )
            assert {order["store"]["name"] for order in orders} <= {name}

    async def test_are_filtered_sorted_and_searched_in_three_statements(self, merch: MerchShop) -> None:
        everything = await merch.orders()
        for fulfilled in (True, False):
            found = await merch.orders(fulfilled=fulfilled)
            assert [order["id"] for order in found] == [
                order["id"] for order in everything if order["fulfilled"] is fulfilled
            ]
        oldest_first = await merch.orders(sort="placed_at")
        assert [order["id"] for order in oldest_first] == [order["id"] for order in reversed(everything)]
        named = next(order for order in everything if order["customer_name"])
        with queries(merch.browser.http._transport.app, 3):  # type: ignore[attr-defined] # the app under test
            by_number = await merch.show("/v1/merch-orders", q=named["number"].lower())
        assert named["id"] in {order["id"] for order in by_number["data"]}
        by_name = await merch.orders(q=named["customer_name"].upper())
        assert {order["id"] for order in by_name} == {
            order["id"] for order in everything if order["customer_name"] == named["customer_name"]
        }

    @pytest.mark.rule("A3")
    async def test_never_go_on_an_invoice(self, merch: MerchShop) -> None:
        await link(merch.browser)
        order = (await merch.orders())[0]
        for method, path, body in (
            ("POST", "/v1/invoices", {"order_ids": [order["id"]]}),
            ("POST", "/v1/invoice-previews", {"order_ids": [order["id"]]}),
        ):
            answer = await merch.browser.effect(method, path, body)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        store = order["store"]["id"]
        for path in (f"/v1/stores/{store}", f"/v1/storefronts/inksoft/{store}", f"/v1/orders/{order['id']}"):
            assert (await merch.browser.get(path)).status_code == 404


@pytest.mark.rule("F1", "T11")
class TestTheMerchSettings:
    async def test_choose_the_stores_that_are_shown(self, merch: MerchShop) -> None:
        falcons = (await merch.stores())[LARGEST]
        await merch.choose(stores_shown="selected", selected_store_ids=[falcons["external_id"]])
        assert set(await merch.stores()) == {LARGEST}
        assert {order["store"]["name"] for order in await merch.orders()} == {LARGEST}
        assert (await merch.show("/v1/storefronts"))["merch"]["store_count"] == 1

    async def test_hide_stores_that_closed_long_ago(self, merch: MerchShop) -> None:
        assert LONG_CLOSED not in await merch.stores()
        assert LONG_CLOSED not in {order["store"]["name"] for order in await merch.orders()}
        await merch.choose(closed_hidden_after_days=200)
        camp = (await merch.stores())[LONG_CLOSED]
        await merch.choose(closed_hidden_after_days=10)
        assert set(await merch.stores(status="closed")) == set()
        assert (await merch.show(f"/v1/storefronts/merch/{camp['id']}"))["name"] == LONG_CLOSED
        assert len(await merch.orders(store_id=camp["id"])) == camp["order_count"]

    async def test_say_which_orders_are_shown_and_which_first_when_nobody_asks(
        self, merch: MerchShop
    ) -> None:
        everything = await merch.orders()
        await merch.choose(fulfilled_filter="unfulfilled", order_view="oldest")
        shown = [order["id"] for order in await merch.orders()]
        assert shown == [order["id"] for order in reversed(everything) if not order["fulfilled"]]
        both = await merch.orders(fulfilled=[True, False], sort="-placed_at")
        assert [order["id"] for order in both] == [order["id"] for order in everything]

    async def test_say_how_early_people_are_warned(self, merch: MerchShop) -> None:
        assert not (await merch.stores())["Robotics Club Pop-up"]["closes_soon"]
        await merch.choose(countdown_warning_days=20)
        assert (await merch.stores())["Robotics Club Pop-up"]["closes_soon"]
        assert (await merch.show("/v1/storefronts"))["merch"]["closing_soon_store_count"] == 2
        await merch.choose(countdown_warning_days=0)
        assert not (await merch.stores())[LARGEST]["closes_soon"]
        assert (await merch.stores())[LARGEST]["closes_in_days"] <= 1

    @pytest.mark.parametrize("days", [0, 1, 20])
    async def test_mark_the_same_stores_that_the_dashboard_counts(self, merch: MerchShop, days: int) -> None:
        """Also one that is still live after the moment at which it was to close."""
        await merch.choose(countdown_warning_days=days)
        merch.clock.move(days=2)
        stores = await merch.stores()
        falcons = stores[LARGEST]
        assert datetime.fromisoformat(falcons["closes_at"]) < merch.clock.now()
        assert (falcons["status"], falcons["closes_in_days"]) == ("live", 0)
        marked = {name for name, store in stores.items() if store["closes_soon"]}
        assert (LARGEST in marked) is (days > 0)
        assert (await merch.show("/v1/storefronts"))["merch"]["closing_soon_store_count"] == len(marked)
