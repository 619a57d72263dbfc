"""Which orders are shared, as the settings say: sources, $0 orders, the first day; feed, figures and attaching agree."""

import itertools
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.ids import new_id
from api.stores.actions import fold_counters
from tests.make.orders import NOON, SHARE_FROM, OrderDraft, make_orders, make_store, set_mode
from tests.make.queries import queries
from tests.make.tabs import choose
from tests.stores.conftest import Shop

EVERYTHING: dict[str, Any] = {
    "sources": ["store", "proposal", "embedded_designer", "staff"],
    "skip_free_orders": False,
    "share_orders_from": "2026-10-01",
}


@pytest.fixture
async def stores(shop: Shop) -> tuple[UUID, UUID]:
    """A usual store and one with an embedded designer, each with an order of every kind; half of the figures are folded."""
    usual = await make_store(shop.database, shop.id, "Alder")
    embedded = await make_store(shop.database, shop.id, "Birch", embedded=True)
    await set_mode(shop.database, shop.id, "all")
    drafts = [
        OrderDraft(
            f"{origin}-{amount}-{placed.day}", origin=origin, amount=amount, placed_at=placed, pieces=2
        )
        for origin, amount, placed in itertools.product(
            ("store", "proposal", "staff"), (0, 1000), (NOON, SHARE_FROM - timedelta(days=7))
        )
    ]
    on_invoice: dict[str, Any] = {"attach_state": "attached", "invoice_id": new_id()}
    away = [OrderDraft("on invoice", origin="staff", **on_invoice), OrderDraft("cancelled", cancelled=True)]
    await make_orders(shop.database, shop.id, usual, *drafts, *away)
    async with shop.database.transaction(shop.id) as session:
        await fold_counters(session, shop.id)
    await make_orders(shop.database, shop.id, embedded, *drafts)
    return usual, embedded


async def feed(shop: Shop, **params: Any) -> list[dict[str, Any]]:
    answer = await shop.browser.get("/v1/order-feed", limit=200, **params)
    assert answer.status_code == 200, answer.text
    orders: list[dict[str, Any]] = answer.json()["data"]
    return orders


async def assert_figures_agree(shop: Shop) -> None:
    """The dashboard, made of counters, says what the feed, made of orders, shows; of each store as well."""
    shown = (await shop.browser.get("/v1/storefronts")).json()
    stores = (await shop.browser.get("/v1/storefronts/inksoft")).json()["data"]
    for figures, orders in [
        (shown, await feed(shop)),
        *[(s, await feed(shop, store_id=s["id"])) for s in stores],
    ]:
        assert figures["new_order_count"] == len(orders)
        assert figures["waiting_piece_count"] == sum(order["piece_count"] for order in orders)
        assert figures["waiting_amount"] == sum(order["total_amount"] for order in orders)


@pytest.mark.rule("T1")
class TestSources:
    @pytest.mark.parametrize(
        "sources",
        [["store"], ["proposal", "staff"], ["embedded_designer"], EVERYTHING["sources"]],
        ids="+".join,
    )
    async def test_decide_what_the_feed_shows_and_the_figures_say(
        self, shop: Shop, stores: tuple[UUID, UUID], sources: list[str]
    ) -> None:
        await choose(shop.browser, sources=sources)
        shown = await feed(shop)
        assert {order["origin"] for order in shown} == set(sources)
        assert len(shown) == 2 * (
            2 * len({*sources} & {"proposal", "staff"}) + len({*sources} - {"proposal", "staff"})
        )
        await assert_figures_agree(shop)
        assert {str(store) for store in stores} >= {order["store"]["id"] for order in shown}

    @pytest.mark.usefixtures("stores")
    async def test_that_are_off_say_so_and_come_back_unchanged(self, shop: Shop) -> None:
        before = await feed(shop)
        await choose(shop.browser, sources=["store"])
        page = (await shop.browser.get("/v1/orders", origin="proposal", limit=100)).json()["data"]
        said = {(order["integration_state"], order["not_shared_reason"]) for order in page}
        assert said == {("not_shared", "source_off"), ("not_shared", "before_share_date")}
        await choose(shop.browser, sources=["store", "proposal", "embedded_designer"])
        assert await feed(shop) == before

    @pytest.mark.usefixtures("stores")
    async def test_never_take_an_attached_order_out(self, shop: Shop) -> None:
        await choose(shop.browser, sources=["store"])
        assert [order["number"] for order in await feed(shop, view="attached")] == ["on invoice"]

    async def test_that_are_off_cannot_be_attached(self, shop: Shop, stores: tuple[UUID, UUID]) -> None:
        await choose(shop.browser, **EVERYTHING)
        (order,) = [
            one for one in await feed(shop, store_id=str(stores[0])) if one["number"] == "staff-1000-20"
        ]
        await choose(shop.browser, sources=["store"])
        refused = await shop.browser.effect("POST", "/v1/invoices", {"order_ids": [order["id"]]})
        assert (refused.status_code, refused.json()["code"]) == (409, "order_not_shared")
        assert refused.json()["orders"][0]["reason"] == "source_off"

    @pytest.mark.usefixtures("stores")
    async def test_rewrite_nothing(self, shop: Shop) -> None:
        """However many orders are concerned, switching is one small change: what is shared is decided when reading."""
        seen = text("SELECT string_agg(ctid::text || xmin::text, ' ' ORDER BY id) FROM store_order")
        async with shop.database.transaction(shop.id) as session:
            before = await session.scalar(seen)
        with queries(shop.app, 14):
            await choose(shop.browser, **EVERYTHING)
        async with shop.database.transaction(shop.id) as session:
            assert await session.scalar(seen) == before
        await assert_figures_agree(shop)


@pytest.mark.rule("T1")
class TestFreeOrders:
    @pytest.mark.usefixtures("stores")
    async def test_are_skipped_when_that_is_chosen_and_say_so(self, shop: Shop) -> None:
        assert {order["total_amount"] for order in await feed(shop)} == {0, 1000}
        await choose(shop.browser, skip_free_orders=True)
        assert {order["total_amount"] for order in await feed(shop)} == {1000}
        await assert_figures_agree(shop)
        page = (await shop.browser.get("/v1/orders", q="proposal-0-20")).json()["data"]
        said = [(order["integration_state"], order["not_shared_reason"]) for order in page]
        assert said == [("not_shared", "free_order")] * 2
        refused = await shop.browser.effect("POST", "/v1/invoices", {"order_ids": [page[0]["id"]]})
        assert (refused.status_code, refused.json()["orders"][0]["reason"]) == (409, "free_order")
        assert "costs nothing" in refused.json()["detail"]


@pytest.mark.rule("T1")
class TestTheFirstDay:
    @pytest.mark.usefixtures("stores")
    async def test_moved_earlier_brings_older_orders_and_asks_for_them(self, shop: Shop) -> None:
        """Those that were never read whole, because nobody wanted them, are read now."""
        before = await feed(shop)
        await choose(shop.browser, share_orders_from="2026-10-01")
        after = await feed(shop)
        assert len(after) == 2 * len(before)
        assert [order["number"] for order in after[: len(before)]] == [order["number"] for order in before]
        await assert_figures_agree(shop)
        async with shop.database.transaction(shop.id) as session:
            kinds = (await session.execute(text("SELECT kind FROM workspace_work"))).scalars().all()
        assert "sync" in kinds

    @pytest.mark.usefixtures("stores")
    async def test_moved_later_takes_what_was_placed_before(self, shop: Shop) -> None:
        await choose(shop.browser, share_orders_from="2026-11-21")
        assert await feed(shop) == []
        assert [order["number"] for order in await feed(shop, view="attached")] == ["on invoice"]
        await assert_figures_agree(shop)
        await choose(shop.browser, share_orders_from="2026-11-01")
        assert len(await feed(shop)) == 8


@pytest.mark.rule("T1")
@pytest.mark.usefixtures("stores")
async def test_every_choice_together_agrees_with_the_figures(shop: Shop) -> None:
    """A table of all three: counters never drift from what is recomputed from the orders."""
    for sources, skip, day in itertools.product(
        (["staff"], ["store", "staff"], ["embedded_designer", "proposal"], EVERYTHING["sources"]),
        (False, True),
        ("2026-10-01", "2026-11-01"),
    ):
        await choose(shop.browser, sources=sources, skip_free_orders=skip, share_orders_from=day)
        await assert_figures_agree(shop)
