"""A worker that is killed in the middle of a first import, as a real process: a second one finishes, nothing is lost or doubled."""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from time import monotonic

import asyncpg
import pytest

from api.core.config import Settings
from api.core.db import Database
from tests.make.browser import Browser
from tests.make.database import TestDatabase
from tests.make.reading import Shop
from tests.make.sandboxes import Sandboxes
from tests.make.worker import running_worker, wait_for_death

PAGE = 30


@pytest.fixture
async def shop(
    vendor_browser: Browser,
    sandboxes: Sandboxes,
    database: Database,
    run_jobs: Callable[[], Awaitable[None]],
) -> Shop:
    """Linked; nothing read yet. The pages are small, so that there are many steps to die at."""
    shop = Shop(vendor_browser, sandboxes, database, run_jobs)
    await shop.link()
    await shop.switch(max_results=PAGE)
    return shop


async def let_the_dead_be_noticed(urls: TestDatabase) -> None:
    """What half a minute without a heartbeat does: the queue gives the dead worker's job to the next one."""
    admin = await asyncpg.connect(urls.admin)
    try:
        await admin.execute(
            "UPDATE queue.pgqueuer SET heartbeat = now() - interval '1 minute' WHERE status = 'picked'"
        )
    finally:
        await admin.close()


async def wait_until_read(shop: Shop, *, seconds: float = 60) -> None:
    end = monotonic() + seconds
    while True:
        (run,) = (await shop.browser.get("/v1/sync-runs")).json()["data"]
        if run["state"] == "succeeded":
            assert (run["seen"], run["added"]) == (run["expected"], run["expected"])
            assert run["details_read"] == run["details_expected"]
            return
        assert monotonic() < end, run
        await asyncio.sleep(0.1)


async def assert_exact(shop: Shop) -> None:
    """One row, one document, one event for each order that InkSoft lists; figures that add up."""
    theirs = {
        (str(order["store_id"]), str(order["order"])): order
        for order in await shop.theirs()
        if not order["pending"]
    }
    ours = await shop.ours()
    assert set(ours) == set(theirs)
    for key, row in ours.items():
        assert row.total_amount == theirs[key]["total_cents"]
        assert row.has_detail is (theirs[key]["order_type"] != "Invoice")
    for what in (
        "SELECT order_id FROM order_document",
        "SELECT subject_id FROM event WHERE type = 'order.received'",
    ):
        ids = [row[0] for row in await shop.rows(what)]
        assert sorted(ids) == sorted(row.id for row in ours.values())
    (told,) = await shop.rows(
        "SELECT sum(orders), sum(open_orders), sum(open_pieces), sum(open_amount) FROM ("
        "SELECT orders, open_orders, open_pieces, open_amount FROM store_counter UNION ALL "
        "SELECT orders, open_orders, open_pieces, open_amount FROM store_counter_delta) both_of_them"
    )
    open_ones = [row for row in ours.values() if row.open]
    assert tuple(told) == (
        len(ours),
        len(open_ones),
        sum(row.piece_count for row in open_ones),
        sum(row.total_amount for row in open_ones),
    )


class TestAKilledWorker:
    @pytest.mark.rule("I9")
    @pytest.mark.parametrize("point", ["before_step_commit", "after_step_commit"])
    @pytest.mark.parametrize("step", [1, 3, 6])
    async def test_loses_and_doubles_nothing(
        self, shop: Shop, vendor_settings: Settings, database_urls: TestDatabase, point: str, step: int
    ) -> None:
        with running_worker(vendor_settings, platen_failpoint=f"{point}:{step}") as worker:
            assert await wait_for_death(worker) == -signal.SIGKILL
        done = step if point == "after_step_commit" else step - 1
        listed = sum(not order["pending"] for order in await shop.theirs())
        assert len(await shop.ours()) == min(done * PAGE, listed)
        await let_the_dead_be_noticed(database_urls)
        with running_worker(vendor_settings):
            await wait_until_read(shop)
        await assert_exact(shop)

    @pytest.mark.rule("I9")
    async def test_while_it_waits_for_an_answer_loses_and_doubles_nothing(
        self, shop: Shop, vendor_settings: Settings, database_urls: TestDatabase
    ) -> None:
        await shop.fault("GetOrderSummaries", "slow", nth=3, params={"seconds": 30})
        with running_worker(vendor_settings) as worker:
            await shop.until_called("GetOrderSummaries", times=3)
            worker.kill()
            assert await wait_for_death(worker) == -signal.SIGKILL
        await let_the_dead_be_noticed(database_urls)
        await shop.calls()
        with running_worker(vendor_settings):
            await wait_until_read(shop)
        await assert_exact(shop)
        # It went on where the dead one stood: two pages had been stored.
        listed = len(await shop.ours())
        assert (await shop.calls())["GetOrderSummaries"] == -(-listed // PAGE) - 2


class TestAWorkerKilledWhileItCompares:
    @pytest.mark.rule("I9", "Y3")
    @pytest.mark.parametrize(
        ("point", "step"), [("after_step_commit", 2), ("before_step_commit", 4), ("before_step_commit", 8)]
    )
    async def test_leaves_a_comparison_that_another_one_ends(
        self, shop: Shop, vendor_settings: Settings, database_urls: TestDatabase, point: str, step: int
    ) -> None:
        await shop.read()
        await shop.switch(modified_date="never")
        (number,) = await shop.place("shapes_test_shop", minutes_ago=60 * 24, approval_required=False)
        gone = next(key for key, row in (await shop.ours()).items() if row.open and key[0] == "11500")
        await shop.person("delete_order", order=int(gone[1]), store=int(gone[0]), account="northside")
        asked = (await shop.browser.send("POST", "/v1/reconciliation")).json()
        with running_worker(vendor_settings, platen_failpoint=f"{point}:{step}") as worker:
            assert await wait_for_death(worker) == -signal.SIGKILL
        await let_the_dead_be_noticed(database_urls)
        report = asked
        with running_worker(vendor_settings):
            end = monotonic() + 60
            while report["state"] == "running":
                assert monotonic() < end, report
                await asyncio.sleep(0.1)
                report = (await shop.browser.get(f"/v1/reconciliation/{asked['id']}")).json()
        listed = sum(not order["pending"] for order in await shop.theirs())
        assert (report["state"], report["counted"]) == ("succeeded", listed)
        assert (report["missing"], report["extra"], report["different"], report["repaired"]) == (1, 1, 0, 2)
        assert (await shop.ours())[gone].removed_at is not None
        told = await shop.rows("SELECT type FROM event WHERE type IN ('order.received', 'order.removed')")
        assert Counter(row.type for row in told) == {"order.received": listed + 1, "order.removed": 1}
        assert (await shop.order(number)).has_detail
