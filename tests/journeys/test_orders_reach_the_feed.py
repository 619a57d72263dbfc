"""Link, read, share, look: over HTTP with both simulated vendors and the real jobs."""

from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.db import Database
from api.orders.schemas import OrderDetail, OrderPage
from tests.conftest import RunJobs
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.linking import link, share_everything
from tests.make.sandboxes import Sandboxes

_RECOMPUTED = text("""
SELECT s.id, s.name, count(o.id) AS orders, count(o.id) FILTER (WHERE o.open) AS open_orders,
       coalesce(sum(o.piece_count) FILTER (WHERE o.open), 0) AS open_pieces,
       coalesce(sum(o.total_amount) FILTER (WHERE o.open), 0) AS open_amount
FROM store s LEFT JOIN store_order o ON o.workspace_id = s.workspace_id AND o.store_id = s.id GROUP BY s.id, s.name
""")


async def whole(browser: Browser, path: str, **params: Any) -> list[dict[str, Any]]:
    """Every row of a list, page by page; orders are held to the contract's schema."""
    rows: list[dict[str, Any]] = []
    cursor = None
    while True:
        answer = await browser.get(path, cursor=cursor, limit=100, **params)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        if path in {"/v1/orders", "/v1/order-feed"}:
            OrderPage.model_validate_json(answer.content)
        rows += page["data"]
        cursor = page["next_cursor"]
        if cursor is None:
            return rows


@pytest.fixture
async def read_in(
    vendor_browser: Browser, sandboxes: Sandboxes, run_jobs: RunJobs, clock: SteerableClock
) -> Browser:
    """A linked shop whose first import is done, orders that wait for approval listed; nothing is shared yet."""
    await sandboxes.inksoft("PUT", "/switches", {"pending_in_summaries": True})
    await link(vendor_browser)
    for _ in range(30):
        await run_jobs()
        runs = (await vendor_browser.get("/v1/sync-runs")).json()["data"]
        if runs and all(run["state"] == "succeeded" for run in runs):
            return vendor_browser
        clock.move(seconds=2)
    pytest.fail(f"the first import did not end: {runs}")


@pytest.mark.rule("I9", "S1", "S4")
async def test_nothing_is_lost_between_the_platform_and_the_feed(
    read_in: Browser, sandboxes: Sandboxes, database: Database
) -> None:
    truth = await sandboxes.inksoft("GET", "/state/orders?account=northside")
    orders = await whole(read_in, "/v1/orders")
    assert Counter(order["external_id"] for order in orders) == Counter(
        str(order["order"]) for order in truth
    )
    assert await whole(read_in, "/v1/order-feed") == []

    await share_everything(read_in)
    feed = await whole(read_in, "/v1/order-feed", include="lines")
    marked = await whole(read_in, "/v1/orders", integration_state="in_printavo")
    assert [order["id"] for order in feed] == [order["id"] for order in marked]
    waiting = {str(order["order"]) for order in truth if order["pending"]}
    assert waiting
    assert not waiting & {order["external_id"] for order in feed}
    assert feed
    assert all(order["lines"] for order in feed if order["item_count"])
    assert sum(order["piece_count"] for order in feed) == sum(
        line["quantity"] for order in feed for line in order["lines"]
    )

    dashboard = (await read_in.get("/v1/storefronts")).json()
    assert dashboard["new_order_count"] == len(feed)
    assert dashboard["waiting_amount"] == sum(order["total_amount"] for order in feed)
    await _figures_are_recomputed(read_in, database)


async def _figures_are_recomputed(browser: Browser, database: Database) -> None:
    """Counters and deltas together are what the orders say."""
    shown = {store["id"]: store["figures"] for store in await whole(browser, "/v1/stores")}
    async with database.transaction(UUID(browser.workspace_id)) as session:
        rows = (await session.execute(_RECOMPUTED)).all()
    assert {str(row.id): (row.orders, row.open_orders, row.open_pieces, row.open_amount) for row in rows} == {
        store: (
            figures["order_count"],
            figures["open_order_count"],
            figures["open_piece_count"],
            figures["open_amount"],
        )
        for store, figures in shown.items()
    }


@pytest.mark.rule("O1")
async def test_every_order_opens_whole(read_in: Browser) -> None:
    for listed in (await whole(read_in, "/v1/orders"))[:60]:
        answer = await read_in.get(f"/v1/orders/{listed['id']}")
        assert answer.status_code == 200, answer.text
        OrderDetail.model_validate_json(answer.content)
        shown = answer.json()
        assert {name: shown[name] for name in listed} == listed
        if shown["has_detail"]:
            assert shown["money"]["total_amount"] == shown["total_amount"]
