"""How PostgreSQL finds Merch's lists, in a database in which one shop is a small part: by index, a page at a time (F1)."""

from typing import Any

import pytest

from tests.make.database import TestDatabase
from tests.make.orders import ACCOUNT
from tests.make.plans import MODES, Explainer, Mode, Node, fill, read_whole, rows_of, rows_read
from tests.stores.conftest import Shop

# The first shop is looked at; the others are only there to be left alone. Of its orders few wait, and some of those long.
SHOPS, STORES, ORDERS, RARE = 40, 20, 300, 100
PAGE = 25
MERCH = {"merch_store", "merch_order"}
_FILL = f"""
CREATE TEMP TABLE filled ON COMMIT DROP AS
SELECT CASE WHEN shop = 1 THEN CAST(:shop AS uuid) ELSE gen_random_uuid() END AS workspace_id,
    CASE WHEN shop = 1 THEN {ORDERS} ELSE 40 END AS orders
FROM generate_series(1, {SHOPS}) shop;
INSERT INTO merch_store (workspace_id, id, account, external_id, name, status, items_sold, sales_amount, tax_amount, currency,
    opened_at, changed_at, order_count, unfulfilled_order_count, orders_due)
SELECT workspace_id, gen_random_uuid(), '{ACCOUNT}', 'm' || n, 'Merch ' || n, 'live', 1, 100, 8, 'USD', now(), now(),
    orders, 3, false FROM filled, generate_series(1, {STORES}) n;
INSERT INTO merch_order (workspace_id, id, account, store_id, external_id, number, customer_name, status, delivery, placed_at,
    quantity, items_amount, promotion_amount, tax_amount, delivery_amount, total_amount, currency, changed_at, seen_at)
SELECT s.workspace_id, gen_random_uuid(), s.account, s.id, s.external_id || '-' || n, 'M' || n, 'Lee Park',
    CASE WHEN n % {RARE} = 0 THEN 'unfulfilled' ELSE 'fulfilled' END, 'pickup',
    timestamptz '2026-11-20 12:00+00' - n * interval '1 hour', 1, 100, 0, 8, 0, 108, 'USD', now(), now()
FROM merch_store s JOIN filled USING (workspace_id), generate_series(1, orders) n
"""  # noqa: S608 - constants


@pytest.fixture
async def explain(shop: Shop, database_urls: TestDatabase) -> Explainer:
    """One shop of forty, each with Printavo connected and twenty Merch stores."""
    return await fill(database_urls, shop, _FILL, analyze=sorted(MERCH))


async def settled(explain: Explainer, *, found: int = PAGE, **asked: Any) -> list[Node]:
    """The plan of a page of orders on which PostgreSQL settles: of the one for any shop and the one for this, the cheaper."""
    page = (await explain.browser.get("/v1/merch-orders", limit=PAGE, **asked)).json()
    assert len(page["data"]) == found
    plans = []
    for mode in MODES:
        plans += await explain.plans("/v1/merch-orders", "FROM merch_order", mode, limit=PAGE, **asked)
    assert not any(read_whole(nodes) & MERCH for nodes in plans)
    cheapest: list[Node] = min(plans, key=lambda nodes: nodes[0]["Total Cost"])
    return cheapest


@pytest.mark.rule("F1")
class TestMerchOrders:
    @pytest.mark.parametrize("sort", ["placed_at", "-placed_at"])
    async def test_are_read_a_page_at_a_time_in_their_order(self, explain: Explainer, sort: str) -> None:
        nodes = await settled(explain, sort=sort)
        assert rows_read(nodes, "ix_merch_order_placed") == rows_of(nodes, "merch_order") == PAGE + 1

    async def test_that_wait_are_found_without_walking_those_that_are_done(self, explain: Explainer) -> None:
        nodes = await settled(explain, fulfilled="false")
        assert rows_read(nodes, "ix_merch_order_waiting") == rows_of(nodes, "merch_order") == PAGE + 1

    async def test_of_one_store_are_found_by_the_store(self, explain: Explainer) -> None:
        listed = (await explain.browser.get("/v1/storefronts/merch", limit=1)).json()
        store = listed["data"][0]["id"]
        nodes = await settled(explain, store_id=store)
        assert rows_read(nodes, "ix_merch_order_store_placed") == rows_of(nodes, "merch_order") == PAGE + 1
        nodes = await settled(explain, found=ORDERS // RARE, store_id=store, fulfilled="false")
        assert rows_of(nodes, "merch_order") == ORDERS // RARE


@pytest.mark.rule("F1")
@pytest.mark.parametrize("mode", MODES)
class TestMerchStores:
    async def test_and_their_figures_are_read_of_this_shop_alone_and_no_order_is(
        self, explain: Explainer, mode: Mode
    ) -> None:
        for path in ("/v1/storefronts/merch", "/v1/storefronts"):
            (nodes,) = await explain.plans(path, "merch_store", mode)
            assert not read_whole(nodes) & MERCH
            assert (rows_of(nodes, "merch_store"), rows_of(nodes, "merch_order")) == (STORES, 0)
