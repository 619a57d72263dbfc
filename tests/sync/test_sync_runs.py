"""Readings as people see and start them."""

import asyncio

import pytest

from tests.make.clock import SteerableClock
from tests.make.queries import queries
from tests.make.reading import Shop


class TestStartingAReading:
    async def test_needs_a_link(self, shop: Shop) -> None:
        answer = await shop.browser.send("POST", "/v1/sync-runs")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_linked")

    async def test_answers_with_the_run_and_where_it_is(self, shop: Shop) -> None:
        await shop.link()
        answer = await shop.browser.send("POST", "/v1/sync-runs")
        run = answer.json()
        assert (answer.status_code, run["state"], run["kind"]) == (202, "running", "first_import")
        assert answer.headers["Location"] == f"/v1/sync-runs/{run['id']}"
        assert (await shop.browser.get(answer.headers["Location"])).json() == run

    async def test_many_times_at_once_is_one_run(self, shop: Shop) -> None:
        await shop.link()
        answers = await asyncio.gather(*(shop.browser.send("POST", "/v1/sync-runs") for _ in range(8)))
        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.json()["id"] for answer in answers}) == 1

    @pytest.mark.rule("I10")
    async def test_with_one_key_twice_answers_the_same(self, shop: Shop) -> None:
        await shop.link()
        first = await shop.browser.effect("POST", "/v1/sync-runs", key="one-and-the-same")
        await shop.run_jobs()
        again = await shop.browser.effect("POST", "/v1/sync-runs", key="one-and-the-same")
        assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")

    async def test_while_one_runs_has_it_read_what_changed_since(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        await shop.read()
        await shop.place("shapes_test_shop", approval_required=False)
        await shop.calls()
        await shop.fault("GetOrderPackage", "slow", params={"seconds": 2, "applied": True})
        clock.move(minutes=6)
        running = asyncio.ensure_future(shop.run_jobs())
        await shop.until_called("GetOrderPackage")
        (late,) = await shop.place("shapes_test_shop", seed=99, approval_required=False)
        run = (await shop.browser.send("POST", "/v1/sync-runs")).json()
        await running
        shown = (await shop.browser.get(f"/v1/sync-runs/{run['id']}")).json()
        assert (shown["kind"], shown["state"], shown["added"]) == ("incremental", "succeeded", 2)
        assert (await shop.order(late)).open


class TestAReadingUnderWay:
    @pytest.mark.rule("L5")
    async def test_ends_with_its_link(self, shop: Shop) -> None:
        """Its job is stopped with the link, and would never come by again to close it."""
        await shop.link()
        run = (await shop.browser.send("POST", "/v1/sync-runs")).json()
        assert (await shop.browser.effect("DELETE", "/v1/link")).status_code == 204
        (stored,) = await shop.rows("SELECT state, problem ->> 'code' AS code FROM sync_run")
        assert (stored.state, stored.code) == ("failed", "link_ended")
        assert (await shop.browser.get(f"/v1/sync-runs/{run['id']}")).json()["state"] == "failed"


class TestTheListOfReadings:
    async def test_is_paged_newest_first_both_ways(self, shop: Shop, clock: SteerableClock) -> None:
        await shop.link()
        for _ in range(5):
            await shop.run_jobs()
            clock.move(minutes=6)
        first = (await shop.browser.get("/v1/sync-runs", limit=2)).json()
        second = (await shop.browser.get("/v1/sync-runs", limit=2, cursor=first["next_cursor"])).json()
        third = (await shop.browser.get("/v1/sync-runs", limit=2, cursor=second["next_cursor"])).json()
        back = (await shop.browser.get("/v1/sync-runs", limit=2, cursor=second["prev_cursor"])).json()
        ids = [run["id"] for page in (first, second, third) for run in page["data"]]
        assert len(ids) == len(set(ids)) == 5
        assert ids == sorted(ids, reverse=True)
        assert back["data"] == first["data"]
        assert [run["kind"] for run in third["data"]] == ["first_import"]

    async def test_takes_one_statement(self, shop: Shop, vendor_app: object) -> None:
        await shop.link()
        await shop.read()
        with queries(vendor_app, 1):
            assert (await shop.browser.get("/v1/sync-runs")).status_code == 200

    async def test_forgets_what_is_a_month_old_but_not_the_first_import(
        self, shop: Shop, clock: SteerableClock
    ) -> None:
        await shop.link()
        for days in (0, 1, 40):
            clock.move(days=days)
            await shop.run_jobs()
        kept = await shop.rows("SELECT kind FROM sync_run ORDER BY id")
        assert [run.kind for run in kept] == ["first_import", "nightly"]

    async def test_another_workspace_sees_none_of_it(self, shop: Shop) -> None:
        await shop.link()
        run = await shop.read()
        await shop.browser.sign_up(name="Harper Lund", workspace="Harbor Stitch")
        assert (await shop.browser.get("/v1/sync-runs")).json()["data"] == []
        assert (await shop.browser.get(f"/v1/sync-runs/{run['id']}")).status_code == 404

    async def test_the_link_says_when_it_was_read_last(self, shop: Shop) -> None:
        await shop.link()
        assert (await shop.browser.get("/v1/link")).json()["last_synced_at"] is None
        run = await shop.read()
        assert (await shop.browser.get("/v1/link")).json()["last_synced_at"] >= run["started_at"]
