"""Invitations over HTTP: one-time links that are shown once, open once, and end."""

import asyncio
import base64
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tests.make.browser import Browser, make_browser
from tests.make.clock import SteerableClock
from tests.make.people import events, invite, joined, sign_up_by
from tests.make.queries import queries


async def look_up(browser: Browser, token: str) -> tuple[int, str]:
    """Status, and the code of the problem or the role that is offered."""
    answer = await browser.http.post("/v1/invitations/lookup", json={"token": token})
    body = answer.json()
    return answer.status_code, body.get("code") or body["role"]


class TestInviting:
    async def test_shows_a_link_once_and_says_that_nobody_mails_it(
        self, app: FastAPI, browser: Browser
    ) -> None:
        made = await invite(browser, "production", "Lee@Northside.example")
        assert made["link"].startswith("https://platen.test/invitation#")
        assert (made["mailed"], made["invitation"]["mail"]) == (False, "none")
        assert made["invitation"]["email"] == "lee@northside.example"
        with queries(app, 1):
            listed = await browser.get("/v1/invitations")
        assert listed.json()["data"] == [made["invitation"]]
        one = await browser.get(f"/v1/invitations/{made['invitation']['id']}")
        assert one.json() == made["invitation"]
        assert made["token"] not in listed.text + one.text
        told = await events(app.state.database, browser.workspace_id)
        assert told == [
            ("member.invited", "Dana Reyes", {"email": "lee@northside.example", "role": "production"})
        ]

    @pytest.mark.rule("I10")
    async def test_again_with_the_same_key_shows_the_same_link(self, browser: Browser) -> None:
        body = {"email": "lee@northside.example", "role": "viewer"}
        first, again = [
            await browser.effect("POST", "/v1/invitations", body, key="invite-lee") for _ in range(2)
        ]
        assert again.content == first.content
        assert first.headers["Location"] == f"/v1/invitations/{first.json()['invitation']['id']}"
        assert len((await browser.get("/v1/invitations")).json()["data"]) == 1

    async def test_renews_an_invitation_that_is_open(self, browser: Browser) -> None:
        old = await invite(browser, "viewer", "lee@northside.example")
        new = await invite(browser, "manager", "lee@northside.example")
        assert new["invitation"]["id"] == old["invitation"]["id"]
        assert await look_up(browser, old["token"]) == (410, "invitation_over")
        assert await look_up(browser, new["token"]) == (200, "manager")

    async def test_of_one_address_by_many_at_once_leaves_one_link_that_works(self, browser: Browser) -> None:
        made = await asyncio.gather(*(invite(browser, "viewer", "lee@northside.example") for _ in range(6)))
        opened = [await look_up(browser, one["token"]) for one in made]
        assert sorted(status for status, _ in opened) == [200] + [410] * 5
        assert len((await browser.get("/v1/invitations")).json()["data"]) == 1

    async def test_a_member_is_refused(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser) as lee:
            body = {"email": lee.email.upper(), "role": "owner"}
            answer = await browser.send("POST", "/v1/invitations", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "already_member")

    async def test_can_be_taken_back(self, app: FastAPI, browser: Browser) -> None:
        made = await invite(browser)
        path = f"/v1/invitations/{made['invitation']['id']}"
        assert (await browser.send("DELETE", path)).status_code == 204
        assert await look_up(browser, made["token"]) == (410, "invitation_over")
        assert (await browser.send("DELETE", path)).status_code == 404
        assert (await browser.get(path)).status_code == 404
        assert (await browser.get("/v1/invitations")).json()["data"] == []
        told = await events(app.state.database, browser.workspace_id, "invitation.revoked")
        assert told == [("invitation.revoked", "Dana Reyes", {"email": made["invitation"]["email"]})]


@pytest.mark.rule("P2")
class TestALink:
    async def test_says_what_it_opens(self, app: FastAPI, browser: Browser) -> None:
        made = await invite(browser, "manager", "lee@northside.example")
        async with make_browser(app) as stranger:
            shown = (await stranger.http.post("/v1/invitations/lookup", json={"token": made["token"]})).json()
        assert shown == {
            "workspace_name": "Northside Print Co",
            "invited_by_name": "Dana Reyes",
            "email": "lee@northside.example",
            "role": "manager",
            "expires_at": made["invitation"]["expires_at"],
            "has_account": False,
        }

    async def test_ends_after_a_week(self, app: FastAPI, browser: Browser, clock: SteerableClock) -> None:
        made = await invite(browser)
        clock.move(days=6, hours=23)
        assert (await look_up(browser, made["token"]))[0] == 200
        clock.move(hours=2)
        async with make_browser(app) as lee:
            assert await look_up(lee, made["token"]) == (410, "invitation_over")
            assert (await sign_up_by(made, lee)).json()["code"] == "invitation_over"

    async def test_is_used_up(self, app: FastAPI, browser: Browser) -> None:
        made = await invite(browser)
        async with make_browser(app) as lee, make_browser(app) as other:
            assert (await sign_up_by(made, lee)).status_code == 201
            assert (await sign_up_by(made, other)).json()["code"] == "invitation_over"

    async def test_opens_for_one_of_those_who_come_at_the_same_moment(
        self, app: FastAPI, browser: Browser
    ) -> None:
        made = await invite(browser)
        async with make_browser(app) as one, make_browser(app) as two, make_browser(app) as three:
            answers = await asyncio.gather(
                *(sign_up_by(made, each, f"Lee {n}") for n, each in enumerate((one, two, three)))
            )
        assert sorted(answer.status_code for answer in answers) == [201, 410, 410]
        assert len((await browser.get("/v1/members")).json()["data"]) == 2

    @pytest.mark.rule("I12")
    async def test_of_one_workspace_opens_no_other(self, app: FastAPI, browser: Browser) -> None:
        made = await invite(browser)
        await browser.sign_up()
        raw = base64.urlsafe_b64decode(made["token"])
        forged = base64.urlsafe_b64encode(UUID(browser.workspace_id).bytes + raw[16:]).decode()
        assert await look_up(browser, forged) == (410, "invitation_over")
        assert (await look_up(browser, made["token"]))[0] == 200
        del app

    async def test_cannot_be_guessed_at_will(self, browser: Browser, clock: SteerableClock) -> None:
        statuses = [(await look_up(browser, uuid4().hex))[0] for _ in range(32)]
        assert statuses == [410] * 30 + [429] * 2
        made = await invite(browser)
        assert await look_up(browser, made["token"]) == (429, "too_many_attempts")
        clock.move(minutes=16)
        assert (await look_up(browser, made["token"]))[0] == 200

    async def test_is_kept_as_a_hash_only(self, app: FastAPI, browser: Browser) -> None:
        made = await invite(browser)
        async with app.state.database.transaction(browser.workspace_id) as session:
            (kept,) = await session.scalars(text("SELECT invitation::text FROM invitation"))
        assert made["token"] not in kept
        assert base64.urlsafe_b64decode(made["token"]).hex() not in kept


class TestSomebodyNew:
    async def test_joins_with_the_role_and_is_signed_in(self, app: FastAPI, browser: Browser) -> None:
        made = await invite(browser, "production", "lee@northside.example")
        async with make_browser(app) as lee:
            me = (await sign_up_by(made, lee)).json()
            assert me["person"]["email"] == "lee@northside.example"
            assert me["workspaces"] == [
                {"id": browser.workspace_id, "name": "Northside Print Co", "role": "production"}
            ]
            lee.workspace_id = browser.workspace_id
            assert (await lee.get("/v1/members")).status_code == 200
        assert (await browser.get("/v1/invitations")).json()["data"] == []
        told = await events(app.state.database, browser.workspace_id, "member.joined")
        assert told == [
            (
                "member.joined",
                "Lee Park",
                {"name": "Lee Park", "email": "lee@northside.example", "role": "production"},
            )
        ]

    async def test_who_has_an_account_is_told_to_sign_in_and_keeps_the_link(
        self, app: FastAPI, browser: Browser
    ) -> None:
        async with make_browser(app) as lee, make_browser(app) as stranger:
            await lee.sign_up(name="Lee Park", workspace="Harbor")
            made = await invite(browser, "viewer", lee.email)
            refused = await sign_up_by(made, stranger)
            assert (refused.status_code, refused.json()["code"]) == (409, "email_taken")
            shown = await stranger.http.post("/v1/invitations/lookup", json={"token": made["token"]})
            assert shown.json()["has_account"] is True
            answer = await lee.http.post("/v1/invitations/acceptance", json={"token": made["token"]})
            assert answer.status_code == 200


class TestSomebodyWhoIsSignedIn:
    async def test_joins_and_keeps_what_they_had(self, app: FastAPI, browser: Browser) -> None:
        async with make_browser(app) as lee:
            await lee.sign_up(name="Lee Park", workspace="Harbor")
            made = await invite(browser, "manager", lee.email)
            answer = await lee.effect("POST", "/v1/invitations/acceptance", {"token": made["token"]})
            assert answer.json() == {
                "id": browser.workspace_id, "name": "Northside Print Co", "role": "manager",
            }  # fmt: skip
            listed = (await lee.get("/v1/workspaces")).json()
        assert [(one["name"], one["role"]) for one in listed] == [
            ("Harbor", "owner"), ("Northside Print Co", "manager"),
        ]  # fmt: skip

    @pytest.mark.rule("I10")
    async def test_who_lost_the_answer_gets_it_again(self, app: FastAPI, browser: Browser) -> None:
        async with make_browser(app) as lee:
            await lee.sign_up(name="Lee Park", workspace="Harbor")
            body = {"token": (await invite(browser, "viewer", lee.email))["token"]}
            first, again = [
                await lee.effect("POST", "/v1/invitations/acceptance", body, key="join-once")
                for _ in range(2)
            ]
        assert (first.status_code, again.content) == (200, first.content)

    async def test_with_another_address_is_refused_and_the_link_stays(
        self, app: FastAPI, browser: Browser
    ) -> None:
        made = await invite(browser, "owner", "lee@northside.example")
        async with make_browser(app) as other:
            await other.sign_up(name="Kim", workspace="Kim's")
            answer = await other.http.post("/v1/invitations/acceptance", json={"token": made["token"]})
            assert (answer.status_code, answer.json()["code"]) == (403, "invited_somebody_else")
            assert (await look_up(other, made["token"]))[0] == 200

    async def test_once_of_two_tries_at_the_same_moment(self, app: FastAPI, browser: Browser) -> None:
        async with make_browser(app) as lee:
            await lee.sign_up(name="Lee Park", workspace="Harbor")
            body = {"token": (await invite(browser, "viewer", lee.email))["token"]}
            answers = await asyncio.gather(
                *(lee.http.post("/v1/invitations/acceptance", json=body) for _ in range(4))
            )
        assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410]
