"""A linked workspace with the simulated InkSoft behind it: what the platform has, what was read of it, how often it was asked."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.linking import link
from tests.make.sandboxes import Sandboxes

LONG_AGO = date(2020, 1, 1).isoformat()


@dataclass(frozen=True, slots=True)
class Shop:
    """`read` runs what is due. `person` acts in InkSoft, `switch` sets its switches, `fault` plans a mishap."""

    browser: Browser
    sandboxes: Sandboxes
    database: Database
    run_jobs: Callable[[], Awaitable[None]]

    @property
    def workspace_id(self) -> UUID:
        return UUID(self.browser.workspace_id)

    async def link(self, account: str = "northside", *, share_from: str = LONG_AGO) -> None:
        await link(self.browser, account, account, share_orders_from=share_from)
        await self.sandboxes.inksoft("DELETE", "/calls")

    async def read(self) -> dict[str, Any]:
        """Ask for a reading, run it, and return it."""
        asked = await self.browser.send("POST", "/v1/sync-runs")
        assert asked.status_code == 202, asked.text
        await self.run_jobs()
        shown: dict[str, Any] = (await self.browser.get(asked.headers["Location"])).json()
        return shown

    async def person(self, verb: str, **arguments: Any) -> Any:
        return await self.sandboxes.inksoft("POST", f"/{verb}", arguments)

    async def place(self, store: str | int, **arguments: Any) -> list[int]:
        """Orders placed by a shopper; their numbers."""
        placed = await self.person("place_order", store=store, **{"seed": 7, **arguments})
        return [order["order"] for order in placed["orders"]]

    async def switch(self, **settings: Any) -> None:
        await self.sandboxes.inksoft("PUT", "/switches", settings)

    async def fault(self, method: str, kind: str, **more: Any) -> None:
        match = {"method": method, "nth": more.pop("nth", 1)}
        await self.sandboxes.inksoft("POST", "/faults", {"match": match, "kind": kind, **more})

    async def calls(self) -> dict[str, int]:
        """Calls by method since the last time this was asked."""
        counted: dict[str, int] = await self.sandboxes.inksoft("GET", "/calls")
        await self.sandboxes.inksoft("DELETE", "/calls")
        return counted

    async def until_called(self, method: str, *, times: int = 1) -> None:
        """Wait until InkSoft was asked for this so often (since the calls were counted last)."""
        while (await self.sandboxes.inksoft("GET", "/calls")).get(method, 0) < times:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)

    async def theirs(self, account: str = "northside") -> list[dict[str, Any]]:
        """The facts of every order that InkSoft has."""
        facts: list[dict[str, Any]] = await self.sandboxes.inksoft("GET", f"/state/orders?account={account}")
        return facts

    async def shape(self, name: str) -> int:
        """The number of the (first) order that has this odd shape."""
        number: int = (await self.sandboxes.inksoft("GET", "/state/shapes"))[name][0]["order"]
        return number

    async def rows(self, sql: str, **values: Any) -> list[Any]:
        async with self.database.transaction(self.workspace_id) as session:
            return list(await session.execute(text(sql), values))

    async def ours(self) -> dict[tuple[str, str], Any]:
        """Every stored order by the platform's (store id, number); the system store of proposals has the id 0 there."""
        found = await self.rows(
            "SELECT o.*, CASE s.kind WHEN 'proposals' THEN '0' ELSE s.external_id END AS store FROM store_order o "
            "JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id"
        )
        return {(row.store, row.external_id): row for row in found}

    async def order(self, number: int) -> Any:
        (row,) = await self.rows("SELECT * FROM store_order WHERE external_id = :number", number=str(number))
        return row

    async def sql(self, sql: str, **values: Any) -> None:
        """Do what no route does, as the app's role."""
        async with self.database.transaction(self.workspace_id) as session:
            await session.execute(text(sql), values)
