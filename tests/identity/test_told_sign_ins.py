"""Signing in and out is told where the person works, in every workspace of theirs and nowhere else (P4)."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from tests.make.browser import PASSWORD, Browser, make_browser
from tests.make.people import events, joined
from tests.make.queries import queries

IN, OUT = (
    ("session.opened", "Lee Park", {"name": "Lee Park"}),
    ("session.closed", "Lee Park", {"name": "Lee Park"}),
)
SIGNS = ("session.opened", "session.closed")


@pytest.fixture
async def lee(app: FastAPI, browser: Browser) -> AsyncIterator[Browser]:
    """Works in Dana's workspace."""
    async with joined(app, browser, "viewer") as made:
        yield made


async def sign_in(browser: Browser, email: str, password: str = PASSWORD) -> int:
    answer = await browser.http.post("/v1/session", json={"email": email, "password": password})
    return answer.status_code


async def open_workspace(person: Browser, name: str) -> str:
    made: str = (await person.send("POST", "/v1/workspaces", {"name": name})).json()["id"]
    return made


@pytest.mark.rule("P4")
class TestSigningInAndOut:
    async def test_are_told_in_every_workspace_of_the_person_and_in_no_other(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        theirs = [browser.workspace_id, *[await open_workspace(lee, name) for name in ("Second", "Third")]]
        not_theirs = await open_workspace(browser, "Dana's other one")
        async with make_browser(app) as phone:
            assert await sign_in(phone, lee.email) == 201
            assert (await phone.http.delete("/v1/session")).status_code == 204
        for workspace_id in theirs:
            assert await events(app.state.database, workspace_id, *SIGNS) == [IN, OUT]
        assert await events(app.state.database, not_theirs, *SIGNS) == []

    async def test_take_as_many_statements_however_many_workspaces_there_are(
        self, app: FastAPI, lee: Browser
    ) -> None:
        async def count() -> list[int]:
            async with make_browser(app) as phone:
                with queries(app, 40, but=()) as signing_in:
                    assert await sign_in(phone, lee.email) == 201
                with queries(app, 40, but=()) as signing_out:
                    assert (await phone.http.delete("/v1/session")).status_code == 204
            return [len(signing_in), len(signing_out)]

        in_one = await count()
        for number in range(5):
            await open_workspace(lee, f"Further {number}")
        assert await count() == in_one

    async def test_leave_the_transaction_in_the_workspace_that_was_entered(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        """Lee has a workspace of their own beside the one entered: an answer that is kept belongs to the latter."""
        await open_workspace(lee, "Beside it")
        async with make_browser(app) as phone:
            assert await sign_in(phone, lee.email) == 201
            first, again = [
                await lee.effect("DELETE", "/v1/sessions", key="all-but-this-one") for _ in range(2)
            ]
            assert (await phone.http.get("/v1/me")).status_code == 401
        assert (first.status_code, again.status_code) == (204, 204)
        assert again.headers["Idempotency-Replayed"] == "true"
        told = await events(app.state.database, browser.workspace_id, "session.revoked")
        assert told == [("session.revoked", "Lee Park", {"name": "Lee Park", "sessions": 1})]

    async def test_are_told_once_by_one_sign_out_of_several_at_once(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        answers = await asyncio.gather(*(lee.send("DELETE", "/v1/session") for _ in range(4)))
        assert [answer.status_code for answer in answers].count(204) == 1
        assert await events(app.state.database, browser.workspace_id, *SIGNS) == [OUT]

    async def test_of_somebody_who_works_nowhere_are_told_nowhere(
        self, app: FastAPI, browser: Browser, lee: Browser
    ) -> None:
        me = (await lee.get("/v1/me")).json()["person"]["id"]
        assert (await browser.effect("DELETE", f"/v1/members/{me}")).status_code == 204
        async with make_browser(app) as phone:
            assert await sign_in(phone, lee.email) == 201
        assert await events(app.state.database, browser.workspace_id, *SIGNS) == []


@pytest.mark.rule("P4")
class TestAFailedSignIn:
    async def test_is_told_nowhere(self, app: FastAPI, browser: Browser, lee: Browser) -> None:
        async with make_browser(app) as stranger:
            assert await sign_in(stranger, lee.email, "not this one") == 401
            assert await sign_in(stranger, "no@body.example", "not this one") == 401
        assert await events(app.state.database, browser.workspace_id, *SIGNS) == []
