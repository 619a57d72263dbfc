"""The vendors' own link beside Platen's: what was said on linking can be corrected, and the warning goes with it (L7)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.linking import link
from tests.make.people import events


async def say(browser: Browser, is_on: bool, **headers: str) -> Any:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return await browser.send("PATCH", "/v1/link", {"native_link": is_on}, headers=given)


async def told(browser: Browser, run_jobs: Callable[[], Awaitable[None]]) -> list[str]:
    """What the audit list says of it, newest first."""
    await run_jobs()
    shown = (await browser.get("/v1/audit-events", type="link.changed")).json()["data"]
    return [event["sentence"] for event in shown]


@pytest.mark.rule("L7")
class TestTheVendorsOwnLink:
    async def test_ends_its_warning_when_it_was_switched_off(
        self, vendor_browser: Browser, run_jobs: Callable[[], Awaitable[None]]
    ) -> None:
        linked = await link(vendor_browser, native_link=True)
        answer = await say(vendor_browser, is_on=False)
        assert answer.status_code == 200, answer.text
        shown = await vendor_browser.get("/v1/link")
        assert shown.json() == answer.json()
        assert shown.headers["ETag"] == answer.headers["ETag"]
        for one in (answer.json(), shown.json()):
            assert (one["native_link"], one["native_link_warning"]) == (False, None)
            assert {k: v for k, v in one.items() if "native" not in k} == {
                k: v for k, v in linked.items() if "native" not in k
            }
        again = await say(vendor_browser, is_on=True)
        assert "twice" in again.json()["native_link_warning"]
        assert await told(vendor_browser, run_jobs) == [
            "Dana Reyes said that the vendors' own link of these accounts is on: every order may come twice.",
            "Dana Reyes said that the vendors' own link of these accounts is off.",
        ]

    async def test_said_again_changes_nothing(self, vendor_browser: Browser, database: Database) -> None:
        await link(vendor_browser, native_link=True)
        before = (await vendor_browser.get("/v1/link")).headers["ETag"]
        assert (await say(vendor_browser, is_on=True)).headers["ETag"] == before
        assert await events(database, vendor_browser.workspace_id, "link.changed") == []

    async def test_is_corrected_by_one_of_two_who_saw_the_same(
        self, vendor_browser: Browser, database: Database
    ) -> None:
        await link(vendor_browser, native_link=True)
        tag = (await vendor_browser.get("/v1/link")).headers["ETag"]
        answers = await asyncio.gather(*(say(vendor_browser, is_on=False, If_Match=tag) for _ in range(6)))
        assert sorted(answer.status_code for answer in answers) == [200, *[412] * 5]
        late = next(answer.json() for answer in answers if answer.status_code == 412)
        assert (late["code"], late["current"]["native_link"]) == ("precondition_failed", False)
        (only,) = await events(database, vendor_browser.workspace_id, "link.changed")
        assert only == ("link.changed", "Dana Reyes", {"native_link": False})

    async def test_of_no_link_is_not_linked(self, vendor_browser: Browser) -> None:
        answer = await say(vendor_browser, is_on=False)
        assert (answer.status_code, answer.json()["code"]) == (409, "not_linked")

    @pytest.mark.rule("I10")
    async def test_with_one_key_twice_answers_the_same(self, vendor_browser: Browser) -> None:
        await link(vendor_browser, native_link=True)
        body = {"native_link": False}
        first = await vendor_browser.effect("PATCH", "/v1/link", body, key="one-and-the-same")
        again = await vendor_browser.effect("PATCH", "/v1/link", body, key="one-and-the-same")
        assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")
        assert again.headers["ETag"] == first.headers["ETag"]
