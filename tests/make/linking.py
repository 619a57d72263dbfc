"""The sandboxes' demo accounts, a linked workspace in two calls, and all its stores shared."""

from typing import Any

from tests.make.browser import Browser

InkSoft = dict[str, str]
Printavo = dict[str, str]


def inksoft(name: str = "northside") -> InkSoft:
    """By API key: `northside`, `harbor` (USD), `maple` (CAD), `smalltown` (lower plan)."""
    return {"store_uri": f"{name}_main", "api_key": f"DEMO-{name.upper()}-INKSOFT-KEY"}


def printavo(name: str = "northside") -> Printavo:
    """By password: `northside`, `harbor` (USD), `smalltown` (lower plan)."""
    return {"email": f"office@{name}.example", "password": f"{name}-print"}


async def attempt(browser: Browser, store_side: str = "northside", shop_side: str = "northside") -> Any:
    """A verified attempt to link these two accounts."""
    body = {"inksoft": inksoft(store_side), "printavo": printavo(shop_side)}
    answer = await browser.send("POST", "/v1/link/attempts", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def link(
    browser: Browser, store_side: str = "northside", shop_side: str = "northside", **confirmation: Any
) -> Any:
    """Link these two accounts in the browser's workspace; returns the link as it is shown."""
    made = await attempt(browser, store_side, shop_side)
    answer = await browser.effect("POST", f"/v1/link/attempts/{made['id']}/confirmation", confirmation)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def share_everything(browser: Browser) -> None:
    """Share all stores, later ones too (S1)."""
    tag = (await browser.get("/v1/sharing")).headers["ETag"]
    shared = await browser.send("PUT", "/v1/sharing", {"mode": "all"}, headers={"If-Match": tag})
    assert shared.status_code == 200, shared.text
