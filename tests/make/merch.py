"""A workspace with Printavo connected alone, and the hands of people in its Merch stores."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.linking import printavo
from tests.make.sandboxes import Sandboxes

Facts = dict[str, Any]
ACCOUNT = {"northside": "7001", "harbor": "7002"}
LARGEST = "Falcons Spirit Wear"


@dataclass(frozen=True, slots=True)
class MerchShop:
    """`read` runs what is due. `person` acts in Printavo, `theirs` is what Printavo itself knows."""

    browser: Browser
    sandboxes: Sandboxes
    database: Database
    clock: SteerableClock
    run_jobs: Callable[[], Awaitable[None]]

    async def connect(self, account: str = "northside") -> None:
        made = await self.browser.send("POST", "/v1/connections/printavo", printavo(account))
        assert made.status_code == 201, made.text

    async def disconnect(self) -> None:
        gone = await self.browser.effect("DELETE", "/v1/connections/printavo")
        assert gone.status_code == 204, gone.text

    async def read(self, **later: float) -> None:
        """Run what is due after so much time."""
        self.clock.move(**later)
        await self.run_jobs()

    async def person(self, verb: str, **arguments: Any) -> Facts:
        done: Facts = await self.sandboxes.printavo("POST", f"/{verb}", arguments)
        return done

    async def theirs(self, account: str = "northside") -> dict[str, Facts]:
        """Printavo's merch stores by name."""
        stores = await self.sandboxes.printavo("GET", f"/state/merch?account_id={ACCOUNT[account]}")
        return {store["name"]: store for store in stores}

    async def calls(self) -> dict[str, int]:
        """Calls by root field since the last time this was asked."""
        counted: dict[str, int] = await self.sandboxes.printavo("GET", "/calls")
        await self.sandboxes.printavo("DELETE", "/calls")
        return counted

    async def show(self, path: str, **params: Any) -> Facts:
        answer = await self.browser.get(path, **params)
        assert answer.status_code == 200, answer.text
        shown: Facts = answer.json()
        return shown

    async def stores(self, **params: Any) -> dict[str, Facts]:
        """The listed stores by name."""
        return {
            store["name"]: store for store in (await self.show("/v1/storefronts/merch", **params))["data"]
        }

    async def orders(self, **params: Any) -> list[Facts]:
        """Every order listed, all pages walked."""
        found: list[Facts] = []
        cursor: str | None = None
        while True:
            page = await self.show("/v1/merch-orders", limit=30, cursor=cursor, **params)
            found += page["data"]
            cursor = page["next_cursor"]
            if not page["has_more"]:
                return found

    async def choose(self, **chosen: Any) -> None:
        """Change the Merch settings."""
        tag = (await self.browser.get("/v1/storefront-settings/merch")).headers["ETag"]
        answer = await self.browser.send(
            "PATCH", "/v1/storefront-settings/merch", chosen, headers={"If-Match": tag}
        )
        assert answer.status_code == 200, answer.text

    async def rows(self, sql: str, **values: Any) -> list[Any]:
        async with self.database.transaction(UUID(self.browser.workspace_id)) as session:
            return list(await session.execute(text(sql), values))

    async def change(self, sql: str, **values: Any) -> None:
        """Do what no route does, as the app's role."""
        async with self.database.transaction(UUID(self.browser.workspace_id)) as session:
            await session.execute(text(sql), values)
