"""People of one workspace: an owner invites, others join by the link."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from api.core.db import Database
from tests.make.browser import PASSWORD, Browser, make_browser


async def invite(owner: Browser, role: str = "viewer", email: str | None = None) -> dict[str, Any]:
    """What the owner is shown of a new invitation, with its `token` beside it."""
    body = {"email": email or f"lee-{uuid4().hex[:8]}@northside.example", "role": role}
    answer = await owner.effect("POST", "/v1/invitations", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return {**made, "token": token_of(made["link"])}


def token_of(link: str) -> str:
    return link.partition("#")[2]


async def sign_up_by(made: dict[str, Any], browser: Browser, name: str = "Lee Park") -> Any:
    """Somebody new accepts; the answer, whatever it is."""
    body = {"token": made["token"], "name": name, "password": PASSWORD}
    return await browser.http.post("/v1/invitations/signup", json=body)


@asynccontextmanager
async def joined(
    app: Any, owner: Browser, role: str = "viewer", name: str = "Lee Park"
) -> AsyncIterator[Browser]:
    """Somebody new who was invited by this owner and joined, in a browser of their own."""
    made = await invite(owner, role)
    async with make_browser(app) as browser:
        answer = await sign_up_by(made, browser, name)
        assert answer.status_code == 201, answer.text
        browser.workspace_id = owner.workspace_id
        browser.email = made["invitation"]["email"]
        yield browser


async def person_id(browser: Browser) -> str:
    found: str = (await browser.get("/v1/me")).json()["person"]["id"]
    return found


async def events(database: Database, workspace_id: str, *types: str) -> list[tuple[str, str, dict[str, Any]]]:
    """(type, who did it, data) of the workspace's events of these types, in order; all but its opening without any."""
    async with database.transaction(UUID(workspace_id)) as session:
        rows = await session.execute(
            text("SELECT type, actor, data FROM event WHERE workspace_id = :workspace ORDER BY id"),
            {"workspace": UUID(workspace_id)},
        )
        return [
            (row.type, row.actor["name"], row.data)
            for row in rows
            if (row.type in types if types else row.type != "workspace.created")
        ]
