"""Guessing at many accounts from one address is slowed as well as guessing at one account (L4)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from api.core.addresses import address_of
from api.core.config import Settings
from api.identity.rules.guessing import FREE_OF_AN_ADDRESS as FREE
from api.main import create_app
from tests.make.browser import ORIGIN, PASSWORD, Browser
from tests.make.clock import SteerableClock

GUESSER = "203.0.113.9"


@asynccontextmanager
async def from_address(app: FastAPI, address: str, forwarded: str = "") -> AsyncIterator[httpx.AsyncClient]:
    """A client whose connection comes from this address, with what it says about itself."""
    headers = {"Origin": ORIGIN, **({"X-Forwarded-For": forwarded} if forwarded else {})}
    transport = httpx.ASGITransport(app=app, client=(address, 4711))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as http:
        yield http


async def guess(http: httpx.AsyncClient, number: int) -> httpx.Response:
    """A wrong password for an account that nobody guessed at before."""
    body = {"email": f"person{number}@shop.example", "password": "a usual one"}
    return await http.post("/v1/session", json=body)


@pytest.mark.rule("L4")
class TestGuessingFromOneAddress:
    async def test_is_slowed_whatever_accounts_it_tries(self, app: FastAPI, clock: SteerableClock) -> None:
        async with from_address(app, GUESSER) as http:
            statuses = [(await guess(http, number)).status_code for number in range(FREE + 1)]
            clock.move(seconds=3)
            after_a_wait = (await guess(http, FREE + 1)).status_code
            answer = await guess(http, FREE + 2)
        assert statuses == [401] * FREE + [429]
        assert after_a_wait == 401
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
        assert answer.headers["retry-after"] == str(answer.json()["retry_after"]) == "4"

    async def test_in_a_crowd_is_counted_one_by_one(self, app: FastAPI) -> None:
        async with from_address(app, GUESSER) as http:
            answers = await asyncio.gather(*(guess(http, number) for number in range(FREE + 8)))
        assert sorted(answer.status_code for answer in answers) == [401] * FREE + [429] * 8

    async def test_is_not_forgotten_for_a_sign_in_of_ones_own(self, app: FastAPI, browser: Browser) -> None:
        own = {"email": browser.email, "password": PASSWORD}
        async with from_address(app, GUESSER) as http:
            for number in range(FREE - 1):
                await guess(http, number)
            assert (await http.post("/v1/session", json=own)).status_code == 201
            assert [(await guess(http, number)).status_code for number in (90, 91)] == [401, 429]

    async def test_keeps_nobody_else_waiting(self, app: FastAPI, browser: Browser) -> None:
        async with from_address(app, GUESSER) as http:
            for number in range(FREE + 1):
                await guess(http, number)
        own = {"email": browser.email, "password": PASSWORD}
        async with from_address(app, "203.0.113.10") as http:
            assert (await http.post("/v1/session", json=own)).status_code == 201


@pytest.mark.rule("L4")
class TestTheAddress:
    async def statuses(self, app: FastAPI, connection: str, sayings: list[str]) -> list[int]:
        """The answers to guesses over the same connection, with another word about where they come from each."""
        found = []
        for number, saying in enumerate(sayings):
            async with from_address(app, connection, saying) as http:
                found.append((await guess(http, number)).status_code)
        return found

    async def test_is_the_connections_own_whatever_it_says(self, app: FastAPI) -> None:
        sayings = [f"198.51.100.{number}" for number in range(FREE + 1)]
        assert await self.statuses(app, "127.0.0.1", sayings) == [401] * FREE + [429]

    async def test_is_what_a_trusted_proxy_says(
        self, app: FastAPI, settings: Settings, clock: SteerableClock
    ) -> None:
        del app  # empties the tables afterwards
        trusting = create_app(settings.model_copy(update={"trusted_proxies": ("10.1.0.0/16",)}), clock=clock)
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(trusting.router.lifespan_context(trusting))
            # What the client wrote itself stands left of what the proxy saw.
            sayings = [f"198.51.100.{number}, {GUESSER}" for number in range(FREE + 1)]
            assert await self.statuses(trusting, "10.1.2.3", sayings) == [401] * FREE + [429]
            assert await self.statuses(trusting, "10.1.2.3", ["203.0.113.77"]) == [401]
            assert await self.statuses(trusting, "10.2.0.1", [GUESSER]) == [401]

    @pytest.mark.parametrize("wrong", ["*", "proxy.example", "10.1.0.0/99"])
    def test_of_a_proxy_is_a_network(self, settings: Settings, wrong: str) -> None:
        given = {**settings.model_dump(), "trusted_proxies": wrong}
        with pytest.raises(ValidationError, match="trusted_proxies"):
            Settings.model_validate(given)

    @pytest.mark.parametrize(
        ("client", "counted"),
        [
            (("203.0.113.9", 1), "203.0.113.9"),
            (("::ffff:203.0.113.9", 1), "203.0.113.9"),
            (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
            (("2001:db8:1:2:ffff::1", 1), "2001:db8:1:2::/64"),
            (("/run/socket", 0), "/run/socket"),
            (None, ""),
        ],
    )
    def test_of_one_network_is_one(self, client: object, counted: str) -> None:
        assert address_of({"type": "http", "client": client}) == counted
