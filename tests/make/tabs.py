"""Changing what a shop chose, as its settings page does."""

from typing import Any

import httpx

from tests.make.browser import Browser


async def choose(browser: Browser, tab: str = "inksoft", **changes: Any) -> dict[str, Any]:
    """Read the tab, change it with the ETag that was read; the tab as it is then."""
    answer = await try_to_choose(browser, tab, **changes)
    assert answer.status_code == 200, answer.text
    chosen: dict[str, Any] = answer.json()
    return chosen


async def try_to_choose(browser: Browser, tab: str = "inksoft", **changes: Any) -> httpx.Response:
    path = f"/v1/storefront-settings/{tab}"
    seen = await browser.get(path)
    return await browser.send("PATCH", path, changes, headers={"If-Match": seen.headers["ETag"]})
