"""Workers that are killed while they write a status, as real processes: it is written once, and the line decides (B4)."""

import signal

import pytest

from api.core.config import Settings
from api.core.db import Database
from tests.conftest import RunJobs
from tests.make.browser import Browser
from tests.make.goods import GoodsDesk
from tests.make.reading import Shop
from tests.make.sandboxes import Sandboxes
from tests.make.worker import forget_queued_jobs, running_worker, wait_for_death

WRITE = "lineItemUpdate"
# Where the worker dies, and how often the status has reached Printavo by then.
POINTS = {"after_claim": 0, "before_send": 0, "after_send": 1, "before_confirm_commit": 1}


@pytest.fixture
def desk(vendor_browser: Browser, sandboxes: Sandboxes, database: Database, run_jobs: RunJobs) -> GoodsDesk:
    """Signed in; `open` it."""
    return GoodsDesk(Shop(vendor_browser, sandboxes, database, run_jobs), sandboxes)


class TestAKilledWorker:
    @pytest.mark.rule("B4")
    @pytest.mark.parametrize("point", POINTS)
    async def test_leaves_a_status_that_is_written_once(
        self, desk: GoodsDesk, vendor_settings: Settings, point: str
    ) -> None:
        await desk.open()
        await forget_queued_jobs(vendor_settings)
        await desk.sandboxes.printavo("DELETE", "/calls")
        asked = await desk.set_status("received")
        with running_worker(vendor_settings, platen_failpoint=f"{point}:1") as worker:
            assert await wait_for_death(worker) == -signal.SIGKILL
        assert (await desk.sandboxes.printavo("GET", "/calls")).get(WRITE, 0) == POINTS[point]
        await forget_queued_jobs(vendor_settings)
        operation = asked.headers["Location"]
        assert (await desk.operation(operation))["status"] == "running"
        # The lease ends, then the quarantine of what may have been sent until then.
        for minutes in (1, 3):
            await desk.later(minutes=minutes)
        assert (await desk.operation(operation))["status"] == "done"
        assert (await desk.sandboxes.printavo("GET", "/calls"))[WRITE] == 1
        assert (await desk.books())["groups"][0]["lines"][0]["product_status"] == "received"
        assert [event["printavo"]["after"] for event in await desk.events()] == ["received"]
