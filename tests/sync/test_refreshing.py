"""Orders read again because somebody asked: now, before anything else, with an operation that says how far it is."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from api.sync.actions import refreshes
from tests.make.clock import SteerableClock
from tests.make.reading import Shop
from tests.sync.test_rereading import open_order, write_purchasing

PATH = "/v1/orders/bulk-refreshes"


async def ask(shop: Shop, key: str | None = None, **body: Any) -> httpx.Response:
    return await shop.browser.effect("POST", PATH, body, key=key)


async def refresh(shop: Shop, **body: Any) -> dict[str, Any]:
    """Ask, run what is due, and return the operation as it is then."""
    asked = await ask(shop, **body)
    assert asked.status_code == 202, asked.text
    await shop.run_jobs()
    shown: dict[str, Any] = (await shop.browser.get(asked.headers["Location"])).json()
    return shown


async def lines(shop: Shop, order_id: UUID) -> str:
    (row,) = await shop.rows("SELECT lines FROM order_document WHERE order_id = :id", id=order_id)
    text: str = row.lines
    return text


@pytest.mark.rule("O4")
class TestReadingAgain:
    async def test_shows_what_nothing_else_tells(self, still_shop: Shop) -> None:
        number = await open_order(still_shop)
        before = await still_shop.order(number)
        await write_purchasing(still_shop, number, "Ordered at SanMar")
        await still_shop.calls()
        done = await refresh(still_shop, order_ids=[str(before.id)])
        assert (done["kind"], done["status"]) == ("orders.reread", "done")
        assert done["progress"] == {"done_count": 1, "total_count": 1}
        assert done["result"] == {"read_count": 1, "unreadable_count": 0, "unreadable_order_ids": []}
        assert "Ordered at SanMar" in await lines(still_shop, before.id)
        assert (await still_shop.calls())["GetOrderPackage"] == 1
        assert await still_shop.rows("SELECT 1 FROM order_refresh") == []

    async def test_reads_all_that_match_in_batches_of_fifty(self, still_shop: Shop) -> None:
        theirs = (await still_shop.browser.get("/v1/orders", status="open", include="total_count")).json()
        total = theirs["total_count"]
        assert total > 50
        await still_shop.calls()
        done = await refresh(still_shop, matching={"status": ["open"]})
        assert done["progress"] == {"done_count": total, "total_count": total}
        result = done["result"]
        assert result["read_count"] + result["unreadable_count"] == total
        assert (await still_shop.calls())["GetOrderPackage"] >= -(-total // 50)

    async def test_names_what_could_not_be_read_and_reads_the_rest(self, still_shop: Shop) -> None:
        number = await open_order(still_shop)
        gone = await still_shop.order(number)
        other = await still_shop.rows(
            "SELECT id FROM store_order WHERE has_detail AND status = 'processing' AND external_id <> :number LIMIT 1",
            number=str(number),
        )
        await still_shop.person("delete_order", order=number)
        done = await refresh(still_shop, order_ids=[str(gone.id), str(other[0].id)])
        assert (done["status"], done["progress"]["done_count"]) == ("done", 2)
        assert done["result"] == {
            "read_count": 1,
            "unreadable_count": 1,
            "unreadable_order_ids": [str(gone.id)],
        }

    async def test_goes_on_after_an_outage(self, still_shop: Shop, clock: SteerableClock) -> None:
        order = await still_shop.order(await open_order(still_shop))
        await still_shop.fault("GetOrderPackage", "status_503")
        asked = await ask(still_shop, order_ids=[str(order.id)])
        await still_shop.run_jobs()
        where = asked.headers["Location"]
        assert (await still_shop.browser.get(where)).json()["status"] in {"queued", "running"}
        assert len(await still_shop.rows("SELECT 1 FROM order_refresh")) == 1
        clock.move(seconds=30)
        await still_shop.run_jobs()
        assert (await still_shop.browser.get(where)).json()["status"] == "done"

    async def test_serves_two_who_ask_for_the_same_order(self, still_shop: Shop) -> None:
        order = await still_shop.order(await open_order(still_shop))
        first = await ask(still_shop, order_ids=[str(order.id)])
        second = await ask(still_shop, order_ids=[str(order.id)])
        assert first.headers["Location"] != second.headers["Location"]
        await still_shop.calls()
        await still_shop.run_jobs()
        for asked in (first, second):
            assert (await still_shop.browser.get(asked.headers["Location"])).json()["status"] == "done"
        assert (await still_shop.calls())["GetOrderPackage"] == 1

    async def test_serves_nobody_with_an_answer_from_before_they_asked(self, still_shop: Shop) -> None:
        number = await open_order(still_shop)
        order = await still_shop.order(number)
        (other,) = await still_shop.rows(
            "SELECT id FROM store_order WHERE has_detail AND status = 'processing' AND id <> :id LIMIT 1",
            id=order.id,
        )
        await still_shop.calls()
        await still_shop.fault("GetOrderPackage", "slow", params={"seconds": 2, "applied": True})
        early = await ask(still_shop, order_ids=[str(order.id)])
        running = asyncio.ensure_future(still_shop.run_jobs())
        await still_shop.until_called("GetOrderPackage")
        await write_purchasing(still_shop, number, "Ordered at SanMar")
        late = await ask(still_shop, order_ids=[str(order.id), str(other.id)])
        await running
        for asked, total in ((early, 1), (late, 2)):
            done = (await still_shop.browser.get(asked.headers["Location"])).json()
            assert (done["status"], done["result"]["read_count"]) == ("done", total)
        assert "Ordered at SanMar" in await lines(still_shop, order.id)

    async def test_waits_for_orders_in_the_order_of_their_ids(self, still_shop: Shop) -> None:
        """Like whoever attaches them: two that wait for each other's orders would wait for ever."""
        (pair,) = await still_shop.rows(
            "SELECT a.id AS first, b.id AS second FROM store_order a JOIN store_order b "
            "ON a.id < b.id AND a.placed_at > b.placed_at LIMIT 1"
        )
        lock = text("SELECT 1 FROM store_order WHERE id = :id FOR UPDATE")
        async with still_shop.database.transaction(still_shop.workspace_id) as session:
            await session.execute(lock, {"id": pair.first})
            asking = asyncio.ensure_future(ask(still_shop, order_ids=[str(pair.first), str(pair.second)]))
            await asyncio.wait([asking], timeout=0.5)
            assert not asking.done()
            await session.execute(lock, {"id": pair.second})
        assert (await asking).status_code == 202

    async def test_is_asked_once_with_one_key(self, still_shop: Shop) -> None:
        order = await still_shop.order(await open_order(still_shop))
        first, again = [
            await ask(still_shop, key="refresh-0001", order_ids=[str(order.id)]) for _ in range(2)
        ]
        assert again.content == first.content
        assert len(await still_shop.rows("SELECT 1 FROM order_refresh")) == 1

    async def test_is_over_when_the_accounts_are_unlinked(self, still_shop: Shop) -> None:
        order = await still_shop.order(await open_order(still_shop))
        asked = await ask(still_shop, order_ids=[str(order.id)])
        assert (await still_shop.browser.effect("DELETE", "/v1/link")).is_success
        shown = (await still_shop.browser.get(asked.headers["Location"])).json()
        assert (shown["status"], shown["problem"]["code"]) == ("failed", "not_linked")
        assert await still_shop.rows("SELECT 1 FROM order_refresh") == []

    async def test_is_refused_for_orders_that_are_not_there_or_too_many(
        self, still_shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        order = await still_shop.order(await open_order(still_shop))
        missing = await ask(still_shop, order_ids=[str(order.id), str(uuid4())])
        assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
        monkeypatch.setattr(refreshes, "MOST", 3)
        many = await ask(still_shop, matching={})
        assert (many.status_code, many.json()["code"]) == (409, "too_many_orders")
        assert await still_shop.rows("SELECT 1 FROM order_refresh") == []
        nothing = (await ask(still_shop, matching={"q": "no such order"})).json()
        assert (nothing["status"], nothing["progress"]["total_count"]) == ("done", 0)
