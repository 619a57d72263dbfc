"""Sharing over HTTP: the three modes, the row's menu, many at once, and who wins."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from tests.make.orders import ACCOUNT, end_link, make_store
from tests.make.people import joined
from tests.stores.conftest import Shop


@pytest.fixture
async def stores(shop: Shop) -> list[str]:
    """Three stores A, B and C."""
    return [str(await make_store(shop.database, shop.id, name)) for name in "ABC"]


async def put(shop: Shop, body: dict[str, Any], *, tag: str | None = None, **more: Any) -> httpx.Response:
    tag = tag or (await shop.browser.get("/v1/sharing")).headers["etag"]
    return await shop.browser.send("PUT", "/v1/sharing", body, headers={"If-Match": tag, **more})


async def shared(shop: Shop) -> str:
    answer = await shop.browser.get("/v1/stores", shared=True)
    return "".join(store["name"] for store in answer.json()["data"])


async def events(shop: Shop, type_: str) -> list[dict[str, Any]]:
    async with shop.database.transaction(shop.id) as session:
        rows = await session.execute(
            text("SELECT subject_id, data, actor FROM event WHERE type = :type ORDER BY id"), {"type": type_}
        )
        return [dict(row._mapping) for row in rows]


@pytest.mark.rule("S1")
class TestTheMode:
    async def test_is_none_until_somebody_chooses(self, shop: Shop) -> None:
        answer = await shop.browser.get("/v1/sharing")
        assert answer.json() == {
            "mode": "none", "selected_store_ids": [], "excluded_store_ids": [], "version": 0
        }  # fmt: skip
        assert await shared(shop) == ""

    async def test_all_includes_stores_found_later_but_for_the_exceptions(
        self, shop: Shop, stores: list[str]
    ) -> None:
        answer = await put(shop, {"mode": "all", "excluded_store_ids": [stores[1]]})
        assert answer.status_code == 200, answer.text
        await make_store(shop.database, shop.id, "D")
        assert await shared(shop) == "ACD"

    async def test_switching_all_off_brings_the_earlier_selection_back(
        self, shop: Shop, stores: list[str]
    ) -> None:
        await put(shop, {"mode": "selected", "selected_store_ids": [stores[0], stores[2]]})
        await put(shop, {"mode": "all"})
        assert await shared(shop) == "ABC"
        back = await put(shop, {"mode": "selected"})
        assert await shared(shop) == "AC"
        assert set(back.json()["selected_store_ids"]) == {stores[0], stores[2]}

    async def test_none_shares_nothing_and_forgets_nothing(self, shop: Shop, stores: list[str]) -> None:
        await put(shop, {"mode": "selected", "selected_store_ids": [stores[0]]})
        await put(shop, {"mode": "none"})
        assert await shared(shop) == ""
        await put(shop, {"mode": "selected"})
        assert await shared(shop) == "A"

    async def test_asks_for_the_etag_and_refuses_an_old_one(self, shop: Shop) -> None:
        without = await shop.browser.send("PUT", "/v1/sharing", {"mode": "all"})
        assert (without.status_code, without.json()["code"]) == (428, "precondition_required")
        tag = (await shop.browser.get("/v1/sharing")).headers["etag"]
        await put(shop, {"mode": "all"}, tag=tag)
        late = await put(shop, {"mode": "none"}, tag=tag)
        assert (late.status_code, late.json()["current"]["mode"]) == (412, "all")

    async def test_is_not_sent_again_when_it_is_known(self, shop: Shop) -> None:
        await put(shop, {"mode": "all"})
        tag = (await shop.browser.get("/v1/sharing")).headers["etag"]
        again = await shop.browser.http.get(
            "/v1/sharing", headers={"Platen-Workspace": shop.browser.workspace_id, "If-None-Match": tag}
        )
        assert (again.status_code, again.content) == (304, b"")

    async def test_names_an_unknown_store_instead_of_dropping_it(self, shop: Shop, stores: list[str]) -> None:
        elsewhere = await make_store(shop.database, shop.id, "X", account="other")
        body = {"mode": "selected", "selected_store_ids": [stores[0], str(elsewhere)]}
        answer = await put(shop, body)
        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/selected_store_ids/1"]
        assert await shared(shop) == ""

    async def test_of_twenty_writers_with_one_etag_one_wins(self, shop: Shop) -> None:
        answers = await asyncio.gather(
            *(put(shop, {"mode": ("all", "selected")[n % 2]}, tag='"v0"') for n in range(20))
        )
        assert sorted(answer.status_code for answer in answers) == [200] + [412] * 19

    @pytest.mark.rule("L1")
    async def test_needs_a_link(self, shop: Shop) -> None:
        await end_link(shop.database, shop.id)
        answers = [await shop.browser.get("/v1/sharing"), await put(shop, {"mode": "all"}, tag='"v0"')]
        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
            (409, "not_linked")
        ] * 2

    @pytest.mark.rule("L6")
    async def test_is_read_only_while_the_link_is_suspended(self, shop: Shop) -> None:
        async with shop.database.transaction(shop.id) as session:
            await session.execute(text("UPDATE connection SET state = 'suspended' WHERE side = 'printavo'"))
        assert (await shop.browser.get("/v1/sharing")).status_code == 200
        answer = await put(shop, {"mode": "all"}, tag='"v0"')
        assert (answer.status_code, answer.json()["code"]) == (409, "link_suspended")


@pytest.mark.rule("S1", "S2")
class TestTheRowsMenu:
    async def test_shares_one_store_and_begins_a_selection(self, shop: Shop, stores: list[str]) -> None:
        answer = await shop.browser.send("PATCH", f"/v1/stores/{stores[1]}", {"shared": True})
        assert answer.json()["shared"] is True
        assert await shared(shop) == "B"
        assert (await shop.browser.get("/v1/sharing")).json()["mode"] == "selected"

    async def test_makes_an_exception_while_all_are_shared(self, shop: Shop, stores: list[str]) -> None:
        await put(shop, {"mode": "all"})
        await shop.browser.send("PATCH", f"/v1/stores/{stores[1]}", {"shared": False})
        assert await shared(shop) == "AC"
        assert (await shop.browser.get("/v1/sharing")).json()["excluded_store_ids"] == [stores[1]]

    async def test_says_what_happened_and_by_whom(self, shop: Shop, stores: list[str]) -> None:
        await shop.browser.send("PATCH", f"/v1/stores/{stores[1]}", {"shared": True})
        await shop.browser.send("PATCH", f"/v1/stores/{stores[1]}", {"shared": False})
        told = await events(shop, "store.shared") + await events(shop, "store.unshared")
        assert [event["subject_id"] for event in told] == [UUID(stores[1])] * 2
        assert {event["actor"]["name"] for event in told} == {"Dana Reyes"}

    async def test_two_people_sharing_different_stores_at_once_both_succeed(
        self, shop: Shop, stores: list[str]
    ) -> None:
        answers = await asyncio.gather(
            *(shop.browser.send("PATCH", f"/v1/stores/{store}", {"shared": True}) for store in stores)
        )
        assert [answer.status_code for answer in answers] == [200] * 3
        assert await shared(shop) == "ABC"


@pytest.mark.rule("S2")
class TestManyAtOnce:
    async def test_says_for_each_store_what_became_of_it(self, shop: Shop, stores: list[str]) -> None:
        unknown = str(uuid4())
        body = {"store_ids": [stores[2], unknown, stores[0]], "shared": True}
        answer = await shop.browser.send("POST", "/v1/stores/bulk-sharing", body)
        results = answer.json()["results"]
        assert [(item["index"], item["status"]) for item in results] == [(0, 200), (1, 404), (2, 200)]
        assert results[1]["problem"]["code"] == "not_found"
        assert results[0]["data"]["shared"] is True
        assert await shared(shop) == "AC"

    async def test_takes_at_most_200(self, shop: Shop) -> None:
        body = {"store_ids": [str(uuid4()) for _ in range(201)], "shared": True}
        assert (await shop.browser.send("POST", "/v1/stores/bulk-sharing", body)).status_code == 422

    async def test_a_repeat_with_the_same_key_has_one_effect(self, shop: Shop, stores: list[str]) -> None:
        body = {"store_ids": stores, "shared": True}
        first = await shop.browser.effect("POST", "/v1/stores/bulk-sharing", body, key="once-once")
        await shop.browser.send("PATCH", f"/v1/stores/{stores[0]}", {"shared": False})
        again = await shop.browser.effect("POST", "/v1/stores/bulk-sharing", body, key="once-once")
        assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
        assert await shared(shop) == "BC"

    async def test_only_a_manager_may(self, shop: Shop, stores: list[str]) -> None:
        async with joined(shop.app, shop.browser, "production") as lee:
            answer = await lee.send("POST", "/v1/stores/bulk-sharing", {"store_ids": stores, "shared": True})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert ACCOUNT not in answer.text
