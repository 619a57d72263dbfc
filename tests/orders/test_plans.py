"""How PostgreSQL finds a page: as the app's role, under generic and custom plans, with enough orders to choose an index."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from tests.make.database import TestDatabase
from tests.make.orders import ACCOUNT, make_store, set_mode
from tests.make.plans import MODES, Explainer, Mode, Node, read_whole, rows_read
from tests.stores.conftest import Shop

STORES, ORDERS = 10, 2000

_FILL = text("""
WITH made AS (
    INSERT INTO store_order (workspace_id, id, account, store_id, external_id, number, origin, placed_at, status,
        production_status, payment_status, approval, cancelled, detail_due, has_detail, item_count, piece_count,
        total_amount, currency, summary_hash)
    SELECT :workspace, gen_random_uuid(), :account, :store, n::text, 'N' || n, 'store',
        timestamptz '2026-11-20 12:00+00' - n * interval '1 minute', 'processing', 'New', 'paid',
        CASE WHEN n % 5 = 0 THEN 'approved' ELSE 'unknown' END, false, false, true, 1, 1, 100, 'USD', '\\x00'
    FROM generate_series(1, :orders) n RETURNING id
)
INSERT INTO order_document (workspace_id, order_id, summary, lines) SELECT :workspace, id, '"a": 1', '[]' FROM made
""")


@pytest.fixture
async def store(shop: Shop, database_urls: TestDatabase) -> UUID:
    """One of ten shared stores with 2,000 orders each, a fifth of them new."""
    stores = [await make_store(shop.database, shop.id, f"S{number}") for number in range(STORES)]
    await set_mode(shop.database, shop.id, "all")
    async with shop.database.transaction(shop.id) as session:
        for each in stores:
            place = {"workspace": shop.id, "account": ACCOUNT, "store": each, "orders": ORDERS}
            await session.execute(_FILL, place)
    connection = await asyncpg.connect(database_urls.admin)
    try:
        await connection.execute("ANALYZE store_order, order_document, store, sharing")
    finally:
        await connection.close()
    return stores[3]


_TAG = text("""
INSERT INTO order_tag (workspace_id, tag, order_id)
SELECT :workspace, tag, o.id FROM store_order o,
    unnest(ARRAY['job ' || o.external_id::integer % 50] || CASE WHEN o.external_id::integer % 8 = 0 THEN '{rush}' END::text[]) tag
WHERE o.workspace_id = :workspace
""")


@pytest.fixture
async def tagged(shop: Shop, store: UUID, database_urls: TestDatabase) -> UUID:
    """The same; each of the 20,000 orders has one of 50 tags, every eighth of them another one."""
    async with shop.database.transaction(shop.id) as session:
        await session.execute(_TAG, {"workspace": shop.id})
    connection = await asyncpg.connect(database_urls.admin)
    try:
        await connection.execute("ANALYZE order_tag")
    finally:
        await connection.close()
    return store


async def plan(shop: Shop, path: str, mode: Mode, **params: Any) -> list[Node]:
    """The nodes of the plan of a page's only statement over the ready documents."""
    explain = Explainer(shop.browser, shop.database, shop.id, shop.app)
    (nodes,) = await explain.plans(path, "order_document", mode, **params)
    return nodes


@pytest.mark.parametrize("mode", MODES)
class TestAPage:
    async def test_of_a_stores_new_orders_reads_its_own_rows_only(
        self, shop: Shop, store: UUID, mode: Mode
    ) -> None:
        nodes = await plan(shop, "/v1/order-feed", mode, store_id=str(store), include="lines")
        assert rows_read(nodes, "ix_store_order_new") <= 51
        assert "store_order" not in read_whole(nodes)

    async def test_deep_in_a_store_reads_no_more(self, shop: Shop, store: UUID, mode: Mode) -> None:
        params: dict[str, Any] = {"store_id": str(store), "limit": 200}
        cursor = (await shop.browser.get("/v1/order-feed", **params)).json()["next_cursor"]
        nodes = await plan(shop, "/v1/order-feed", mode, **params, cursor=cursor)
        assert rows_read(nodes, "ix_store_order_new") <= 201

    async def test_of_all_orders_of_a_store_or_of_the_shop(self, shop: Shop, store: UUID, mode: Mode) -> None:
        nodes = await plan(shop, "/v1/orders", mode, store_id=str(store))
        assert rows_read(nodes, "ix_store_order_store_placed") <= 26
        nodes = await plan(shop, "/v1/orders", mode)
        assert rows_read(nodes, "ix_store_order_placed") <= 26


class TestASearch:
    @pytest.mark.parametrize("mode", MODES)
    async def test_goes_from_tag_to_tag_and_reads_only_the_orders_of_those_it_finds(
        self, shop: Shop, tagged: UUID, mode: Mode
    ) -> None:
        for params in ({"q": "RUS"}, {"q": "rus", "store_id": str(tagged)}):
            nodes = await plan(shop, "/v1/orders", mode, **params)
            assert len([node for node in nodes if node.get("Index Name") == "pk_order_tag"]) == 3
            assert rows_read(nodes, "pk_order_tag") <= STORES * ORDERS // 8 + 52
            assert not read_whole(nodes) & {"order_tag", "store_order"}

    @pytest.mark.usefixtures("tagged")
    async def test_shows_the_newest_1000_finds(self, shop: Shop) -> None:
        page = (await shop.browser.get("/v1/orders", q="rush", include="total_count")).json()
        assert page["total_count"] == 1000
        newest = (await shop.browser.get("/v1/orders", q="job", limit=2)).json()
        everything = (await shop.browser.get("/v1/orders", limit=2)).json()
        assert newest["data"] == everything["data"]
