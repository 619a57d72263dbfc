"""How a link breaks and recovers (L6)."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import LinkBroken
from api.linking.actions.health import mark_needs_reauth, mark_suspended, note_synced
from api.linking.queries import (
    ActiveLink,
    LinkNeedsReauth,
    LinkSuspended,
    get_active_link,
    get_platform_credentials,
    require_active_link,
)
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.linking import inksoft, link, printavo
from tests.make.sandboxes import Sandboxes

NEW_KEY = {"inksoft": {"store_uri": "northside_main", "api_key": "ANOTHER-NORTHSIDE-KEY"}}


async def _seen(tools: Toolbox, browser: Browser) -> ActiveLink:
    workspace = UUID(browser.workspace_id)
    async with tools.database.transaction(workspace) as session:
        return await get_active_link(session, workspace)


async def _refuse(tools: Toolbox, browser: Browser, seen: ActiveLink | None = None) -> None:
    """What a job does whose call was refused: a real call with the stored credentials, then the mark."""
    workspace = UUID(browser.workspace_id)
    seen = seen or await _seen(tools, browser)
    async with tools.database.transaction(workspace) as session:
        credentials = await get_platform_credentials(session, tools.sealer, workspace)
    with pytest.raises(LinkBroken) as refusal:
        await tools.vendors.store_platform.verify(credentials)
    mark = mark_needs_reauth if refusal.value.reason == "credentials" else mark_suspended
    async with tools.database.transaction(workspace) as session:
        await mark(session, workspace, "inksoft", seen=seen, now=tools.clock.now())


async def _work(tools: Toolbox, browser: Browser) -> set[str]:
    async with tools.database.transaction(UUID(browser.workspace_id)) as session:
        kinds = await session.scalars(
            text("SELECT kind FROM workspace_work WHERE workspace_id = :w AND kind <> 'answers'"),
            {"w": UUID(browser.workspace_id)},
        )
        return set(kinds)


async def _events(tools: Toolbox, browser: Browser) -> list[str]:
    async with tools.database.transaction(UUID(browser.workspace_id)) as session:
        types = await session.scalars(text("SELECT type FROM event WHERE subject_type = 'link' ORDER BY id"))
        return list(types)


async def _shown(browser: Browser) -> Any:
    return (await browser.get("/v1/link")).json()


class TestRevokedCredentials:
    @pytest.mark.rule("L6")
    async def test_are_one_banner_and_stop_the_jobs(
        self, vendor_browser: Browser, tools: Toolbox, sandboxes: Sandboxes
    ) -> None:
        linked = await link(vendor_browser)
        await sandboxes.inksoft("POST", "/revoke_key", {"account": "northside"})
        for _ in range(3):
            await _refuse(tools, vendor_browser)
        shown = await _shown(vendor_browser)
        assert (shown["state"], shown["id"]) == ("needs_reauth", linked["id"])
        assert (shown["inksoft"]["state"], shown["printavo"]["state"]) == ("needs_reauth", "active")
        assert (shown["health"]["ok"], shown["health"]["side"]) == (False, "inksoft")
        assert "InkSoft" in shown["health"]["message"]
        assert await _work(tools, vendor_browser) & {"sync", "push", "link_check"} == set()
        assert await _events(tools, vendor_browser) == ["link.created", "link.needs_reauth"]
        workspace = UUID(vendor_browser.workspace_id)
        async with tools.database.transaction(workspace) as session:
            with pytest.raises(LinkNeedsReauth):
                await require_active_link(session, workspace)

    @pytest.mark.rule("L6", "I8")
    async def test_renewed_keep_the_link_its_history_and_epoch(
        self, vendor_browser: Browser, tools: Toolbox, sandboxes: Sandboxes
    ) -> None:
        linked = await link(vendor_browser)
        before = await _seen(tools, vendor_browser)
        await sandboxes.inksoft("POST", "/revoke_key", {"account": "northside"})
        await _refuse(tools, vendor_browser)
        old = await vendor_browser.send("POST", "/v1/link/reauthentication", {"inksoft": inksoft()})
        assert (old.status_code, old.json()["code"]) == (422, "invalid_credentials")
        key = NEW_KEY["inksoft"]["api_key"]
        await sandboxes.inksoft("POST", "/replace_key", {"account": "northside", "api_key": key})
        answer = await vendor_browser.send("POST", "/v1/link/reauthentication", NEW_KEY)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["state"], answer.json()["id"]) == ("linked", linked["id"])
        after = await _seen(tools, vendor_browser)
        assert (after.id, after.epoch) == (before.id, before.epoch)
        assert "sync" in await _work(tools, vendor_browser)
        workspace = UUID(vendor_browser.workspace_id)
        async with tools.database.transaction(workspace) as session:
            assert (await get_platform_credentials(session, tools.sealer, workspace)).api_key == key

    @pytest.mark.rule("L6")
    async def test_refused_late_say_nothing_about_new_ones(
        self, vendor_browser: Browser, tools: Toolbox, sandboxes: Sandboxes
    ) -> None:
        await link(vendor_browser)
        seen = await _seen(tools, vendor_browser)
        renewed = await vendor_browser.send("POST", "/v1/link/reauthentication", {"inksoft": inksoft()})
        assert renewed.status_code == 200
        await sandboxes.inksoft("POST", "/revoke_key", {"account": "northside"})
        await _refuse(tools, vendor_browser, seen)
        assert (await _shown(vendor_browser))["state"] == "linked"

    @pytest.mark.rule("L6")
    async def test_are_not_renewed_by_those_of_another_account(self, vendor_browser: Browser) -> None:
        await link(vendor_browser)
        for body, side in (
            ({"inksoft": inksoft("harbor")}, "inksoft"),
            ({"printavo": printavo("harbor")}, "printavo"),
        ):
            answer = await vendor_browser.send("POST", "/v1/link/reauthentication", body)
            assert (answer.status_code, answer.json()["code"]) == (409, "different_account"), answer.text
            assert answer.json()["side"] == side
        assert (await vendor_browser.send("POST", "/v1/link/reauthentication", {})).status_code == 422

    async def test_cannot_be_renewed_without_a_link(self, vendor_browser: Browser) -> None:
        answer = await vendor_browser.send("POST", "/v1/link/reauthentication", {"inksoft": inksoft()})
        assert (answer.status_code, answer.json()["code"]) == (409, "not_linked")


class TestALowerPlan:
    @pytest.mark.rule("L6")
    async def test_suspends_the_link_which_resumes_by_itself(
        self,
        vendor_browser: Browser,
        tools: Toolbox,
        sandboxes: Sandboxes,
        clock: SteerableClock,
        run_jobs: Callable[[], Awaitable[None]],
    ) -> None:
        await link(vendor_browser)
        await sandboxes.inksoft("POST", "/downgrade_plan", {"account": "northside"})
        await _refuse(tools, vendor_browser)
        assert (await _shown(vendor_browser))["state"] == "suspended"
        assert await _work(tools, vendor_browser) == {"link_attempts", "link_check", "merch"}
        workspace = UUID(vendor_browser.workspace_id)
        async with tools.database.transaction(workspace) as session:
            with pytest.raises(LinkSuspended):
                await require_active_link(session, workspace)

        clock.move(minutes=16)
        await run_jobs()
        assert (await _shown(vendor_browser))["state"] == "suspended"

        await sandboxes.inksoft("POST", "/upgrade_plan", {"account": "northside"})
        await run_jobs()
        assert (await _shown(vendor_browser))["state"] == "suspended", "asked again too early"
        clock.move(minutes=16)
        await run_jobs()
        shown = await _shown(vendor_browser)
        assert (shown["state"], shown["health"]["ok"]) == ("linked", True)
        work = await _work(tools, vendor_browser)
        assert "sync" in work
        assert "link_check" not in work
        assert (await _events(tools, vendor_browser))[:3] == [
            "link.created",
            "link.suspended",
            "link.recovered",
        ]

    @pytest.mark.rule("L6")
    async def test_then_revoked_credentials_end_the_asking(
        self,
        vendor_browser: Browser,
        tools: Toolbox,
        sandboxes: Sandboxes,
        clock: SteerableClock,
        run_jobs: Callable[[], Awaitable[None]],
    ) -> None:
        await link(vendor_browser)
        await sandboxes.inksoft("POST", "/downgrade_plan", {"account": "northside"})
        await _refuse(tools, vendor_browser)
        await sandboxes.inksoft("POST", "/revoke_key", {"account": "northside"})
        await sandboxes.inksoft("POST", "/upgrade_plan", {"account": "northside"})
        clock.move(minutes=16)
        await run_jobs()
        assert (await _shown(vendor_browser))["state"] == "needs_reauth"
        await sandboxes.inksoft("DELETE", "/calls")
        for _ in range(3):
            clock.move(minutes=16)
            await run_jobs()
        assert await sandboxes.inksoft("GET", "/calls") == {}


class TestTheLastReading:
    async def test_is_shown_and_never_goes_back(
        self, vendor_browser: Browser, tools: Toolbox, clock: SteerableClock
    ) -> None:
        await link(vendor_browser)
        seen = await _seen(tools, vendor_browser)
        tag = (await vendor_browser.get("/v1/link")).headers["etag"]
        newest = clock.now()
        clock.move(minutes=-5)
        for at in (newest, clock.now()):
            async with tools.database.transaction(UUID(vendor_browser.workspace_id)) as session:
                await note_synced(session, UUID(vendor_browser.workspace_id), seen.id, synced_at=at)
        assert (await _seen(tools, vendor_browser)).last_synced_at == newest
        answer = await vendor_browser.get("/v1/link")
        assert answer.json()["last_synced_at"] is not None
        assert answer.headers["etag"] != tag
