"""The store side over HTTP: every order of every store, and one order with everything that is known of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from api.connectors.store_platform import Decoration, Personalization
from api.core.ids import new_id
from api.orders.schemas import OrderDetail, OrderPage
from tests.make.intake import ACCOUNT as PLATFORM_ACCOUNT
from tests.make.intake import Intake
from tests.make.orders import (
    NOON,
    SHARE_FROM,
    OrderDraft,
    end_link,
    make_link,
    make_orders,
    make_store,
    set_mode,
)
from tests.make.queries import queries
from tests.make.snapshots import make_item, make_snapshot, make_summary
from tests.stores.conftest import Shop

PICTURES = "https://stores.inksoft.example"
SIDES = (f"{PICTURES}/front.png", f"{PICTURES}/back.png")


async def numbers(shop: Shop, **params: Any) -> list[str]:
    answer = await shop.browser.get("/v1/orders", **params)
    assert answer.status_code == 200, answer.text
    OrderPage.model_validate_json(answer.content)
    return [order["number"] for order in answer.json()["data"]]


@pytest.fixture
async def stores(shop: Shop) -> tuple[UUID, UUID]:
    """A shared store A with orders in every state, an unshared store B with one."""
    a = await make_store(shop.database, shop.id, "A", selected=True)
    b = await make_store(shop.database, shop.id, "B")
    await set_mode(shop.database, shop.id, "selected")
    drafts = (
        OrderDraft("open"),
        OrderDraft("done", status="shipped"),
        OrderDraft("gone", cancelled=True, status="cancelled"),
        OrderDraft("pending", approval="pending"),
        OrderDraft("early", placed_at=SHARE_FROM - timedelta(days=1), approval="unknown"),
        OrderDraft("staff", origin="staff"),
        OrderDraft("attached", attach_state="attached", invoice_id=new_id()),
    )
    spread = [
        OrderDraft(**{**_members(draft), "placed_at": min(draft.placed_at, NOON - timedelta(minutes=number))})
        for number, draft in enumerate(drafts)
    ]
    await make_orders(shop.database, shop.id, a, *spread)
    await make_orders(
        shop.database, shop.id, b, OrderDraft("other", placed_at=NOON - timedelta(hours=1), customer="Bo Li")
    )
    return a, b


def _members(draft: OrderDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__slots__}


@pytest.mark.rule("O1")
class TestTheList:
    async def test_shows_every_order_of_every_store_newest_first(
        self, shop: Shop, stores: tuple[UUID, UUID]
    ) -> None:
        newest_first = ["open", "done", "gone", "pending", "staff", "attached", "other", "early"]
        assert await numbers(shop) == newest_first
        assert await numbers(shop, sort="placed_at") == newest_first[::-1]
        assert await numbers(shop, store_id=str(stores[1])) == ["other"]
        assert await numbers(shop, store_id=[str(store) for store in stores]) == newest_first

    @pytest.mark.parametrize(
        ("params", "found"),
        [
            ({"status": "pending_approval"}, "pending"),
            ({"status": ["completed", "cancelled"]}, "done gone"),
            ({"status": "open"}, "open staff attached other early"),
            ({"integration_state": "in_printavo"}, "open done"),
            ({"integration_state": ["attached", "attaching"]}, "attached"),
            ({"integration_state": "not_shared"}, "staff other early"),
            ({"origin": "staff"}, "staff"),
            ({"q": "bo li"}, "other"),
            ({"q": "ana", "status": "cancelled"}, "gone"),
            ({"placed_at_lt": "2026-11-20T11:30:00Z"}, "other early"),
            ({"placed_at_gte": "2026-11-20T11:58:00Z"}, "open done gone"),
        ],
    )
    @pytest.mark.usefixtures("stores")
    async def test_is_filtered(self, shop: Shop, params: dict[str, Any], found: str) -> None:
        assert " ".join(await numbers(shop, **params)) == found
        total = await shop.browser.get("/v1/orders", include="total_count", limit=1, **params)
        assert total.json()["total_count"] == len(found.split())

    @pytest.mark.usefixtures("stores")
    async def test_refuses_a_moment_of_no_year(self, shop: Shop) -> None:
        moment = "9999-12-31T23:59:59-14:00"
        refused = await shop.browser.get("/v1/orders", placed_at_lt=moment)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")
        body = {"matching": {"placed_at_lt": moment}}
        refused = await shop.browser.effect("POST", "/v1/orders/bulk-refreshes", body)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")

    @pytest.mark.rule("O2")
    @pytest.mark.usefixtures("stores")
    async def test_says_why_an_order_is_not_shared(self, shop: Shop) -> None:
        orders = (await shop.browser.get("/v1/orders")).json()["data"]
        shown = {order["number"]: order for order in orders}
        assert {number: order["not_shared_reason"] for number, order in shown.items()} == {
            "open": None, "done": None, "gone": None, "pending": None, "attached": None,
            "staff": "source_off", "early": "before_share_date", "other": "store_not_shared",
        }  # fmt: skip
        assert [number for number, order in shown.items() if order["in_printavo"]] == [
            "open", "done", "attached"
        ]  # fmt: skip

    @pytest.mark.usefixtures("stores")
    async def test_costs_two_statements_and_a_third_for_the_count(self, shop: Shop) -> None:
        with queries(shop.app, 2):
            await numbers(shop, q="ana", status="open")
        with queries(shop.app, 3):
            await numbers(shop, include="total_count")

    @pytest.mark.usefixtures("stores")
    async def test_pages_oldest_first_as_well(self, shop: Shop) -> None:
        whole = await numbers(shop, sort="placed_at")
        first = (await shop.browser.get("/v1/orders", sort="placed_at", limit=3)).json()
        cursor = first["next_cursor"]
        assert await numbers(shop, sort="placed_at", limit=3, cursor=cursor) == whole[3:6]
        other_sort = await shop.browser.get("/v1/orders", limit=3, cursor=cursor)
        assert (other_sort.status_code, other_sort.json()["code"]) == (400, "invalid_cursor")

    @pytest.mark.rule("L5")
    @pytest.mark.usefixtures("stores")
    async def test_is_empty_without_a_link(self, shop: Shop) -> None:
        await end_link(shop.database, shop.id)
        answer = await shop.browser.get("/v1/orders", include="total_count")
        assert answer.json() == {
            "data": [], "has_more": False, "next_cursor": None, "prev_cursor": None, "total_count": 0
        }  # fmt: skip

    @pytest.mark.parametrize(
        "params",
        [
            {"status": "lost"}, {"sort": "number"}, {"limit": 101}, {"limit": 0}, {"store_id": "x"},
            {"placed_at_lt": "2026-11-20T12:00:00"}, {"q": "x" * 101}, {"include": "lines"}, {"shop": 1},
        ],
    )  # fmt: skip
    async def test_refuses_what_the_contract_does_not_name(self, shop: Shop, params: dict[str, Any]) -> None:
        assert (await shop.browser.get("/v1/orders", **params)).status_code == 422


class TestOneOrder:
    @pytest.fixture
    async def intake(self, shop: Shop) -> Intake:
        """Orders arrive as ingest writes them, in the linked account."""
        await end_link(shop.database, shop.id)
        await make_link(shop.database, shop.id, account=PLATFORM_ACCOUNT)
        return Intake(shop.database, shop.id)

    async def detail(self, shop: Shop, intake: Intake) -> dict[str, Any]:
        answer = await shop.browser.get(f"/v1/orders/{(await intake.order()).id}")
        assert answer.status_code == 200, answer.text
        OrderDetail.model_validate_json(answer.content)
        shown: dict[str, Any] = answer.json()
        return shown

    async def in_the_feed(self, shop: Shop) -> list[dict[str, Any]]:
        """The lines of the one order there is, as the feed has them."""
        await set_mode(shop.database, shop.id, "all", account=PLATFORM_ACCOUNT)
        answer = await shop.browser.get("/v1/order-feed", include="lines")
        OrderPage.model_validate_json(answer.content)
        (order,) = answer.json()["data"]
        lines: list[dict[str, Any]] = order["lines"]
        return lines

    async def test_has_lines_addresses_money_and_a_timeline(self, shop: Shop, intake: Intake) -> None:
        order = make_snapshot(notes="Deliver to the gym")
        await intake.listed(make_summary())
        await intake.read(order)
        await intake.listed(make_summary(status="cancelled"))
        shown = await self.detail(shop, intake)
        assert [line["size"] for line in shown["lines"]] == ["2XL"]
        assert (shown["ship_to"]["city"], shown["bill_to"]) == ("Austin", None)
        assert shown["money"]["total_amount"] == shown["total_amount"] == 5000
        assert shown["notes"] == "Deliver to the gym"
        assert [(entry["type"], entry["actor"]) for entry in shown["timeline"]][-1] == (
            "order.received", "sync"
        )  # fmt: skip
        assert shown["timeline"][0]["type"] == "order.cancelled"

    async def test_shows_names_and_pictures_also_of_an_item_without_cards(
        self, shop: Shop, intake: Intake
    ) -> None:
        """A decoration has its picture from a production card; without one, there are the previews of the item's sides."""
        names = (Personalization("LOPEZ", "7", (("Year", "2027"),)), Personalization("Zoë", quantity=2))
        carded = Decoration(
            "Screen Print", "Full Front", "Lions", ("White",), mockup_url=f"{PICTURES}/card.png"
        )
        await intake.listed(make_summary())
        await intake.read(
            make_snapshot(
                items=(
                    make_item(quantity=3, decorations=(), personalizations=names, mockup_urls=SIDES),
                    make_item(external_id="55502", decorations=(carded,)),
                )
            )
        )
        shown = (await self.detail(shop, intake))["lines"]
        bare, printed = shown
        assert bare["personalizations"] == [
            {"name": "LOPEZ", "number": "7", "values": [{"label": "Year", "text": "2027"}], "quantity": 1},
            {"name": "Zoë", "number": "", "values": [], "quantity": 2},
        ]
        assert (bare["decorations"], bare["mockup_urls"]) == ([], list(SIDES))
        assert [each["mockup_url"] for each in printed["decorations"]] == [f"{PICTURES}/card.png"]
        assert (printed["personalizations"], printed["mockup_urls"]) == ([], [])
        assert await self.in_the_feed(shop) == shown

    async def test_that_was_read_before_lists_had_pictures_shows_them(
        self, shop: Shop, intake: Intake
    ) -> None:
        """Its lines stand ready without them; the page of the one order reads what was kept of it."""
        await intake.listed(make_summary())
        await intake.read(make_snapshot(items=(make_item(mockup_urls=SIDES),)))
        await intake.rows(
            "UPDATE order_document SET lines = (SELECT jsonb_agg(line - 'mockup_urls')::text "
            "FROM jsonb_array_elements(lines::jsonb) AS line) RETURNING 1"
        )
        (listed,) = await self.in_the_feed(shop)
        assert "mockup_urls" not in listed
        (line,) = (await self.detail(shop, intake))["lines"]
        assert line == {**listed, "mockup_urls": list(SIDES)}

    @pytest.mark.rule("S4")
    async def test_that_was_only_listed_says_so(self, shop: Shop, intake: Intake) -> None:
        await intake.listed(make_summary())
        shown = await self.detail(shop, intake)
        assert (shown["has_detail"], shown["lines"], shown["money"]) == (False, [], None)
        assert shown["integration_state"] == "not_shared"

    async def test_is_the_same_order_as_in_the_list(self, shop: Shop, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot())
        shown = await self.detail(shop, intake)
        (listed,) = (await shop.browser.get("/v1/orders")).json()["data"]
        assert {name: shown[name] for name in listed} == listed

    async def test_costs_four_statements(self, shop: Shop, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot())
        path = f"/v1/orders/{(await intake.order()).id}"
        with queries(shop.app, 4):
            assert (await shop.browser.get(path)).status_code == 200

    @pytest.mark.rule("L5")
    async def test_of_another_pair_is_not_found(self, shop: Shop, intake: Intake) -> None:
        await intake.listed(make_summary())
        await end_link(shop.database, shop.id)
        await make_link(shop.database, shop.id, account="another")
        answer = await shop.browser.get(f"/v1/orders/{(await intake.order()).id}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
