"""The InkSoft tab over HTTP: defaults, changes under If-Match, and what is refused."""

from typing import Any

import pytest

from tests.make.browser import Browser

PATH = "/v1/storefront-settings/inksoft"


class TestTheInkSoftTab:
    async def test_has_defaults_before_anybody_chose(self, browser: Browser) -> None:
        answer = await browser.get(PATH)
        assert answer.headers["etag"] == '"v0"'
        assert (answer.json()["customer_due_days"], answer.json()["production_due_days"]) == (14, 10)

    async def test_changes_what_is_sent_and_nothing_else(self, browser: Browser) -> None:
        body = {"customer_due_days": 21, "size_map": {" OSFA ": "size_other", "Wee": "size_yxs"}}
        changed = await browser.send("PATCH", PATH, body, headers={"If-Match": '"v0"'})
        assert changed.status_code == 200, changed.text
        assert changed.headers["etag"] == '"v1"'
        read = (await browser.get(PATH)).json()
        assert (read["customer_due_days"], read["production_due_days"]) == (21, 10)
        assert read["size_map"] == {"osfa": "size_other", "wee": "size_yxs"}

    async def test_never_overwrites_somebody_elses_change(self, browser: Browser) -> None:
        await browser.send("PATCH", PATH, {"customer_due_days": 21}, headers={"If-Match": '"v0"'})
        late = await browser.send("PATCH", PATH, {"customer_due_days": 7}, headers={"If-Match": '"v0"'})
        assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        assert late.json()["current"]["customer_due_days"] == 21
        bare = await browser.send("PATCH", PATH, {"customer_due_days": 7})
        assert bare.status_code == 428

    @pytest.mark.parametrize(
        "body",
        [
            {"nickname_pattern": "{store.__class__}"},
            {"nickname_pattern": "{other}"},
            {"nickname_pattern": "{"},
            {"size_map": {"OSFA": "size_huge"}},
            {"size_map": {"OSFA": "size_other", "osfa": "size_m"}},
            {"customer_due_days": -1},
            {"order_number_prefix": "<b>"},
            {"unknown": 1},
        ],
    )
    async def test_refuses_what_makes_no_sense(self, browser: Browser, body: dict[str, Any]) -> None:
        answer = await browser.send("PATCH", PATH, body, headers={"If-Match": '"v0"'})
        assert answer.status_code == 422
        assert answer.json()["errors"]
        assert (await browser.get(PATH)).headers["etag"] == '"v0"'

    async def test_a_contact_is_chosen_for_a_store_of_ones_own_only(self, browser: Browser) -> None:
        path = "/v1/stores/0192f0c4-7a10-7000-8000-000000000009/invoice-contact"
        answer = await browser.send("PUT", path, {"contact_id": "501", "contact_name": "Falcons"})
        assert answer.status_code == 404
        assert (await browser.get(path)).status_code == 404
