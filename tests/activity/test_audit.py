"""Who did what, when, on both sides: in plain sentences, by the events' places in the feed."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.activity.rules.sentences import WORDS
from api.core.config import Settings
from api.core.db import Database
from api.core.ids import new_id
from api.core.outbox import EventType, publish_events, record
from api.worker import open_databases
from tests.make.browser import Browser
from tests.make.linking import link
from tests.make.orders import OrderDraft, make_orders, make_store
from tests.make.queries import queries
from tests.make.sandboxes import Sandboxes
from tests.make.tenant import make_tenant
from tests.stores.conftest import Shop

DANA = {"person_id": str(new_id()), "name": "Dana Reyes"}
SYNC = {"system": "sync"}


@pytest.fixture
async def publish(settings: Settings) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """The relay, which gives committed events their positions."""
    database, dispatch = open_databases(settings)
    yield lambda: publish_events(dispatch)
    await database.close()
    await dispatch.close()


async def tell(shop: Shop, type_: EventType, subject: UUID, actor: dict[str, str], **data: Any) -> None:
    async with shop.database.transaction(shop.id) as session:
        await record(
            session, type_, workspace_id=shop.id, subject_type=type_.partition(".")[0], subjects=[(subject, data)],
            actor=actor,
        )  # fmt: skip


async def audit(browser: Browser, **params: Any) -> list[dict[str, Any]]:
    answer = await browser.get("/v1/audit-events", **params)
    assert answer.status_code == 200, answer.text
    shown: list[dict[str, Any]] = answer.json()["data"]
    return shown


@pytest.fixture
async def told(shop: Shop, publish: Callable[[], Awaitable[int]]) -> dict[str, UUID]:
    """Sign-up, and three things that happened to a store and its order; the relay ran."""
    store = await make_store(shop.database, shop.id, "Alder Team Store")
    (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("2041"))
    await tell(shop, "store.shared", store, DANA)
    await tell(shop, "order.received", order, SYNC, number="2041")
    await tell(shop, "order.attached", order, DANA, invoice_number="1307")
    await publish()
    return {"store": store, "order": order}


@pytest.mark.rule("E1")
class TestTheAuditList:
    async def test_says_who_did_what_newest_first(self, shop: Shop, told: dict[str, UUID]) -> None:
        shown = await audit(shop.browser)
        assert [event["sentence"] for event in shown] == [
            "Dana Reyes put order 2041 on invoice 1307.",
            "Order 2041 came in from InkSoft.",
            "Dana Reyes shared the orders of the store Alder Team Store with Printavo.",
            "Dana Reyes opened the workspace.",
        ]
        assert [event["side"] for event in shown] == ["shop", "store", "store", "platen"]
        newest = shown[0]
        assert newest["actor"] == {"kind": "person", **DANA, "key_id": None}
        assert (newest["subject_id"], newest["subject_name"]) == (str(told["order"]), "2041")
        assert newest["data"] == {"invoice_number": "1307"}
        assert shown[1]["actor"] == {"kind": "platen", "name": "Platen", "person_id": None, "key_id": None}

    async def test_is_narrowed_by_type_side_person_subject_and_date(
        self, shop: Shop, told: dict[str, UUID]
    ) -> None:
        now = datetime.now(UTC)
        soon, hence = ((now + timedelta(minutes=each)).isoformat() for each in (5, 10))
        for filters, expected in (
            ({"type": "order.received"}, ["order.received"]),
            ({"type": ["order.received", "store.shared"]}, ["order.received", "store.shared"]),
            ({"side": "store"}, ["order.received", "store.shared"]),
            ({"side": "store", "type": "order.attached"}, []),
            ({"person_id": DANA["person_id"]}, ["order.attached", "store.shared"]),
            ({"subject_id": str(told["order"])}, ["order.attached", "order.received"]),
            ({"occurred_at_gte": soon}, []),
            ({"occurred_at_lt": hence, "side": "shop"}, ["order.attached"]),
        ):
            assert [event["type"] for event in await audit(shop.browser, **filters)] == expected, filters

    @pytest.mark.usefixtures("told")
    async def test_is_paged_both_ways_and_a_cursor_belongs_to_its_filters(self, shop: Shop) -> None:
        everything = await audit(shop.browser)
        first = (await shop.browser.get("/v1/audit-events", limit=2)).json()
        second = (await shop.browser.get("/v1/audit-events", limit=2, cursor=first["next_cursor"])).json()
        back = (await shop.browser.get("/v1/audit-events", limit=2, cursor=second["prev_cursor"])).json()
        assert [*first["data"], *second["data"]] == everything
        assert back["data"] == first["data"]
        other = await shop.browser.get("/v1/audit-events", side="shop", cursor=first["next_cursor"])
        assert (other.status_code, other.json()["code"]) == (400, "invalid_cursor")

    @pytest.mark.rule("I11")
    async def test_shows_an_event_as_soon_as_it_has_its_place_in_the_feed(
        self, shop: Shop, told: dict[str, UUID], publish: Callable[[], Awaitable[int]]
    ) -> None:
        before = await audit(shop.browser)
        await tell(shop, "store.unshared", told["store"], DANA)
        assert await audit(shop.browser) == before
        await publish()
        newest = (await audit(shop.browser))[0]
        assert (newest["type"], newest["position"] > before[0]["position"]) == ("store.unshared", True)

    @pytest.mark.usefixtures("told")
    async def test_takes_one_statement(self, shop: Shop) -> None:
        with queries(shop.app, 1):
            assert len(await audit(shop.browser)) == 4

    @pytest.mark.rule("I12")
    @pytest.mark.usefixtures("told")
    async def test_another_workspace_sees_its_own_only(
        self, shop: Shop, publish: Callable[[], Awaitable[int]]
    ) -> None:
        await shop.browser.sign_up(name="Harper Lund", workspace="Harbor Stitch")
        await publish()
        assert [event["sentence"] for event in await audit(shop.browser)] == [
            "Harper Lund opened the workspace."
        ]


class TestAWholeStory:
    async def test_is_told_without_a_gap_in_any_sentence(
        self,
        vendor_browser: Browser,
        sandboxes: Sandboxes,
        database: Database,
        run_jobs: Callable[[], Awaitable[None]],
    ) -> None:
        await make_tenant(vendor_browser, sandboxes, database, run_jobs, "northside")
        await run_jobs()
        shown = [one for type_ in WORDS for one in await audit(vendor_browser, type=type_, limit=3)]
        told = {one["type"]: one["sentence"] for one in shown}
        assert {
            "link.created",
            "sharing.changed",
            "order.received",
            "order.attached",
            "invoice.pushed",
        } <= set(told)
        assert {one["side"] for one in shown} == {"store", "shop", "platen"}
        for sentence in told.values():
            assert not re.search(r"  | \.| ,|None|_|'s \.", sentence), sentence
        assert re.fullmatch(r"Invoice \d+ was written to Printavo\.", told["invoice.pushed"])


@pytest.mark.rule("L7")
class TestALinkBesideTheVendorsOwn:
    @pytest.mark.parametrize("native", [True, False])
    async def test_is_told_with_a_warning(
        self, vendor_browser: Browser, run_jobs: Callable[[], Awaitable[None]], native: bool
    ) -> None:
        shown = await link(vendor_browser, native_link=native)
        await run_jobs()
        (told,) = await audit(vendor_browser, type="link.created")
        warned = (
            "The vendors' own link is on for this pair as well: every order may come twice."
            in told["sentence"]
        )
        assert (warned, shown["native_link_warning"] is not None) == (native, native)
        assert told["sentence"].startswith("Dana Reyes linked InkSoft's Northside Print Co with Printavo's ")
