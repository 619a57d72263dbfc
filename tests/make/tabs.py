"""Changing what a shop chose, as its pages do: read first, then changed with the ETag that was read."""

from typing import Any
from uuid import UUID

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


async def choose_contact(browser: Browser, store_id: UUID | str, contact_id: str, name: str) -> None:
    """From now on the store's invoices are made out to this contact."""
    path = f"/v1/stores/{store_id}/invoice-contact"
    seen = await browser.get(path)
    chosen = {"contact_id": contact_id, "contact_name": name}
    answer = await browser.send("PUT", path, chosen, headers={"If-Match": seen.headers["ETag"]})
    assert answer.status_code == 200, answer.text
