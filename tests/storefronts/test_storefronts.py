"""The shop side's dashboard and list of stores over HTTP: what waits, and that it is what the feed shows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from api.core.ids import new_id
from api.storefronts.rules.calendar import fill_days, last_days
from tests.make.clock import SteerableClock
from tests.make.orders import (
    NOON,
    SHARE_FROM,
    OrderDraft,
    end_link,
    make_link,
    make_orders,
    make_store,
    set_mode,
)
from tests.make.queries import queries
from tests.stores.conftest import Shop

CHICAGO = ZoneInfo("America/Chicago")


async def dashboard(shop: Shop) -> dict[str, Any]:
    answer = await shop.browser.get("/v1/storefronts")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


@pytest.fixture
async def stores(shop: Shop, clock: SteerableClock) -> dict[str, UUID]:
    """Two shared stores, one of them empty, and an unshared one; today is 2026-11-20, 13:00 UTC."""
    clock.move(seconds=(NOON + timedelta(hours=1) - datetime.now(UTC)).total_seconds())
    made = {
        name: await make_store(shop.database, shop.id, name, selected=name != "Closed")
        for name in ("Alder", "Birch", "Closed")
    }
    await set_mode(shop.database, shop.id, "selected")
    on_invoice: dict[str, Any] = {"attach_state": "attached", "invoice_id": new_id()}
    drafts = (
        OrderDraft("1", pieces=3, amount=1000),
        OrderDraft("2", pieces=2, amount=500, placed_at=NOON - timedelta(days=2)),
        OrderDraft("3", cancelled=True, status="cancelled"),
        OrderDraft("4", approval="pending"),
        OrderDraft("5", **on_invoice, placed_at=NOON - timedelta(days=2)),
        OrderDraft("6", pieces=9, amount=9999, placed_at=SHARE_FROM - timedelta(days=1)),
    )
    await make_orders(shop.database, shop.id, made["Alder"], *drafts)
    away = (OrderDraft("7", placed_at=NOON - timedelta(days=5)), OrderDraft("8", **on_invoice))
    await make_orders(shop.database, shop.id, made["Closed"], *away)
    return made


@pytest.mark.rule("F2")
class TestTheDashboard:
    async def test_says_what_is_new_and_what_waits(self, shop: Shop, stores: dict[str, UUID]) -> None:
        shown = await dashboard(shop)
        days = {day["on"]: day["order_count"] for day in shown.pop("orders_per_day")}
        oldest = shown.pop("oldest_waiting_order")
        assert shown.pop("merch")["store_count"] == 0
        assert shown == {
            "linked": True,
            "currency": "USD",
            "shared_store_count": 2,
            "new_order_count": 2,
            "attached_order_count": 2,
            "waiting_piece_count": 5,
            "waiting_amount": 1500,
        }
        assert (oldest["number"], oldest["store_id"]) == ("2", str(stores["Alder"]))
        assert oldest["placed_at"] == "2026-11-18T12:00:00.000Z"
        assert {on: count for on, count in days.items() if count} == {"2026-11-20": 2, "2026-11-18": 2}
        assert (len(days), min(days), max(days)) == (30, "2026-10-22", "2026-11-20")

    @pytest.mark.usefixtures("stores")
    async def test_counts_what_the_feed_shows(self, shop: Shop) -> None:
        for mode in ("selected", "all", "none"):
            await set_mode(shop.database, shop.id, mode)
            feed = (await shop.browser.get("/v1/order-feed", limit=200)).json()["data"]
            shown = await dashboard(shop)
            assert shown["new_order_count"] == len(feed), mode
            assert shown["waiting_piece_count"] == sum(order["piece_count"] for order in feed), mode
            assert shown["waiting_amount"] == sum(order["total_amount"] for order in feed), mode
            oldest = shown["oldest_waiting_order"]
            assert (oldest and oldest["number"]) == (feed[-1]["number"] if feed else None), mode

    @pytest.mark.usefixtures("stores")
    async def test_costs_three_statements_and_three_for_merch(self, shop: Shop) -> None:
        with queries(shop.app, 6):
            await dashboard(shop)

    @pytest.mark.rule("F1", "L5")
    @pytest.mark.usefixtures("stores")
    async def test_is_there_without_a_link(self, shop: Shop) -> None:
        await end_link(shop.database, shop.id)
        shown = await dashboard(shop)
        assert (shown["linked"], shown["new_order_count"], shown["orders_per_day"]) == (False, 0, [])
        await make_link(shop.database, shop.id, account="other")
        shown = await dashboard(shop)
        assert (shown["linked"], shown["shared_store_count"], shown["attached_order_count"]) == (True, 0, 0)


@pytest.mark.rule("F2")
class TestTheList:
    async def test_shows_shared_stores_by_name_with_their_figures(
        self, shop: Shop, stores: dict[str, UUID]
    ) -> None:
        shown = (await shop.browser.get("/v1/storefronts/inksoft")).json()["data"]
        assert [(front["name"], front["new_order_count"]) for front in shown] == [("Alder", 2), ("Birch", 0)]
        assert shown[0] == {
            "id": str(stores["Alder"]),
            "name": "Alder",
            "kind": "store",
            "status": "open",
            "closes_at": None,
            "is_embedded": False,
            "shared": True,
            "new_order_count": 2,
            "attached_order_count": 1,
            "waiting_piece_count": 5,
            "waiting_amount": 1500,
            "oldest_waiting_at": "2026-11-18T12:00:00.000Z",
            "currency": "USD",
        }
        assert shown[1]["oldest_waiting_at"] is None

    @pytest.mark.usefixtures("stores")
    async def test_is_searched_and_paged_in_two_statements(self, shop: Shop) -> None:
        with queries(shop.app, 2):
            found = (await shop.browser.get("/v1/storefronts/inksoft", q="BIR")).json()
        assert [front["name"] for front in found["data"]] == ["Birch"]
        first = (await shop.browser.get("/v1/storefronts/inksoft", limit=1)).json()
        second = (
            await shop.browser.get("/v1/storefronts/inksoft", limit=1, cursor=first["next_cursor"])
        ).json()
        assert [page["data"][0]["name"] for page in (first, second)] == ["Alder", "Birch"]
        assert (first["has_more"], second["has_more"]) == (True, False)


@pytest.mark.rule("F2")
class TestOneStorefront:
    @pytest.mark.rule("S5")
    async def test_stays_reachable_while_unshared_with_nothing_new(
        self, shop: Shop, stores: dict[str, UUID]
    ) -> None:
        shown = (await shop.browser.get(f"/v1/storefronts/inksoft/{stores['Closed']}")).json()
        assert (shown["shared"], shown["new_order_count"], shown["attached_order_count"]) == (False, 0, 1)
        assert sum(day["order_count"] for day in shown["orders_per_day"]) == 1

    @pytest.mark.usefixtures("stores")
    async def test_of_another_account_is_not_found(self, shop: Shop) -> None:
        other = await make_store(shop.database, shop.id, "Elsewhere", account="other")
        assert (await shop.browser.get(f"/v1/storefronts/inksoft/{other}")).status_code == 404


class TestDays:
    async def test_are_the_shops_own(self, shop: Shop, stores: dict[str, UUID]) -> None:
        late = datetime(2026, 11, 20, 5, 59, tzinfo=UTC)
        await make_orders(shop.database, shop.id, stores["Birch"], OrderDraft("9", placed_at=late))
        shown = (await shop.browser.get(f"/v1/storefronts/inksoft/{stores['Birch']}")).json()
        assert [day["on"] for day in shown["orders_per_day"] if day["order_count"]] == ["2026-11-19"]

    def test_run_over_a_change_of_the_clocks_without_gap(self) -> None:
        days = last_days(datetime(2026, 11, 10, 5, 59, tzinfo=UTC), CHICAGO, 30)
        assert (len(set(days)), days[0], days[-1]) == (30, date(2026, 10, 11), date(2026, 11, 9))

    def test_without_orders_have_zero(self) -> None:
        first, second = date(2026, 11, 1), date(2026, 11, 2)
        assert fill_days([first, second], {second: 4}) == [(first, 0), (second, 4)]


@pytest.mark.usefixtures("stores")
async def test_an_unknown_time_zone_is_utc(shop: Shop) -> None:
    async with shop.database.transaction(shop.id) as session:
        await session.execute(text("""UPDATE connection SET details = '{"time_zone": "Mars/Olympus"}'"""))
    assert (await dashboard(shop))["orders_per_day"][-1]["on"] == "2026-11-20"
