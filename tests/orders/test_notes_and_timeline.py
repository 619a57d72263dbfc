"""An order's own page: what happened to it, and what the shop says of it."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from api.core.ids import new_id
from api.core.outbox import EventType, record
from api.orders.rules.timeline import step_of
from api.stores.actions.sharing import share_stores
from tests.make.intake import ACCOUNT
from tests.make.linked import CLUB, Office, make_order, office
from tests.make.orders import OrderDraft, make_link, make_orders, make_store, set_mode
from tests.make.queries import queries
from tests.stores.conftest import Shop, shop

__all__ = ["office", "shop"]
Json = dict[str, Any]
DANA = {"name": "Dana Reyes"}


async def change(shop: Shop, order_id: UUID, **body: Any) -> httpx.Response:
    return await shop.browser.effect("PATCH", f"/v1/orders/{order_id}", body)


async def tell(shop: Shop, type_: EventType, subject_type: str, subject: UUID) -> None:
    async with shop.database.transaction(shop.id) as session:
        await record(
            session,
            type_,
            workspace_id=shop.id,
            subject_type=subject_type,
            subjects=[(subject, {})],
            actor=DANA,
        )


async def timeline(shop: Shop, order_id: UUID, **params: Any) -> Json:
    answer = await shop.browser.get(f"/v1/orders/{order_id}/timeline", **params)
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown


async def share(shop: Shop, road: str, store: UUID, other: UUID) -> None:
    """Share one store, and not the other, in one of the ways there are."""
    sharing: dict[str, Json] = {
        "mode": {"mode": "all", "excluded_store_ids": [str(other)]},
        "selection": {"mode": "selected", "selected_store_ids": [str(store)]},
        "exception": {"mode": "all", "excluded_store_ids": [str(store), str(other)]},
    }
    if body := sharing.get(road):
        tag = (await shop.browser.get("/v1/sharing")).headers["ETag"]
        answer = await shop.browser.send("PUT", "/v1/sharing", body, headers={"If-Match": tag})
        assert answer.status_code == 200, answer.text
    if road in {"exception", "row"}:
        answer = await shop.browser.send("PATCH", f"/v1/stores/{store}", {"shared": True})
        assert answer.status_code == 200, answer.text
    if road == "bulk":
        body = {"store_ids": [str(store)], "shared": True}
        answer = await shop.browser.send("POST", "/v1/stores/bulk-sharing", body)
        assert answer.status_code == 200, answer.text


@pytest.fixture
async def store(shop: Shop) -> UUID:
    made = await make_store(shop.database, shop.id, "Alder", selected=True)
    await set_mode(shop.database, shop.id, "selected")
    return made


@pytest.mark.rule("O5")
class TestTheTimeline:
    async def test_tells_who_did_what_from_first_sight_to_printavo(self, office: Office) -> None:
        await office.open(make_order("1"), make_order("91", store=CLUB))
        invoice = await office.make("1")
        ids = await office.ids_of("1", "91")
        desk = Shop(office.browser, office.database, office.workspace_id, office.app)
        await tell(desk, "invoice.pushed", "invoice", UUID(invoice["id"]))
        async with office.database.transaction(office.workspace_id) as session:
            store = UUID(await office.store_id())
            for shared in (False, True):
                await share_stores(session, office.workspace_id, ACCOUNT, [store], shared=shared, actor=DANA)
        shown = (await timeline(desk, UUID(ids[0])))["data"]
        steps = [(entry["step"], entry["actor"]) for entry in reversed(shown)]
        assert steps == [
            ("seen", "sync"),
            ("attached", "Dana Reyes"),
            ("pushed", "Dana Reyes"),
            ("unshared", "Dana Reyes"),
            ("shared", "Dana Reyes"),
        ]
        assert [entry["step"] for entry in (await timeline(desk, UUID(ids[1])))["data"]] == ["seen"]
        detail = (await office.browser.get(f"/v1/orders/{ids[0]}")).json()
        assert detail["timeline"] == shown

    async def test_is_paged_both_ways_in_three_statements(self, shop: Shop, store: UUID) -> None:
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        for type_ in (
            "order.received",
            "order.approved",
            "order.changed",
            "order.changed",
            "order.cancelled",
        ):
            await tell(shop, type_, "order", order)
        first = await timeline(shop, order, limit=2)
        with queries(shop.app, 3):
            second = await timeline(shop, order, limit=2, cursor=first["next_cursor"])
        last = await timeline(shop, order, limit=2, cursor=second["next_cursor"])
        steps = [entry["step"] for page in (first, second, last) for entry in page["data"]]
        assert steps == ["cancelled", "changed", "changed", "approved", "seen"]
        assert (last["has_more"], last["next_cursor"]) == (False, None)
        assert (await timeline(shop, order, limit=2, cursor=second["prev_cursor"]))["data"] == first["data"]

    async def test_leaves_out_what_happened_to_the_store_before_and_to_an_earlier_invoice(
        self, shop: Shop, store: UUID
    ) -> None:
        await tell(shop, "store.shared", "store", store)
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        await tell(shop, "order.received", "order", order)
        other = new_id()
        await tell(shop, "invoice.pushed", "invoice", other)
        await tell(shop, "store.renamed", "store", store)
        assert [entry["step"] for entry in (await timeline(shop, order))["data"]] == ["seen"]

    @pytest.mark.parametrize("road", ["mode", "selection", "exception", "row", "bulk"])
    async def test_of_a_stored_order_says_when_its_store_was_shared(self, shop: Shop, road: str) -> None:
        """Whatever way it is shared, and with one event a store: its orders may be thousands."""
        store, other = [await make_store(shop.database, shop.id, name) for name in ("Alder", "Birch")]
        orders = [
            *await make_orders(shop.database, shop.id, store, OrderDraft("1"), OrderDraft("2")),
            *await make_orders(shop.database, shop.id, other, OrderDraft("3")),
        ]
        for order in orders:
            await tell(shop, "order.received", "order", order)
        await share(shop, road, store, other)
        (later,) = await make_orders(shop.database, shop.id, store, OrderDraft("4"))
        await tell(shop, "order.received", "order", later)
        told = [
            [entry["step"] for entry in (await timeline(shop, order))["data"]] for order in (*orders, later)
        ]
        assert told == [["shared", "seen"], ["shared", "seen"], ["seen"], ["seen"]]

    async def test_says_so_too_when_the_clock_of_whoever_read_the_order_is_ahead(
        self, shop: Shop, store: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ahead = UUID(int=new_id().int + (600_000 << 80))
        with monkeypatch.context() as skewed:
            skewed.setattr("tests.make.orders.new_id", lambda: ahead)
            await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        await tell(shop, "order.received", "order", ahead)
        for shared in (False, True):
            answer = await shop.browser.send("PATCH", f"/v1/stores/{store}", {"shared": shared})
            assert answer.status_code == 200, answer.text
        assert [one["step"] for one in (await timeline(shop, ahead))["data"]] == [
            "shared",
            "unshared",
            "seen",
        ]

    async def test_of_an_order_that_is_not_there_is_not_found(self, shop: Shop) -> None:
        answer = await shop.browser.get(f"/v1/orders/{new_id()}/timeline")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    def test_names_every_step(self) -> None:
        told = {"order.received": "seen", "order.attached": "attached", "store.shared": "shared",
                "store.unshared": "unshared", "invoice.pushed": "pushed", "purchasing.changed": "other",
                "order.detached": "other"}  # fmt: skip
        assert {type_: step_of(type_) for type_ in told} == told


@pytest.mark.rule("O3")
class TestNotesAndTags:
    @pytest.mark.parametrize(
        "state",
        [
            {},
            {"approval": "pending"},
            {"cancelled": True, "status": "cancelled"},
            {"status": "shipped"},
            {"attach_state": "attached", "invoice_id": UUID(int=7)},
        ],
    )
    async def test_can_be_written_in_every_state(self, shop: Shop, store: UUID, state: Json) -> None:
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("1", **state))
        answer = await change(shop, order, note="Call the coach.\nTwice.", tags=["Rush", " reprint "])
        assert answer.status_code == 200, answer.text
        shown = answer.json()
        assert shown["capabilities"]["note"] == {"allowed": True}
        assert (shown["note"], shown["note_changed_by"], shown["tags"]) == (
            "Call the coach.\nTwice.",
            "Dana Reyes",
            ["rush", "reprint"],
        )
        assert [entry["step"] for entry in shown["timeline"]] == ["tagged", "noted"]

    async def test_change_alone_and_say_so_only_when_they_do(self, shop: Shop, store: UUID) -> None:
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        await change(shop, order, note="First", tags=["rush"])
        await change(shop, order, note="First")
        await change(shop, order, tags=["rush"])
        kept = (await change(shop, order, tags=[])).json()
        assert (kept["note"], kept["tags"]) == ("First", [])
        gone = (await change(shop, order, note="")).json()
        assert (gone["note"], gone["note_changed_at"]) == ("", None)
        assert [entry["step"] for entry in gone["timeline"]] == ["noted", "tagged", "tagged", "noted"]

    async def test_find_orders_in_the_list_and_are_counted(self, shop: Shop, store: UUID) -> None:
        orders = await make_orders(shop.database, shop.id, store, *(OrderDraft(str(n)) for n in range(4)))
        await change(shop, orders[0], tags=["rush", "vip"])
        await change(shop, orders[1], tags=["rush"])
        await change(shop, orders[2], tags=["old"])
        await change(shop, orders[2], tags=["vip"])

        async def tagged(*tags: str) -> set[str]:
            found = (await shop.browser.get("/v1/orders", tag=list(tags))).json()["data"]
            return {order["number"] for order in found}

        assert await tagged("rush") == {"0", "1"}
        assert await tagged("RUSH", "vip") == {"0", "1", "2"}
        assert await tagged("old") == set()
        with queries(shop.app, 2):
            shown = (await shop.browser.get("/v1/order-tags")).json()
        assert shown == [{"tag": "rush", "order_count": 2}, {"tag": "vip", "order_count": 2}]

    @pytest.mark.rule("O1")
    async def test_are_found_by_a_part_of_them_beside_everything_else_that_is_searched(
        self, shop: Shop, store: UUID
    ) -> None:
        other = await make_store(shop.database, shop.id, "Birch", selected=True)
        drafts = [OrderDraft(number) for number in ("10", "11", "12")]
        orders = await make_orders(shop.database, shop.id, store, *drafts, OrderDraft("rush-1"))
        (birch,) = await make_orders(shop.database, shop.id, other, OrderDraft("20"))
        await change(shop, orders[0], tags=["Rush Job", "100%"])
        await change(shop, orders[1], tags=["rush"])
        await change(shop, orders[2], tags=["vip"])
        await change(shop, birch, tags=["rush"])

        async def found(path: str, **params: Any) -> set[str]:
            page = (await shop.browser.get(path, **params)).json()
            return {order["number"] for order in page["data"]}

        for path in ("/v1/orders", "/v1/order-feed"):
            assert await found(path, q="RUSH") == {"10", "11", "20", "rush-1"}
            assert await found(path, q="rush", store_id=str(store)) == {"10", "11", "rush-1"}
            assert await found(path, q="sh jo") == {"10"}
            assert await found(path, q="%") == {"10"}
            assert await found(path, q="_") == set()
        assert await found("/v1/orders", q="rush", tag="100%") == {"10"}
        await change(shop, orders[0], tags=["vip"])
        assert await found("/v1/orders", q="rush j") == set()

    @pytest.mark.rule("I12")
    async def test_of_another_workspace_are_not_found(self, shop: Shop, store: UUID) -> None:
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        await change(shop, order, tags=["rush"])
        mine = shop.browser.workspace_id
        await shop.browser.sign_up(name="Harper Lund", workspace="Harbor Stitch")
        await make_link(shop.database, UUID(shop.browser.workspace_id), account="9002")
        assert (await shop.browser.get("/v1/orders", q="rush")).json()["data"] == []
        assert mine != shop.browser.workspace_id

    async def test_survive_a_reading_that_changes_the_order(self, office: Office) -> None:
        await office.open(make_order("1"))
        (order,) = await office.ids_of("1")
        await office.browser.effect("PATCH", f"/v1/orders/{order}", {"note": "Keep", "tags": ["rush"]})
        await office.take_in(make_order("1", shipping=500))
        shown = (await office.browser.get(f"/v1/orders/{order}")).json()
        assert (shown["note"], shown["tags"]) == ("Keep", ["rush"])

    async def test_of_another_account_are_not_found(self, shop: Shop) -> None:
        other = await make_store(shop.database, shop.id, "Other", account="other")
        (order,) = await make_orders(shop.database, shop.id, other, OrderDraft("1"), account="other")
        assert (await change(shop, order, note="x")).status_code == 404
        async with shop.database.transaction(shop.id) as session:
            assert await session.scalar(text("SELECT count(*) FROM order_note")) == 0

    @pytest.mark.parametrize(
        "body",
        [{"tags": ["a", "A"]}, {"tags": [""]}, {"tags": ["x" * 41]}, {"note": "x" * 4001}, {"note": None}],
    )
    async def test_refuse_what_no_tag_or_note_is(self, shop: Shop, store: UUID, body: Json) -> None:
        (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        assert (await change(shop, order, **body)).status_code == 422
