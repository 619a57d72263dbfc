"""Linking two accounts over HTTP, both sandboxes behind the app."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.linking import attempt, inksoft, link, printavo
from tests.make.queries import queries
from tests.make.sandboxes import Sandboxes

BY_TOKEN = {"email": "office@northside.example", "api_token": "DEMO-NORTHSIDE-PRINTAVO-TOKEN"}
BY_SIGN_IN = {
    "store_uri": "northside_main",
    "email": "owner@northside.example",
    "password": "northside-ink",
}


class TestAnAttempt:
    @pytest.mark.rule("L1")
    async def test_shows_both_accounts_by_name_and_links_nothing(self, vendor_browser: Browser) -> None:
        made = await attempt(vendor_browser)
        assert made["inksoft"]["external_id"] == "41001"
        assert made["printavo"]["account_name"] == "Northside Print Co"
        assert (made["inksoft"]["plan"], made["printavo"]["plan"]) == ("unlimited", "premium")
        assert made["linked_before"] is False
        assert (await vendor_browser.get(f"/v1/link/attempts/{made['id']}")).json() == made
        assert (await vendor_browser.get("/v1/link")).json()["state"] == "unlinked"
        assert (await vendor_browser.get("/v1/connections")).json() == []

    @pytest.mark.rule("L1")
    @pytest.mark.parametrize("store_side", [inksoft(), BY_SIGN_IN], ids=["key", "password"])
    @pytest.mark.parametrize("shop_side", [printavo(), BY_TOKEN], ids=["password", "token"])
    async def test_each_side_opens_by_key_or_by_password(
        self, vendor_browser: Browser, store_side: dict[str, str], shop_side: dict[str, str]
    ) -> None:
        body = {"inksoft": store_side, "printavo": shop_side}
        answer = await vendor_browser.send("POST", "/v1/link/attempts", body)
        assert answer.status_code == 201, answer.text

    @pytest.mark.parametrize(
        "body",
        [
            {"inksoft": {**inksoft(), "store_uri": "https://evil.example/northside_main"}, "printavo": printavo()},
            {"inksoft": {**inksoft(), "store_uri": "../northside_main"}, "printavo": printavo()},
            {"inksoft": {"store_uri": "northside_main"}, "printavo": printavo()},
            {"inksoft": {**BY_SIGN_IN, "api_key": "both"}, "printavo": printavo()},
            {"inksoft": inksoft(), "printavo": {"email": "office@northside.example"}},
            {"inksoft": inksoft(), "printavo": {"email": "office@northside.example", "api_token": "schlüssel"}},
            {"inksoft": inksoft(), "printavo": {"email": "büro@northside.example", "api_token": "x"}},
        ],
    )  # fmt: skip
    async def test_of_another_shape_reaches_no_vendor(
        self, vendor_browser: Browser, sandboxes: Sandboxes, body: dict[str, object]
    ) -> None:
        await sandboxes.inksoft("DELETE", "/calls")
        answer = await vendor_browser.send("POST", "/v1/link/attempts", body)
        assert answer.status_code == 422, answer.text
        assert "schl" not in answer.text
        assert await sandboxes.inksoft("GET", "/calls") == {}

    @pytest.mark.rule("L8")
    async def test_takes_a_side_left_out_from_its_connection(self, vendor_browser: Browser) -> None:
        missing = await vendor_browser.send("POST", "/v1/link/attempts", {"inksoft": inksoft()})
        assert (missing.status_code, missing.json()["code"]) == (409, "not_connected")
        assert (await vendor_browser.send("POST", "/v1/connections/printavo", printavo())).status_code == 201
        made = await vendor_browser.send("POST", "/v1/link/attempts", {"inksoft": inksoft()})
        assert made.status_code == 201, made.text
        path = f"/v1/link/attempts/{made.json()['id']}/confirmation"
        assert (await vendor_browser.effect("POST", path, {})).json()["state"] == "linked"
        assert len((await vendor_browser.get("/v1/connections")).json()) == 2

    async def test_of_another_account_than_the_connected_one_is_refused(
        self, vendor_browser: Browser
    ) -> None:
        await vendor_browser.send("POST", "/v1/connections/printavo", printavo("harbor"))
        body = {"inksoft": inksoft(), "printavo": printavo()}
        answer = await vendor_browser.send("POST", "/v1/link/attempts", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "already_connected")
        assert answer.json()["account_name"] == "Harbor Stitch"

    @pytest.mark.rule("L1")
    async def test_lives_for_15_minutes_and_leaves_no_secret(
        self,
        vendor_browser: Browser,
        clock: SteerableClock,
        database: Database,
        run_jobs: Callable[[], Awaitable[None]],
    ) -> None:
        made = await attempt(vendor_browser)
        assert await _sealed_secrets(database, vendor_browser) == 2
        clock.move(minutes=16)
        await run_jobs()
        assert await _sealed_secrets(database, vendor_browser) == 0
        answer = await vendor_browser.effect("POST", f"/v1/link/attempts/{made['id']}/confirmation", {})
        assert (answer.status_code, answer.json()["code"]) == (410, "link_attempt_expired")

    @pytest.mark.rule("L1")
    async def test_is_over_after_15_minutes_whether_or_not_anybody_swept(
        self, vendor_browser: Browser, clock: SteerableClock
    ) -> None:
        made = await attempt(vendor_browser)
        path = f"/v1/link/attempts/{made['id']}"
        assert (await vendor_browser.get(path)).status_code == 200
        clock.move(minutes=16)
        for answer in (
            await vendor_browser.get(path),
            await vendor_browser.effect("POST", f"{path}/confirmation", {}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (410, "link_attempt_expired")

    async def test_of_another_workspace_is_not_found(
        self, vendor_browser: Browser, other_browser: Browser
    ) -> None:
        made = await attempt(vendor_browser)
        path = f"/v1/link/attempts/{made['id']}"
        assert (await other_browser.get(path)).status_code == 404
        assert (await other_browser.effect("POST", f"{path}/confirmation", {})).status_code == 404


class TestAConfirmation:
    @pytest.mark.rule("L1")
    async def test_links_and_begins_to_read(
        self, vendor_app: object, vendor_browser: Browser, database: Database
    ) -> None:
        linked = await link(vendor_browser)
        assert linked["state"] == "linked"
        assert linked["health"] == {"ok": True, "side": None, "since": None, "message": None}
        assert linked["linked_by"] == "Dana Reyes"
        assert (await vendor_browser.get("/v1/link")).json() == linked
        with queries(vendor_app, 1):
            connections = (await vendor_browser.get("/v1/connections")).json()
        assert [(each["side"], each["in_link"]) for each in connections] == [
            ("inksoft", True),
            ("printavo", True),
        ]
        workspace = UUID(vendor_browser.workspace_id)
        async with database.transaction(workspace) as session:
            kinds = await session.scalars(
                text("SELECT kind FROM workspace_work WHERE workspace_id = :w AND due_at <= now()"),
                {"w": workspace},
            )
            assert "sync" in set(kinds)
            events = await session.scalars(
                text("SELECT type FROM event WHERE workspace_id = :w AND subject_type = 'link'"),
                {"w": workspace},
            )
            assert list(events) == ["link.created"]
            kept = await session.scalar(
                text(
                    "SELECT count(*) FROM link_attempt WHERE inksoft_sealed IS NOT NULL OR printavo_sealed IS NOT NULL"
                )
            )
            assert kept == 0

    async def test_repeated_with_its_key_answers_the_same_bytes(self, vendor_browser: Browser) -> None:
        made = await attempt(vendor_browser)
        path, key = f"/v1/link/attempts/{made['id']}/confirmation", uuid4().hex
        first = await vendor_browser.effect("POST", path, {}, key=key)
        second = await vendor_browser.effect("POST", path, {}, key=key)
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.content == second.content
        assert second.headers["idempotency-replayed"] == "true"
        without = await vendor_browser.send("POST", path, {})
        assert (without.status_code, without.json()["code"]) == (400, "idempotency_key_missing")

    @pytest.mark.rule("L7")
    async def test_shares_orders_of_the_last_30_days_unless_told_otherwise(
        self, vendor_browser: Browser
    ) -> None:
        linked = await link(vendor_browser)
        shop_zone = ZoneInfo(linked["printavo"]["time_zone"])
        since = datetime.fromisoformat(linked["share_orders_from"]).astimezone(shop_zone)
        assert (since.hour, since.minute) == (0, 0)
        assert since.date() == (datetime.now(UTC).astimezone(shop_zone) - timedelta(days=30)).date()

    @pytest.mark.rule("L7")
    async def test_keeps_the_day_chosen_and_warns_of_the_native_link(self, vendor_browser: Browser) -> None:
        linked = await link(vendor_browser, share_orders_from="2026-03-09", native_link=True)
        shop_zone = ZoneInfo(linked["printavo"]["time_zone"])
        since = datetime.fromisoformat(linked["share_orders_from"]).astimezone(shop_zone)
        assert since.isoformat()[:16] == "2026-03-09T00:00"
        assert linked["native_link"] is True
        assert "twice" in linked["native_link_warning"]


class TestPlans:
    @pytest.mark.rule("L2")
    @pytest.mark.parametrize("form", ["envelope_400", "ok_false_200", "html_403"])
    async def test_a_lower_plan_of_inksoft_is_refused_by_name(
        self, vendor_browser: Browser, sandboxes: Sandboxes, database: Database, form: str
    ) -> None:
        await sandboxes.inksoft("PUT", "/switches", {"plan_refusal": form})
        body = {"inksoft": inksoft("smalltown"), "printavo": printavo()}
        answer = await vendor_browser.send("POST", "/v1/link/attempts", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "plan_not_eligible"), answer.text
        assert answer.json()["side"] == "inksoft"
        assert "Unlimited" in answer.json()["detail"]
        await _nothing_is_stored(database, vendor_browser)

    @pytest.mark.rule("L2")
    @pytest.mark.parametrize("form", ["http_403", "graphql"])
    @pytest.mark.parametrize("at_login", ["yes", "no"])
    async def test_a_lower_plan_of_printavo_is_refused_by_name(
        self, vendor_browser: Browser, sandboxes: Sandboxes, database: Database, form: str, at_login: str
    ) -> None:
        switches = {"plan_refusal": form, "plan_checked_at_login": at_login}
        await sandboxes.printavo("PUT", "/switches", switches)
        body = {"inksoft": inksoft(), "printavo": printavo("smalltown")}
        answer = await vendor_browser.send("POST", "/v1/link/attempts", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "plan_not_eligible"), answer.text
        assert answer.json()["side"] == "printavo"
        assert "Premium" in answer.json()["detail"]
        await _nothing_is_stored(database, vendor_browser)

    @pytest.mark.rule("L2")
    async def test_a_refusal_that_looks_like_a_bad_login_reads_as_one(
        self, vendor_browser: Browser, sandboxes: Sandboxes, database: Database
    ) -> None:
        await sandboxes.inksoft("PUT", "/switches", {"plan_refusal": "like_bad_key"})
        await sandboxes.printavo("PUT", "/switches", {"plan_refusal": "as_auth_failure"})
        for body in (
            {"inksoft": inksoft("smalltown"), "printavo": printavo()},
            {"inksoft": inksoft(), "printavo": printavo("smalltown")},
        ):
            answer = await vendor_browser.send("POST", "/v1/link/attempts", body)
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid_credentials"), answer.text
        await _nothing_is_stored(database, vendor_browser)


class TestCurrencies:
    @pytest.mark.rule("L8")
    async def test_that_differ_are_refused(self, vendor_browser: Browser, database: Database) -> None:
        body = {"inksoft": inksoft("maple"), "printavo": printavo()}
        answer = await vendor_browser.send("POST", "/v1/link/attempts", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "currency_mismatch"), answer.text
        assert (answer.json()["inksoft_currency"], answer.json()["printavo_currency"]) == ("CAD", "USD")
        await _nothing_is_stored(database, vendor_browser)


class TestAConnectionAlone:
    @pytest.mark.rule("L8")
    async def test_comes_and_goes_without_a_link(self, vendor_browser: Browser, database: Database) -> None:
        made = await vendor_browser.send("POST", "/v1/connections/printavo", printavo())
        assert made.status_code == 201, made.text
        assert (made.json()["account_name"], made.json()["in_link"]) == ("Northside Print Co", False)
        assert (await vendor_browser.get("/v1/link")).json()["state"] == "unlinked"
        assert (await vendor_browser.send("DELETE", "/v1/connections/printavo")).status_code == 204
        assert (await vendor_browser.get("/v1/connections")).json() == []
        assert (await vendor_browser.send("DELETE", "/v1/connections/printavo")).status_code == 404
        assert await _sealed_secrets(database, vendor_browser) == 0

    async def test_takes_new_credentials_of_its_account_and_no_other(self, vendor_browser: Browser) -> None:
        await vendor_browser.send("POST", "/v1/connections/inksoft", inksoft())
        again = await vendor_browser.send("POST", "/v1/connections/inksoft", BY_SIGN_IN)
        assert again.status_code == 201, again.text
        other = await vendor_browser.send("POST", "/v1/connections/inksoft", inksoft("harbor"))
        assert (other.status_code, other.json()["code"]) == (409, "already_connected")
        assert len((await vendor_browser.get("/v1/connections")).json()) == 1

    async def test_that_the_link_uses_stays(self, vendor_browser: Browser) -> None:
        await link(vendor_browser)
        answer = await vendor_browser.send("DELETE", "/v1/connections/inksoft")
        assert (answer.status_code, answer.json()["code"]) == (409, "connection_in_use")

    async def test_asked_for_by_many_at_once_is_one(self, vendor_browser: Browser) -> None:
        answers = await asyncio.gather(
            *(vendor_browser.send("POST", "/v1/connections/printavo", BY_TOKEN) for _ in range(4))
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len((await vendor_browser.get("/v1/connections")).json()) == 1


class TestTheETag:
    async def test_spares_a_second_reading_and_changes_with_the_link(self, vendor_browser: Browser) -> None:
        tags = []
        for act in (link, _unlink, link):
            answer = await vendor_browser.get("/v1/link")
            tags.append(answer.headers["etag"])
            same = await vendor_browser.send("GET", "/v1/link", headers={"If-None-Match": tags[-1]})
            assert same.status_code == 304
            await act(vendor_browser)
        tags.append((await vendor_browser.get("/v1/link")).headers["etag"])
        assert len(set(tags)) == 4


async def _unlink(browser: Browser) -> None:
    assert (await browser.effect("DELETE", "/v1/link")).status_code == 204


async def _sealed_secrets(database: Database, browser: Browser) -> int:
    workspace = UUID(browser.workspace_id)
    async with database.transaction(workspace) as session:
        found = await session.scalar(
            text(
                "SELECT (SELECT count(*) FROM connection WHERE sealed IS NOT NULL) + (SELECT count(inksoft_sealed) "
                "+ count(printavo_sealed) FROM link_attempt)"
            )
        )
    return int(found or 0)


async def _nothing_is_stored(database: Database, browser: Browser) -> None:
    workspace = UUID(browser.workspace_id)
    async with database.transaction(workspace) as session:
        for table in ("connection", "link_attempt", "link", "account_claim", "data_key"):
            assert await session.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table  # noqa: S608 - names above
