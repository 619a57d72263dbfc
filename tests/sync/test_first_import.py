"""A first import: every order is listed, those that are shared are read whole, in as few calls as there can be."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

import pytest
from pydantic import TypeAdapter

from api.connectors.registry import Toolbox
from api.orders.queries.ingest import lock_rows
from api.orders.rules.document import texts_of_snapshot
from api.orders.rules.row import after_snapshot
from api.orders.rules.snapshot_json import snapshot_from_json
from api.orders.schemas import OrderFacts, OrderLine
from api.sync.jobs import reader as reader_module
from api.sync.jobs.sync import read_orders
from api.sync.rules import cursor as cursor_rules
from tests.make.clock import SteerableClock
from tests.make.reading import Shop


class TestAFirstImport:
    @pytest.mark.rule("I9", "O1")
    async def test_stores_every_order_once(self, shop: Shop) -> None:
        await shop.link()
        run = await shop.read()
        theirs = {(str(order["store_id"]), str(order["order"])): order for order in await shop.theirs()}
        listed = {key: order for key, order in theirs.items() if not order["pending"]}
        ours = await shop.ours()
        assert set(ours) == set(listed)
        assert (run["state"], run["kind"], run["progress"]) == ("succeeded", "first_import", 1.0)
        assert run["added"] == run["seen"] == run["expected"] == len(listed)
        for key, row in ours.items():
            assert (row.total_amount, row.cancelled) == (listed[key]["total_cents"], listed[key]["cancelled"])

    async def test_reads_whole_what_may_be_shared(self, shop: Shop) -> None:
        await shop.link()
        await shop.read()
        theirs = {(str(order["store_id"]), str(order["order"])): order for order in await shop.theirs()}
        whole = {key: row for key, row in (await shop.ours()).items() if row.has_detail}
        assert set(whole) == {
            key for key, order in theirs.items() if not order["pending"] and order["order_type"] != "Invoice"
        }
        copies = {
            copy.order_id: snapshot_from_json(copy.snapshot)
            for copy in await shop.rows("SELECT order_id, snapshot FROM order_copy")
        }
        assert set(copies) == {row.id for row in whole.values()}
        for key, row in whole.items():
            # InkSoft's pieces are garments; ours are what an invoice will hold, custom lines included.
            custom = [item.quantity for item in copies[row.id].items if item.kind == "custom"]
            pieces = theirs[key]["pieces"] + sum(custom)
            assert (row.piece_count, row.approval) == (pieces, "approved")

    async def test_derives_row_documents_and_search_from_the_copy(self, shop: Shop) -> None:
        await shop.link()
        await shop.read()
        copies = {
            copy.order_id: snapshot_from_json(copy.snapshot)
            for copy in await shop.rows("SELECT order_id, snapshot FROM order_copy")
        }
        async with shop.database.transaction(shop.workspace_id) as session:
            rows = await lock_rows(session, shop.workspace_id, copies)
        stored = {
            row.order_id: row
            for row in await shop.rows(
                "SELECT order_id, d.summary, d.lines, s.text FROM order_document d JOIN order_search s USING (order_id)"
            )
        }
        assert len(rows) == len(copies) > 100
        for order_id, order in copies.items():
            texts = texts_of_snapshot(rows[order_id], order)
            there = stored[order_id]
            assert after_snapshot(rows[order_id], order) == rows[order_id]
            assert (there.summary, there.lines, there.text) == (texts.summary, texts.lines, texts.search)
            OrderFacts.model_validate_json("{" + there.summary + "}")
            TypeAdapter(list[OrderLine]).validate_json(there.lines)

    @pytest.mark.rule("L7")
    async def test_reads_no_detail_from_before_the_share_date(self, shop: Shop) -> None:
        since = datetime.now(UTC) - timedelta(days=60)
        await shop.link(share_from=since.date().isoformat())
        await shop.read()
        (link,) = await shop.rows("SELECT share_orders_from AS since FROM link")
        rows = (await shop.ours()).values()
        assert {row.has_detail for row in rows if row.placed_at < link.since} == {False}
        assert {row.has_detail for row in rows if row.placed_at >= link.since and row.origin != "staff"} == {
            True
        }

    async def test_asks_once_a_page_and_once_for_fifty_details(self, shop: Shop) -> None:
        await shop.link()
        run = await shop.read()
        calls = await shop.calls()
        assert calls["GetOrderSummaries"] == ceil(run["expected"] / 100)
        assert calls["GetOrderPackage"] == ceil(run["details_read"] / 50)
        assert (run["details_read"], run["changed"]) == (run["details_expected"], 0)

    @pytest.mark.rule("S5", "S3")
    async def test_brings_the_stores_to_light(self, shop: Shop) -> None:
        await shop.link()
        await shop.read()
        theirs = {order["store_id"] for order in await shop.theirs() if not order["pending"]}
        ours = await shop.rows("SELECT external_id, kind, name FROM store")
        assert {row.external_id for row in ours} == {
            str(number) if number else "proposals" for number in theirs
        }
        assert [row.name for row in ours if row.kind == "proposals"] == ["Proposals"]
        assert {row.origin for row in (await shop.ours()).values()} == {"store", "proposal", "staff"}

    async def test_shows_how_far_it_is_after_each_page(self, shop: Shop) -> None:
        await shop.link()
        await shop.switch(max_results=20)
        await shop.fault("GetOrderSummaries", "status_500_before", nth=4)
        run = await shop.read()
        assert (run["state"], run["seen"]) == ("running", 60)
        assert 0 < run["progress"] < 1
        assert run["expected"] == len([order for order in await shop.theirs() if not order["pending"]])

    @pytest.mark.rule("I9")
    async def test_again_changes_nothing(self, shop: Shop) -> None:
        await shop.link()
        first = await shop.read()
        await shop.calls()
        again = await shop.read()
        assert (again["kind"], again["state"]) == ("requested", "succeeded")
        assert (again["added"], again["changed"]) == (0, 0)
        assert len(await shop.ours()) == first["added"]


class TestAReadingThatTakesLong:
    @pytest.mark.rule("I9")
    async def test_goes_on_in_another_turn_where_it_stood(
        self, shop: Shop, clock: SteerableClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reader_module, "TURN", 0.05)
        await shop.link()
        await shop.switch(max_results=10)
        turns = 0
        run: dict[str, Any] = {"state": "running"}
        while run["state"] == "running":
            await shop.run_jobs()
            clock.move(seconds=1)
            turns += 1
            (run,) = (await shop.browser.get("/v1/sync-runs")).json()["data"]
        assert turns > 1
        assert (run["state"], run["seen"], run["added"]) == ("succeeded", run["expected"], run["expected"])
        assert (await shop.calls())["GetOrderSummaries"] == ceil(run["expected"] / 10)

    @pytest.mark.rule("I9")
    async def test_ends_with_the_step_it_is_in_when_the_worker_is_told_to_stop(
        self, shop: Shop, tools: Toolbox
    ) -> None:
        """Two answers are asked for and stored, however much there is; another worker goes on behind them."""
        await shop.link()
        await shop.switch(max_results=10)
        stopped = replace(tools, stopping=SetWhenLookedAt(times=3))
        await read_orders(stopped, workspace_id=shop.browser.workspace_id)
        (run,) = (await shop.browser.get("/v1/sync-runs")).json()["data"]
        assert run["state"] == "running"
        assert sum((await shop.calls()).values()) == 2
        assert 0 < run["seen"] <= 20
        run = await shop.read()
        assert (run["state"], run["seen"], run["added"]) == ("succeeded", run["expected"], run["expected"])


class SetWhenLookedAt(asyncio.Event):
    """Stands for a signal that comes in the middle: set from so many looks on."""

    def __init__(self, *, times: int) -> None:
        super().__init__()
        self.times = times

    def is_set(self) -> bool:
        self.times -= 1
        return self.times <= 0


class TestALongHistory:
    @pytest.fixture(autouse=True)
    def is_anything_above_fifty(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The seed is small, so that what counts as long is made small too."""
        monkeypatch.setattr(cursor_rules, "RECENT_FIRST_ABOVE", 50)

    async def test_does_not_keep_the_feed_waiting(self, shop: Shop) -> None:
        since = (datetime.now(UTC) - timedelta(days=20)).date().isoformat()
        await shop.link(share_from=since)
        await shop.switch(max_results=20)
        # One page of the history tells the total, then the recent orders come; the history's next page fails.
        recent = await self.recent_orders(shop)
        await shop.fault("GetOrderSummaries", "status_500_before", nth=2 + ceil(recent / 20))
        run = await shop.read()
        feed = await shop.rows("SELECT count(*) AS orders FROM store_order WHERE open")
        assert run["state"] == "running"
        assert run["details_read"] > 0
        assert feed[0].orders > 0
        assert run["seen"] < run["expected"]

    @pytest.mark.rule("I9")
    async def test_is_read_to_its_end_afterwards(self, shop: Shop) -> None:
        since = (datetime.now(UTC) - timedelta(days=20)).date().isoformat()
        await shop.link(share_from=since)
        await shop.switch(max_results=20)
        run = await shop.read()
        listed = [order for order in await shop.theirs() if not order["pending"]]
        assert (run["state"], run["seen"], run["added"]) == ("succeeded", len(listed), len(listed))
        assert len(await shop.ours()) == len(listed)
        calls, recent = await shop.calls(), await self.recent_orders(shop)
        # The pages of recent orders are read first and met again on the way through the history: once, and no more.
        assert calls["GetOrderSummaries"] <= ceil(len(listed) / 20) + ceil(recent / 20)

    async def recent_orders(self, shop: Shop) -> int:
        (link,) = await shop.rows("SELECT share_orders_from AS since FROM link")
        since = link.since.isoformat()
        return sum(order["created_at"] >= since for order in await shop.theirs() if not order["pending"])
