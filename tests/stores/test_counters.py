"""Figures: appended, folded, read in between, and equal to what is recomputed from the orders."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.stores.actions import CounterDelta, append_deltas, fold_counters
from tests.make.orders import OrderDraft, make_orders, make_store, set_mode
from tests.stores.conftest import Shop

_RECOMPUTE = text("""
SELECT store_id, origin, total_amount = 0, count(*), count(*) FILTER (WHERE open),
       coalesce(sum(piece_count) FILTER (WHERE open), 0),
       coalesce(sum(total_amount) FILTER (WHERE open), 0), count(*) FILTER (WHERE invoice_id IS NOT NULL)
FROM store_order GROUP BY store_id, origin, total_amount = 0 ORDER BY store_id, origin, total_amount = 0
""")
_FOLDED = text("""
SELECT store_id, origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders FROM store_counter
ORDER BY store_id, origin, is_free
""")


async def rows(shop: Shop, statement: Any) -> list[tuple[Any, ...]]:
    async with shop.database.transaction(shop.id) as session:
        return [tuple(row) for row in await session.execute(statement)]


async def append(shop: Shop, *deltas: CounterDelta) -> None:
    async with shop.database.transaction(shop.id) as session:
        await append_deltas(session, shop.id, deltas)


def delta(store_id: UUID, **figures: int) -> CounterDelta:
    return CounterDelta(store_id, "store", is_free=False, **figures)


async def fold(shop: Shop) -> int:
    async with shop.database.transaction(shop.id) as session:
        return await fold_counters(session, shop.id)


async def shown(shop: Shop, store_id: UUID) -> dict[str, int]:
    figures: dict[str, int] = (await shop.browser.get(f"/v1/stores/{store_id}")).json()["figures"]
    return figures


class TestFolding:
    async def test_equals_what_is_recomputed_from_the_orders(self, shop: Shop) -> None:
        for name in ("A", "B"):
            store = await make_store(shop.database, shop.id, name)
            drafts = (
                OrderDraft("1", pieces=3, amount=999),
                OrderDraft("2", cancelled=True),
                OrderDraft("3", approval="unknown"),
                OrderDraft("4", attach_state="attached", invoice_id=store, pieces=4),
                OrderDraft("5", origin="staff", amount=0),
                OrderDraft("6", origin="staff", pieces=7),
            )
            await make_orders(shop.database, shop.id, store, *drafts)
        await fold(shop)
        assert await rows(shop, _FOLDED) == await rows(shop, _RECOMPUTE)

    async def test_changes_no_figure_that_people_see(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A")
        await make_orders(shop.database, shop.id, store, OrderDraft("1"), OrderDraft("2"))
        before = await shown(shop, store)
        await fold(shop)
        await append(shop, delta(store, open_orders=-1, attached_orders=1))
        between = await shown(shop, store)
        await fold(shop)
        assert before["open_order_count"] == 2
        assert between == await shown(shop, store)
        assert (between["open_order_count"], between["attached_order_count"]) == (1, 1)

    async def test_loses_and_doubles_nothing_while_changes_are_appended(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A")
        one = CounterDelta(store, "store", False, 1, 1, 2, 300, 0)
        await asyncio.gather(*(append(shop, one) for _ in range(40)), *(fold(shop) for _ in range(10)))
        await fold(shop)
        assert await rows(shop, _FOLDED) == [(store, "store", False, 40, 40, 80, 12_000, 0)]
        assert await fold(shop) == 0

    async def test_nothing_is_appended_for_a_change_of_nothing(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A")
        await append(shop, delta(store))
        assert await rows(shop, text("SELECT 1 FROM store_counter_delta")) == []
        assert await rows(shop, text("SELECT 1 FROM workspace_work")) == []

    async def test_one_row_is_appended_for_each_store_and_kind(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A")
        staff = CounterDelta(store, "staff", is_free=True, orders=1)
        await append(shop, delta(store, orders=1, open_amount=5), delta(store, orders=2), staff)
        found = await rows(shop, text("SELECT origin, is_free, orders, open_amount FROM store_counter_delta"))
        assert sorted(found) == [("staff", True, 1, 0), ("store", False, 3, 5)]


class TestAppending:
    async def test_waits_for_no_other_writer_of_the_same_store(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A")
        await append(shop, delta(store, orders=1))
        async with shop.database.transaction(shop.id) as open_session:
            await append_deltas(open_session, shop.id, [delta(store, orders=1)])
            # The first is still open; the second is done before it, within a moment.
            await asyncio.wait_for(append(shop, delta(store, orders=1)), 1)
        assert (await shown(shop, store))["order_count"] == 3


@pytest.mark.rule("L5")
async def test_unlinking_is_told_what_it_would_take_away(shop: Shop) -> None:
    shared = await make_store(shop.database, shop.id, "A", selected=True)
    other = await make_store(shop.database, shop.id, "B")
    await set_mode(shop.database, shop.id, "selected")
    attached = OrderDraft("3", attach_state="attached", invoice_id=shared)
    await make_orders(shop.database, shop.id, shared, OrderDraft("1"), OrderDraft("2"), attached)
    await make_orders(shop.database, shop.id, other, OrderDraft("4"))
    shown = (await shop.browser.get("/v1/link/disconnection-preview")).json()
    counts = {name: shown[name] for name in ("shared_stores", "unattached_orders", "attached_orders")}
    assert counts == {"shared_stores": 1, "unattached_orders": 2, "attached_orders": 1}
