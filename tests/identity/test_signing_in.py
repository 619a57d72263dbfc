"""Signing up, in and out over HTTP."""

import asyncio

import pytest

from tests.make.browser import PASSWORD, Browser
from tests.make.clock import SteerableClock


class TestSigningUp:
    async def test_makes_a_workspace_that_the_person_owns(self, browser: Browser) -> None:
        me = (await browser.get("/v1/me")).json()
        assert me["person"]["email"] == browser.email
        assert [workspace["role"] for workspace in me["workspaces"]] == ["owner"]

    async def test_an_address_can_be_used_once_whatever_its_case(self, browser: Browser) -> None:
        body = {"name": "D", "email": browser.email.upper(), "password": PASSWORD, "workspace_name": "Other"}
        answer = await browser.http.post("/v1/signup", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "email_taken")

    async def test_the_cookie_is_host_only_secure_and_http_only(self, browser: Browser) -> None:
        answer = await browser.http.post("/v1/session", json={"email": browser.email, "password": PASSWORD})
        cookie = answer.headers["set-cookie"].lower()
        assert cookie.startswith("__host-platen=")
        assert all(flag in cookie for flag in ("secure", "httponly", "samesite=lax", "path=/"))
        assert "domain" not in cookie


class TestSigningIn:
    @pytest.mark.rule("L4")
    async def test_wrong_password_and_unknown_address_read_the_same(self, browser: Browser) -> None:
        wrong = await browser.http.post(
            "/v1/session", json={"email": browser.email, "password": "not this one"}
        )
        unknown = await browser.http.post(
            "/v1/session", json={"email": "no@body.example", "password": "not this one"}
        )
        assert wrong.status_code == unknown.status_code == 401
        same = ("type", "title", "detail", "code")
        assert [wrong.json()[name] for name in same] == [unknown.json()[name] for name in same]

    @pytest.mark.rule("L4")
    async def test_guessing_is_slowed(self, browser: Browser, clock: SteerableClock) -> None:
        statuses = []
        for _ in range(7):
            body = {"email": browser.email, "password": "not this one"}
            statuses.append((await browser.http.post("/v1/session", json=body)).status_code)
        assert statuses == [401, 401, 401, 401, 401, 429, 429]
        clock.move(minutes=1)
        right = await browser.http.post("/v1/session", json={"email": browser.email, "password": PASSWORD})
        assert right.status_code == 201

    @pytest.mark.rule("L4")
    async def test_a_crowd_of_guesses_at_once_is_slowed_as_well(self, browser: Browser) -> None:
        body = {"email": browser.email, "password": "not this one"}
        answers = await asyncio.gather(*(browser.http.post("/v1/session", json=body) for _ in range(12)))
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses == [401] * 5 + [429] * 7

    async def test_signing_out_ends_the_session_on_the_server(self, browser: Browser) -> None:
        cookie = dict(browser.http.cookies)
        assert (await browser.send("DELETE", "/v1/session")).status_code == 204
        browser.http.cookies.update(cookie)
        assert (await browser.get("/v1/me")).status_code == 401

    async def test_a_session_ends_after_a_week_without_use(
        self, browser: Browser, clock: SteerableClock
    ) -> None:
        clock.move(days=8)
        assert (await browser.get("/v1/me")).status_code == 401


class TestTheEdge:
    async def test_a_cookie_from_a_foreign_page_does_nothing(self, browser: Browser) -> None:
        answer = await browser.http.delete("/v1/session", headers={"Origin": "https://evil.example"})
        assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")

    async def test_another_workspace_is_not_found(self, browser: Browser) -> None:
        answer = await browser.http.get(
            "/v1/workspace", headers={"Platen-Workspace": "0192f0c4-7a10-7000-8000-000000000001"}
        )
        assert answer.status_code == 404

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"{", 400),
            (b"\xff\xfe", 400),
            (b'{"email": "a@b.example", "password": "\\u0000"}', 422),
            (b'{"email": "a@b.example", "password": "x", "extra": 1}', 422),
            (b'{"email": "\\ud800@b.example", "password": "x"}', 400),
            (b"[" * 40 + b"]" * 40, 400),
            (b'{"email": NaN}', 400),
            (b'"' + b"x" * (1024 * 1024 + 1) + b'"', 413),
        ],
    )
    async def test_hostile_bodies_are_refused(self, browser: Browser, body: bytes, status: int) -> None:
        answer = await browser.http.post(
            "/v1/session", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]

    async def test_unknown_parameters_are_refused(self, browser: Browser) -> None:
        answer = await browser.get("/v1/workspaces", sort="name")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "unknown_parameter"
