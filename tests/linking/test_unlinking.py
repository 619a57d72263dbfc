"""Unlinking and linking again (L5, I8)."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import Database
from api.core.ids import new_id
from api.linking.queries import NotLinked, get_active_link, require_active_link
from api.linking.queries.disconnection import DisconnectionCounts, RoomsAbove
from tests.make.browser import Browser
from tests.make.linking import attempt, link
from tests.make.orders import make_store
from tests.make.tabs import choose


class Counting:
    """Stands where a room above counts."""

    def __init__(self, knows: DisconnectionCounts) -> None:
        self.knows = knows
        self.asked: list[tuple[UUID, str]] = []

    async def __call__(self, _: AsyncSession, workspace_id: UUID, account: str) -> DisconnectionCounts:
        self.asked.append((workspace_id, account))
        return self.knows


class TestThePreview:
    @pytest.mark.rule("L5")
    async def test_adds_up_what_the_rooms_above_count(
        self, vendor_app: FastAPI, vendor_browser: Browser
    ) -> None:
        orders = Counting(DisconnectionCounts(shared_stores=2, unattached_orders=3, attached_orders=5))
        invoices = Counting(DisconnectionCounts(operations_in_flight=7, operations_sending=1))
        vendor_app.state.rooms_above = RoomsAbove(counters=(orders, invoices))
        await link(vendor_browser)
        preview = (await vendor_browser.get("/v1/link/disconnection-preview")).json()
        assert preview == {
            "inksoft_account_name": preview["inksoft_account_name"],
            "printavo_account_name": "Northside Print Co",
            "shared_stores": 2,
            "unattached_orders": 3,
            "attached_orders": 5,
            "operations_in_flight": 7,
            "can_disconnect": False,
        }
        assert orders.asked == [(UUID(vendor_browser.workspace_id), "41001")]

    async def test_needs_a_link(self, vendor_browser: Browser) -> None:
        answer = await vendor_browser.get("/v1/link/disconnection-preview")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_linked")


class TestUnlinking:
    @pytest.mark.rule("L5")
    async def test_frees_both_accounts_erases_the_tokens_and_stops_the_jobs(
        self, vendor_browser: Browser, database: Database
    ) -> None:
        await link(vendor_browser)
        assert (await vendor_browser.effect("DELETE", "/v1/link")).status_code == 204
        assert (await vendor_browser.get("/v1/link")).json()["state"] == "unlinked"
        assert (await vendor_browser.get("/v1/connections")).json() == []
        facts = {
            "tokens": "SELECT count(*) FROM connection WHERE sealed IS NOT NULL",
            "claims": "SELECT count(*) FROM account_claim",
            "work": "SELECT count(*) FROM workspace_work WHERE kind LIKE 'pu%' OR kind IN ('sync', 'link_check')",
            "kept records": "SELECT count(*) - 2 FROM connection",
        }
        async with database.transaction(UUID(vendor_browser.workspace_id)) as session:
            found = {name: await session.scalar(text(question)) for name, question in facts.items()}
            types = list(
                await session.scalars(text("SELECT type FROM event WHERE subject_type = 'link' ORDER BY id"))
            )
        assert set(found.values()) == {0}, found
        assert types == ["link.created", "link.ended"]

    async def test_needs_a_key_and_is_done_once(self, vendor_browser: Browser) -> None:
        await link(vendor_browser)
        without = await vendor_browser.send("DELETE", "/v1/link")
        assert (without.status_code, without.json()["code"]) == (400, "idempotency_key_missing")
        answers = [await vendor_browser.effect("DELETE", "/v1/link", key="unlink-once") for _ in range(2)]
        assert [each.status_code for each in answers] == [204, 204]
        assert answers[1].headers["idempotency-replayed"] == "true"
        fresh = await vendor_browser.effect("DELETE", "/v1/link")
        assert (fresh.status_code, fresh.json()["code"]) == (409, "not_linked")

    @pytest.mark.rule("I8")
    async def test_waits_for_what_is_being_sent(self, vendor_browser: Browser, database: Database) -> None:
        linked = await link(vendor_browser)
        workspace = UUID(vendor_browser.workspace_id)
        store = await make_store(database, workspace, "Lincoln HS", account="41001")
        await _operation(database, workspace, store, UUID(linked["id"]))
        preview = (await vendor_browser.get("/v1/link/disconnection-preview")).json()
        assert (preview["operations_in_flight"], preview["can_disconnect"]) == (1, False)
        answer = await vendor_browser.effect("DELETE", "/v1/link")
        assert (answer.status_code, answer.json()["code"]) == (409, "push_in_progress")
        assert answer.json()["retryable"] is True
        assert (await vendor_browser.get("/v1/link")).json()["state"] == "linked"
        async with database.transaction(workspace) as session:
            await session.execute(
                text("UPDATE remote_operation SET lease_until = now() - interval '1 second'")
            )
        preview = (await vendor_browser.get("/v1/link/disconnection-preview")).json()
        assert (preview["operations_in_flight"], preview["can_disconnect"]) == (1, True)
        assert (await vendor_browser.effect("DELETE", "/v1/link")).status_code == 204

    @pytest.mark.rule("I8")
    async def test_cannot_overtake_an_effect_that_counts_on_the_link(
        self, vendor_browser: Browser, database: Database
    ) -> None:
        await link(vendor_browser)
        workspace = UUID(vendor_browser.workspace_id)
        async with database.transaction(workspace) as session:
            await require_active_link(session, workspace)
            ending = asyncio.create_task(vendor_browser.effect("DELETE", "/v1/link"))
            done, _ = await asyncio.wait({ending}, timeout=0.5)
            assert not done
        assert (await ending).status_code == 204
        async with database.transaction(workspace) as session:
            with pytest.raises(NotLinked):
                await require_active_link(session, workspace)


class TestLinkingAgain:
    @pytest.mark.rule("L5", "I8")
    async def test_the_same_pair_has_a_new_epoch_and_its_old_share_date(
        self, vendor_browser: Browser, database: Database
    ) -> None:
        first = await link(vendor_browser, share_orders_from="2026-01-05")
        one = await _epoch(database, vendor_browser)
        await vendor_browser.effect("DELETE", "/v1/link")
        assert (await attempt(vendor_browser))["linked_before"] is True
        second = await link(vendor_browser)
        assert second["share_orders_from"] == first["share_orders_from"]
        assert second["id"] != first["id"]
        assert await _epoch(database, vendor_browser) == one + 1

    @pytest.mark.rule("L5")
    async def test_with_another_day_takes_it(self, vendor_browser: Browser) -> None:
        first = await link(vendor_browser, share_orders_from="2026-01-05")
        await vendor_browser.effect("DELETE", "/v1/link")
        second = await link(vendor_browser, share_orders_from="2026-02-05")
        assert second["share_orders_from"] > first["share_orders_from"]

    @pytest.mark.rule("L5", "S3", "T1")
    async def test_the_same_pair_shares_what_it_shared(self, vendor_browser: Browser) -> None:
        await link(vendor_browser)
        usual = await choose(vendor_browser)
        assert sorted(usual["sources"]) == ["embedded_designer", "proposal", "store"]
        wanted: dict[str, Any] = {"sources": ["staff", "store"], "skip_free_orders": True}
        await choose(vendor_browser, **wanted)
        await vendor_browser.effect("DELETE", "/v1/link")
        await link(vendor_browser)
        again = await choose(vendor_browser)
        assert {name: again[name] for name in wanted} == wanted
        await vendor_browser.effect("DELETE", "/v1/link")
        await link(vendor_browser, "harbor", "harbor")
        other = await choose(vendor_browser)
        assert (other["sources"], other["skip_free_orders"]) == (usual["sources"], False)

    @pytest.mark.rule("L5", "I8")
    async def test_another_pair_starts_anew_and_never_repeats_an_epoch(
        self, vendor_browser: Browser, database: Database
    ) -> None:
        await link(vendor_browser, share_orders_from="2026-01-05")
        one = await _epoch(database, vendor_browser)
        await vendor_browser.effect("DELETE", "/v1/link")
        made = await attempt(vendor_browser, "harbor", "harbor")
        assert made["linked_before"] is False
        other = await link(vendor_browser, "harbor", "harbor")
        assert other["share_orders_from"] > "2026-01-06"
        assert await _epoch(database, vendor_browser) > one


async def _epoch(database: Database, browser: Browser) -> Any:
    workspace = UUID(browser.workspace_id)
    async with database.transaction(workspace) as session:
        return (await get_active_link(session, workspace)).epoch


async def _operation(database: Database, workspace: UUID, store: UUID, link_id: UUID) -> None:
    """An invoice of this store with one write to Printavo under way."""
    values = {"w": workspace, "invoice": new_id(), "store": store, "link": link_id, "id": new_id()}
    async with database.transaction(workspace) as session:
        await session.execute(
            text(
                "INSERT INTO invoice (workspace_id, id, store_id, link_id, printavo_account, nickname, contact_id, "
                "contact_name, status_id, customer_due_on, due_at, currency, marker, revision, pushed_revision, push_state, "
                "order_count, piece_count, total_amount, created_by) VALUES (:w, :invoice, :store, :link, '7001', 'Lincoln', "
                "'1', 'Lincoln HS', '1', current_date, now(), 'USD', 'P-AAAAAAAA', 1, 0, 'sending', 0, 0, 0, 'Dana')"
            ),
            values,
        )
        await session.execute(
            text(
                "INSERT INTO remote_operation (workspace_id, id, invoice_id, revision, epoch, verb, object_key, marker, "
                "payload, state, lease_until) VALUES (:w, :id, :invoice, 1, 1, 'create_quote', 'quote', 'P-AAAAAAAA', "
                "'{}', 'sending', now() + interval '1 minute')"
            ),
            values,
        )
