"""Open orders are read again by the hour: what neither the list nor the modified date tells is found, and nothing else costs."""

from typing import Any

import pytest

from api.sync.jobs import rereading
from tests.make.clock import SteerableClock
from tests.make.intake import Intake
from tests.make.reading import Shop

IN_WORK = """
SELECT id, external_id FROM store_order
WHERE approval = 'approved' AND status = 'processing' AND has_detail ORDER BY id
"""


async def an_hour_later(shop: Shop, clock: SteerableClock) -> dict[str, Any]:
    """The reading that comes by itself after an hour; calls are counted from before it."""
    clock.move(minutes=61)
    await shop.calls()
    await shop.run_jobs()
    newest: dict[str, Any] = (await shop.browser.get("/v1/sync-runs", limit=1)).json()["data"][0]
    return newest


async def write_purchasing(shop: Shop, number: int, text: str) -> None:
    """An edit that only a whole order shows."""
    row = (await shop.sandboxes.inksoft("GET", f"/state/orders/{number}"))["rows"][0]
    await shop.person("set_purchasing", order=number, row=row["row"], text=text)


async def open_order(shop: Shop) -> int:
    """An open order with production cards."""
    (number,) = await shop.rows(
        "SELECT o.external_id FROM store_order o JOIN order_document d ON d.order_id = o.id "
        "WHERE o.approval = 'approved' AND o.status = 'processing' AND d.lines LIKE '%\"method\"%' AND o.external_id IN "
        "(SELECT external_id FROM store_order GROUP BY external_id HAVING count(*) = 1) ORDER BY o.id LIMIT 1"
    )
    return int(number.external_id)


class TestTheHourlyTurn:
    @pytest.mark.rule("Y2")
    async def test_finds_an_edit_that_nothing_else_shows(
        self, still_shop: Shop, clock: SteerableClock
    ) -> None:
        number = await open_order(still_shop)
        before = await still_shop.order(number)
        await write_purchasing(still_shop, number, "Ordered at SanMar")
        run = await an_hour_later(still_shop, clock)
        after = await still_shop.order(number)
        assert (run["kind"], run["state"], run["changed"]) == ("open_reread", "succeeded", 1)
        assert after.version == before.version + 1
        (document,) = await still_shop.rows(
            "SELECT lines FROM order_document WHERE order_id = :id", id=after.id
        )
        assert "Ordered at SanMar" in document.lines

    @pytest.mark.rule("Y2", "I9")
    async def test_writes_nothing_when_nothing_changed(self, still_shop: Shop, clock: SteerableClock) -> None:
        await an_hour_later(still_shop, clock)
        before = await Intake(still_shop.database, still_shop.workspace_id).fingerprint()
        run = await an_hour_later(still_shop, clock)
        open_orders = len(await still_shop.rows(IN_WORK))
        assert (run["kind"], run["changed"], run["details_read"]) == ("open_reread", 0, open_orders)
        assert await Intake(still_shop.database, still_shop.workspace_id).fingerprint() == before

    async def test_asks_for_fifty_at_a_time_and_only_by_the_hour(
        self, still_shop: Shop, clock: SteerableClock
    ) -> None:
        await an_hour_later(still_shop, clock)
        open_orders = len(await still_shop.rows(IN_WORK))
        assert (await still_shop.calls())["GetOrderPackage"] == -(-open_orders // 50)
        clock.move(minutes=6)
        await still_shop.run_jobs()
        assert await still_shop.calls() == {"GetOrderSummaries": 1}

    @pytest.mark.rule("Y2")
    async def test_that_ends_early_goes_on_with_those_read_longest_ago(
        self, still_shop: Shop, clock: SteerableClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rereading, "BATCH", 10)
        monkeypatch.setattr(rereading, "MOST_BATCHES", 2)
        in_work = [int(row.external_id) for row in await still_shop.rows(IN_WORK)]
        assert len(in_work) > 25
        run = await an_hour_later(still_shop, clock)
        assert (run["details_read"], run["details_expected"], run["progress"]) == (20, 20, 1.0)
        await still_shop.person("write_notes", order=in_work[22], notes="Leave at the gym door")
        await still_shop.person("write_notes", order=in_work[2], notes="Leave at the gym door")
        assert (await an_hour_later(still_shop, clock))["changed"] == 1
        (row,) = await still_shop.rows(
            "SELECT snapshot ->> 'notes' AS notes FROM order_copy c JOIN store_order o ON o.id = c.order_id "
            "WHERE o.external_id = :number",
            number=str(in_work[22]),
        )
        assert row.notes == "Leave at the gym door"
