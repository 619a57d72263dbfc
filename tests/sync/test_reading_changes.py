"""What changes in InkSoft reaches Platen, once, and nothing else is asked for or written."""

from math import ceil
from typing import Any

import pytest

from tests.make.clock import SteerableClock
from tests.make.intake import Intake
from tests.make.reading import Shop
from tests.make.tabs import choose


@pytest.fixture
async def read_shop(shop: Shop) -> Shop:
    """Linked, with everything read."""
    await shop.link()
    await shop.read()
    await shop.calls()
    return shop


async def next_cycle(shop: Shop, clock: SteerableClock) -> dict[str, Any]:
    """The reading that comes by itself after the interval."""
    clock.move(minutes=6)
    await shop.run_jobs()
    newest: dict[str, Any] = (await shop.browser.get("/v1/sync-runs", limit=1)).json()["data"][0]
    return newest


async def pieces(shop: Shop, number: int) -> int:
    return int((await shop.order(number)).piece_count)


class TestACycle:
    @pytest.mark.rule("I9")
    async def test_writes_nothing_when_nothing_changed(self, read_shop: Shop, clock: SteerableClock) -> None:
        intake = Intake(read_shop.database, read_shop.workspace_id)
        await next_cycle(read_shop, clock)  # the figures of the first import are folded with it
        before = await intake.fingerprint()
        run = await next_cycle(read_shop, clock)
        assert (run["kind"], run["state"], run["added"], run["changed"]) == ("incremental", "succeeded", 0, 0)
        assert await intake.fingerprint() == before

    async def test_asks_once_when_nothing_changed(self, read_shop: Shop, clock: SteerableClock) -> None:
        clock.move(minutes=30)
        await next_cycle(read_shop, clock)
        await read_shop.calls()
        await next_cycle(read_shop, clock)
        assert await read_shop.calls() == {"GetOrderSummaries": 1}

    async def test_comes_every_interval_and_not_before(self, read_shop: Shop, clock: SteerableClock) -> None:
        clock.move(minutes=4)
        await read_shop.run_jobs()
        assert await read_shop.calls() == {}
        clock.move(minutes=2)
        await read_shop.run_jobs()
        assert (await read_shop.calls())["GetOrderSummaries"] == 1

    @pytest.mark.rule("Y6")
    async def test_comes_as_often_as_the_shop_chose(self, read_shop: Shop, clock: SteerableClock) -> None:
        await choose(read_shop.browser, sync_interval_minutes=30)
        clock.move(minutes=6)
        await read_shop.run_jobs()
        await read_shop.calls()
        for minutes, asked in ((25, 0), (6, 1)):
            clock.move(minutes=minutes)
            await read_shop.run_jobs()
            assert (await read_shop.calls()).get("GetOrderSummaries", 0) == asked
        # A shorter one counts from now on, not after the long one is over.
        await choose(read_shop.browser, sync_interval_minutes=5)
        clock.move(minutes=6)
        await read_shop.run_jobs()
        assert (await read_shop.calls())["GetOrderSummaries"] == 1

    async def test_brings_new_orders_with_their_details(self, read_shop: Shop, clock: SteerableClock) -> None:
        placed = await read_shop.place("shapes_test_shop", count=120, approval_required=False)
        run = await next_cycle(read_shop, clock)
        calls = await read_shop.calls()
        assert (run["added"], run["details_read"]) == (len(placed), len(placed))
        assert calls["GetOrderSummaries"] <= ceil(run["expected"] / 100)
        assert calls["GetOrderPackage"] == ceil(len(placed) / 50)
        assert (await read_shop.order(placed[-1])).open

    async def test_brings_an_edit_once(self, read_shop: Shop, clock: SteerableClock) -> None:
        (number,) = await read_shop.place("shapes_test_shop", approval_required=False)
        await next_cycle(read_shop, clock)
        before = await read_shop.order(number)
        shown = await read_shop.sandboxes.inksoft("GET", f"/state/orders/{number}")
        row = shown["rows"][0]
        await read_shop.person("edit_quantity", order=number, row=row["row"], quantity=row["quantity"] + 5)
        run = await next_cycle(read_shop, clock)
        after = await read_shop.order(number)
        assert (after.piece_count, after.version) == (before.piece_count + 5, before.version + 1)
        assert run["changed"] == 1
        told = await read_shop.rows(
            "SELECT type FROM event WHERE subject_id = :id AND type LIKE 'order.%' ORDER BY id", id=after.id
        )
        assert [event.type for event in told] == ["order.received", "order.changed"]
        assert (await next_cycle(read_shop, clock))["changed"] == 0

    async def test_takes_a_cancelled_order_out_of_the_feed(
        self, read_shop: Shop, clock: SteerableClock
    ) -> None:
        (number,) = await read_shop.place("shapes_test_shop", approval_required=False)
        await next_cycle(read_shop, clock)
        assert (await read_shop.order(number)).open
        await read_shop.person("cancel", order=number)
        await next_cycle(read_shop, clock)
        row = await read_shop.order(number)
        assert (row.open, row.cancelled, row.status) == (False, True, "cancelled")

    @pytest.mark.rule("S5")
    async def test_renames_a_store(self, read_shop: Shop, clock: SteerableClock) -> None:
        await read_shop.person("rename_store", store="shapes_test_shop", name="Shapes & Co")
        await read_shop.place("shapes_test_shop")
        await next_cycle(read_shop, clock)
        assert await read_shop.rows("SELECT 1 FROM store WHERE name = 'Shapes & Co'")

    @pytest.mark.rule("Y4")
    @pytest.mark.parametrize("hours", [0.0, -7.0, 5.5])
    @pytest.mark.parametrize("dates", ["without_offset", "with_offset"])
    async def test_understands_dates_in_either_form(
        self, shop: Shop, clock: SteerableClock, dates: str, hours: float
    ) -> None:
        await shop.switch(dates=dates, server_utc_offset_hours=hours)
        await shop.link()
        await shop.read()
        (number,) = await shop.place("shapes_test_shop", minutes_ago=90)
        await next_cycle(shop, clock)
        told = await shop.sandboxes.inksoft("GET", f"/state/orders/{number}")
        placed_at = (await shop.order(number)).placed_at
        assert placed_at.isoformat()[:19] == told["created_at"][:19]


class TestApproval:
    @pytest.mark.rule("S4")
    @pytest.mark.parametrize(
        "listed", [False, True], ids=["not listed while pending", "listed while pending"]
    )
    @pytest.mark.parametrize("modified", ["every_edit", "never"])
    async def test_given_later_the_order_appears_then(
        self, shop: Shop, clock: SteerableClock, listed: bool, modified: str
    ) -> None:
        await shop.switch(pending_in_summaries=listed, modified_date=modified)
        await shop.link()
        await shop.read()
        number = await shop.shape("pending_approval")
        hidden = [row for (_, each), row in (await shop.ours()).items() if each == str(number)]
        assert [row.approval for row in hidden] == (["pending"] if listed else [])
        assert not any(row.open for row in hidden)
        await shop.person("approve", order=number)
        # Where neither the list nor the modified date says it, the hourly count does.
        clock.move(hours=1)
        await next_cycle(shop, clock)
        row = await shop.order(number)
        assert (row.approval, row.open) == ("approved", True)

    @pytest.mark.rule("S4")
    async def test_that_is_pending_is_asked_for_every_cycle_in_one_call(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.switch(pending_in_summaries=True)
        await shop.link()
        await shop.read()
        clock.move(minutes=30)
        await next_cycle(shop, clock)
        await shop.calls()
        await next_cycle(shop, clock)
        assert await shop.calls() == {"GetOrderSummaries": 1, "GetOrderPackage": 1}


class TestTheHourlyCount:
    @pytest.mark.rule("I9")
    async def test_finds_what_the_modified_date_does_not_tell(
        self, read_shop: Shop, clock: SteerableClock
    ) -> None:
        await read_shop.switch(modified_date="never")
        (number,) = await read_shop.place("shapes_test_shop", minutes_ago=60 * 24 * 3)
        assert (await next_cycle(read_shop, clock))["added"] == 0
        clock.move(hours=1)
        assert (await next_cycle(read_shop, clock))["added"] == 1
        assert (await read_shop.order(number)).has_detail

    async def test_is_made_when_a_person_asks(self, read_shop: Shop) -> None:
        await read_shop.switch(modified_date="never")
        await read_shop.place("shapes_test_shop", minutes_ago=60 * 24 * 3)
        assert (await read_shop.read())["added"] == 1
