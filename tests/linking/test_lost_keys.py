"""A master key that is gone takes what it sealed, and nobody's way back: signing in again is asked for, and works (I13, L6)."""

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from api.connectors.registry import Toolbox
from api.core.config import Settings
from api.linking.queries import get_platform_credentials, get_shop_credentials
from api.main import create_app
from api.worker import drain_jobs, open_databases
from tests.make.browser import Browser, make_browser
from tests.make.clock import SteerableClock
from tests.make.linking import attempt, inksoft, link, printavo
from tests.make.sandboxes import Sandboxes

pytestmark = pytest.mark.rule("I13")


def fresh_key(name: str) -> str:
    """One entry of PLATEN_MASTER_KEYS."""
    return f"{name}:{base64.b64encode(os.urandom(32)).decode()}"


@asynccontextmanager
async def started_with(master_keys: str, settings: Settings, clock: SteerableClock) -> AsyncIterator[FastAPI]:
    """The service over the same database, started with these master keys."""
    made = create_app(settings.model_copy(update={"platen_master_keys": SecretStr(master_keys)}), clock=clock)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture(params=["another", "test"])
async def later_app(
    request: pytest.FixtureRequest, vendor_app: object, vendor_settings: Settings, clock: SteerableClock
) -> AsyncIterator[FastAPI]:
    """The service after its master key was lost: another one has its place, or even its name."""
    assert vendor_app is not None
    async with started_with(fresh_key(request.param), vendor_settings, clock) as made:
        yield made


@pytest.fixture
async def later(later_app: FastAPI, vendor_browser: Browser) -> AsyncIterator[Browser]:
    """The same person, still signed in, at the service of `later_app`."""
    async with make_browser(later_app) as made:
        made.http.cookies = vendor_browser.http.cookies
        made.workspace_id = vendor_browser.workspace_id
        yield made


async def work(app: FastAPI, settings: Settings) -> None:
    """Everything that is due, by a worker with the keys of the app."""
    tools: Toolbox = app.state.tools
    database, dispatch = open_databases(settings)
    try:
        await drain_jobs(settings, replace(tools, database=database), dispatch)
    finally:
        await database.close()
        await dispatch.close()


async def states(browser: Browser) -> tuple[str, str, str]:
    shown: Any = (await browser.get("/v1/link")).json()
    return shown["state"], shown["inksoft"]["state"], shown["printavo"]["state"]


async def sign_in_again(browser: Browser) -> None:
    both = {"inksoft": inksoft(), "printavo": printavo()}
    answer = await browser.send("POST", "/v1/link/reauthentication", both)
    assert answer.status_code == 200, answer.text
    assert await states(browser) == ("linked", "active", "active")


class TestWithoutTheMasterKey:
    async def test_signing_in_again_seals_what_opens(
        self, vendor_browser: Browser, later_app: FastAPI, later: Browser
    ) -> None:
        linked = await link(vendor_browser)
        await sign_in_again(later)
        assert (await later.get("/v1/link")).json()["id"] == linked["id"]
        tools: Toolbox = later_app.state.tools
        workspace = UUID(later.workspace_id)
        async with tools.database.transaction(workspace) as session:
            platform = await get_platform_credentials(session, tools.sealer, workspace)
            shop = await get_shop_credentials(session, tools.sealer, workspace)
        assert platform.api_key == inksoft()["api_key"]
        assert shop.token.startswith("ses-")

    @pytest.mark.rule("L6")
    async def test_the_shop_is_told_to_sign_in_and_no_vendor_is_asked(
        self,
        vendor_browser: Browser,
        later_app: FastAPI,
        later: Browser,
        sandboxes: Sandboxes,
        vendor_settings: Settings,
    ) -> None:
        await link(vendor_browser)
        for vendor in (sandboxes.inksoft, sandboxes.printavo):
            await vendor("DELETE", "/calls")
        await work(later_app, vendor_settings)
        assert await states(later) == ("needs_reauth", "needs_reauth", "needs_reauth")
        assert [await vendor("GET", "/calls") for vendor in (sandboxes.inksoft, sandboxes.printavo)] == [
            {},
            {},
        ]
        await sign_in_again(later)

    async def test_linking_again_works(self, vendor_browser: Browser, later: Browser) -> None:
        await link(vendor_browser)
        assert (await vendor_browser.effect("DELETE", "/v1/link")).status_code == 204
        assert (await link(later))["state"] == "linked"

    async def test_an_attempt_from_before_has_expired(self, vendor_browser: Browser, later: Browser) -> None:
        made = await attempt(vendor_browser)
        answer = await later.effect("POST", f"/v1/link/attempts/{made['id']}/confirmation", {})
        assert (answer.status_code, answer.json()["code"]) == (410, "link_attempt_expired")
        assert (await link(later))["state"] == "linked"

    async def test_a_connection_cannot_stand_for_its_account(
        self, vendor_browser: Browser, later: Browser
    ) -> None:
        answer = await vendor_browser.send("POST", "/v1/connections/printavo", printavo())
        assert answer.status_code == 201, answer.text
        refused = await later.send("POST", "/v1/link/attempts", {"inksoft": inksoft()})
        assert (refused.status_code, refused.json()["code"], refused.json()["side"]) == (
            422, "invalid_credentials", "printavo",
        )  # fmt: skip
        assert "Sign in to Printavo again" in refused.json()["detail"]
        assert (await link(later))["state"] == "linked"

    async def test_what_asks_printavo_says_so(self, vendor_browser: Browser, later: Browser) -> None:
        await link(vendor_browser)
        answer = await later.get("/v1/printavo/statuses")
        assert (answer.status_code, answer.json()["code"]) == (409, "link_needs_reauth")

    @pytest.mark.rule("I10")
    async def test_a_kept_answer_is_not_given_again_and_nothing_is_done_twice(
        self, vendor_browser: Browser, later: Browser
    ) -> None:
        body = {"name": "Reports", "scopes": ["orders:read"]}
        made = await vendor_browser.effect("POST", "/v1/api-keys", body, key="make-a-key")
        assert made.status_code == 201, made.text
        again = await later.effect("POST", "/v1/api-keys", body, key="make-a-key")
        assert (again.status_code, again.json()["code"]) == (422, "idempotency_key_reused")
        assert len((await later.get("/v1/api-keys")).json()["data"]) == 1
