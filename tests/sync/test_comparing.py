"""Everything is compared by night: what we lack is fetched, what differs is read again, what was deleted leaves the feed."""

import asyncio
from math import ceil
from typing import Any

import pytest

from api.sync.jobs import comparing
from tests.make.clock import SteerableClock
from tests.make.intake import Intake
from tests.make.queries import queries
from tests.make.reading import Shop

Json = dict[str, Any]


async def compare(shop: Shop) -> Json:
    """Ask for a comparison, run it, and return its report."""
    asked = await shop.browser.send("POST", "/v1/reconciliation")
    assert asked.status_code == 202, asked.text
    await shop.run_jobs()
    shown: Json = (await shop.browser.get(asked.headers["Location"])).json()
    return shown


async def a_night_later(shop: Shop, clock: SteerableClock) -> Json:
    """The newest report, after a day has gone by."""
    clock.move(hours=24)
    await shop.calls()
    await shop.run_jobs()
    listed: list[Json] = (await shop.browser.get("/v1/reconciliation", limit=1)).json()["data"]
    shown: Json = (await shop.browser.get(f"/v1/reconciliation/{listed[0]['id']}")).json()
    return shown


def figures(report: Json) -> tuple[str, int, int, int, int]:
    return (
        report["state"],
        report["missing"],
        report["extra"],
        report["different"],
        report["repaired"],
    )


async def number_in_feed(shop: Shop) -> int:
    """An order that is new to the print shop; its number is used once."""
    found = await shop.rows(
        "SELECT external_id FROM store_order WHERE open AND status = 'processing' AND external_id IN "
        "(SELECT external_id FROM store_order GROUP BY external_id HAVING count(*) = 1) ORDER BY id LIMIT 1"
    )
    return int(found[0].external_id)


class TestByNight:
    @pytest.mark.rule("I9", "Y3")
    async def test_finds_nothing_when_nothing_was_lost_and_writes_nothing(
        self, still_shop: Shop, clock: SteerableClock
    ) -> None:
        await a_night_later(still_shop, clock)
        intake = Intake(still_shop.database, still_shop.workspace_id)
        before = await intake.fingerprint()
        report = await a_night_later(still_shop, clock)
        listed = sum(not order["pending"] for order in await still_shop.theirs())
        assert figures(report) == ("succeeded", 0, 0, 0, 0)
        assert (report["kind"], report["counted"], report["expected"]) == ("nightly", listed, listed)
        assert await intake.fingerprint() == before
        run = (await still_shop.browser.get("/v1/sync-runs", limit=1)).json()["data"][0]
        assert (run["kind"], run["state"], run["progress"]) == ("nightly", "succeeded", 1.0)

    async def test_asks_once_a_page_and_once_for_fifty_open_orders(
        self, still_shop: Shop, clock: SteerableClock
    ) -> None:
        report = await a_night_later(still_shop, clock)
        calls = await still_shop.calls()
        (open_orders,) = await still_shop.rows(
            "SELECT count(*) AS n FROM store_order WHERE status = 'processing' AND approval = 'approved' AND has_detail"
        )
        # One look at what changed, then every page.
        assert calls["GetOrderSummaries"] == 1 + ceil(report["counted"] / 100)
        assert calls["GetOrderPackage"] == ceil(open_orders.n / 50)

    async def test_comes_once(self, still_shop: Shop, clock: SteerableClock) -> None:
        await a_night_later(still_shop, clock)
        for _ in range(3):
            clock.move(hours=2)
            await still_shop.run_jobs()
        assert len((await still_shop.browser.get("/v1/reconciliation")).json()["data"]) == 1

    @pytest.mark.rule("I9", "Y3")
    async def test_fetches_what_is_missing_even_when_the_count_is_right(
        self, still_shop: Shop, clock: SteerableClock
    ) -> None:
        gone = await number_in_feed(still_shop)
        await still_shop.person("delete_order", order=gone)
        (number,) = await still_shop.place(
            "shapes_test_shop", minutes_ago=60 * 24 * 3, approval_required=False
        )
        report = await a_night_later(still_shop, clock)
        assert figures(report) == ("succeeded", 1, 1, 0, 2)
        named = {(finding["kind"], finding["number"]) for finding in report["findings"]}
        assert named == {("missing", str(number)), ("extra", str(gone))}
        assert (await still_shop.order(number)).open

    @pytest.mark.rule("I9", "Y3")
    async def test_reads_again_what_differs(self, still_shop: Shop) -> None:
        number = await number_in_feed(still_shop)
        await still_shop.person("set_production_status", order=number, production_status="Ready to Ship")
        report = await compare(still_shop)
        assert figures(report) == ("succeeded", 0, 0, 1, 1)
        assert (await still_shop.order(number)).production_status == "Ready to Ship"


class TestADeletedOrder:
    @pytest.mark.rule("Y3")
    @pytest.mark.parametrize("unknown", ["refuse", "leave_out"])
    async def test_leaves_the_feed_and_is_told(self, still_shop: Shop, unknown: str) -> None:
        await still_shop.switch(package_unknown_ids=unknown)
        number = await number_in_feed(still_shop)
        await still_shop.person("delete_order", order=number)
        report = await compare(still_shop)
        row = await still_shop.order(number)
        assert figures(report) == ("succeeded", 0, 1, 0, 1)
        assert (row.open, row.cancelled, row.removed_at is not None) == (False, True, True)
        shown = (await still_shop.browser.get(f"/v1/orders/{row.id}")).json()
        assert (shown["status"], shown["timeline"][0]["type"]) == ("cancelled", "order.removed")
        run = (await still_shop.browser.get("/v1/sync-runs", limit=1)).json()["data"][0]
        assert (run["kind"], run["removed"]) == ("requested", 1)
        # Nobody looks for it again, and the counts are right without it.
        assert figures(await compare(still_shop)) == ("succeeded", 0, 0, 0, 0)
        assert not await still_shop.rows("SELECT 1 FROM attention WHERE resolved_at IS NULL")

    @pytest.mark.rule("Y3")
    async def test_of_a_number_that_another_store_uses_is_told_apart(self, still_shop: Shop) -> None:
        twins = await still_shop.rows(
            "SELECT o.id, o.external_id, s.external_id AS store FROM store_order o JOIN store s ON s.id = o.store_id "
            "WHERE o.external_id IN (SELECT external_id FROM store_order GROUP BY external_id HAVING count(*) = 2) "
            "ORDER BY o.external_id, o.id LIMIT 2"
        )
        await still_shop.person(
            "delete_order", order=int(twins[0].external_id), store=int(twins[0].store), account="northside"
        )
        report = await compare(still_shop)
        assert [finding["order_id"] for finding in report["findings"]] == [str(twins[0].id)]
        kept = await still_shop.rows("SELECT removed_at FROM store_order WHERE id = :id", id=twins[1].id)
        assert kept[0].removed_at is None


class TestAListThatLacksOrders:
    @pytest.mark.rule("I9", "Y3")
    async def test_by_mistake_takes_nothing_out_of_the_feed(self, still_shop: Shop) -> None:
        before = await still_shop.ours()
        await still_shop.switch(max_results=40)
        await still_shop.fault("GetOrderSummaries", "missing_rows", nth=2, times=1)
        report = await compare(still_shop)
        assert (report["state"], report["extra"]) == ("succeeded", 0)
        assert await still_shop.ours() == before

    @pytest.mark.rule("Y3", "S4")
    async def test_because_they_wait_for_approval_keeps_them(self, still_shop: Shop) -> None:
        number = await number_in_feed(still_shop)
        await still_shop.person("require_approval", order=number)
        report = await compare(still_shop)
        assert (report["state"], report["extra"]) == ("succeeded", 0)
        assert (await still_shop.order(number)).removed_at is None

    @pytest.mark.rule("Y3")
    async def test_by_the_dozen_is_told_to_a_person_and_believed_by_nobody(
        self, still_shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(comparing, "MOST_LACKING", 20)
        before = await still_shop.ours()
        await still_shop.switch(summaries_scope="path_store")
        report = await compare(still_shop)
        assert (report["extra"], report["repaired"]) == (len(before) - report["counted"], 0)
        assert report["extra"] > len(before) // 2
        assert [finding["kind"] for finding in report["findings"]] == ["extra"] * 20
        assert await still_shop.ours() == before
        (noted,) = await still_shop.rows(
            "SELECT details FROM attention WHERE code = 'orders_vanished' AND resolved_at IS NULL"
        )
        assert noted.details["vanished"] == report["extra"]
        await still_shop.switch(summaries_scope="account_from_main")
        assert figures(await compare(still_shop)) == ("succeeded", 0, 0, 0, 0)
        assert not await still_shop.rows("SELECT 1 FROM attention WHERE resolved_at IS NULL")


class TestAskingForOne:
    async def test_needs_a_link(self, shop: Shop) -> None:
        answer = await shop.browser.send("POST", "/v1/reconciliation")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_linked")

    async def test_many_times_at_once_is_one(self, still_shop: Shop) -> None:
        answers = await asyncio.gather(
            *(still_shop.browser.send("POST", "/v1/reconciliation") for _ in range(8))
        )
        assert {answer.status_code for answer in answers} == {202}
        assert len({answer.json()["id"] for answer in answers}) == 1
        await still_shop.run_jobs()
        (one,) = (await still_shop.browser.get("/v1/reconciliation")).json()["data"]
        assert one["state"] == "succeeded"

    @pytest.mark.rule("I10")
    async def test_with_one_key_twice_answers_the_same(self, still_shop: Shop) -> None:
        first = await still_shop.browser.effect("POST", "/v1/reconciliation", key="one-and-the-same")
        await still_shop.run_jobs()
        again = await still_shop.browser.effect("POST", "/v1/reconciliation", key="one-and-the-same")
        assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")

    async def test_before_the_first_import_compares_after_it(self, shop: Shop) -> None:
        await shop.link()
        report = await compare(shop)
        assert figures(report) == ("succeeded", 0, 0, 0, 0)
        assert report["counted"] == len(await shop.ours())

    @pytest.mark.rule("L5")
    async def test_ends_with_its_link(self, still_shop: Shop) -> None:
        asked = (await still_shop.browser.send("POST", "/v1/reconciliation")).json()
        assert (await still_shop.browser.effect("DELETE", "/v1/link")).status_code == 204
        shown = (await still_shop.browser.get(f"/v1/reconciliation/{asked['id']}")).json()
        assert (shown["state"], shown["problem"]["code"]) == ("failed", "link_ended")

    async def test_goes_on_after_a_stumble_where_it_stood(
        self, still_shop: Shop, clock: SteerableClock
    ) -> None:
        await still_shop.switch(max_results=30)
        asked = (await still_shop.browser.send("POST", "/v1/reconciliation")).json()
        await still_shop.fault("GetOrderSummaries", "status_500_before", nth=4)
        await still_shop.run_jobs()
        half = (await still_shop.browser.get(f"/v1/reconciliation/{asked['id']}")).json()
        assert (half["state"], half["counted"]) == ("running", 60)
        clock.move(seconds=6)
        await still_shop.run_jobs()
        whole = (await still_shop.browser.get(f"/v1/reconciliation/{asked['id']}")).json()
        assert figures(whole) == ("succeeded", 0, 0, 0, 0)
        assert whole["counted"] == whole["expected"]


class TestTheList:
    async def test_is_paged_newest_first_and_takes_one_statement(
        self, still_shop: Shop, vendor_app: object
    ) -> None:
        made = [(await compare(still_shop))["id"] for _ in range(3)]
        first = (await still_shop.browser.get("/v1/reconciliation", limit=2)).json()
        rest = (await still_shop.browser.get("/v1/reconciliation", cursor=first["next_cursor"])).json()
        back = (
            await still_shop.browser.get("/v1/reconciliation", limit=2, cursor=rest["prev_cursor"])
        ).json()
        assert [one["id"] for one in first["data"] + rest["data"]] == made[::-1]
        assert back["data"] == first["data"]
        with queries(vendor_app, 1):
            assert (await still_shop.browser.get("/v1/reconciliation")).status_code == 200

    @pytest.mark.rule("I12")
    async def test_of_another_workspace_is_not_seen(self, still_shop: Shop) -> None:
        report = await compare(still_shop)
        await still_shop.browser.sign_up(name="Harper Lund", workspace="Harbor Stitch")
        assert (await still_shop.browser.get("/v1/reconciliation")).json()["data"] == []
        assert (await still_shop.browser.get(f"/v1/reconciliation/{report['id']}")).status_code == 404

    async def test_forgets_pages_at_once_and_reports_after_ninety_days(
        self, still_shop: Shop, clock: SteerableClock
    ) -> None:
        await compare(still_shop)
        assert not await still_shop.rows("SELECT 1 FROM reconciliation_page")
        clock.move(days=100)
        await still_shop.run_jobs()
        kept = await still_shop.rows("SELECT kind, state FROM reconciliation")
        assert [(one.kind, one.state) for one in kept] == [("nightly", "succeeded")]
