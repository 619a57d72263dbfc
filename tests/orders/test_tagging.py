"""Tags of many orders changed at once: each order by itself, nobody's change in between lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from api.core.ids import new_id
from tests.make.database import TestDatabase
from tests.make.orders import NOON, OrderDraft, make_orders, make_store, minutes
from tests.make.queries import queries
from tests.stores.conftest import Shop

Json = dict[str, Any]
PATH = "/v1/orders/bulk-tags"
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'"


async def ask(shop: Shop, *order_ids: UUID, key: str | None = None, **body: Any) -> httpx.Response:
    selected = {"order_ids": [str(order_id) for order_id in order_ids]} if order_ids else {}
    return await shop.browser.effect("POST", PATH, {**selected, **body}, key=key)


async def results(shop: Shop, *order_ids: UUID, **body: Any) -> list[Json]:
    answer = await ask(shop, *order_ids, **body)
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    assert [one["index"] for one in shown["results"]] == list(range(len(shown["results"])))
    assert not shown["has_more"]
    found: list[Json] = shown["results"]
    return found


async def wear(shop: Shop, order_id: UUID, *tags: str) -> None:
    answer = await shop.browser.effect("PATCH", f"/v1/orders/{order_id}", {"tags": tags})
    assert answer.status_code == 200, answer.text


async def worn(shop: Shop) -> dict[str, list[str]]:
    """Every order's tags by its number; those that orders are found by are the same."""
    async with shop.database.transaction(shop.id) as session:
        rows = (await session.execute(text("SELECT id, number, tags FROM store_order"))).all()
        found = (await session.execute(text("SELECT order_id, tag FROM order_tag"))).all()
    assert {(row.order_id, row.tag) for row in found} == {(row.id, tag) for row in rows for tag in row.tags}
    return {row.number: row.tags for row in rows}


async def told(shop: Shop, order_id: UUID) -> list[tuple[list[str], list[str]]]:
    """The tags before and after each change of this order, newest first, and who made it."""
    page = (await shop.browser.get(f"/v1/orders/{order_id}/timeline", limit=100)).json()["data"]
    tagged = [entry for entry in page if entry["step"] == "tagged"]
    assert {entry["actor"] for entry in tagged} <= {"Dana Reyes"}
    return [(entry["data"]["before"], entry["data"]["after"]) for entry in tagged]


async def insist(shop: Shop, method: str, path: str, **body: Any) -> None:
    """Ask until the service is not busy: who waits for a lock too long is sent away, and nothing was done."""
    for _ in range(50):
        answer = await shop.browser.effect(method, path, body)
        if answer.status_code != 503:
            break
    assert answer.status_code == 200, answer.text


@asynccontextmanager
async def nobody_may_write(urls: TestDatabase, order_id: UUID, *, waiting: int) -> AsyncIterator[None]:
    """Hold an order; ends when so many wait, for it or for one another, or might be sent away for waiting."""
    admin = await asyncpg.connect(urls.admin)
    try:
        async with admin.transaction():
            await admin.execute("SELECT FROM store_order WHERE id = $1 FOR UPDATE", order_id)
            yield
            for _ in range(100):
                await admin.execute("SELECT pg_stat_clear_snapshot()")
                if await admin.fetchval(_WAITING, urls.name) == waiting:
                    return
                await asyncio.sleep(0.01)
    finally:
        await admin.close()


def assert_chain(changes: Sequence[tuple[list[str], list[str]]], *, ends_in: list[str]) -> None:
    """Each change began where another one ended: nobody overwrote what they had not seen."""
    following = {tuple(before): after for before, after in changes}
    assert len(following) == len(changes), changes
    tags: list[str] = []
    for _ in changes:
        tags = following[tuple(tags)]
    assert tags == ends_in


@pytest.fixture
async def store(shop: Shop) -> UUID:
    return await make_store(shop.database, shop.id, "Alder")


@pytest.mark.rule("O6")
class TestTaggingInBulk:
    async def test_adds_and_removes_whatever_state_an_order_is_in(self, shop: Shop, store: UUID) -> None:
        drafts = (
            OrderDraft("plain"),
            OrderDraft("pending", approval="pending"),
            OrderDraft("gone", cancelled=True, status="cancelled"),
            OrderDraft("attached", attach_state="attached", invoice_id=new_id()),
        )
        orders = await make_orders(shop.database, shop.id, store, *drafts)
        await wear(shop, orders[0], "vip", "reprint", "rush")
        await wear(shop, orders[1], "reprint")
        found = await results(shop, *reversed(orders), add=["Gym ", "rush"], remove=["REPRINT"])
        assert [(one["status"], one["order_id"], one["problem"]) for one in found] == [
            (200, str(order), None) for order in reversed(orders)
        ]
        tags = {
            "plain": ["vip", "rush", "gym"],
            "pending": ["gym", "rush"],
            "gone": ["gym", "rush"],
            "attached": ["gym", "rush"],
        }
        assert await worn(shop) == tags
        assert [one["data"]["tags"] for one in found] == list(reversed(tags.values()))

    async def test_says_so_of_each_order_that_it_changed_and_of_no_other(
        self, shop: Shop, store: UUID
    ) -> None:
        orders = await make_orders(shop.database, shop.id, store, OrderDraft("1"), OrderDraft("2"))
        await wear(shop, orders[0], "rush")
        found = await results(shop, *orders, add=["rush"], remove=["old"])
        assert [one["data"]["tags"] for one in found] == [["rush"], ["rush"]]
        assert await told(shop, orders[0]) == [([], ["rush"])]
        assert await told(shop, orders[1]) == [([], ["rush"])]
        await results(shop, *orders, remove=["rush"])
        assert (await told(shop, orders[1]))[0] == (["rush"], [])

    async def test_names_the_orders_that_are_not_there_and_changes_the_others(
        self, shop: Shop, store: UUID
    ) -> None:
        (mine,) = await make_orders(shop.database, shop.id, store, OrderDraft("mine"))
        other = await make_store(shop.database, shop.id, "Other", account="other")
        (earlier,) = await make_orders(shop.database, shop.id, other, OrderDraft("earlier"), account="other")
        found = await results(shop, earlier, mine, new_id(), add=["rush"])
        assert [(one["status"], one["data"]) for one in found] == [
            (404, None),
            (200, {"tags": ["rush"]}),
            (404, None),
        ]
        assert found[0]["problem"]["code"] == "not_found"
        assert await worn(shop) == {"mine": ["rush"], "earlier": []}

    async def test_refuses_an_order_that_would_have_too_many_and_changes_the_others(
        self, shop: Shop, store: UUID
    ) -> None:
        full, free = await make_orders(shop.database, shop.id, store, OrderDraft("full"), OrderDraft("free"))
        many = [f"tag {number}" for number in range(20)]
        await wear(shop, full, *many)
        refused, changed = await results(shop, full, free, add=["rush"])
        assert (refused["status"], refused["data"], refused["problem"]["code"]) == (
            409,
            None,
            "too_many_tags",
        )
        assert refused["problem"]["detail"] == "This order would have more than 20 tags. Remove some first."
        assert changed["data"] == {"tags": ["rush"]}
        assert await worn(shop) == {"full": many, "free": ["rush"]}
        (exchanged,) = await results(shop, full, add=["rush"], remove=["tag 0"])
        assert exchanged["data"]["tags"] == [*many[1:], "rush"]

    async def test_takes_all_that_match_and_need_it_those_placed_first_at_first(
        self, shop: Shop, store: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("api.orders.routes.tags.MOST_IDS", 2)
        drafts = [OrderDraft(f"hoodie {n}", placed_at=NOON - minutes(n)) for n in range(5)]
        orders = await make_orders(
            shop.database,
            shop.id,
            store,
            *drafts,
            OrderDraft("hoodie away", cancelled=True),
            OrderDraft("cap"),
        )
        await wear(shop, orders[4], "rush")
        asked: Json = {"matching": {"status": ["open"], "q": "hoodie"}, "add": ["rush"]}
        taken = []
        for has_more in (True, False, False):
            page = (await ask(shop, **asked)).json()
            assert page["has_more"] is has_more
            taken.append([one["order_id"] for one in page["results"]])
        assert taken == [[str(orders[n]) for n in page] for page in ([3, 2], [1, 0], [])]
        assert {number for number, tags in (await worn(shop)).items() if tags} == {
            draft.number for draft in drafts
        }
        removed = (await ask(shop, matching={"tag": ["rush"]}, remove=["rush"])).json()
        assert (len(removed["results"]), removed["has_more"]) == (2, True)

    @pytest.mark.rule("I10")
    async def test_is_done_once_however_often_it_is_asked(self, shop: Shop, store: UUID) -> None:
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        first = await ask(shop, order, add=["rush"], key="tag-it-once")
        await wear(shop, order)
        again = await ask(shop, order, add=["rush"], key="tag-it-once")
        assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")
        assert await worn(shop) == {"1": []}

    async def test_takes_the_same_few_statements_however_many_they_are(self, shop: Shop, store: UUID) -> None:
        orders = await make_orders(shop.database, shop.id, store, *(OrderDraft(str(n)) for n in range(30)))
        with queries(shop.app, 6):
            await results(shop, *orders, add=["rush"])
        with queries(shop.app, 7):
            await results(shop, matching={"status": ["open"]}, add=["gym"])
        assert set(map(tuple, (await worn(shop)).values())) == {("rush", "gym")}

    async def test_beside_other_changes_of_an_order_loses_none_of_them(
        self, shop: Shop, store: UUID, database_urls: TestDatabase
    ) -> None:
        """All of them wait for the first order; those that take both name them in opposite ways."""
        both = await make_orders(shop.database, shop.id, store, OrderDraft("1"), OrderDraft("2"))
        ids = [str(order_id) for order_id in both]
        async with nobody_may_write(database_urls, both[0], waiting=3):
            changes = [
                asyncio.create_task(insist(shop, "PATCH", f"/v1/orders/{both[0]}", tags=["gym"])),
                asyncio.create_task(insist(shop, "POST", PATH, order_ids=ids, add=["rush"])),
                asyncio.create_task(insist(shop, "POST", PATH, order_ids=ids[::-1], add=["vip"])),
            ]
        await asyncio.gather(*changes)
        tags = await worn(shop)
        assert_chain(await told(shop, both[0]), ends_in=tags["1"])
        assert_chain(await told(shop, both[1]), ends_in=tags["2"])
        assert "gym" in tags["1"]
        assert set(tags["2"]) == {"rush", "vip"}

    @pytest.mark.parametrize(
        "body",
        [
            {"order_ids": [str(new_id())]},
            {"order_ids": [str(new_id())], "add": ["rush"], "remove": [" RUSH"]},
            {"order_ids": [str(new_id())], "add": ["a", "A"]},
            {"order_ids": [str(new_id())], "add": [""]},
            {"order_ids": [str(new_id())], "add": ["x" * 41]},
            {"order_ids": [str(new_id())], "add": [f"tag {n}" for n in range(21)]},
            {"order_ids": [str(new_id())], "matching": {}, "add": ["rush"]},
            {"order_ids": [], "add": ["rush"]},
            {"add": ["rush"]},
            {"matching": {"status": ["open"]}, "tags": ["rush"]},
        ],
    )
    async def test_refuses_what_does_not_say_which_orders_or_tags(self, shop: Shop, body: Json) -> None:
        refused = await shop.browser.effect("POST", PATH, body)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
