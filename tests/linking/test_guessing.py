"""Guesses are counted, secrets stay secret (L4, I13), trouble of a vendor is nobody's guess."""

import base64
import logging
from urllib.parse import quote_plus
from uuid import UUID

import asyncpg
import pytest

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import LinkBroken
from api.core.logs import JsonLines
from api.linking.queries import get_platform_credentials, get_shop_credentials
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.database import TestDatabase
from tests.make.linking import inksoft, link, printavo
from tests.make.sandboxes import Sandboxes

SAME = ("type", "title", "status", "detail", "code", "side")
STORE = "northside_main"


async def _try(browser: Browser, **sides: dict[str, str]) -> tuple[int, dict[str, object]]:
    body = {"inksoft": inksoft(), "printavo": printavo(), **sides}
    answer = await browser.send("POST", "/v1/link/attempts", body)
    return answer.status_code, answer.json()


class TestAWrongGuess:
    @pytest.mark.rule("L4")
    @pytest.mark.parametrize(
        ("wrong", "unknown"),
        [
            (
                {"printavo": {"email": "office@northside.example", "password": "wrong"}},
                {"printavo": {"email": "nobody@northside.example", "password": "wrong"}},
            ),
            (
                {"printavo": {"email": "office@northside.example", "api_token": "wrong"}},
                {"printavo": {"email": "nobody@northside.example", "api_token": "wrong"}},
            ),
            (
                {"inksoft": {"store_uri": STORE, "api_key": "wrong"}},
                {"inksoft": {"store_uri": "no_such_store", "api_key": "wrong"}},
            ),
            (
                {"inksoft": {"store_uri": STORE, "email": "owner@northside.example", "password": "wrong"}},
                {"inksoft": {"store_uri": STORE, "email": "nobody@northside.example", "password": "wrong"}},
            ),
        ],
    )
    async def test_reads_like_an_unknown_account(
        self, vendor_browser: Browser, wrong: dict[str, dict[str, str]], unknown: dict[str, dict[str, str]]
    ) -> None:
        (first, one), (second, other) = (
            await _try(vendor_browser, **wrong),
            await _try(vendor_browser, **unknown),
        )
        assert (first, second) == (422, 422)
        assert one["code"] == "invalid_credentials"
        assert [one[name] for name in SAME] == [other[name] for name in SAME]

    @pytest.mark.rule("L4")
    async def test_is_slowed_per_account_across_workspaces(
        self, vendor_browser: Browser, other_browser: Browser, sandboxes: Sandboxes, clock: SteerableClock
    ) -> None:
        wrong = {"email": "office@northside.example", "password": "wrong"}
        statuses = [(await _try(vendor_browser, printavo=wrong))[0] for _ in range(7)]
        assert statuses == [422] * 5 + [429] * 2
        await sandboxes.printavo("DELETE", "/calls")
        status, problem = await _try(other_browser)
        assert (status, problem["code"]) == (429, "too_many_attempts")
        assert await sandboxes.printavo("GET", "/calls") == {}
        clock.move(minutes=1)
        assert (await _try(vendor_browser))[0] == 201
        assert (await _try(vendor_browser, printavo=wrong))[0] == 422

    async def test_is_not_what_an_outage_is(self, vendor_browser: Browser, sandboxes: Sandboxes) -> None:
        fault = {"match": {"operation": "login"}, "kind": "status_502_html", "times": 8}
        await sandboxes.printavo("POST", "/faults", fault)
        for _ in range(8):
            status, problem = await _try(vendor_browser)
            assert (status, problem["code"], problem["side"]) == (503, "partner_unavailable", "printavo")
            assert "<" not in str(problem["detail"])
        assert (await _try(vendor_browser))[0] == 201


class TestSecrets:
    @pytest.mark.rule("L4", "I13")
    async def test_are_in_no_log_line_and_in_no_row(
        self,
        vendor_browser: Browser,
        tools: Toolbox,
        database_urls: TestDatabase,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        wrong = "canary-of-a-wrong-password"
        await _try(vendor_browser, printavo={"email": "office@northside.example", "password": wrong})
        by_sign_in = {"store_uri": STORE, "email": "owner@northside.example", "password": "northside-ink"}
        assert (await _try(vendor_browser, inksoft=by_sign_in))[0] == 201
        await link(vendor_browser)
        workspace = UUID(vendor_browser.workspace_id)
        async with tools.database.transaction(workspace) as session:
            platform = await get_platform_credentials(session, tools.sealer, workspace)
            shop = await get_shop_credentials(session, tools.sealer, workspace)
        assert platform.api_key == inksoft()["api_key"]
        assert shop.token.startswith("ses-")
        secrets = [wrong, "northside-print", "northside-ink", platform.api_key, shop.token]
        stored = await _everything(database_urls)
        logged = "\n".join(
            f"{record.getMessage()} {record.__dict__} {JsonLines().format(record)}"
            for record in caplog.records
        )
        assert "link_attempt" in stored
        assert "confirm_link_attempt" in logged
        for secret in secrets:
            for form in _forms(secret):
                assert form.lower() not in stored, form
                assert form.lower() not in logged.lower(), form

    @pytest.mark.rule("I13")
    async def test_of_one_connection_do_not_open_in_another_place(
        self, vendor_browser: Browser, other_browser: Browser, tools: Toolbox, database_urls: TestDatabase
    ) -> None:
        await link(vendor_browser)
        await link(other_browser, "harbor", "harbor")
        connection = await asyncpg.connect(database_urls.admin)
        try:
            await connection.execute(
                "UPDATE connection SET sealed = (SELECT sealed FROM connection WHERE workspace_id = $1 AND side = 'printavo') "
                "WHERE workspace_id = $2 AND side = 'printavo'",
                UUID(vendor_browser.workspace_id),
                UUID(other_browser.workspace_id),
            )
        finally:
            await connection.close()
        workspace = UUID(other_browser.workspace_id)
        async with tools.database.transaction(workspace) as session:
            credentials = await get_shop_credentials(session, tools.sealer, workspace)
        assert credentials.token == ""
        with pytest.raises(LinkBroken):
            await tools.vendors.print_shop.verify(credentials)


def _forms(secret: str) -> list[str]:
    raw = secret.encode()
    return [secret, quote_plus(secret), base64.b64encode(raw).decode().rstrip("=")[:-1], raw.hex()]


async def _everything(database_urls: TestDatabase) -> str:
    """Every row of every table as text, in lower case; jobs and their payloads as well."""
    connection = await asyncpg.connect(database_urls.admin)
    try:
        tables = await connection.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'queue')"
        )
        parts = []
        for table in tables:
            rows = await connection.fetch(f"SELECT t::text AS row FROM {table['name']} t")  # noqa: S608 - names of the catalogue
            parts += [table["name"], *(row["row"] for row in rows)]
        return "\n".join(parts).lower()
    finally:
        await connection.close()
