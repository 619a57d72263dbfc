"""A vendor that stumbles, lies or shuts the door: nothing is lost, nothing is doubled, nobody storms."""

import asyncio
from typing import Any

import pytest

from api.connectors.registry import Toolbox
from api.sync.jobs.sync import read_orders
from api.sync.rules.trouble import TRIES
from tests.make.clock import SteerableClock
from tests.make.linking import inksoft
from tests.make.reading import Shop

WIRE_FAULTS = [
    "status_429", "status_503", "status_500_before", "status_500_after", "status_502_html", "html_200", "lost_answer",
    "reset", "truncated", "gzip_bomb", "timeout_error", "ok_false_200", "redirect", "schema_drift",
]  # fmt: skip


async def everything_is_there(shop: Shop) -> None:
    """Every order that InkSoft lists is stored once, and read whole where it may be shared."""
    theirs = {
        (str(order["store_id"]), str(order["order"])): order
        for order in await shop.theirs()
        if not order["pending"]
    }
    ours = await shop.ours()
    assert set(ours) == set(theirs)
    wanted = {key for key, order in theirs.items() if order["order_type"] != "Invoice"}
    assert {key for key, row in ours.items() if row.has_detail} == wanted
    assert not await shop.rows("SELECT 1 FROM attention WHERE resolved_at IS NULL")


async def newest_run(shop: Shop) -> dict[str, Any]:
    run: dict[str, Any] = (await shop.browser.get("/v1/sync-runs", limit=1)).json()["data"][0]
    return run


class TestAStumble:
    @pytest.mark.rule("I9")
    @pytest.mark.parametrize(
        ("method", "kind"),
        [(method, kind) for method in ("GetOrderSummaries", "GetOrderPackage") for kind in WIRE_FAULTS]
        + [("GetOrderSummaries", "empty_page")],
    )
    async def test_costs_a_pause_and_nothing_else(
        self, shop: Shop, clock: SteerableClock, method: str, kind: str
    ) -> None:
        await shop.link()
        await shop.switch(max_results=50)
        await shop.fault(method, kind, nth=2, times=1)
        await shop.run_jobs()
        for _ in range(3):
            clock.move(minutes=6)
            await shop.run_jobs()
        assert (await newest_run(shop))["state"] == "succeeded"
        await everything_is_there(shop)

    async def test_is_tried_again_after_a_moment_and_goes_on_where_it_stood(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.switch(max_results=30)
        await shop.fault("GetOrderSummaries", "status_500_before", nth=3)
        await shop.run_jobs()
        run = await newest_run(shop)
        assert (run["state"], run["seen"], run["problem"]) == ("running", 60, None)
        await shop.calls()
        clock.move(seconds=6)
        await shop.run_jobs()
        run = await newest_run(shop)
        assert (run["state"], run["seen"]) == ("succeeded", run["expected"])
        pages = -(-run["expected"] // 30)
        assert (await shop.calls())["GetOrderSummaries"] == pages - 2

    async def test_that_lasts_ends_the_run_in_plain_words(self, shop: Shop, clock: SteerableClock) -> None:
        await shop.link()
        await shop.fault("GetOrderSummaries", "status_500_before", times=100)
        for _ in range(TRIES):
            await shop.run_jobs()
            clock.move(minutes=6)
        run = await newest_run(shop)
        assert (run["state"], run["problem"]["code"]) == ("failed", "partner_unavailable")
        assert "InkSoft did not answer" in run["problem"]["detail"]
        await shop.sandboxes.inksoft("DELETE", "/faults")
        await shop.run_jobs()
        run = await newest_run(shop)
        assert (run["state"], run["kind"], run["seen"]) == ("succeeded", "first_import", run["expected"])
        await everything_is_there(shop)

    async def test_with_a_time_to_wait_waits_that_long(self, shop: Shop, clock: SteerableClock) -> None:
        await shop.link()
        await shop.fault("GetOrderSummaries", "status_429", params={"retry_after": 120})
        await shop.run_jobs()
        await shop.calls()
        clock.move(seconds=100)
        await shop.run_jobs()
        assert await shop.calls() == {}
        clock.move(seconds=30)
        await shop.run_jobs()
        assert (await newest_run(shop))["state"] == "succeeded"

    @pytest.mark.rule("Y5")
    async def test_with_a_time_to_wait_keeps_a_person_waiting_too(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.fault("GetOrderSummaries", "status_429", params={"retry_after": 120})
        await shop.run_jobs()
        await shop.calls()
        run = await shop.read()
        assert (run["state"], await shop.calls()) == ("running", {})
        clock.move(seconds=121)
        await shop.run_jobs()
        assert (await newest_run(shop))["state"] == "succeeded"


class TestAnOutage:
    @pytest.mark.rule("Y5", "I9")
    async def test_of_hours_costs_little_and_is_caught_up_with(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.read()
        await shop.calls()
        for method in ("GetOrderSummaries", "GetOrderPackage", "GetOrder"):
            await shop.fault(method, "status_503", times=10_000, params={"retry_after": 5})
        placed = await shop.place("shapes_test_shop", count=60, approval_required=False)
        await shop.person("cancel", order=placed[0])
        for _ in range(80):
            clock.move(minutes=3)
            await shop.run_jobs()
        # Six tries, then one by and by: fewer than the 48 calls of four quiet hours.
        assert sum((await shop.calls()).values()) <= 16
        await shop.sandboxes.inksoft("DELETE", "/faults")
        clock.move(minutes=31)
        await shop.run_jobs()
        assert (await newest_run(shop))["state"] == "succeeded"
        await everything_is_there(shop)
        assert (await shop.order(placed[0])).cancelled


class TestAListThatMoves:
    @pytest.mark.rule("I9")
    @pytest.mark.parametrize("shift", ["repeat", "skip"])
    @pytest.mark.parametrize("page", [7, 50, 100])
    async def test_loses_and_doubles_nothing(self, shop: Shop, shift: str, page: int) -> None:
        await shop.link()
        await shop.switch(pages_shift=shift, max_results=page)
        run = await shop.read()
        assert run["state"] == "succeeded"
        await everything_is_there(shop)

    @pytest.mark.rule("I9")
    @pytest.mark.parametrize("kind", ["duplicate_rows", "missing_rows"])
    async def test_or_lies_about_its_rows_is_walked_again(self, shop: Shop, kind: str) -> None:
        await shop.link()
        await shop.switch(max_results=40)
        await shop.fault("GetOrderSummaries", kind, nth=2, times=1)
        assert (await shop.read())["state"] == "succeeded"
        await everything_is_there(shop)

    async def test_and_never_gives_what_it_counts_is_said_and_not_walked_for_ever(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.fault("GetOrderSummaries", "missing_rows", times=40)
        await shop.read()
        (noted,) = await shop.rows("SELECT details FROM attention WHERE code = 'orders_missing'")
        assert noted.details["missing"] > 0
        await shop.calls()
        clock.move(hours=2)
        await shop.run_jobs()
        assert (await shop.calls())["GetOrderSummaries"] <= 3
        await shop.sandboxes.inksoft("DELETE", "/faults")


class TestAnOrderThatCannotBeRead:
    @pytest.mark.rule("I9")
    async def test_is_noted_while_the_others_go_on_and_forgiven_later(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.read()
        placed = await shop.place("shapes_test_shop", count=4, approval_required=False)
        # Every second order of a package comes without its contents, and asked for alone it comes without its items.
        await shop.fault("GetOrderPackage", "partial_data", times=100)
        await shop.fault("GetOrder", "partial_data", times=100)
        assert (await shop.read())["state"] == "succeeded"
        read = {number for number in placed if (await shop.order(number)).has_detail}
        noted = await shop.rows("SELECT details FROM attention WHERE code = 'order_unreadable'")
        assert len(read) == 2
        assert {int(row.details["number"]) for row in noted} == set(placed) - read
        await shop.sandboxes.inksoft("DELETE", "/faults")
        clock.move(minutes=6)
        await shop.run_jobs()
        await everything_is_there(shop)

    async def test_asks_for_little_when_no_order_can_be_read(self, shop: Shop, clock: SteerableClock) -> None:
        await shop.link()
        for method in ("GetOrderPackage", "GetOrder"):
            await shop.fault(method, "schema_drift", times=1000)
        run = await shop.read()
        calls = await shop.calls()
        assert (run["state"], run["details_read"]) == ("succeeded", 0)
        assert (calls["GetOrderPackage"], calls["GetOrder"] <= 50) == (1, True)
        assert not any(row.open for row in (await shop.ours()).values())
        await shop.sandboxes.inksoft("DELETE", "/faults")
        clock.move(minutes=6)
        await shop.run_jobs()
        await everything_is_there(shop)


class TestAShutDoor:
    @pytest.mark.rule("L6")
    async def test_asks_for_new_credentials_once_and_then_stays_away(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.read()
        before = (await shop.browser.get("/v1/link")).json()
        await shop.person("revoke_key", account="northside")
        clock.move(minutes=6)
        await shop.run_jobs()
        assert (await shop.browser.get("/v1/link")).json()["state"] == "needs_reauth"
        run = await newest_run(shop)
        assert (run["state"], run["problem"]["code"]) == ("failed", "link_needs_reauth")
        await shop.calls()
        for _ in range(5):
            clock.move(minutes=6)
            await shop.run_jobs()
        assert await shop.calls() == {}
        refused = await shop.browser.send("POST", "/v1/sync-runs")
        assert (refused.status_code, refused.json()["code"]) == (409, "link_needs_reauth")
        await shop.person("restore_key", account="northside")
        renewed = await shop.browser.effect("POST", "/v1/link/reauthentication", {"inksoft": inksoft()})
        assert renewed.status_code == 200, renewed.text
        await shop.run_jobs()
        assert (await shop.browser.get("/v1/link")).json()["id"] == before["id"]
        assert (await newest_run(shop))["state"] == "succeeded"

    @pytest.mark.rule("L6", "L2")
    async def test_of_a_lower_plan_suspends_and_goes_on_by_itself(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.read()
        await shop.person("downgrade_plan", account="northside")
        clock.move(minutes=6)
        await shop.run_jobs()
        assert (await shop.browser.get("/v1/link")).json()["state"] == "suspended"
        assert (await newest_run(shop))["problem"]["code"] == "link_suspended"
        await shop.person("upgrade_plan", account="northside")
        (number,) = await shop.place("shapes_test_shop", approval_required=False)
        for _ in range(2):
            clock.move(minutes=16)
            await shop.run_jobs()
        assert (await shop.order(number)).open


class TestTwoReaders:
    async def slow_package(self, shop: Shop) -> None:
        """The next package is made now and arrives two seconds later: by then it is an old copy."""
        await shop.calls()
        await shop.fault("GetOrderPackage", "slow", params={"seconds": 2, "applied": True})

    @pytest.mark.rule("I9")
    async def test_an_older_copy_never_overwrites_a_newer_one(self, shop: Shop, tools: Toolbox) -> None:
        await shop.link()
        await shop.read()
        (number,) = await shop.place("shapes_test_shop", approval_required=False)
        workspace = str(shop.workspace_id)
        await self.slow_package(shop)
        slow = asyncio.ensure_future(read_orders(tools, workspace_id=workspace))
        await shop.until_called("GetOrderPackage")
        row = (await shop.sandboxes.inksoft("GET", f"/state/orders/{number}"))["rows"][0]
        await shop.person("edit_quantity", order=number, row=row["row"], quantity=row["quantity"] + 40)
        await read_orders(tools, workspace_id=workspace)
        newer = await shop.order(number)
        await slow
        assert await shop.order(number) == newer
        assert newer.piece_count == sum(
            each["quantity"]
            for each in (await shop.sandboxes.inksoft("GET", f"/state/orders/{number}"))["rows"]
        )

    @pytest.mark.rule("I8", "L5")
    async def test_nothing_is_stored_for_a_link_that_was_ended_meanwhile(
        self, shop: Shop, tools: Toolbox
    ) -> None:
        await shop.link()
        await shop.read()
        await shop.place("shapes_test_shop", approval_required=False)
        await self.slow_package(shop)
        slow = asyncio.ensure_future(read_orders(tools, workspace_id=str(shop.workspace_id)))
        await shop.until_called("GetOrderPackage")
        ended = await shop.browser.effect("DELETE", "/v1/link")
        assert ended.is_success, ended.text
        before = await shop.ours()
        await slow
        assert await shop.ours() == before
        run = await newest_run(shop)
        assert (run["state"], run["problem"]["code"]) == ("failed", "link_ended")

    async def test_many_at_once_lose_and_double_nothing(self, shop: Shop, tools: Toolbox) -> None:
        await shop.link()
        workspace = str(shop.workspace_id)
        await asyncio.gather(*(read_orders(tools, workspace_id=workspace) for _ in range(5)))
        await read_orders(tools, workspace_id=workspace)
        await everything_is_there(shop)
        received = await shop.rows("SELECT subject_id FROM event WHERE type = 'order.received'")
        assert len(received) == len({row.subject_id for row in received}) == len(await shop.ours())
