"""The list of stores, one store, and what people say about it, over HTTP."""

import asyncio
from uuid import UUID

import pytest

from api.stores.actions import discover_stores
from tests.make.orders import ACCOUNT, OrderDraft, end_link, make_link, make_orders, make_store, set_mode
from tests.make.queries import queries
from tests.stores.conftest import Shop


async def names(shop: Shop, **params: object) -> list[str]:
    answer = await shop.browser.get("/v1/stores", **params)
    assert answer.status_code == 200, answer.text
    return [store["name"] for store in answer.json()["data"]]


class TestListingStores:
    async def test_goes_by_name_and_pages_both_ways(self, shop: Shop) -> None:
        for number, name in enumerate(("cedar", "Alder", "Birch", "Alder")):
            await make_store(shop.database, shop.id, name, external_id=str(number))
        first = (await shop.browser.get("/v1/stores", limit=3)).json()
        assert [store["name"] for store in first["data"]] == ["Alder", "Alder", "Birch"]
        second = (await shop.browser.get("/v1/stores", limit=3, cursor=first["next_cursor"])).json()
        assert ([store["name"] for store in second["data"]], second["has_more"]) == (["cedar"], False)
        back = (await shop.browser.get("/v1/stores", limit=3, cursor=second["prev_cursor"])).json()
        assert back["data"] == first["data"]

    async def test_finds_by_part_of_the_name_or_by_external_id(self, shop: Shop) -> None:
        await make_store(shop.database, shop.id, "Lincoln 100% High", external_id="70211")
        await make_store(shop.database, shop.id, "Roosevelt", external_id="70212")
        assert await names(shop, q="oLN 100%") == ["Lincoln 100% High"]
        assert await names(shop, q="70212") == ["Roosevelt"]
        assert await names(shop, q="702") == []

    async def test_tells_shared_from_unshared(self, shop: Shop) -> None:
        await make_store(shop.database, shop.id, "In", selected=True)
        await make_store(shop.database, shop.id, "Out", excluded=True)
        await set_mode(shop.database, shop.id, "selected")
        assert (await names(shop, shared=True), await names(shop, shared=False)) == (["In"], ["Out"])
        await set_mode(shop.database, shop.id, "none")
        assert (await names(shop, shared=True), await names(shop, shared=False)) == ([], ["In", "Out"])

    async def test_shows_each_stores_figures_before_and_after_folding(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "Lincoln")
        await make_orders(
            shop.database,
            shop.id,
            store,
            OrderDraft("1", pieces=3, amount=7000),
            OrderDraft("2", pieces=2, amount=500),
            OrderDraft("3", cancelled=True, status="cancelled"),
            OrderDraft("4", approval="pending"),
        )
        shown = (await shop.browser.get("/v1/stores")).json()["data"][0]
        assert shown["figures"] == {
            "order_count": 4,
            "open_order_count": 2,
            "open_piece_count": 5,
            "open_amount": 7500,
            "attached_order_count": 0,
        }
        assert shown["currency"] == "USD"

    async def test_costs_two_statements(self, shop: Shop) -> None:
        for number in range(30):
            await make_store(shop.database, shop.id, f"Store {number}")
        with queries(shop.app, 2):
            assert len(await names(shop)) == 25

    @pytest.mark.rule("L5")
    async def test_shows_nothing_without_a_link_and_nothing_of_another_pair(self, shop: Shop) -> None:
        await make_store(shop.database, shop.id, "Old")
        await end_link(shop.database, shop.id)
        assert await names(shop) == []
        await make_link(shop.database, shop.id, account="other")
        await make_store(shop.database, shop.id, "New", account="other")
        assert await names(shop) == ["New"]

    async def test_refuses_a_cursor_of_another_filter(self, shop: Shop) -> None:
        for name in ("A1", "A2"):
            await make_store(shop.database, shop.id, name)
        cursor = (await shop.browser.get("/v1/stores", limit=1)).json()["next_cursor"]
        answer = await shop.browser.get("/v1/stores", limit=1, cursor=cursor, q="A")
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


class TestOneStore:
    async def test_of_another_account_or_workspace_is_not_found(self, shop: Shop) -> None:
        other = await make_store(shop.database, shop.id, "Elsewhere", account="other")
        assert (await shop.browser.get(f"/v1/stores/{other}")).status_code == 404
        answer = await shop.browser.send("PATCH", f"/v1/stores/{other}", {"shared": True})
        assert answer.status_code == 404

    async def test_keeps_what_people_say_about_it(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "Lincoln")
        body = {"status": "closed", "closes_at": "2026-12-04T23:59:00-06:00", "is_embedded": True}
        changed = await shop.browser.send("PATCH", f"/v1/stores/{store}", body)
        assert changed.status_code == 200, changed.text
        assert changed.json()["closes_at"] == "2026-12-05T05:59:00.000Z"
        read = await shop.browser.get(f"/v1/stores/{store}")
        assert (read.json(), read.headers["etag"]) == (changed.json(), changed.headers["etag"])
        cleared = await shop.browser.send("PATCH", f"/v1/stores/{store}", {"closes_at": None})
        assert (cleared.json()["closes_at"], cleared.json()["status"]) == (None, "closed")

    async def test_a_change_to_what_it_is_already_writes_nothing(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "Lincoln")
        before = await shop.browser.get(f"/v1/stores/{store}")
        after = await shop.browser.send("PATCH", f"/v1/stores/{store}", {"status": "open", "shared": False})
        assert after.headers["etag"] == before.headers["etag"]

    async def test_a_change_over_somebody_elses_is_refused_with_how_it_is_now(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "Lincoln")
        tag = (await shop.browser.get(f"/v1/stores/{store}")).headers["etag"]
        path, headers = f"/v1/stores/{store}", {"If-Match": tag}
        assert (
            await shop.browser.send("PATCH", path, {"status": "closed"}, headers=headers)
        ).status_code == 200
        late = await shop.browser.send("PATCH", path, {"shared": True}, headers=headers)
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        assert (late.json()["current"]["status"], late.json()["current"]["shared"]) == ("closed", False)

    @pytest.mark.rule("S2")
    async def test_of_two_changes_at_once_with_one_etag_one_wins(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "Lincoln")
        tag = (await shop.browser.get(f"/v1/stores/{store}")).headers["etag"]
        answers = await asyncio.gather(
            *(
                shop.browser.send("PATCH", f"/v1/stores/{store}", body, headers={"If-Match": tag})
                for body in ({"shared": True}, {"status": "closed"}, {"shared": True}, {"is_embedded": True})
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]


@pytest.mark.rule("S5")
class TestDiscoveringStores:
    async def discover(self, shop: Shop, *found: tuple[str, str]) -> dict[str, UUID]:
        async with shop.database.transaction(shop.id) as session:
            return await discover_stores(session, shop.id, ACCOUNT, found)

    async def test_adds_each_store_once_whoever_races(self, shop: Shop) -> None:
        found = [(str(number), f"Store {number}") for number in range(20)]
        rounds = await asyncio.gather(*(self.discover(shop, *found[::step]) for step in (1, -1, 1, -1)))
        assert all(ids == rounds[0] for ids in rounds)
        assert len(set(rounds[0].values())) == 20

    async def test_follows_a_new_name_and_says_so(self, shop: Shop) -> None:
        first = await self.discover(shop, ("7", "Lincoln"))
        assert await self.discover(shop, ("7", "Lincoln High")) == first
        assert await names(shop) == ["Lincoln High"]
        assert await self.discover(shop, ("7", "")) == first
        assert await names(shop) == ["Lincoln High"]

    async def test_costs_one_read_when_nothing_is_new(self, shop: Shop) -> None:
        await self.discover(shop, ("7", "Lincoln"), ("proposals", ""))
        with queries(shop.app, 1):
            await self.discover(shop, ("7", "Lincoln"), ("proposals", ""))

    @pytest.mark.rule("S1")
    async def test_a_store_found_later_is_shared_by_the_mode_all(self, shop: Shop) -> None:
        await set_mode(shop.database, shop.id, "all")
        await self.discover(shop, ("7", "Lincoln"))
        assert await names(shop, shared=True) == ["Lincoln"]
