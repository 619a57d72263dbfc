"""Forgotten passwords over HTTP: one-time links, mailed or passed on by an owner."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.core.config import Settings
from tests.identity.conftest import MailingHouse, link_in
from tests.make.browser import PASSWORD, Browser, make_browser
from tests.make.clock import SteerableClock
from tests.make.people import events, invite, joined, person_id, token_of
from tests.make.queries import queries
from tests.make.service import environment_of, run_command

NEW = "print-even-more-shirts"


async def ask(browser: Browser, email: str) -> tuple[int, object]:
    answer = await browser.http.post("/v1/password-resets", json={"email": email})
    return answer.status_code, answer.json()


async def reset(browser: Browser, token: str, new: str = NEW) -> tuple[int, str]:
    body = {"token": token, "new_password": new}
    answer = await browser.http.post("/v1/password-resets/completion", json=body)
    return answer.status_code, answer.json().get("code", "")


async def sign_in(browser: Browser, email: str, password: str) -> int:
    body = {"email": email, "password": password}
    return (await browser.http.post("/v1/session", json=body)).status_code


async def offer(owner: Browser, member: Browser) -> tuple[int, dict[str, Any]]:
    path = f"/v1/members/{await person_id(member)}/password-reset"
    answer = await owner.effect("POST", path)
    return answer.status_code, answer.json()


@pytest.fixture
async def dana(house: MailingHouse) -> AsyncIterator[Browser]:
    """An owner where letters are mailed."""
    async with make_browser(house.app) as made:
        await made.sign_up()
        yield made


class TestAskingForALink:
    @pytest.mark.rule("L4")
    async def test_reads_the_same_and_does_the_same_for_known_and_unknown_addresses(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        with queries(house.app, 20, but=()) as known:
            first = await ask(dana, dana.email)
        with queries(house.app, 20, but=()) as unknown:
            second = await ask(dana, "nobody@northside.example")
        assert first == second == (202, {"mailed": True})
        assert known == unknown
        assert [letter["To"] for letter in await house.post()] == [dana.email]

    async def test_says_so_where_nothing_is_mailed(self, app: FastAPI, browser: Browser) -> None:
        assert await ask(browser, browser.email) == (202, {"mailed": False})
        assert await ask(browser, "nobody@northside.example") == (202, {"mailed": False})
        async with app.state.database.transaction(None) as session:
            assert await session.scalar(text("SELECT count(*) FROM password_reset")) == 0

    @pytest.mark.rule("L4")
    async def test_often_is_slowed_for_every_address_alike(self, house: MailingHouse, dana: Browser) -> None:
        for email in (dana.email, "nobody@northside.example"):
            statuses = [(await ask(dana, email))[0] for _ in range(6)]
            assert statuses == [202] * 5 + [429]
        assert len(await house.post()) == 5
        assert await sign_in(dana, dana.email, PASSWORD) == 201

    async def test_brings_a_letter_whose_content_is_kept_nowhere(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        await ask(dana, dana.email.upper())
        (letter,) = await house.post()
        assert letter["Subject"] == "Choose a new password for Platen"
        assert "until" in letter.get_content()
        async with house.app.state.database.transaction(await person_id(dana)) as session:
            kept = list(await session.scalars(text("SELECT letter::text FROM letter")))
            kept += list(await session.scalars(text("SELECT password_reset::text FROM password_reset")))
        assert len(kept) == 2
        assert [link_in(letter) in row for row in kept] == [False, False]
        assert await house.post() == []


@pytest.mark.rule("P2")
class TestALink:
    @pytest.mark.rule("P3")
    async def test_opens_for_a_new_password_and_ends_every_session(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        await ask(dana, dana.email)
        (letter,) = await house.post()
        async with make_browser(house.app) as other:
            assert await reset(other, link_in(letter)) == (200, "")
            assert (await other.http.get("/v1/me")).json()["person"]["email"] == dana.email
            assert (await dana.get("/v1/me")).status_code == 401
            assert await sign_in(dana, dana.email, PASSWORD) == 401
            assert await sign_in(dana, dana.email, NEW) == 201
        told = await events(house.app.state.database, dana.workspace_id)
        assert told == [
            ("password.reset", "Dana Reyes", {"name": "Dana Reyes"}),
            ("session.opened", "Dana Reyes", {"name": "Dana Reyes"}),
        ]

    async def test_opens_once_and_takes_the_others_with_it(self, house: MailingHouse, dana: Browser) -> None:
        await ask(dana, dana.email)
        await ask(dana, dana.email)
        first, second = [link_in(letter) for letter in await house.post()]
        assert await reset(dana, first) == (200, "")
        assert await reset(dana, first) == (410, "reset_over")
        assert await reset(dana, second) == (410, "reset_over")

    async def test_opens_for_one_of_those_who_come_at_the_same_moment(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        await ask(dana, dana.email)
        (letter,) = await house.post()
        chosen = [f"print-{n}-more-shirts" for n in range(4)]
        told = await asyncio.gather(*(reset(dana, link_in(letter), new) for new in chosen))
        assert sorted(told) == [(200, ""), *[(410, "reset_over")] * 3]
        (won,) = [new for new, (status, _) in zip(chosen, told, strict=True) if status == 200]
        assert await sign_in(dana, dana.email, won) == 201

    async def test_ends_after_an_hour(
        self, house: MailingHouse, dana: Browser, clock: SteerableClock
    ) -> None:
        await ask(dana, dana.email)
        (letter,) = await house.post()
        clock.move(minutes=61)
        assert await reset(dana, link_in(letter)) == (410, "reset_over")

    async def test_ends_when_the_password_is_changed(self, house: MailingHouse, dana: Browser) -> None:
        await ask(dana, dana.email)
        (letter,) = await house.post()
        changed = await dana.send(
            "PUT", "/v1/me/password", {"current_password": PASSWORD, "new_password": NEW}
        )
        assert changed.status_code == 204
        assert await reset(dana, link_in(letter), "another-password-of-mine") == (410, "reset_over")

    async def test_cannot_be_guessed_at_will(self, app: FastAPI, browser: Browser) -> None:
        del app
        statuses = [(await reset(browser, f"guess-{n}"))[0] for n in range(31)]
        assert statuses == [410] * 30 + [429]

    async def test_lets_in_who_was_slowed_for_guessing(self, house: MailingHouse, dana: Browser) -> None:
        for _ in range(6):
            await sign_in(dana, dana.email, "not this one")
        await ask(dana, dana.email)
        (letter,) = await house.post()
        assert await reset(dana, link_in(letter)) == (200, "")
        assert await sign_in(dana, dana.email, NEW) == 201


class TestAnOwner:
    async def test_passes_a_link_on_where_nothing_is_mailed(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser, "production") as lee:
            status, made = await offer(browser, lee)
            assert (status, made["mailed"]) == (201, False)
            assert made["link"].startswith("https://platen.test/reset#")
            assert await reset(lee, token_of(made["link"])) == (200, "")
            assert (await lee.get("/v1/members")).status_code == 200
        told = await events(
            app.state.database, browser.workspace_id, "password.reset_offered", "password.reset"
        )
        assert told == [
            ("password.reset_offered", "Dana Reyes", {"name": "Lee Park"}),
            ("password.reset", "Lee Park", {"name": "Lee Park"}),
        ]

    async def test_does_not_see_a_link_that_is_mailed(self, house: MailingHouse, dana: Browser) -> None:
        async with joined(house.app, dana, "manager") as lee:
            await house.post()
            status, made = await offer(dana, lee)
            assert (status, made["mailed"], made["link"]) == (201, True, None)
            (letter,) = await house.post()
            assert letter["To"] == lee.email
            assert await reset(lee, link_in(letter)) == (200, "")

    @pytest.mark.rule("I12")
    async def test_opens_nobodys_other_workspace(self, app: FastAPI, browser: Browser) -> None:
        async with make_browser(app) as lee:
            await lee.sign_up(name="Lee Park", workspace="Harbor")
            made = await invite(browser, "viewer", lee.email)
            await lee.http.post("/v1/invitations/acceptance", json={"token": made["token"]})
            status, refused = await offer(browser, lee)
        assert (status, refused["code"]) == (403, "reset_not_yours")

    @pytest.mark.rule("I12")
    async def test_whose_link_has_come_to_open_another_workspace_gave_a_link_for_nothing(
        self, app: FastAPI, browser: Browser
    ) -> None:
        async with joined(app, browser) as lee:
            _, made = await offer(browser, lee)
            lee.workspace_id = ""
            assert (await lee.http.post("/v1/workspaces", json={"name": "Lee's own"})).status_code == 201
            assert await reset(browser, token_of(made["link"])) == (410, "reset_over")
            assert (await lee.http.get("/v1/me")).status_code == 200

    async def test_who_removed_somebody_gave_a_link_for_nothing(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser) as lee:
            _, made = await offer(browser, lee)
            await browser.send("DELETE", f"/v1/members/{await person_id(lee)}")
            assert await reset(browser, token_of(made["link"])) == (410, "reset_over")

    @pytest.mark.rule("P3")
    async def test_who_is_one_no_longer_gave_a_link_for_nothing(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser, "owner", "Ada Moss") as ada, joined(app, browser) as lee:
            _, made = await offer(ada, lee)
            changed = await browser.send("PATCH", f"/v1/members/{await person_id(ada)}", {"role": "manager"})
            assert changed.status_code == 200
            assert await reset(ada, token_of(made["link"])) == (410, "reset_over")

    async def test_changes_their_own_with_the_current_one(self, browser: Browser) -> None:
        status, refused = await offer(browser, browser)
        assert (status, refused["code"]) == (403, "reset_not_yours")

    async def test_is_asked_for_it(self, app: FastAPI, browser: Browser) -> None:
        async with joined(app, browser, "manager") as lee:
            status, refused = await offer(lee, browser)
        assert (status, refused["code"]) == (403, "not_allowed")


class TestWhoRunsTheService:
    async def test_prints_a_link_for_an_only_owner(
        self, app: FastAPI, settings: Settings, browser: Browser
    ) -> None:
        said = await asyncio.to_thread(
            run_command, ["reset-link", browser.email.upper()], environment_of(settings)
        )
        (link,) = re.findall(r"https://platen\.test/reset#\S+", said)
        assert await reset(browser, token_of(link)) == (200, "")
        told = await events_of_the_operator(app, browser.workspace_id)
        assert told == [({"system": "operator"}, {"name": "Dana Reyes"})]

    async def test_is_told_when_there_is_nobody(self, app: FastAPI, settings: Settings) -> None:
        del app
        said = await asyncio.to_thread(
            run_command, ["reset-link", "nobody@b.example"], environment_of(settings)
        )
        assert said.strip() == "Nobody has this e-mail address."


async def events_of_the_operator(
    app: FastAPI, workspace_id: str
) -> list[tuple[dict[str, str], dict[str, str]]]:
    async with app.state.database.transaction(workspace_id) as session:
        rows = await session.execute(
            text("SELECT actor, data FROM event WHERE type = 'password.reset_offered'")
        )
        return [(row.actor, row.data) for row in rows]


class TestAnInvitation:
    async def test_is_mailed_and_says_what_became_of_its_letter(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        made = await invite(dana, "production", "lee@harbor.example")
        assert (made["mailed"], made["invitation"]["mail"]) == (True, "waiting")
        (letter,) = await house.post()
        assert letter["To"] == "lee@harbor.example"
        assert letter["Subject"] == "Dana Reyes invites you to Northside Print Co"
        assert link_in(letter) == made["token"]
        path = f"/v1/invitations/{made['invitation']['id']}"
        assert (await dana.get(path)).json()["mail"] == "sent"

    async def test_whose_letter_is_refused_says_so(self, house: MailingHouse, dana: Browser) -> None:
        house.server.answers.append("550 no such mailbox")
        made = await invite(dana, "viewer", "nobody@harbor.example")
        assert await house.post() == []
        assert (await dana.get("/v1/invitations")).json()["data"][0]["mail"] == "failed"
        assert (
            await dana.http.post("/v1/invitations/lookup", json={"token": made["token"]})
        ).status_code == 200

    async def test_that_was_taken_back_or_renewed_first_is_not_mailed(
        self, house: MailingHouse, dana: Browser
    ) -> None:
        gone = await invite(dana, "viewer", "gone@harbor.example")
        await dana.send("DELETE", f"/v1/invitations/{gone['invitation']['id']}")
        await invite(dana, "viewer", "lee@harbor.example")
        newer = await invite(dana, "viewer", "lee@harbor.example")
        (letter,) = await house.post()
        assert link_in(letter) == newer["token"]
