"""Printavo's own stores and their orders, read over HTTP from the sandbox and compared with what it knows itself."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from api.connectors.merch import MerchOrder, MerchStore, MerchStores
from api.connectors.printavo.merch.adapter import PrintavoMerch
from api.connectors.vendor_errors import LinkBroken, SlowDown, Unexpected, Unreachable
from api.core.http import HttpDoor
from api.core.pacing import PacingRow
from tests.connectors.printavo_desk import HARBOR, NORTHSIDE, PrintavoDesk

ANY_TIME = datetime(2026, 1, 1, tzinfo=UTC)
LARGEST = "Falcons Spirit Wear"


@pytest.fixture
async def merch(printavo: PrintavoDesk, pace: PacingRow) -> AsyncIterator[MerchStores]:
    async with HttpDoor(printavo.sandbox.url, timeout=2.0) as door:
        yield PrintavoMerch(door, pace)


async def store_named(merch: MerchStores, name: str = LARGEST) -> MerchStore:
    return next(store for store in await merch.list_stores(NORTHSIDE) if store.name == name)


async def read_all(merch: MerchStores, store_id: str) -> list[MerchOrder]:
    found: list[MerchOrder] = []
    cursor: str | None = None
    while True:
        page = await merch.list_orders(NORTHSIDE, store_id=store_id, cursor=cursor)
        assert page is not None
        found += page.orders
        cursor = page.next_cursor
        if cursor is None:
            assert len(found) == page.total
            return found


class TestMerchStores:
    async def test_come_with_the_vendors_own_sums_to_the_cent(
        self, printavo: PrintavoDesk, merch: MerchStores
    ) -> None:
        known = {each["name"]: each for each in printavo.look("state/merch?account_id=7001")}
        found = await merch.list_stores(NORTHSIDE)
        assert {
            store.name: (store.external_id, store.status, store.items_sold, store.sales_amount, store.tax_amount)
            for store in found
        } == {
            name: (
                each["id"], each["status"].lower(), each["items_sold"], each["total_cents"], each["tax_cents"],
            )
            for name, each in known.items()
        }  # fmt: skip
        closes = {store.name: store.closes_at for store in found}
        assert closes["Company Store"] is None
        assert (at := closes[LARGEST]) is not None
        assert at.tzinfo is UTC

    async def test_are_those_of_the_account_that_signs_in(self, merch: MerchStores) -> None:
        northside, harbor = [
            {store.external_id for store in await merch.list_stores(keys)} for keys in (NORTHSIDE, HARBOR)
        ]
        assert northside
        assert harbor
        assert not northside & harbor

    async def test_close(self, printavo: PrintavoDesk, merch: MerchStores) -> None:
        assert (await store_named(merch)).status == "live"
        printavo.act("close_merch_store", store_id=(await store_named(merch)).external_id)
        closed = await store_named(merch)
        assert (closed.status, closed.closes_at is not None) == ("closed", True)


class TestMerchOrders:
    async def test_are_read_page_by_page_and_add_up_to_the_stores_sums(self, merch: MerchStores) -> None:
        store = await store_named(merch)
        first = await merch.list_orders(NORTHSIDE, store_id=store.external_id, cursor=None)
        assert first is not None
        assert (len(first.orders), first.total, first.next_cursor is None) == (25, 32, False)
        orders = await read_all(merch, store.external_id)
        assert len({order.external_id for order in orders}) == 32
        assert sum(order.quantity for order in orders) == store.items_sold
        assert sum(order.total_amount for order in orders) == store.sales_amount
        assert sum(order.tax_amount for order in orders) == store.tax_amount
        for order in orders:
            parts = order.items_amount - order.promotion_amount + order.tax_amount + order.delivery_amount
            assert order.total_amount == parts
            assert bool(order.customer_name) == (order.delivery == "delivery")

    async def test_say_what_was_ordered_and_whether_it_was_fulfilled(
        self, printavo: PrintavoDesk, merch: MerchStores
    ) -> None:
        store = await store_named(merch, "New Store (no orders yet)")
        empty = await merch.list_orders(NORTHSIDE, store_id=store.external_id, cursor=None)
        assert empty is not None
        assert (empty.orders, empty.total, empty.next_cursor) == ((), 0, None)
        placed = printavo.act(
            "place_merch_order", store_id=store.external_id, quantity=2, item_cents=3600, tax_cents=252,
            delivery_cents=695,
        )["merch_order_id"]  # fmt: skip
        (order,) = await read_all(merch, store.external_id)
        assert replace(order, placed_at=ANY_TIME, changed_at=ANY_TIME) == MerchOrder(
            external_id=placed, number=f"M{placed}", customer_name="", status="unfulfilled", placed_at=ANY_TIME,
            quantity=2, items_amount=3600, promotion_amount=0, tax_amount=252, delivery_amount=695, total_amount=4547,
            delivery="pickup", changed_at=ANY_TIME,
        )  # fmt: skip
        printavo.act("fulfill_merch_order", order_id=placed)
        assert (await read_all(merch, store.external_id))[0].status == "fulfilled"

    async def test_of_a_store_that_is_gone_are_none(self, printavo: PrintavoDesk, merch: MerchStores) -> None:
        store = await store_named(merch)
        printavo.act("delete_merch_store", store_id=store.external_id)
        assert await merch.list_orders(NORTHSIDE, store_id=store.external_id, cursor=None) is None
        assert store.external_id not in {each.external_id for each in await merch.list_stores(NORTHSIDE)}


class TestTrouble:
    @pytest.mark.rule("L6")
    async def test_with_the_credentials_is_told(self, printavo: PrintavoDesk, merch: MerchStores) -> None:
        printavo.act("revoke_token", email=NORTHSIDE.email)
        with pytest.raises(LinkBroken):
            await merch.list_stores(NORTHSIDE)

    async def test_with_an_empty_page_is_not_taken_for_no_stores(
        self, printavo: PrintavoDesk, merch: MerchStores
    ) -> None:
        printavo.fault("empty_page", "merchStores")
        with pytest.raises((Unreachable, SlowDown, Unexpected)):
            await merch.list_stores(NORTHSIDE)
