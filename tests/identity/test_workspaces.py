"""Workspaces over HTTP: opened, listed, switched, renamed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from fastapi import FastAPI

from api.identity.actions.workspaces import MOST_WORKSPACES
from tests.make.browser import Browser, make_browser
from tests.make.database import TestDatabase
from tests.make.people import events, invite, joined
from tests.make.queries import queries

ACCEPT = "/v1/invitations/acceptance"
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'"


async def open_workspaces(browser: Browser, count: int) -> None:
    for number in range(count):
        made = await browser.send("POST", "/v1/workspaces", {"name": f"Shop {number}"})
        assert made.status_code == 201, made.text


@asynccontextmanager
async def no_new_member(urls: TestDatabase) -> AsyncIterator[None]:
    """Hold back whatever writes a membership; ends when four wait, for it or for one another."""
    admin = await asyncpg.connect(urls.admin)
    try:
        async with admin.transaction():
            await admin.execute("LOCK TABLE membership IN SHARE MODE")
            yield
            for _ in range(1000):
                await admin.execute("SELECT pg_stat_clear_snapshot()")
                if await admin.fetchval(_WAITING, urls.name) == 4:
                    return
                await asyncio.sleep(0.01)
            pytest.fail("not all of them wait")
    finally:
        await admin.close()


class TestAnotherWorkspace:
    async def test_is_owned_by_who_opens_it_and_entered_by_the_header(
        self, app: FastAPI, browser: Browser
    ) -> None:
        made = await browser.send("POST", "/v1/workspaces", {"name": "Northside Embroidery"})
        assert (made.status_code, made.json()["role"]) == (201, "owner")
        with queries(app, 1):
            listed = (await browser.get("/v1/workspaces")).json()
        assert [one["name"] for one in listed] == ["Northside Embroidery", "Northside Print Co"]
        browser.workspace_id = made.json()["id"]
        assert (await browser.get("/v1/workspace")).json()["name"] == "Northside Embroidery"
        assert (await browser.get("/v1/members")).json()["data"][0]["email"] == browser.email

    @pytest.mark.rule("I10")
    async def test_is_opened_once_however_often_it_is_asked_for(self, browser: Browser) -> None:
        async def ask() -> bytes:
            headers = {"Idempotency-Key": "open-it-once"}
            answer = await browser.http.post("/v1/workspaces", json={"name": "Second"}, headers=headers)
            assert answer.status_code == 201, answer.text
            return answer.content

        assert len(set(await asyncio.gather(*(ask() for _ in range(6))))) == 1
        assert len((await browser.get("/v1/workspaces")).json()) == 2

    @pytest.mark.rule("I12")
    async def test_shows_nothing_of_the_first(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser, "manager") as lee:
            made = await browser.send("POST", "/v1/workspaces", {"name": "Secret Plans"})
            assert [one["name"] for one in (await lee.get("/v1/workspaces")).json()] == ["Northside Print Co"]
            lee.workspace_id = browser.workspace_id = made.json()["id"]
            assert (await lee.get("/v1/workspace")).status_code == 404
            assert len((await browser.get("/v1/members")).json()["data"]) == 1


class TestTheLastPlace:
    @pytest.mark.rule("P5")
    async def test_is_taken_once_by_those_who_ask_at_the_same_moment(
        self, app: FastAPI, browser: Browser, database_urls: TestDatabase
    ) -> None:
        """Several open another workspace and one accepts an invitation; none can write before all have begun."""
        await open_workspaces(browser, 98)
        async with make_browser(app) as lee:
            await lee.sign_up(workspace="Lee's")
            made = await invite(lee, email=browser.email)
        async with no_new_member(database_urls):
            asked = [
                asyncio.create_task(browser.send("POST", "/v1/workspaces", {"name": f"Place {n}"}))
                for n in range(3)
            ]
            asked.append(asyncio.create_task(browser.effect("POST", ACCEPT, {"token": made["token"]})))
        answers = await asyncio.gather(*asked)
        won = [answer for answer in answers if answer.status_code < 400]
        assert len(won) == 1, [answer.text for answer in answers]
        assert {answer.json()["code"] for answer in answers if answer not in won} == {"too_many_workspaces"}
        listed = (await browser.get("/v1/workspaces")).json()
        assert len(listed) == MOST_WORKSPACES == 100

    async def test_is_free_again_when_somebody_leaves(self, app: FastAPI, browser: Browser) -> None:
        await open_workspaces(browser, 98)
        async with make_browser(app) as lee, make_browser(app) as kim:
            await lee.sign_up(workspace="Lee's")
            await kim.sign_up(workspace="Kim's")
            to_lee, to_kim = [
                {"token": (await invite(one, email=browser.email))["token"]} for one in (lee, kim)
            ]
        taken = await browser.effect("POST", ACCEPT, to_lee)
        refused = await browser.effect("POST", ACCEPT, to_kim)
        assert (taken.status_code, refused.status_code) == (200, 409), (taken.text, refused.text)
        home, browser.workspace_id = browser.workspace_id, taken.json()["id"]
        left = await browser.effect("DELETE", "/v1/membership")
        browser.workspace_id = home
        assert left.status_code == 204, left.text
        taken = await browser.effect("POST", ACCEPT, to_kim)
        assert (taken.status_code, taken.json()["name"]) == (200, "Kim's")


class TestRenaming:
    async def test_gives_a_new_name_and_a_new_etag(self, app: FastAPI, browser: Browser) -> None:
        before = (await browser.get("/v1/workspace")).headers["ETag"]
        changed = await browser.send(
            "PATCH", "/v1/workspace", {"name": "Northside & Co"}, headers={"If-Match": before}
        )
        assert (changed.status_code, changed.json()["name"]) == (200, "Northside & Co")
        assert changed.headers["ETag"] != before
        assert (await browser.get("/v1/workspace")).headers["ETag"] == changed.headers["ETag"]
        told = await events(app.state.database, browser.workspace_id)
        assert told == [
            ("workspace.renamed", "Dana Reyes", {"before": "Northside Print Co", "after": "Northside & Co"})
        ]

    async def test_over_somebody_elses_change_is_refused_with_how_it_is_now(self, browser: Browser) -> None:
        tag = {"If-Match": (await browser.get("/v1/workspace")).headers["ETag"]}
        answers = await asyncio.gather(
            *(browser.send("PATCH", "/v1/workspace", {"name": f"N{n}"}, headers=tag) for n in range(4))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        (won,) = [answer.json()["name"] for answer in answers if answer.status_code == 200]
        assert {answer.json()["current"]["name"] for answer in answers if answer.status_code == 412} == {won}

    async def test_is_an_owners(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser, "manager") as lee:
            answer = await lee.send("PATCH", "/v1/workspace", {"name": "Lee's"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
