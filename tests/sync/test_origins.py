"""Where orders come from: what staff typed stays on the store side, and a store's mark makes its orders embedded, also later."""

from typing import Any

import pytest

from tests.make.clock import SteerableClock
from tests.make.linking import share_everything
from tests.make.queries import queries
from tests.make.reading import Shop
from tests.make.tabs import choose

Json = dict[str, Any]
# The same as the folded and unfolded figures, counted anew from the orders.
RECOUNTED = """
SELECT o.store_id, o.origin, o.total_amount = 0 AS is_free, count(*) AS orders, count(*) FILTER (WHERE o.open) AS open_orders,
       coalesce(sum(o.piece_count) FILTER (WHERE o.open), 0) AS open_pieces,
       coalesce(sum(o.total_amount) FILTER (WHERE o.open), 0) AS open_amount
FROM store_order o GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
COUNTED = """
SELECT store_id, origin, is_free, sum(orders) AS orders, sum(open_orders) AS open_orders, sum(open_pieces) AS open_pieces,
       sum(open_amount) AS open_amount
FROM (SELECT store_id, origin, is_free, orders, open_orders, open_pieces, open_amount FROM store_counter UNION ALL
      SELECT store_id, origin, is_free, orders, open_orders, open_pieces, open_amount FROM store_counter_delta) told
GROUP BY 1, 2, 3 HAVING sum(orders) > 0 ORDER BY 1, 2, 3
"""


@pytest.fixture
async def shared_shop(shop: Shop) -> Shop:
    """Everything read, every store shared."""
    await shop.link()
    await shop.read()
    await share_everything(shop.browser)
    return shop


async def orders(shop: Shop, path: str = "/v1/orders", **wanted: Any) -> list[Json]:
    """All rows of a list."""
    rows: list[Json] = []
    cursor = None
    while True:
        answer = await shop.browser.get(path, limit=100, cursor=cursor, **wanted)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["data"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return rows


async def mark(shop: Shop, store_id: str, *, embedded: bool) -> None:
    path = f"/v1/stores/{store_id}"
    tag = (await shop.browser.get(path)).headers["ETag"]
    answer = await shop.browser.send("PATCH", path, {"is_embedded": embedded}, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text


async def assert_figures_agree(shop: Shop) -> None:
    """The figures are those of the feed, and the counters those of the orders."""
    feed = await orders(shop, "/v1/order-feed")
    told = (await shop.browser.get("/v1/storefronts")).json()
    assert told["new_order_count"] == len(feed)
    assert told["waiting_piece_count"] == sum(order["piece_count"] for order in feed)
    assert told["waiting_amount"] == sum(order["total_amount"] for order in feed)
    counted, recounted = await shop.rows(COUNTED), await shop.rows(RECOUNTED)
    assert [tuple(row) for row in counted] == [tuple(row) for row in recounted]


class TestAnOrderThatStaffTyped:
    @pytest.mark.rule("S3")
    async def test_is_in_the_order_manager_and_not_shared(self, shared_shop: Shop) -> None:
        theirs = {
            str(order["order"]) for order in await shared_shop.theirs() if order["order_type"] == "Invoice"
        }
        shown = await orders(shared_shop, origin="staff")
        assert {order["number"] for order in shown} == theirs
        assert theirs
        assert {(order["integration_state"], order["not_shared_reason"]) for order in shown} == {
            ("not_shared", "source_off")
        }
        assert not theirs & {order["number"] for order in await orders(shared_shop, "/v1/order-feed")}
        await assert_figures_agree(shared_shop)

    @pytest.mark.rule("S3", "T1")
    async def test_is_read_whole_and_shared_once_its_source_is(
        self, shared_shop: Shop, clock: SteerableClock
    ) -> None:
        number = str(await shared_shop.shape("staff_invoice"))
        await choose(shared_shop.browser, sources=["store", "proposal", "embedded_designer", "staff"])
        clock.move(minutes=6)
        await shared_shop.run_jobs()
        (shown,) = await orders(shared_shop, "/v1/order-feed", q=number)
        assert (shown["origin"], shown["integration_state"]) == ("staff", "in_printavo")
        assert shown["piece_count"] > 0
        await assert_figures_agree(shared_shop)


class TestTheMarkOfAStore:
    @pytest.mark.rule("S3")
    async def test_set_later_makes_all_its_orders_embedded_and_back(
        self, shared_shop: Shop, clock: SteerableClock
    ) -> None:
        before = await orders(shared_shop, "/v1/order-feed")
        store_id = (await orders(shared_shop, origin="store"))[0]["store"]["id"]
        own = {order["id"] for order in await orders(shared_shop, store_id=store_id, origin="store")}
        await mark(shared_shop, store_id, embedded=True)
        assert {order["id"] for order in await orders(shared_shop, origin="embedded_designer")} == own
        await assert_figures_agree(shared_shop)

        # Its source off: all its orders leave the feed, new ones too; the others stay.
        await choose(shared_shop.browser, sources=["store", "proposal"])
        (external_id,) = await shared_shop.rows("SELECT external_id FROM store WHERE id = :id", id=store_id)
        (number,) = await shared_shop.place(int(external_id.external_id), approval_required=False)
        clock.move(minutes=6)
        await shared_shop.run_jobs()
        left = [order for order in before if order["id"] not in own]
        assert [order["id"] for order in await orders(shared_shop, "/v1/order-feed")] == [
            order["id"] for order in left
        ]
        await assert_figures_agree(shared_shop)

        # Unmarked: they are the store's own again, and the new one with them.
        await mark(shared_shop, store_id, embedded=False)
        clock.move(minutes=6)
        await shared_shop.run_jobs()
        shown = await orders(shared_shop, "/v1/order-feed")
        assert {order["number"] for order in shown} == {order["number"] for order in before} | {str(number)}
        await assert_figures_agree(shared_shop)

    async def test_rewrites_no_order(self, shared_shop: Shop, vendor_app: object) -> None:
        store_id = (await orders(shared_shop, origin="store"))[0]["store"]["id"]
        rows = "SELECT id, ctid::text, xmin::text FROM store_order ORDER BY id"
        before = [tuple(row) for row in await shared_shop.rows(rows)]
        tag = (await shared_shop.browser.get(f"/v1/stores/{store_id}")).headers["ETag"]
        with queries(vendor_app, 10):
            await shared_shop.browser.send(
                "PATCH", f"/v1/stores/{store_id}", {"is_embedded": True}, headers={"If-Match": tag}
            )
        assert [tuple(row) for row in await shared_shop.rows(rows)] == before
