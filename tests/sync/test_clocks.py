"""Machines whose clocks differ: a request from the future is answered once, and the run that runs is the one that is found."""

from datetime import timedelta

import pytest

from tests.make.clock import SteerableClock
from tests.make.reading import Shop


@pytest.mark.rule("I9")
class TestAClockThatIsAhead:
    async def test_of_who_asks_costs_one_more_look_not_a_storm(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.read()
        clock.move(minutes=10)
        run = (await shop.browser.send("POST", "/v1/sync-runs")).json()
        clock.move(minutes=-10)
        await shop.rows("UPDATE workspace_work SET due_at = now() RETURNING kind")
        await shop.calls()
        await shop.run_jobs()
        assert sum((await shop.calls()).values()) <= 4
        shown = (await shop.browser.get(f"/v1/sync-runs/{run['id']}")).json()
        assert shown["state"] == "succeeded"

    async def test_of_who_read_last_keeps_nobody_from_asking(self, shop: Shop, clock: SteerableClock) -> None:
        await shop.link()
        await shop.read()
        clock.move(minutes=10)
        await shop.run_jobs()
        ahead = (await shop.browser.get("/v1/sync-runs", limit=1)).json()["data"][0]
        clock.move(minutes=-10)
        (moved,) = await shop.rows("SELECT max(started_at) - now() AS by FROM sync_run")
        assert moved.by > timedelta(minutes=9)
        await shop.rows(
            "UPDATE sync_run SET id = CAST('ff' || substr(CAST(id AS text), 3) AS uuid) WHERE id = CAST(:id AS uuid) RETURNING id",
            id=ahead["id"],
        )
        answer = await shop.browser.send("POST", "/v1/sync-runs")
        assert (answer.status_code, answer.json()["state"]) == (202, "running")

    @pytest.mark.rule("Y1")
    async def test_of_who_read_last_hides_no_change(self, shop: Shop, clock: SteerableClock) -> None:
        """What changed is asked for by InkSoft's clock: half an hour ahead would lie beyond the overlap."""
        await shop.link()
        await shop.read()
        clock.move(minutes=30)
        await shop.read()
        (number,) = await shop.place("shapes_test_shop", approval_required=False)
        row = (await shop.sandboxes.inksoft("GET", "/state/orders/870001"))["rows"][0]
        await shop.person("edit_quantity", order=870001, row=row["row"], quantity=row["quantity"] + 3)
        before = await shop.order(870001)
        # By itself: a person's question would count all orders, and find the new one by that.
        clock.move(minutes=6)
        await shop.run_jobs()
        assert (await shop.order(number)).has_detail
        assert (await shop.order(870001)).piece_count == before.piece_count + 3
