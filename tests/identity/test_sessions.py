"""The browsers somebody is signed in with: seen, ended from afar, and ended by a new password."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tests.make.browser import PASSWORD, Browser, make_browser
from tests.make.clock import SteerableClock
from tests.make.people import events
from tests.make.queries import queries

NEW = "print-even-more-shirts"


async def sign_in(browser: Browser, email: str, password: str = PASSWORD, agent: str = "Phone") -> int:
    answer = await browser.http.post(
        "/v1/session",
        json={"email": email, "password": password},
        headers=[(b"User-Agent", agent.encode("latin-1"))],
    )
    return answer.status_code


@pytest.fixture
async def phone(app: FastAPI, browser: Browser) -> AsyncIterator[Browser]:
    """The same person in another browser."""
    async with make_browser(app) as made:
        assert await sign_in(made, browser.email) == 201
        made.workspace_id = browser.workspace_id
        yield made


class TestSessions:
    async def test_are_listed_newest_first_and_this_one_is_marked(
        self, app: FastAPI, browser: Browser, phone: Browser, clock: SteerableClock
    ) -> None:
        clock.move(minutes=10)
        await phone.get("/v1/me")
        with queries(app, 1):
            shown = (await browser.get("/v1/sessions")).json()["data"]
        assert [(one["agent"], one["is_current"]) for one in shown] == [
            ("Phone", False), (browser.http.headers["User-Agent"], True),
        ]  # fmt: skip
        assert shown[0]["last_seen_at"] > shown[0]["created_at"]
        page = (await phone.get("/v1/sessions", limit=1)).json()
        rest = (await phone.get("/v1/sessions", limit=1, cursor=page["next_cursor"])).json()
        assert [page["data"][0]["is_current"], rest["data"][0]["is_current"]] == [True, False]

    async def test_that_open_nothing_any_more_are_not_listed(
        self, browser: Browser, phone: Browser, clock: SteerableClock
    ) -> None:
        clock.move(days=5)
        await browser.get("/v1/me")
        clock.move(days=5)
        assert [one["is_current"] for one in (await browser.get("/v1/sessions")).json()["data"]] == [True]
        assert (await phone.get("/v1/me")).status_code == 401

    async def test_show_an_agent_that_can_be_shown(self, app: FastAPI, browser: Browser) -> None:
        async with make_browser(app) as odd:
            await sign_in(odd, browser.email, agent="Bro\x85wser " + "x" * 500)
            (shown, *_) = (await odd.http.get("/v1/sessions")).json()["data"]
        assert shown["agent"] == "Browser " + "x" * 192

    async def test_are_ended_one_by_one(self, app: FastAPI, browser: Browser, phone: Browser) -> None:
        (other,) = [
            one["id"] for one in (await browser.get("/v1/sessions")).json()["data"] if not one["is_current"]
        ]
        assert (await browser.send("DELETE", f"/v1/sessions/{other}")).status_code == 204
        assert (await phone.get("/v1/me")).status_code == 401
        assert (await browser.get("/v1/me")).status_code == 200
        assert (await browser.send("DELETE", f"/v1/sessions/{other}")).status_code == 404
        told = await events(app.state.database, browser.workspace_id, "session.revoked", "session.closed")
        assert told == [("session.revoked", "Dana Reyes", {"name": "Dana Reyes", "sessions": 1})]

    async def test_that_end_themselves_are_told_as_signing_out(self, app: FastAPI, browser: Browser) -> None:
        (mine,) = (await browser.get("/v1/sessions")).json()["data"]
        assert (await browser.send("DELETE", f"/v1/sessions/{mine['id']}")).status_code == 204
        told = await events(app.state.database, browser.workspace_id)
        assert told == [("session.closed", "Dana Reyes", {"name": "Dana Reyes"})]

    async def test_are_ended_all_but_this_one(self, browser: Browser, phone: Browser) -> None:
        assert (await phone.send("DELETE", "/v1/sessions")).status_code == 204
        assert ((await browser.get("/v1/me")).status_code, (await phone.get("/v1/me")).status_code) == (
            401,
            200,
        )

    async def test_of_somebody_else_are_not_there(self, app: FastAPI, browser: Browser) -> None:
        (mine,) = (await browser.get("/v1/sessions")).json()["data"]
        async with make_browser(app) as stranger:
            await stranger.sign_up()
            assert (await stranger.send("DELETE", f"/v1/sessions/{mine['id']}")).status_code == 404
        assert (await browser.get("/v1/me")).status_code == 200


async def change(browser: Browser, current: str = PASSWORD, new: str = NEW) -> tuple[int, str]:
    answer = await browser.send("PUT", "/v1/me/password", {"current_password": current, "new_password": new})
    return answer.status_code, "" if answer.status_code == 204 else answer.json()["code"]


@pytest.mark.rule("P3")
class TestANewPassword:
    async def test_opens_and_the_old_one_does_not(self, app: FastAPI, browser: Browser) -> None:
        assert await change(browser) == (204, "")
        async with make_browser(app) as phone:
            assert await sign_in(phone, browser.email) == 401
            assert await sign_in(phone, browser.email, NEW) == 201
        told = await events(app.state.database, browser.workspace_id)
        assert told == [
            ("password.changed", "Dana Reyes", {"name": "Dana Reyes"}),
            ("session.opened", "Dana Reyes", {"name": "Dana Reyes"}),
        ]

    async def test_ends_every_other_session(self, browser: Browser, phone: Browser) -> None:
        assert await change(browser) == (204, "")
        assert ((await browser.get("/v1/me")).status_code, (await phone.get("/v1/me")).status_code) == (
            200,
            401,
        )

    async def test_asks_for_the_current_one(self, browser: Browser, phone: Browser) -> None:
        assert await change(browser, current="not this one") == (403, "wrong_password")
        assert (await phone.get("/v1/me")).status_code == 200
        assert await sign_in(phone, browser.email) == 201

    @pytest.mark.rule("L4")
    async def test_cannot_be_had_by_guessing(self, browser: Browser, clock: SteerableClock) -> None:
        told = [await change(browser, current=f"guess {n}") for n in range(6)]
        assert told == [(403, "wrong_password")] * 5 + [(429, "too_many_attempts")]
        clock.move(minutes=1)
        assert await change(browser) == (204, "")

    async def test_is_one_of_those_chosen_at_the_same_moment(self, app: FastAPI, browser: Browser) -> None:
        chosen = [f"print-{n}-more-shirts" for n in range(3)]
        told = await asyncio.gather(*(change(browser, new=password) for password in chosen))
        assert sorted(told) == [(204, ""), (403, "wrong_password"), (403, "wrong_password")]
        (won,) = [password for password, (status, _) in zip(chosen, told, strict=True) if status == 204]
        async with make_browser(app) as phone:
            assert await sign_in(phone, browser.email, won) == 201


@pytest.mark.rule("P3")
async def test_a_sign_in_with_the_old_password_waits_for_a_new_one_that_is_being_chosen(
    app: FastAPI, browser: Browser
) -> None:
    """The old one was verified before the new one was there: without the lock its session would outlast it."""
    async with app.state.database.transaction(None) as session, make_browser(app) as phone:
        await session.execute(
            text("UPDATE person SET password_hash = 'another' WHERE email = :email"), {"email": browser.email}
        )
        late = asyncio.create_task(sign_in(phone, browser.email))
        done, _ = await asyncio.wait({late}, timeout=1)
        assert not done, "it did not wait"
        await session.commit()
        assert await late == 401


class TestTheName:
    async def test_is_changed_for_what_comes(self, app: FastAPI, browser: Browser) -> None:
        changed = await browser.send("PATCH", "/v1/me", {"name": "Dana Reyes-Park"})
        assert changed.json()["person"]["name"] == "Dana Reyes-Park"
        await browser.send("PATCH", "/v1/workspace", {"name": "Northside"})
        ((_, who, _),) = await events(app.state.database, browser.workspace_id)
        assert who == "Dana Reyes-Park"

    async def test_has_an_etag_that_goes_with_what_is_shown(self, browser: Browser) -> None:
        before = (await browser.get("/v1/me")).headers["ETag"]
        assert (await browser.get("/v1/me")).headers["ETag"] == before
        changed = await browser.send(
            "PATCH", "/v1/me", {"name": "Dana Reyes-Park"}, headers={"If-Match": before}
        )
        assert changed.status_code == 200
        assert changed.headers["ETag"] != before
        assert (await browser.get("/v1/me")).headers["ETag"] == changed.headers["ETag"]

    async def test_of_two_browsers_at_once_is_not_overwritten(self, browser: Browser, phone: Browser) -> None:
        tag = {"If-Match": (await browser.get("/v1/me")).headers["ETag"]}
        answers = await asyncio.gather(
            *(
                who.send("PATCH", "/v1/me", {"name": f"Dana {n}"}, headers=tag)
                for n, who in enumerate((browser, phone) * 2)
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
        now = await browser.get("/v1/me")
        for answer in answers:
            assert answer.headers["ETag"] == now.headers["ETag"]
            assert (answer.json() if answer.status_code == 200 else answer.json()["current"]) == now.json()

    async def test_is_changed_once_however_often_it_is_asked_for_with_one_key(self, browser: Browser) -> None:
        tag = {"If-Match": (await browser.get("/v1/me")).headers["ETag"], "Idempotency-Key": "call-me-so"}
        first, again = [
            await browser.send("PATCH", "/v1/me", {"name": "Dana Park"}, headers=tag) for _ in range(2)
        ]
        assert (first.status_code, again.status_code) == (200, 200)
        assert (again.content, again.headers["ETag"]) == (first.content, first.headers["ETag"])
