"""How Printavo's own stores are kept up to date: in few calls, page by page, through every trouble (F1, L6, L8)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from api.connectors.merch import MerchOrder, MerchOrderPage
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import LinkBroken, SlowDown, Unexpected, Unreachable
from api.storefronts import jobs
from api.storefronts.actions.orders import store_page
from api.storefronts.actions.reading import OvertakenError, begin_reading, find_due_store, give_up
from api.storefronts.rules.merch import EVERY, count_down, next_try, trouble_of
from tests.make.linking import link, printavo
from tests.make.merch import LARGEST, MerchShop

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORDER = MerchOrder(
    external_id="o1", number="M1", customer_name="", status="unfulfilled", placed_at=NOW, quantity=1, items_amount=1800,
    promotion_amount=0, tax_amount=126, delivery_amount=0, total_amount=1926, delivery="pickup", changed_at=NOW,
)  # fmt: skip
READS = ("merchStores", "merchStore")


async def connection(merch: MerchShop) -> str:
    (shown,) = (await merch.browser.get("/v1/connections")).json()
    state: str = shown["state"]
    return state


async def asked(merch: MerchShop) -> tuple[int, ...]:
    """Calls for lists of stores and for pages of orders since this was asked last."""
    calls = await merch.calls()
    return tuple(calls.get(name, 0) for name in READS)


class TestReadingAgain:
    async def test_asks_for_the_stores_only_while_nothing_changed(self, merch: MerchShop) -> None:
        await merch.read()
        assert await asked(merch) == (0, 0), "it is not due"
        for store in (await merch.theirs()).values():
            for order in await merch.orders(store_id=(await merch.stores()).get(store["name"], {}).get("id")):
                if not order["fulfilled"]:
                    await merch.person("fulfill_merch_order", order_id=order["external_id"])
        await merch.read(minutes=61)
        await merch.calls()
        await merch.read(minutes=16)
        assert await asked(merch) == (1, 0)

    async def test_finds_a_new_order_and_asks_for_its_store_only(self, merch: MerchShop) -> None:
        before = (await merch.stores())["Company Store"]
        placed = await merch.person(
            "place_merch_order",
            store_id=before["external_id"],
            quantity=2,
            item_cents=3600,
            tax_cents=252,
        )
        await merch.read(minutes=16)
        assert await asked(merch) == (1, 1), "19 orders are one page"
        after = (await merch.stores())["Company Store"]
        assert (after["order_count"], after["items_sold"]) == (
            before["order_count"] + 1,
            before["items_sold"] + 2,
        )
        newest = (await merch.orders(store_id=before["id"]))[0]
        assert (newest["external_id"], newest["total_amount"], newest["fulfilled"]) == (
            placed["merch_order_id"],
            3852,
            False,
        )

    async def test_sees_within_the_hour_that_an_order_was_fulfilled(self, merch: MerchShop) -> None:
        store = (await merch.stores())["Company Store"]
        waiting = (await merch.orders(store_id=store["id"], fulfilled=False))[0]
        await merch.person("fulfill_merch_order", order_id=waiting["external_id"])
        await merch.read(minutes=61)
        fulfilled = {order["id"] for order in await merch.orders(store_id=store["id"], fulfilled=True)}
        assert waiting["id"] in fulfilled
        now = (await merch.stores())["Company Store"]
        assert now["unfulfilled_order_count"] == store["unfulfilled_order_count"] - 1

    async def test_sees_that_a_store_closed_and_that_one_is_gone(self, merch: MerchShop) -> None:
        stores = await merch.stores()
        await merch.person("close_merch_store", store_id=stores[LARGEST]["external_id"])
        gone = stores["Company Store"]
        await merch.person("delete_merch_store", store_id=gone["external_id"])
        await merch.read(minutes=16)
        after = await merch.stores()
        assert (after[LARGEST]["status"], "Company Store" in after) == ("closed", False)
        assert (await merch.browser.get(f"/v1/storefronts/merch/{gone['id']}")).status_code == 404
        assert await merch.orders(store_id=gone["id"]) == []
        assert (await merch.show("/v1/storefronts"))["merch"]["store_count"] == 5

    async def test_goes_on_in_the_next_turn_at_the_page_where_its_calls_were_used_up(
        self, merch: MerchShop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(jobs, "CALLS_A_TURN", 1)
        store = (await merch.stores())[LARGEST]
        await merch.person("place_merch_order", store_id=store["external_id"], quantity=1, item_cents=1800)
        for turn, seen in enumerate([(1, 0), (0, 1), (0, 1), (0, 0)]):
            await merch.read(minutes=16 if turn == 0 else 0)
            assert await asked(merch) == seen, turn
        assert (await merch.stores())[LARGEST]["order_count"] == store["order_count"] + 1

    async def test_forgets_no_order_when_pages_moved_under_it(self, merch: MerchShop, tools: Toolbox) -> None:
        workspace = UUID(merch.browser.workspace_id)
        await merch.change("UPDATE merch_store SET orders_due = true WHERE name = :name", name=LARGEST)
        async with merch.database.transaction(workspace) as session:
            reading = await begin_reading(session, tools.sealer, workspace, now=merch.clock.now())
            assert reading is not None
            due = await find_due_store(session, reading)
            assert due is not None
            page = MerchOrderPage((ORDER,), total=33, next_cursor=None)
            assert await store_page(session, reading, due, page, now=merch.clock.now()) is False
        (row,) = await merch.rows(
            "SELECT order_count, orders_due FROM merch_store WHERE name = :n", n=LARGEST
        )
        assert (row.order_count, row.orders_due) == (33, True)
        await merch.read(minutes=16)
        (row,) = await merch.rows(
            "SELECT order_count, orders_due FROM merch_store WHERE name = :n", n=LARGEST
        )
        assert (row.order_count, row.orders_due) == (32, False), "what Printavo does not have is forgotten"

    async def test_begins_again_where_printavo_knows_its_page_no_more(self, merch: MerchShop) -> None:
        await merch.change(
            "UPDATE merch_store SET orders_due = true, orders_cursor = 'spoilt', orders_began_at = now() WHERE name = :name",
            name=LARGEST,
        )
        await merch.read(minutes=16)
        asked_for = "SELECT orders_due, orders_cursor FROM merch_store WHERE name = :n"
        assert await merch.rows(asked_for, n=LARGEST) == [(True, None)]
        await merch.read(minutes=31)
        assert await merch.rows(asked_for, n=LARGEST) == [(False, None)]

    async def test_of_two_readers_stores_the_page_of_one(self, merch: MerchShop, tools: Toolbox) -> None:
        workspace = UUID(merch.browser.workspace_id)
        await merch.change("UPDATE merch_store SET orders_due = true WHERE name = :name", name=LARGEST)
        async with merch.database.transaction(workspace) as session:
            reading = await begin_reading(session, tools.sealer, workspace, now=merch.clock.now())
            assert reading is not None
            due = await find_due_store(session, reading)
        assert due is not None
        page = MerchOrderPage((ORDER,), total=33, next_cursor="25")
        async with merch.database.transaction(workspace) as session:
            assert await store_page(session, reading, due, page, now=merch.clock.now())
        async with merch.database.transaction(workspace) as session:
            with pytest.raises(OvertakenError):
                await store_page(session, reading, due, page, now=merch.clock.now())


@pytest.mark.rule("L6", "L8")
class TestTrouble:
    async def test_with_the_credentials_stops_the_calls_until_somebody_signs_in(
        self, merch: MerchShop
    ) -> None:
        await merch.person("revoke_token", email="office@northside.example")
        await merch.read(minutes=16)
        assert await connection(merch) == "needs_reauth"
        shown = (await merch.show("/v1/storefronts"))["merch"]
        assert (shown["trouble"]["code"], shown["store_count"]) == ("needs_reauth", 6)
        await merch.calls()
        await merch.read(minutes=120)
        assert await merch.calls() == {}
        await merch.person("restore_token", email="office@northside.example")
        await merch.connect()
        await merch.read()
        assert await connection(merch) == "active"
        assert (await merch.show("/v1/storefronts"))["merch"]["trouble"] is None

    async def test_with_the_plan_ends_by_itself(self, merch: MerchShop) -> None:
        await merch.person("downgrade_plan", account_id="7001")
        await merch.read(minutes=16)
        assert await connection(merch) == "suspended"
        assert (await merch.show("/v1/storefronts"))["merch"]["trouble"]["code"] == "suspended"
        await merch.person("upgrade_plan", account_id="7001")
        await merch.read(minutes=16)
        assert await connection(merch) == "active"
        assert (await merch.show("/v1/storefronts"))["merch"]["trouble"] is None

    async def test_of_a_linked_side_is_the_links(self, merch: MerchShop) -> None:
        await link(merch.browser)
        await merch.person("revoke_token", email="office@northside.example")
        await merch.change("UPDATE workspace_work SET due_at = 'infinity' WHERE kind <> 'merch'")
        await merch.read(minutes=16)
        assert (await merch.show("/v1/link"))["state"] == "needs_reauth"

    async def test_that_passes_is_tried_again_soon(self, merch: MerchShop) -> None:
        await merch.sandboxes.printavo(
            "POST",
            "/faults",
            {"kind": "status_503", "match": {"operation": "merchStores", "nth": 1}, "times": 1},
        )
        await merch.read(minutes=16)
        assert (await merch.show("/v1/storefronts"))["merch"]["trouble"]["code"] == "unavailable"
        await merch.read(seconds=6)
        assert (await merch.show("/v1/storefronts"))["merch"]["trouble"] is None

    async def test_with_one_store_holds_up_no_other(self, merch: MerchShop) -> None:
        await merch.change("UPDATE merch_store SET orders_due = true")
        drift = {"kind": "schema_drift", "match": {"operation": "merchStore", "nth": 1}, "times": 1}
        await merch.sandboxes.printavo("POST", "/faults", drift)
        await merch.read(minutes=16)
        (left,) = await merch.rows("SELECT count(*) AS stores FROM merch_store WHERE orders_due")
        assert left.stores == 1
        assert (await merch.show("/v1/storefronts"))["merch"]["trouble"]["code"] == "not_understood"
        await merch.read(minutes=16)
        (left,) = await merch.rows("SELECT count(*) AS stores FROM merch_store WHERE orders_due")
        assert left.stores == 0
        assert (await merch.show("/v1/storefronts"))["merch"]["trouble"] is None

    async def test_of_old_credentials_says_nothing_about_new_ones(
        self, merch: MerchShop, tools: Toolbox
    ) -> None:
        workspace = UUID(merch.browser.workspace_id)
        async with merch.database.transaction(workspace) as session:
            reading = await begin_reading(session, tools.sealer, workspace, now=merch.clock.now())
        assert reading is not None
        await merch.browser.send("POST", "/v1/connections/printavo", printavo())
        async with merch.database.transaction(workspace) as session:
            await give_up(session, reading, LinkBroken("printavo", "late"), now=merch.clock.now())
        assert await connection(merch) == "active"
        (work,) = await merch.rows("SELECT due_at FROM workspace_work WHERE kind = 'merch'")
        assert work.due_at <= merch.clock.now()


class TestTheRules:
    def test_sort_what_stopped_a_reading(self) -> None:
        sorted_ = [
            (LinkBroken("printavo", ""), "needs_reauth"),
            (LinkBroken("printavo", "", reason="plan"), "suspended"),
            (Unreachable("printavo", ""), "unavailable"),
            (SlowDown("printavo", ""), "unavailable"),
            (Unexpected("printavo", ""), "not_understood"),
            (ValueError(), "internal_error"),
        ]
        assert [trouble_of(error) for error, _ in sorted_] == [code for _, code in sorted_]

    def test_wait_longer_each_time_and_never_shorter_than_asked(self) -> None:
        away = Unreachable("printavo", "")
        assert [next_try(away, failures).total_seconds() for failures in range(1, 6)] == [5, 10, 20, 40, 80]
        assert [next_try(away, failures) for failures in (6, 7, 20)] == [EVERY, 2 * EVERY, 2 * EVERY]
        assert next_try(SlowDown("printavo", "", retry_after=90), 1) == timedelta(seconds=90)
        assert next_try(Unexpected("printavo", ""), 1) == EVERY

    def test_count_down_whole_days_and_stop_at_zero(self) -> None:
        closes = NOW + timedelta(days=2, seconds=5)
        assert count_down("live", closes, now=NOW, warning_days=3).days == 2
        assert count_down("live", closes, now=NOW, warning_days=3).warns
        assert not count_down("live", closes, now=NOW, warning_days=2).warns
        assert count_down("live", NOW - timedelta(days=1), now=NOW, warning_days=3).days == 0
        assert count_down("closed", closes, now=NOW, warning_days=3).days is None
        assert count_down("live", None, now=NOW, warning_days=3).days is None

    @pytest.mark.rule("T11")
    def test_warn_of_nothing_when_no_days_are_chosen(self) -> None:
        """Also not of a store that is live after the moment at which it was to close."""
        for closes in (NOW - timedelta(days=1), NOW, NOW + timedelta(seconds=1)):
            assert not count_down("live", closes, now=NOW, warning_days=0).warns
            assert count_down("live", closes, now=NOW, warning_days=1).warns
