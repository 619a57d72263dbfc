"""The exceptions board as a person works on it over HTTP."""

from typing import Any

import httpx

from tests.make.browser import Browser


async def exceptions(browser: Browser, **params: Any) -> list[dict[str, Any]]:
    """A page of exceptions, newest first; open ones unless asked otherwise."""
    answer = await browser.get("/v1/exceptions", **params)
    assert answer.status_code == 200, answer.text
    shown: list[dict[str, Any]] = answer.json()["data"]
    return shown


async def the_only(browser: Browser, code: str, **params: Any) -> dict[str, Any]:
    """The one exception of this code."""
    (found,) = await exceptions(browser, code=code, **params)
    return found


async def retry(browser: Browser, exception: dict[str, Any]) -> httpx.Response:
    return await browser.effect("POST", f"/v1/exceptions/{exception['id']}/retry")


async def resolve(browser: Browser, exception: dict[str, Any], **fix: Any) -> httpx.Response:
    return await browser.effect("POST", f"/v1/exceptions/{exception['id']}/resolution", fix)


async def reread(browser: Browser, exception: dict[str, Any]) -> dict[str, Any]:
    """The exception as it is now."""
    shown: dict[str, Any] = (await browser.get(f"/v1/exceptions/{exception['id']}")).json()
    return shown
