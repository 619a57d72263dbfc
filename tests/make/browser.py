"""Somebody in a browser: an HTTP client with a session cookie, the right origin and a workspace."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx

ORIGIN = "https://platen.test"
PASSWORD = "print-more-shirts"
_numbers = itertools.count(1)


class Browser:
    """`get`, `post`, … send the workspace and origin; `effect` adds a fresh idempotency key."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.workspace_id = ""
        self.email = ""

    async def sign_up(self, *, name: str = "Dana Reyes", workspace: str = "Northside Print Co") -> None:
        self.email = f"dana{next(_numbers)}-{uuid4().hex[:8]}@northside.example"
        body = {"name": name, "email": self.email, "password": PASSWORD, "workspace_name": workspace}
        answer = await self.http.post("/v1/signup", json=body)
        assert answer.status_code == 201, answer.text
        self.workspace_id = answer.json()["workspaces"][0]["id"]

    def _headers(self, more: dict[str, str] | None = None) -> dict[str, str]:
        return {"Platen-Workspace": self.workspace_id, **(more or {})}

    async def get(self, path: str, **params: Any) -> httpx.Response:
        given = {name: value for name, value in params.items() if value is not None}
        return await self.http.get(path, params=given, headers=self._headers())

    async def send(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        return await self.http.request(method, path, json=body, headers=self._headers(headers))

    async def effect(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        more = {"Idempotency-Key": key or uuid4().hex, **(headers or {})}
        return await self.send(method, path, body, headers=more)


@asynccontextmanager
async def make_browser(app: Any) -> AsyncIterator[Browser]:
    """A browser on an app, not signed in yet."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}, timeout=30
    ) as http:
        yield Browser(http)
