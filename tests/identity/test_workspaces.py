"""Workspaces over HTTP: opened, listed, switched, renamed."""

import asyncio

import pytest
from fastapi import FastAPI

from tests.make.browser import Browser
from tests.make.people import events, joined


class TestAnotherWorkspace:
    async def test_is_owned_by_who_opens_it_and_entered_by_the_header(self, browser: Browser) -> None:
        made = await browser.send("POST", "/v1/workspaces", {"name": "Northside Embroidery"})
        assert (made.status_code, made.json()["role"]) == (201, "owner")
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
