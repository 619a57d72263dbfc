"""Programs: HTTP clients with an API key, and without anything that a browser has."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.make.browser import ORIGIN, Browser

Json = dict[str, Any]


async def make_api_key(browser: Browser, scopes: Iterable[str], **more: Any) -> Json:
    """A new key of the browser's workspace, as its maker sees it this once."""
    body = {"name": "Warehouse dashboard", "scopes": list(scopes), **more}
    answer = await browser.effect("POST", "/v1/api-keys", body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


@asynccontextmanager
async def make_program(app: Any, key: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that sends this key: no cookie, no origin, no workspace."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers, timeout=30) as http:
        yield http
