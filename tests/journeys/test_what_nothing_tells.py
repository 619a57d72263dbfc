"""A platform that does not tell: dates that do not move, a list that moves, orders that are deleted, clocks that say no zone.

Both doors are real processes. An hour is two seconds here and a night six, in the same order as the real ones.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from api.core.config import Settings
from tests.conftest import make_settings
from tests.journeys.conftest import HASTE
from tests.make.database import TestDatabase
from tests.make.owner import Facts, Owner
from tests.make.sandboxes import Sandboxes

SHOP = "shapes_test_shop"


@pytest.fixture(scope="module")
def door_settings(own_database: TestDatabase, own_sandboxes: Sandboxes) -> Settings:
    """Hours and nights that a test can wait for."""
    vendors = {"inksoft_url": own_sandboxes.inksoft_url, "printavo_url": own_sandboxes.printavo_url}
    return make_settings(own_database, **vendors, **HASTE, sync_reread=2.0, sync_comparison=6.0)


async def switch(owner: Owner, **settings: Any) -> None:
    await owner.sandboxes.inksoft("PUT", "/switches", settings)


async def first_row(owner: Owner, number: int) -> Facts:
    row: Facts = (await owner.sandboxes.inksoft("GET", f"/state/orders/{number}"))["rows"][0]
    return row


async def all_orders(owner: Owner, **wanted: Any) -> list[Facts]:
    """Every order of the Order Manager, page by page."""
    rows: list[Facts] = []
    cursor = None
    while True:
        page = await owner.show("/v1/orders", limit=100, cursor=cursor, **wanted)
        rows += page["data"]
        cursor = page["next_cursor"]
        if cursor is None:
            return rows


async def listed_there(owner: Owner) -> set[tuple[str, str]]:
    """(store, number) of every order that InkSoft lists."""
    theirs = await owner.sandboxes.inksoft("GET", "/state/orders?account=northside")
    return {(order["store_uri"], str(order["order"])) for order in theirs if not order["pending"]}


class TestDatesThatDoNotMove:
    @pytest.mark.rule("I9", "Y2", "Y3")
    async def test_hide_no_edit(self, owner: Owner) -> None:
        await owner.begin()
        shown, noted, moved = [await owner.place(SHOP, seed=seed) for seed in (7, 8, 9)]
        orders = {number: await owner.until_in_feed(number) for number in (shown, noted, moved)}
        await switch(owner, modified_date="never")

        # One edit that the list shows, one that only the order shows, one of its production status.
        row = await first_row(owner, shown)
        await owner.person("edit_quantity", order=shown, row=row["row"], quantity=row["quantity"] + 6)
        row = await first_row(owner, noted)
        await owner.person("set_purchasing", order=noted, row=row["row"], text="Received at the dock")
        await owner.person("set_production_status", order=moved, production_status="In Production")

        path = "/v1/orders/{}".format
        pieces = orders[shown]["piece_count"] + 6
        await owner.until(path(orders[shown]["id"]), lambda one: one["piece_count"] == pieces)
        await owner.until(
            path(orders[noted]["id"]),
            lambda one: any("Received at the dock" in line["purchasing"] for line in one["lines"]),
        )
        await owner.until(path(orders[moved]["id"]), lambda one: one["production_status"] == "In Production")
        # On a busy machine the night may find an edit first; the hour comes all the same.
        await owner.until(
            "/v1/sync-runs",
            lambda runs: any(run["kind"] == "open_reread" for run in runs["data"]),
            limit=100,
        )

    @pytest.mark.rule("I9", "Y3")
    async def test_hide_no_deletion(self, owner: Owner) -> None:
        await owner.begin()
        free, held = [await owner.place(SHOP, seed=seed) for seed in (7, 8)]
        orders = {number: await owner.until_in_feed(number) for number in (free, held)}
        await owner.choose_contact(orders[held]["store"]["id"])
        invoice = (await owner.invoice(orders[held]["id"])).json()
        await owner.until_in_books(invoice["id"])
        for number in (free, held):
            await owner.person("delete_order", order=number)

        path = "/v1/orders/{}".format
        gone = await owner.until(path(orders[free]["id"]), lambda one: one["status"] == "cancelled")
        assert (gone["integration_state"], gone["timeline"][0]["type"]) == ("cancelled", "order.removed")
        assert str(free) not in [order["number"] for order in (await owner.show("/v1/order-feed"))["data"]]
        # What is on an invoice stays there, and a person is told.
        kept = await owner.until(path(orders[held]["id"]), lambda one: one["status"] == "cancelled")
        assert (kept["integration_state"], kept["invoice"]["id"]) == ("attached", invoice["id"])
        told = await owner.until(
            "/v1/exceptions", lambda page: any(one["code"] == "order_removed" for one in page["data"])
        )
        (told_of,) = [one for one in told["data"] if one["code"] == "order_removed"]
        assert str(held) in told_of["sentence"]
        (found,) = [one for one in (await owner.show("/v1/reconciliation"))["data"] if one["extra"]][:1]
        assert found["repaired"] == found["missing"] + found["extra"] + found["different"]

    @pytest.mark.rule("Y3", "A2")
    async def test_race_with_attaching_leaves_nobody_in_the_dark(self, owner: Owner) -> None:
        """An order that was deleted is refused, or it is on the invoice and a person is told: never neither."""
        await owner.begin()
        numbers = [await owner.place(SHOP, seed=seed) for seed in range(20, 26)]
        orders = [await owner.until_in_feed(number) for number in numbers]
        await owner.choose_contact(orders[0]["store"]["id"])
        for number in numbers:
            await owner.person("delete_order", order=number)
        asked = await owner.browser.send("POST", "/v1/reconciliation")
        answers = []
        for order in orders:
            answers.append(await owner.invoice(order["id"]))
            await asyncio.sleep(0.1)
        await owner.until(asked.headers["Location"], lambda one: one["state"] == "succeeded")
        told = {
            record["id"]
            for one in (await owner.show("/v1/exceptions", limit=100))["data"]
            if one["code"] == "order_removed"
            for record in one["records"]
        }
        for order, answer in zip(orders, answers, strict=True):
            shown = await owner.show(f"/v1/orders/{order['id']}")
            assert shown["status"] == "cancelled"
            assert (shown["invoice"] is not None) is (answer.status_code == 201) is (order["id"] in told)


class TestAListThatMovesWhileItIsWalked:
    @asynccontextmanager
    async def restless(self, owner: Owner, *, leaving: list[int]) -> AsyncIterator[None]:
        """Orders come at its end and leave at its front, as long as this is open."""
        stop = asyncio.Event()

        async def disturb() -> None:
            while not stop.is_set():
                await owner.place(SHOP)
                if leaving:
                    await owner.person("delete_order", order=leaving.pop(0), account="northside")
                await asyncio.sleep(0.05)

        task = asyncio.create_task(disturb())
        try:
            yield
        finally:
            stop.set()
            await task

    @pytest.mark.rule("I9", "Y3")
    @pytest.mark.parametrize("shift", ["none", "repeat", "skip"])
    async def test_loses_and_doubles_nothing(self, owner: Owner, shift: str) -> None:
        theirs = await owner.sandboxes.inksoft("GET", "/state/orders?account=northside")
        times = Counter(order["order"] for order in theirs)
        front = [order["order"] for order in theirs if not order["pending"] and times[order["order"]] == 1]
        await owner.begin()
        await switch(owner, max_results=10, slow_seconds=0.05, modified_date="never", pages_shift=shift)
        async with self.restless(owner, leaving=front[:8]):
            for _ in range(2):
                asked = await owner.browser.send("POST", "/v1/reconciliation")
                assert asked.status_code == 202, asked.text
                await owner.until(
                    asked.headers["Location"], lambda one: one["state"] == "succeeded", seconds=60
                )
        await switch(owner, pages_shift="none", slow_seconds=0.0, max_results=100)
        asked = await owner.browser.send("POST", "/v1/reconciliation")
        last = await owner.until(
            asked.headers["Location"], lambda one: one["state"] == "succeeded", seconds=60
        )
        listed = await listed_there(owner)
        ours = Counter(order["external_id"] for order in await all_orders(owner))
        assert last["counted"] == len(listed)
        # Those that left are kept as cancelled; nothing else is here that is not there.
        assert ours == Counter(number for _, number in listed) + Counter(map(str, front[:8]))
        gone = {order["number"] for order in await all_orders(owner, status="cancelled")}
        assert gone >= set(map(str, front[:8]))


class TestDatesWithoutAnOffset:
    @pytest.mark.rule("Y4", "L7")
    @pytest.mark.parametrize("hours", [-7.0, 5.5])
    async def test_are_the_accounts_own_time(self, owner: Owner, hours: float) -> None:
        await switch(owner, dates="without_offset", server_utc_offset_hours=hours)
        await owner.begin()
        number = await owner.place(SHOP, minutes_ago=30)
        shown = await owner.until_in_feed(number)
        truth = await owner.sandboxes.inksoft("GET", f"/state/orders/{number}")
        assert shown["placed_at"][:19] == truth["created_at"][:19]
        theirs = await owner.sandboxes.inksoft("GET", "/state/orders?account=northside")
        placed = {(order["store_uri"], str(order["order"])): order["created_at"][:19] for order in theirs}
        ours = Counter(order["placed_at"][:19] for order in await all_orders(owner))
        listed = await listed_there(owner)
        assert ours == Counter(placed[key] for key in listed)
