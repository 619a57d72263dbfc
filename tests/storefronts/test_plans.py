"""How PostgreSQL finds a dashboard: from counters, by index, in a database in which one shop is a small part (F2)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.make.clock import SteerableClock
from tests.make.database import TestDatabase
from tests.make.orders import ACCOUNT, NOON, set_mode
from tests.make.plans import MODES, Explainer, Mode, fill, read_whole, rows_of, rows_read, tables
from tests.stores.conftest import Shop

# Of a store's orders the newest sixth waits; all older ones, also those from before the share date, are on invoices.
SHOPS, STORES, ORDERS, DAYS = 40, 50, 60, 60
ORIGINS, DELTAS = 2, 4
# The rows of one shop: what a dashboard may read at most.
COUNTERS, DELTA_ROWS = STORES * ORIGINS, STORES * DELTAS
# Whole orders, their lines and what invoices hold: a dashboard asks none of them.
LARGE = {
    "order_document",
    "order_copy",
    "order_search",
    "order_version",
    "line_item",
    "invoice",
    "invoice_revision",
    "attachment",
}
# Every shop has rows in these: none may be read from end to end.
COUNTED = {"store", "store_counter", "store_counter_delta", "order_day", "order_day_delta", "store_order"}

# The first shop is `:shop`, the others are made up; its stores have more orders, since theirs are only there to be left alone.
_FILL = f"""
CREATE TEMP TABLE filled ON COMMIT DROP AS
SELECT CASE WHEN shop = 1 THEN CAST(:shop AS uuid) ELSE gen_random_uuid() END AS workspace_id, shop
FROM generate_series(1, {SHOPS}) shop;
INSERT INTO store (workspace_id, id, account, external_id, name, kind)
SELECT workspace_id, gen_random_uuid(), '{ACCOUNT}', 'e' || n, 'Store ' || n, 'store' FROM filled, generate_series(1, {STORES}) n;
INSERT INTO store_counter (workspace_id, store_id, origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders)
SELECT workspace_id, id, origin, false, {ORDERS}, {ORDERS}, {ORDERS}, 100, 0
FROM store, unnest('{{store,proposal}}'::text[]) origin;
INSERT INTO store_counter_delta (workspace_id, store_id, origin, is_free, orders, open_orders, open_pieces, open_amount,
    attached_orders)
SELECT workspace_id, id, 'store', false, 1, 1, 1, 100, 0 FROM store, generate_series(1, {DELTAS});
INSERT INTO order_day (workspace_id, store_id, on_day, origin, is_free, orders, attached)
SELECT workspace_id, id, date '2026-11-20' - n, 'store', false, 5, 1 FROM store, generate_series(0, {DAYS - 1}) n;
INSERT INTO order_day_delta (workspace_id, store_id, placed_at, origin, is_free, orders, attached)
SELECT workspace_id, id, timestamptz '2026-11-20 12:00+00' - n * interval '1 hour', 'store', false, 1, 0
FROM store, generate_series(1, {DELTAS}) n;
INSERT INTO store_order (workspace_id, id, account, store_id, external_id, number, origin, placed_at, status, production_status,
    payment_status, approval, cancelled, detail_due, has_detail, item_count, piece_count, total_amount, currency, summary_hash,
    attach_state, invoice_id)
SELECT workspace_id, gen_random_uuid(), account, store.id, external_id || '-' || n, 'N' || n, 'store',
    timestamptz '2026-11-20 12:00+00' - n * interval '12 hours', 'processing', 'New', 'paid', 'approved',
    false, false, true, 1, 1, 100, 'USD', '', CASE WHEN n > most / 6 THEN 'attached' END,
    CASE WHEN n > most / 6 THEN gen_random_uuid() END
FROM store JOIN filled USING (workspace_id), LATERAL (SELECT CASE WHEN shop = 1 THEN {ORDERS} ELSE 12 END AS most) size,
    generate_series(1, most) n
"""  # noqa: S608 - constants


@pytest.fixture
async def explain(shop: Shop, database_urls: TestDatabase, clock: SteerableClock) -> Explainer:
    """One shop of forty with fifty stores each; today is 2026-11-20."""
    clock.move(seconds=(NOON + timedelta(hours=1) - datetime.now(UTC)).total_seconds())
    await set_mode(shop.database, shop.id, "all")
    return await fill(database_urls, shop, _FILL, analyze=["sharing", *sorted(COUNTED)])


@pytest.mark.rule("F2")
@pytest.mark.parametrize("mode", MODES)
class TestADashboard:
    async def test_reads_this_shops_counters_by_index_and_of_its_orders_the_oldest_of_a_store(
        self, explain: Explainer, mode: Mode
    ) -> None:
        (nodes,) = await explain.plans("/v1/storefronts", "store_counter_delta", mode)
        assert not read_whole(nodes) & COUNTED
        assert not tables(nodes) & LARGE
        assert rows_of(nodes, "store_counter") == COUNTERS
        assert rows_read(nodes, "ix_store_counter_delta_store") == DELTA_ROWS
        assert rows_read(nodes, "ix_store_order_new") == rows_of(nodes, "store_order") == STORES

    async def test_of_days_reads_this_shops_counts_of_those_days_and_no_order(
        self, explain: Explainer, mode: Mode
    ) -> None:
        for days in (7, 30):
            nodes, *_ = await explain.plans("/v1/storefronts", "order_day", mode, days=days)
            assert not read_whole(nodes) & COUNTED
            assert tables(nodes) <= {"store", "sharing", "order_day", "order_day_delta"}
            assert rows_of(nodes, "order_day") == STORES * days
            assert rows_of(nodes, "order_day_delta") == DELTA_ROWS

    async def test_takes_the_morning_of_the_share_date_off_by_index(
        self, explain: Explainer, mode: Mode
    ) -> None:
        (nodes,) = await explain.plans("/v1/storefronts", "SELECT count(*) FROM store_order", mode)
        assert not read_whole(nodes) & COUNTED
        assert tables(nodes) <= {"store", "sharing", "store_order"}
        assert rows_of(nodes, "store_order") <= 2 * STORES


@pytest.mark.rule("F2")
@pytest.mark.parametrize("mode", MODES)
class TestTheList:
    @pytest.mark.parametrize(("query", "shown"), [({"limit": 10}, 11), ({"q": "Store 7"}, 1)])
    async def test_reads_the_figures_of_the_stores_it_shows(
        self, explain: Explainer, mode: Mode, query: dict[str, Any], shown: int
    ) -> None:
        """One store more than a page has tells that there is another page."""
        (nodes,) = await explain.plans("/v1/storefronts/inksoft", "store_counter_delta", mode, **query)
        assert not read_whole(nodes) & COUNTED
        assert not tables(nodes) & LARGE
        assert rows_of(nodes, "store") <= STORES
        assert rows_of(nodes, "store_counter") == ORIGINS * shown
        assert rows_read(nodes, "ix_store_counter_delta_store") == DELTAS * shown
        assert rows_read(nodes, "ix_store_order_new") == rows_of(nodes, "store_order") == shown


@pytest.mark.rule("F2")
@pytest.mark.parametrize("mode", MODES)
class TestOneStorefront:
    async def test_reads_its_own_counters_and_days(self, explain: Explainer, mode: Mode) -> None:
        page = (await explain.browser.get("/v1/storefronts/inksoft", limit=1)).json()
        path = f"/v1/storefronts/inksoft/{page['data'][0]['id']}"
        (figures,) = await explain.plans(path, "store_counter_delta", mode)
        assert not read_whole(figures) & COUNTED
        assert not tables(figures) & LARGE
        assert [rows_of(figures, table) for table in ("store", "store_counter", "store_counter_delta", "store_order")] == [
            1, ORIGINS, DELTAS, 1,
        ]  # fmt: skip
        (days,) = await explain.plans(path, "order_day", mode)
        assert not read_whole(days) & COUNTED
        assert (rows_of(days, "order_day"), rows_of(days, "order_day_delta")) == (30, DELTAS)
