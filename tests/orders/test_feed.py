"""The shop side's feed over HTTP: what it shows, in which order, and byte for byte in which shape."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.ids import new_id
from api.orders.schemas import OrderLine, OrderPage
from api.orders.schemas.lines import LINE
from tests.make.browser import make_browser
from tests.make.orders import (
    NOON,
    SHARE_FROM,
    OrderDraft,
    end_link,
    make_link,
    make_orders,
    make_store,
    minutes,
    pin_version,
    set_mode,
)
from tests.make.queries import queries
from tests.make.tabs import choose
from tests.stores.conftest import Shop


@pytest.fixture
async def store(shop: Shop) -> UUID:
    """A shared store."""
    made = await make_store(shop.database, shop.id, 'Lincoln "High" \\ 🦁', selected=True)
    await set_mode(shop.database, shop.id, "selected")
    return made


async def feed(shop: Shop, **params: Any) -> dict[str, Any]:
    answer = await shop.browser.get("/v1/order-feed", **params)
    assert answer.status_code == 200, answer.text
    # Strict: unknown members, missing ones and wrong types fail.
    OrderPage.model_validate_json(answer.content)
    page: dict[str, Any] = answer.json()
    return page


async def numbers(shop: Shop, **params: Any) -> list[str]:
    return [order["number"] for order in (await feed(shop, **params))["data"]]


ORDINARY = (
    OrderDraft("new"),
    OrderDraft("cancelled", placed_at=NOON - minutes(1), cancelled=True, status="cancelled"),
    OrderDraft("pending", placed_at=NOON - minutes(2), approval="pending"),
    OrderDraft("unread", placed_at=NOON - minutes(3), approval="unknown"),
    OrderDraft("early", placed_at=SHARE_FROM - minutes(1)),
    OrderDraft("staff", placed_at=NOON - minutes(5), origin="staff"),
    OrderDraft("proposal", placed_at=NOON - minutes(6), origin="proposal"),
    OrderDraft("first", placed_at=SHARE_FROM),
    OrderDraft("cancelled-pending", placed_at=NOON - minutes(7), approval="pending", cancelled=True),
)


def attached(number: str, **more: Any) -> OrderDraft:
    return OrderDraft(number, attach_state="attached", invoice_id=new_id(), invoice_number="1042", **more)


@pytest.mark.rule("F3", "S4")
class TestTheViews:
    async def test_new_is_shared_approved_not_cancelled_on_no_invoice_newest_first(
        self, shop: Shop, store: UUID
    ) -> None:
        await make_orders(shop.database, shop.id, store, *ORDINARY, attached("attached"))
        assert await numbers(shop, store_id=str(store)) == ["new", "proposal", "first"]
        assert await numbers(shop) == ["new", "proposal", "first"]

    async def test_pending_orders_never_show_until_approved(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, *ORDINARY)
        for view in ("new", "attached", "changed", "cancelled", "all"):
            shown = await numbers(shop, view=view)
            assert not {"pending", "unread", "cancelled-pending"} & set(shown), view
        async with shop.database.transaction(shop.id) as session:
            await session.execute(
                text("UPDATE store_order SET approval = 'approved' WHERE number = 'pending'")
            )
        assert "pending" in await numbers(shop)

    async def test_the_other_views(self, shop: Shop, store: UUID) -> None:
        gone = attached("attached-cancelled", cancelled=True, placed_at=NOON - minutes(20))
        drafts = (*ORDINARY, attached("attached", placed_at=NOON - minutes(10)), gone)
        await make_orders(shop.database, shop.id, store, *drafts)
        assert await numbers(shop, view="attached") == ["attached", "attached-cancelled"]
        assert await numbers(shop, view="cancelled") == ["cancelled", "attached-cancelled"]
        assert await numbers(shop, view="all") == [
            "new", "cancelled", "proposal", "attached", "attached-cancelled", "first"
        ]  # fmt: skip

    @pytest.mark.rule("A4", "A8")
    async def test_changed_is_attached_and_different_from_the_copy_pinned_last(
        self, shop: Shop, store: UUID
    ) -> None:
        same, other, back = await make_orders(
            shop.database,
            shop.id,
            store,
            attached("same", content_hash=b"v1"),
            attached("other", content_hash=b"v2"),
            attached("back", content_hash=b"v1"),
        )
        for order_id, version, content in (
            (same, 1, b"v1"),
            (other, 1, b"v1"),
            (back, 1, b"v0"),
            (back, 3, b"v1"),
        ):
            await pin_version(shop.database, shop.id, order_id, version, content)
        assert await numbers(shop, view="changed") == ["other"]

    @pytest.mark.rule("S5")
    async def test_unsharing_takes_unattached_orders_away_and_sharing_brings_them_back(
        self, shop: Shop, store: UUID
    ) -> None:
        await make_orders(shop.database, shop.id, store, OrderDraft("new"), attached("attached"))
        before = (await feed(shop))["data"]
        await set_mode(shop.database, shop.id, "none")
        assert await numbers(shop) == []
        assert await numbers(shop, view="all") == ["attached"]
        await set_mode(shop.database, shop.id, "selected")
        assert (await feed(shop))["data"] == before

    @pytest.mark.rule("L5")
    async def test_another_pair_never_shows_the_old_ones_orders(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, OrderDraft("old"), attached("old-attached"))
        await end_link(shop.database, shop.id)
        assert await numbers(shop, view="all") == []
        await make_link(shop.database, shop.id, account="other")
        await set_mode(shop.database, shop.id, "all", account="other")
        assert (await numbers(shop, view="all"), await numbers(shop, view="all", q="old")) == ([], [])
        await end_link(shop.database, shop.id)
        await make_link(shop.database, shop.id)
        assert await numbers(shop) == ["old"]

    async def test_another_workspace_sees_nothing(self, shop: Shop, store: UUID) -> None:
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("secret"))
        async with make_browser(shop.app) as other:
            await other.sign_up()
            await make_link(shop.database, UUID(other.workspace_id))
            await set_mode(shop.database, UUID(other.workspace_id), "all")
            for params in ({}, {"store_id": str(store)}, {"q": "secret"}, {"view": "all"}):
                assert (await other.get("/v1/order-feed", **params)).json()["data"] == []
            assert (await other.get(f"/v1/orders/{order}")).status_code == 404


class TestTheShape:
    async def test_is_the_contracts_byte_for_byte(self, shop: Shop, store: UUID) -> None:
        line = OrderLine.model_validate({**LINE, "name": 'Tee "XL" \\ ❤'})
        invoice = new_id()
        (order_id,) = await make_orders(
            shop.database,
            shop.id,
            store,
            OrderDraft(
                "7", customer="Zoë \"Z\" O'Neil", email=None, lines=[line], attach_state="attaching",
                invoice_id=invoice, cancelled=True,
            ),
        )  # fmt: skip
        async with shop.database.transaction(shop.id) as session:
            await session.execute(
                text("UPDATE store_order SET tags = :tags"), {"tags": ['"odd" \\ ❤', "rush"]}
            )
        (order,) = (await feed(shop, view="attached", include="lines"))["data"]
        assert order == {
            "id": str(order_id), "external_id": "x7", "number": "7", "customer_name": "Zoë \"Z\" O'Neil",
            "email": None, "placed_at": "2026-11-20T12:00:00.000Z", "production_status": "New",
            "payment_status": "paid", "item_count": 1, "piece_count": 1, "total_amount": 2500, "currency": "USD",
            "store": {"id": str(store), "name": 'Lincoln "High" \\ 🦁'}, "origin": "store", "status": "cancelled",
            "integration_state": "attaching", "not_shared_reason": None, "in_printavo": True,
            "invoice": {"id": str(invoice), "number": None}, "tags": ['"odd" \\ ❤', "rush"], "version": 1,
            "capabilities": {
                "edit_items": {"allowed": False, "reason": "attached", "way_out": "detach"},
                "edit_personalization": {"allowed": False, "reason": "attached", "way_out": "detach"},
                "edit_shipping": {"allowed": True, "reason": "invoice_is_told"},
                "cancel": {"allowed": False, "reason": "attached", "way_out": "detach"},
                "partial_refund": {"allowed": True, "reason": "becomes_adjustment"},
                "note": {"allowed": True},
            },
            "lines": [{**LINE, "name": 'Tee "XL" \\ ❤'}],
        }  # fmt: skip

    async def test_names_no_member_twice(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, OrderDraft("1"), attached("2"))
        answer = await shop.browser.get("/v1/order-feed", view="all", include="lines")

        def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            assert len({name for name, _ in pairs}) == len(pairs), pairs
            return dict(pairs)

        import json

        json.loads(answer.content, object_pairs_hook=once)

    async def test_lines_come_only_when_asked_for(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        assert "lines" not in (await feed(shop))["data"][0]

    @pytest.mark.rule("O2")
    async def test_follows_what_changes_beside_the_document(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        await shop.browser.send("PATCH", f"/v1/stores/{store}", {"is_embedded": True})
        async with shop.database.transaction(shop.id) as session:
            await session.execute(text("UPDATE store SET name = 'Renamed'"))
        (order,) = (await feed(shop))["data"]
        assert (order["origin"], order["store"]["name"]) == ("embedded_designer", "Renamed")


class TestPages:
    async def test_go_both_ways_without_gap_or_repeat_over_equal_times(self, shop: Shop, store: UUID) -> None:
        drafts = [OrderDraft(str(n), placed_at=NOON - timedelta(seconds=n // 3)) for n in range(20)]
        await make_orders(shop.database, shop.id, store, *drafts)
        whole = await numbers(shop, limit=200)
        assert sorted(whole, key=int) == [str(n) for n in range(20)]
        seen, cursor, pages = [], None, []
        while True:
            page = await feed(shop, limit=6, cursor=cursor)
            pages.append(page)
            seen += [order["number"] for order in page["data"]]
            cursor = page["next_cursor"]
            if not page["has_more"]:
                break
        assert (seen, cursor) == (whole, None)
        back = await feed(shop, limit=6, cursor=pages[-1]["prev_cursor"])
        assert back["data"] == pages[-2]["data"]

    async def test_hold_at_most_200(self, shop: Shop, store: UUID) -> None:
        assert (await shop.browser.get("/v1/order-feed", store_id=str(store), limit=200)).status_code == 200
        assert (await shop.browser.get("/v1/order-feed", limit=201)).status_code == 422

    async def test_cost_two_statements_with_lines_and_search(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, *(OrderDraft(f"A{n}") for n in range(60)))
        with queries(shop.app, 2):
            assert len(await numbers(shop, store_id=str(store), view="new", include="lines")) == 50
        with queries(shop.app, 2):
            assert len(await numbers(shop, q="lopez", view="new")) == 50


@pytest.mark.rule("T2")
class TestTheViewThatIsShown:
    async def test_is_the_chosen_one_when_nobody_asks(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, OrderDraft("A1"), attached("A2"))
        assert await numbers(shop) == ["A1"]
        await choose(shop.browser, default_feed_view="attached")
        assert await numbers(shop) == ["A2"]
        assert await numbers(shop, view="new") == ["A1"]

    async def test_costs_a_statement_more_only_where_nobody_asks(self, shop: Shop, store: UUID) -> None:
        await make_orders(shop.database, shop.id, store, OrderDraft("A1"))
        with queries(shop.app, 3):
            assert await numbers(shop) == ["A1"]
        with queries(shop.app, 2):
            assert await numbers(shop, view="new") == ["A1"]

    async def test_holds_for_the_pages_that_follow(self, shop: Shop, store: UUID) -> None:
        """The view changed meanwhile: going on in the other list would skip orders, so it is said instead."""
        await make_orders(shop.database, shop.id, store, OrderDraft("A1"), OrderDraft("A2"))
        first = await feed(shop, limit=1)
        following = await feed(shop, limit=1, cursor=first["next_cursor"])
        assert len({order["id"] for order in (*first["data"], *following["data"])}) == 2
        await choose(shop.browser, default_feed_view="all")
        lost = await shop.browser.get("/v1/order-feed", limit=1, cursor=first["next_cursor"])
        assert (lost.status_code, lost.json()["code"]) == (400, "invalid_cursor")


class TestSearching:
    @pytest.mark.parametrize("q", ["1042", "LOPEZ", "Ana@Example", "heavy cotton", "g500", "10", "%", "o_t"])
    async def test_finds_number_customer_email_and_item(self, shop: Shop, store: UUID, q: str) -> None:
        line = OrderLine.model_validate({**LINE, "name": "Heavy Cotton 100% o_t Tee"})
        await make_orders(
            shop.database,
            shop.id,
            store,
            OrderDraft("1042", lines=[line]),
            OrderDraft("77", customer="Bo Li", email="bo@li.example"),
        )
        assert await numbers(shop, q=q) == ["1042"]
        assert await numbers(shop, q=q, store_id=str(store)) == ["1042"]

    async def test_stays_inside_the_store_and_the_view(self, shop: Shop, store: UUID) -> None:
        other = await make_store(shop.database, shop.id, "Other", selected=True)
        await make_orders(shop.database, shop.id, store, OrderDraft("A1"), attached("A2"))
        await make_orders(shop.database, shop.id, other, OrderDraft("A3"))
        assert await numbers(shop, q="ana", store_id=str(store)) == ["A1"]
        assert await numbers(shop, q="ana", store_id=str(store), view="attached") == ["A2"]
