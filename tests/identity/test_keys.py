"""API keys over HTTP: made, used, rotated and revoked."""

import asyncio
import logging
import re
from datetime import timedelta
from typing import get_args
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.core.auth import Scope
from api.core.config import Settings
from api.core.db import Database
from api.core.edge import Session, StrictRoute
from api.core.limits import parse_rate
from api.core.logs import JsonLines
from api.identity.rules.keys import is_key, make_key
from api.main import create_app
from api.permissions import PERMISSIONS
from tests.make.browser import ORIGIN, Browser, make_browser
from tests.make.canaries import find
from tests.make.clock import SteerableClock
from tests.make.database import TestDatabase
from tests.make.programs import Json, make_api_key, make_program
from tests.make.queries import queries

READ = ["workspace:read", "stores:read"]


async def status_with(app: FastAPI, key: str, path: str = "/v1/workspace", **headers: str) -> int:
    async with make_program(app, key) as program:
        return (await program.get(path, headers=headers)).status_code


async def rotate(browser: Browser, key: Json, hours: int = 24) -> httpx.Response:
    return await browser.effect("POST", f"/v1/api-keys/{key['id']}/rotation", {"overlap_hours": hours})


async def events_of(app: FastAPI, workspace_id: str) -> list[tuple[str, dict[str, object]]]:
    database: Database = app.state.database
    async with database.transaction(UUID(workspace_id)) as session:
        rows = await session.execute(text("SELECT type, actor FROM event ORDER BY id"))
        return [(row.type, row.actor) for row in rows]


@pytest.mark.rule("K2")
class TestAKey:
    async def test_needs_nothing_that_a_browser_has(self, app: FastAPI, browser: Browser) -> None:
        """No cookie, no origin, no workspace: also where a browser would need all three. What it did is told by its name."""
        made = await make_api_key(browser, ["workspace:read", "settings:write"])
        async with make_program(app, made["key"]) as program:
            read = await program.get("/v1/workspace")
            changed = await program.patch(
                "/v1/storefront-settings/merch",
                json={"countdown_warning_days": 5},
                headers={"If-Match": '"v0"'},
            )
        assert (read.status_code, read.json()["id"]) == (200, browser.workspace_id)
        assert changed.status_code == 200, changed.text
        actors = dict(await events_of(app, browser.workspace_id))
        assert actors["settings.changed"] == {"key_id": made["id"], "name": "Warehouse dashboard"}

    async def test_does_no_more_than_its_scopes_say(self, app: FastAPI, browser: Browser) -> None:
        made = await make_api_key(browser, READ)
        async with make_program(app, made["key"]) as program:
            answer = await program.get("/v1/operations")
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
        assert answer.json()["scope"] == "activity:read"

    @pytest.mark.parametrize("path", ["/v1/me", "/v1/workspaces", "/v1/api-keys"])
    async def test_is_not_a_person(self, app: FastAPI, browser: Browser, path: str) -> None:
        made = await make_api_key(browser, get_args(Scope))
        async with make_program(app, made["key"]) as program:
            answer = await program.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")

    @pytest.mark.rule("I12")
    async def test_enters_no_other_workspace(self, app: FastAPI, browser: Browser) -> None:
        made = await make_api_key(browser, READ)
        own = browser.workspace_id
        await browser.sign_up()
        headers = {"Platen-Workspace": browser.workspace_id}
        assert await status_with(app, made["key"], **headers) == 404
        assert await status_with(app, made["key"], **{"Platen-Workspace": str(uuid4())}) == 404
        assert await status_with(app, made["key"], **{"Platen-Workspace": "no id"}) == 404
        assert await status_with(app, made["key"], **{"Platen-Workspace": own}) == 200

    @pytest.mark.rule("I12")
    async def test_does_not_look_into_other_workspaces_of_whoever_made_it(
        self, app: FastAPI, browser: Browser, database_urls: TestDatabase
    ) -> None:
        made = await make_api_key(browser, READ)
        own = browser.workspace_id
        async with make_browser(app) as other:
            await other.sign_up(workspace="A second shop")
        admin = await asyncpg.connect(database_urls.admin)
        await admin.execute(
            "INSERT INTO membership (workspace_id, person_id, role) SELECT $1, person_id, 'owner' FROM membership "
            "WHERE workspace_id = $2", UUID(other.workspace_id), UUID(own),
        )  # fmt: skip
        await admin.close()
        seen: list[int] = []

        async def get_workspace(session: Session) -> dict[str, int]:
            seen.append(int(await session.scalar(text("SELECT count(*) FROM workspace")) or 0))
            return {}

        app.router.add_api_route(
            "/v1/peek", get_workspace, name="get_workspace", route_class_override=StrictRoute
        )
        assert await status_with(app, made["key"], "/v1/peek") == 200
        assert (await browser.get("/v1/peek")).status_code == 200
        assert seen == [1, 2], "the person sees both, the key its own"

    async def test_is_limited_by_itself(self, browser: Browser, settings: Settings) -> None:
        made = await make_api_key(browser, READ)
        slow = create_app(settings.model_copy(update={"rate_key": parse_rate("3/3600")}))
        async with slow.router.lifespan_context(slow), make_program(slow, made["key"]) as program:
            answers = [await program.get("/v1/workspace") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[3].json()["violated_policies"] == ["key"]
        assert '"key";q=3;w=3600' in answers[0].headers["ratelimit-policy"]

    async def test_costs_three_questions_and_rarely_a_write(self, app: FastAPI, browser: Browser) -> None:
        made = await make_api_key(browser, READ)
        await status_with(app, made["key"])
        with queries(app, 3) as sent:
            assert await status_with(app, made["key"]) == 200
        assert [each for each in sent if each.lstrip().startswith(("UPDATE", "INSERT"))] == []

    async def test_says_when_it_was_used(self, app: FastAPI, browser: Browser, clock: SteerableClock) -> None:
        made = await make_api_key(browser, READ)
        path = f"/v1/api-keys/{made['id']}"
        assert (await browser.get(path)).json()["last_used_at"] is None
        noted = []
        for minutes in (0, 4, 4):
            clock.move(minutes=minutes)
            answers = await asyncio.gather(*(status_with(app, made["key"]) for _ in range(8)))
            assert set(answers) == {200}
            noted.append((await browser.get(path)).json()["last_used_at"])
        assert noted[0] == noted[1] != noted[2]


class TestAPage:
    async def test_of_another_site_may_use_a_key_and_never_the_cookie(
        self, app: FastAPI, browser: Browser
    ) -> None:
        made = await make_api_key(browser, READ)
        foreign = {"Origin": "https://dashboard.example"}
        async with make_program(app, made["key"]) as program:
            with_key = await program.get("/v1/workspace", headers=foreign)
        asked = {
            **foreign, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization",
        }  # fmt: skip
        preflight = await browser.http.options("/v1/workspace", headers=asked)
        assert with_key.status_code == 200
        for answer in (with_key, preflight):
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in answer.headers
        assert preflight.headers["access-control-allow-headers"] == "authorization"

    async def test_of_our_own_may_use_the_cookie(self, browser: Browser) -> None:
        answer = await browser.get("/v1/me")
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert answer.headers["access-control-allow-credentials"] == "true"
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        assert {"ETag", "Retry-After", "RateLimit", "X-Request-Id", "Link"} <= set(exposed)

    async def test_that_sends_a_bad_key_is_not_let_in_by_its_cookie(self, browser: Browser) -> None:
        headers = {"Authorization": f"Bearer {make_key()}"}
        assert (await browser.http.get("/v1/me", headers=headers)).status_code == 401


class TestACredential:
    @pytest.mark.parametrize(
        "given",
        [
            "", "Bearer", "Bearer ", "Basic cGFzczp3b3Jk", "Bearer pk_live_", "Bearer pk_live_" + "0" * 46,
            "Bearer pk_live_" + "é" * 46, "Bearer " + "x" * 4000, "Token {key}",
        ],
    )  # fmt: skip
    async def test_that_is_garbage_is_refused_without_asking_the_database(
        self, app: FastAPI, browser: Browser, given: str
    ) -> None:
        told = given.replace("{key}", make_key())
        with queries(app, 0, but=()):
            answer = await browser.http.get(
                "/v1/workspace", headers=[(b"authorization", told.encode("latin-1"))]
            )
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
        assert answer.headers["www-authenticate"] == "Bearer"

    async def test_that_was_mistyped_is_recognised_as_such(self, app: FastAPI, browser: Browser) -> None:
        key = (await make_api_key(browser, READ))["key"]
        for place in range(len(key)):
            other = "A" if key[place] != "A" else "B"
            assert not is_key(key[:place] + other + key[place + 1 :]), place
        assert not is_key(key[:20] + key[21] + key[20] + key[22:]) or key[20] == key[21]
        assert await status_with(app, make_key()) == 401

    def test_looks_like_one(self) -> None:
        keys = {make_key() for _ in range(200)}
        assert len(keys) == 200
        assert all(re.fullmatch(r"pk_live_[0-9A-Za-z]{46}", key) and is_key(key) for key in keys)


@pytest.mark.rule("K2")
class TestMakingAKey:
    async def test_shows_it_once(self, browser: Browser) -> None:
        made = await make_api_key(browser, [*READ, "stores:read"])
        shown = (await browser.get(f"/v1/api-keys/{made['id']}")).json()
        (listed,) = (await browser.get("/v1/api-keys")).json()["data"]
        assert shown == listed == {name: value for name, value in made.items() if name != "key"}
        assert shown["scopes"] == sorted(READ)
        assert made["key"].endswith(shown["ending"])
        assert len(shown["ending"]) == 4

    @pytest.mark.rule("I10", "I13")
    async def test_again_with_the_same_idempotency_key_shows_the_same_one(
        self, app: FastAPI, browser: Browser, database_urls: TestDatabase
    ) -> None:
        body = {"name": "Twice", "scopes": READ}
        first, again = [
            await browser.effect("POST", "/v1/api-keys", body, key="make-a-key") for _ in range(2)
        ]
        assert first.content == again.content
        assert again.headers["idempotency-replayed"] == "true"
        assert len((await browser.get("/v1/api-keys")).json()["data"]) == 1
        assert await status_with(app, first.json()["key"]) == 200
        assert find({"key": first.json()["key"]}, [("database", await everything(database_urls))]) == []

    async def test_and_using_it_leaves_it_in_no_log(
        self, app: FastAPI, browser: Browser, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        key = (await make_api_key(browser, READ))["key"]
        async with make_program(app, key) as program:
            for path in ("/v1/workspace", "/v1/operations", "/v1/stores?wrong=1", f"/v1/{key}"):
                await program.get(path)
        mistyped = f"{key[:-1]}{'a' if key[-1] != 'a' else 'b'}"
        assert await status_with(app, mistyped) == 401
        lines = [(record.name, JsonLines().format(record)) for record in caplog.records]
        assert any("get_workspace" in line for _, line in lines)
        assert find({"key": key, "mistyped": mistyped}, lines) == []

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"name": "N", "scopes": []}, "/scopes"),
            ({"name": "N", "scopes": ["keys:write"]}, "/scopes/0"),
            ({"name": "", "scopes": READ}, "/name"),
            ({"name": "N", "scopes": READ, "expires_at": "2020-01-01T00:00:00Z"}, "/expires_at"),
            ({"name": "N", "scopes": READ, "expires_at": "9999-12-31T23:59:59.999999Z"}, "/expires_at"),
        ],
    )
    async def test_is_refused_where_it_makes_no_sense(
        self, browser: Browser, body: Json, pointer: str
    ) -> None:
        answer = await browser.effect("POST", "/v1/api-keys", body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    async def test_lists_them_page_by_page(self, app: FastAPI, browser: Browser) -> None:
        made = [await make_api_key(browser, READ, name=f"Key {number}") for number in range(5)]
        names, cursor = [], None
        for _ in range(3):
            with queries(app, 1):
                page = (await browser.get("/v1/api-keys", limit=2, cursor=cursor)).json()
            names += [key["name"] for key in page["data"]]
            cursor = page["next_cursor"]
        assert names == [key["name"] for key in reversed(made)]
        assert cursor is None


@pytest.mark.rule("K2")
class TestEndingAKey:
    async def test_revoked_it_stops_at_once_and_for_good(self, app: FastAPI, browser: Browser) -> None:
        made = await make_api_key(browser, READ)
        path = f"/v1/api-keys/{made['id']}"
        assert [(await browser.send("DELETE", path)).status_code for _ in range(2)] == [204, 204]
        assert await status_with(app, made["key"]) == 401
        shown = (await browser.get(path)).json()
        assert shown["state"] == "revoked"
        assert (await rotate(browser, made)).json()["code"] == "api_key_ended"
        assert [type_ for type_, _ in await events_of(app, browser.workspace_id)].count("key.revoked") == 1

    async def test_expired_it_stops(self, app: FastAPI, browser: Browser, clock: SteerableClock) -> None:
        made = await make_api_key(browser, READ, expires_at="2999-01-01T00:00:00Z")
        short = await make_api_key(browser, READ)
        successor = (await rotate(browser, short, hours=2)).json()
        clock.move(hours=1, minutes=59)
        assert [await status_with(app, each["key"]) for each in (made, short, successor)] == [200] * 3
        clock.move(minutes=2)
        assert [await status_with(app, each["key"]) for each in (made, short, successor)] == [200, 401, 200]
        assert (await browser.get(f"/v1/api-keys/{short['id']}")).json()["state"] == "expired"

    async def test_of_another_workspace_is_not_found(self, app: FastAPI, browser: Browser) -> None:
        made = await make_api_key(browser, READ)
        await browser.sign_up()
        path = f"/v1/api-keys/{made['id']}"
        answers = [
            await browser.get(path), await browser.send("DELETE", path), await rotate(browser, made),
        ]  # fmt: skip
        assert [answer.status_code for answer in answers] == [404] * 3
        assert await status_with(app, made["key"]) == 200


@pytest.mark.rule("K2")
class TestRotatingAKey:
    async def test_makes_a_successor_with_the_same_scopes(self, app: FastAPI, browser: Browser) -> None:
        old = await make_api_key(browser, READ, expires_at="2999-01-01T00:00:00Z")
        new = (await rotate(browser, old)).json()
        shown = (await browser.get(f"/v1/api-keys/{old['id']}")).json()
        assert (new["scopes"], new["name"], new["key"] == old["key"]) == (old["scopes"], old["name"], False)
        assert shown["replaced_by_id"] == new["id"]
        assert shown["expires_at"] < "2999"
        assert new["expires_at"] >= "2999"
        assert [await status_with(app, each["key"]) for each in (old, new)] == [200, 200]
        again = await rotate(browser, old)
        assert (again.status_code, again.json()["code"]) == (409, "api_key_ended")

    async def test_without_an_overlap_ends_the_old_one_at_once(self, app: FastAPI, browser: Browser) -> None:
        old = await make_api_key(browser, READ)
        new = (await rotate(browser, old, hours=0)).json()
        assert [await status_with(app, each["key"]) for each in (old, new)] == [401, 200]

    async def test_never_lengthens_the_old_ones_life(self, browser: Browser, clock: SteerableClock) -> None:
        ends = (clock.now() + timedelta(days=5)).replace(microsecond=0)
        old = await make_api_key(browser, READ, expires_at=ends.isoformat())
        clock.move(days=4)
        await rotate(browser, old, hours=24 * 30)
        shown = (await browser.get(f"/v1/api-keys/{old['id']}")).json()
        assert shown["expires_at"] == ends.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    async def test_that_was_made_for_ever_makes_one_for_ever(self, app: FastAPI, browser: Browser) -> None:
        old = await make_api_key(browser, READ, expires_at="9999-12-31T23:59:59.999Z")
        new = (await rotate(browser, old)).json()
        assert new["expires_at"] == old["expires_at"]
        assert await status_with(app, new["key"]) == 200

    async def test_twice_at_once_makes_one_successor(self, browser: Browser) -> None:
        old = await make_api_key(browser, READ)
        # Connections are open before the race: opening one takes longer than a rotation.
        await asyncio.gather(*(browser.get("/v1/api-keys") for _ in range(8)))
        answers = await asyncio.gather(*(rotate(browser, old) for _ in range(8)))
        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
        assert len((await browser.get("/v1/api-keys")).json()["data"]) == 2


class TestScopes:
    def test_are_those_that_operations_ask_for(self) -> None:
        assert {each.scope for each in PERMISSIONS.values()} - {None, ""} == set(get_args(Scope))

    def test_are_no_way_to_people_keys_and_sessions(self) -> None:
        """An operation on them has no scope, so that no key, whatever it was given, can run it."""
        about = re.compile(r"api_key|member|invitation|session|password|sign_|^(get|change)_me$|workspaces$")
        found = {name: each.scope for name, each in PERMISSIONS.items() if about.search(name)}
        assert len(found) > 8
        assert set(found.values()) == {None}


async def everything(urls: TestDatabase) -> str:
    """Every row of every table as text."""
    connection = await asyncpg.connect(urls.admin)
    try:
        tables = await connection.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'queue')"
        )
        rows = [
            await connection.fetch(f"SELECT t::text AS row FROM {table['name']} t")  # noqa: S608 - names of the catalogue
            for table in tables
        ]
        return "\n".join(row["row"] for table in rows for row in table)
    finally:
        await connection.close()
