"""Workers that are killed in the middle of a push, as real processes: what they were sending is written exactly once (A6)."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from api.connectors.registry import Terms, Toolbox
from api.core.config import Settings
from api.core.db import Database
from api.worker import open_databases
from tests.make.browser import Browser
from tests.make.pushing import PushDesk, assert_exact, make_order
from tests.make.sandboxes import Sandboxes
from tests.make.worker import forget_queued_jobs, running_worker, wait_for_death

# The writes of one invoice: the quote with its fees, its group, the payment, the status.
SENDS = range(1, 5)
POINTS = ("after_claim", "before_send", "after_send", "before_confirm_commit")
SHORT = {"push_lease": 1.5, "push_quarantine": 0.6, "push_gap": 0.3}


@pytest.fixture
def hasty(vendor_settings: Settings) -> Settings:
    """Waiting as short as a test can wait; the order of waiting is that of the real times."""
    return vendor_settings.model_copy(update=SHORT)


@pytest.fixture
async def desk(
    vendor_browser: Browser, sandboxes: Sandboxes, tools: Toolbox, database: Database, hasty: Settings
) -> AsyncIterator[PushDesk]:
    worker, dispatch = open_databases(hasty)
    desk = PushDesk(
        vendor_browser, sandboxes, replace(tools, database=worker, settings=Terms.of(hasty)), database
    )
    await desk.open()
    yield desk
    await worker.close()
    await dispatch.close()


async def wait_until_pushed(desk: PushDesk, invoice: dict[str, Any], *, seconds: float, helped: bool) -> None:
    """Wait for the next worker; when `helped`, run its job here instead of waiting for a queue that waits for the dead."""
    end = monotonic() + seconds
    while (await desk.show(invoice))["push_state"] != "in_printavo":
        shown = await desk.show(invoice)
        assert monotonic() < end, (shown["push_state"], shown["push_problem"])
        if helped:
            await desk.push()
        await asyncio.sleep(0.2)


class TestAKilledWorker:
    @pytest.mark.rule("A6", "I6", "I7")
    @pytest.mark.parametrize("point", POINTS)
    async def test_leaves_every_piece_and_every_cent_once(
        self, desk: PushDesk, hasty: Settings, point: str
    ) -> None:
        orders = [make_order(number) for number in SENDS]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        for send, order_id in zip(SENDS, ids, strict=True):
            invoice = await desk.invoice([order_id])
            await forget_queued_jobs(hasty)
            with running_worker(hasty, platen_failpoint=f"{point}:{send}") as worker:
                assert await wait_for_death(worker) == -signal.SIGKILL
            await wait_until_pushed(desk, invoice, seconds=30, helped=True)
        records = await desk.records()
        assert len(records) == len(orders)
        for record in records:
            assert_exact(record, orders[:1])
            assert record["kind"] == "invoice"
        written = await desk.ledger_counts()
        assert (written["quoteCreate"], written["lineItemGroupCreate"]) == (len(orders), len(orders))
        assert (written["transactionPaymentCreate"], written["feeCreates"]) == (len(orders), 0)
        assert {row.state for row in await desk.operations()} <= {"confirmed", "rejected"}

    @pytest.mark.rule("A6")
    async def test_is_followed_by_another_one_by_itself(self, desk: PushDesk, hasty: Settings) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        with running_worker(hasty, platen_failpoint="after_send:2") as worker:
            assert await wait_for_death(worker) == -signal.SIGKILL
        with running_worker(hasty):
            await wait_until_pushed(desk, invoice, seconds=90, helped=False)
        (record,) = await desk.records()
        assert_exact(record, [order])


class TestALivingWorker:
    async def test_keeps_its_invoice_however_long_a_call_takes(self, desk: PushDesk, hasty: Settings) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("slow", "lineItemGroupCreate", seconds=3 * hasty.push_lease)
        slow = asyncio.create_task(desk.push())
        while not slow.done():
            await desk.push()
            await asyncio.sleep(0.2)
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert (await desk.show(invoice))["push_state"] == "in_printavo"
        assert {row.attempts for row in await desk.operations()} == {1}
