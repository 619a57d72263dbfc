"""The Merch tab over HTTP: defaults, changes under If-Match, and what is refused."""

from typing import Any

import pytest

from tests.make.browser import Browser
from tests.make.tabs import choose

PATH = "/v1/storefront-settings/merch"
EVERYTHING: dict[str, Any] = {
    "stores_shown": "selected",
    "selected_store_ids": ["3107"],
    "closed_hidden_after_days": 7,
    "order_view": "oldest",
    "fulfilled_filter": "unfulfilled",
    "countdown_warning_days": 5,
}


@pytest.mark.rule("T9")
class TestTheMerchTab:
    async def test_is_there_without_a_link_and_has_defaults(self, browser: Browser) -> None:
        answer = await browser.get(PATH)
        assert (answer.status_code, answer.headers["etag"]) == (200, '"v0"')
        assert (answer.json()["stores_shown"], answer.json()["closed_hidden_after_days"]) == ("all", 30)

    async def test_keeps_everything_that_can_be_chosen(self, browser: Browser) -> None:
        defaults = (await browser.get(PATH)).json()
        assert set(defaults) == {*EVERYTHING, "version"}
        assert [name for name, value in EVERYTHING.items() if defaults[name] == value] == []
        await choose(browser, "merch", **EVERYTHING)
        assert (await browser.get(PATH)).json() == {**EVERYTHING, "version": 1}

    async def test_stands_apart_from_the_inksoft_tab(self, browser: Browser) -> None:
        await choose(browser, "merch", countdown_warning_days=9)
        assert (await browser.get("/v1/storefront-settings/inksoft")).headers["etag"] == '"v0"'

    async def test_never_overwrites_somebody_elses_change(self, browser: Browser) -> None:
        await choose(browser, "merch", countdown_warning_days=9)
        late = await browser.send("PATCH", PATH, {"countdown_warning_days": 1}, headers={"If-Match": '"v0"'})
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        assert (late.json()["current"]["countdown_warning_days"], late.headers["etag"]) == (9, '"v1"')
        assert (await browser.send("PATCH", PATH, {"countdown_warning_days": 1})).status_code == 428

    @pytest.mark.parametrize(
        "body",
        [
            {"stores_shown": "some"},
            {"selected_store_ids": ["3107", "3107"]},
            {"selected_store_ids": ["<script>"]},
            {"closed_hidden_after_days": -1},
            {"countdown_warning_days": 1000},
            {"fulfilled_filter": "half"},
            {"unknown": 1},
        ],
    )
    async def test_refuses_what_makes_no_sense(self, browser: Browser, body: dict[str, Any]) -> None:
        answer = await browser.send("PATCH", PATH, body, headers={"If-Match": '"v0"'})
        assert answer.status_code == 422
        assert (await browser.get(PATH)).headers["etag"] == '"v0"'
