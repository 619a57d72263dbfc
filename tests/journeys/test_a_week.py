"""A week of a shop's life; then a program that shares no code with the product compares Platen with the vendors' own books."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest
import uvicorn
from sqlalchemy import text

from api.core.config import Settings
from api.core.db import Database
from api.core.ports import find_free_port
from tests.conftest import PROJECT, make_settings
from tests.journeys.conftest import HASTE
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.database import TestDatabase
from tests.make.owner import Owner
from tests.make.sandboxes import Sandboxes
from tests.make.week import ORDERS, Week

Json = dict[str, Any]
# More turns than any chain of due work needs. Only a push waits in real time: Printavo's pauses are real ones.
MOST_TURNS = 5
PATIENCE = 90


@pytest.fixture(scope="module")
def vendor_settings(database_urls: TestDatabase, sandboxes: Sandboxes) -> Settings:
    """Waiting for what Printavo may still apply is in real time, and short here."""
    return make_settings(
        database_urls, inksoft_url=sandboxes.inksoft_url, printavo_url=sandboxes.printavo_url, **HASTE
    )


class TestAWeek:
    @pytest.mark.rule("I9", "I15", "A6", "F2", "B1")
    async def test_ends_with_every_figure_as_the_vendors_books_have_it(
        self,
        vendor_app: Any,
        vendor_browser: Browser,
        sandboxes: Sandboxes,
        database: Database,
        database_urls: TestDatabase,
        clock: SteerableClock,
        run_jobs: Callable[[], Awaitable[None]],
    ) -> None:
        owner = Owner(vendor_browser, sandboxes)
        due = _Due(database, clock, owner, run_jobs)
        await owner.link()
        await owner.share_all()
        await due.run()
        week = Week(owner, clock, due.run)
        await week.live()
        await week.rest(hours=27)
        await due.settle()
        assert len(week.placed) == ORDERS
        assert week.attached > ORDERS // 2, week.refusals
        async with _served(vendor_app) as url:
            told = _told(url, owner, week)
            witness = await _witness(told)
            assert witness["differences"] == []
            assert witness["compared"]["document"] > ORDERS
            for tampering, undoing in TAMPERINGS:
                await _execute(database_urls, tampering)
                assert (await _witness(told))["differences"], tampering
                await _execute(database_urls, undoing)


# Ways in which a shop could be told something wrong, each with its undoing: the witness must see every one.
TAMPERINGS = (
    (
        "UPDATE store_counter SET open_amount = open_amount + 1",
        "UPDATE store_counter SET open_amount = open_amount - 1",
    ),
    (
        """UPDATE order_document SET summary = replace(summary, '"total_amount":', '"total_amount":1')""",
        """UPDATE order_document SET summary = replace(summary, '"total_amount":1', '"total_amount":')""",
    ),
    (
        "UPDATE event SET type = 'order.lost' WHERE id = (SELECT id FROM event WHERE type = 'order.attached' LIMIT 1)",
        "UPDATE event SET type = 'order.attached' WHERE type = 'order.lost'",
    ),
)


class _Due:
    """Does what is due now, until nothing is."""

    def __init__(
        self, database: Database, clock: SteerableClock, owner: Owner, run_jobs: Callable[[], Awaitable[None]]
    ) -> None:
        self._database, self._clock, self._owner, self._run_jobs = database, clock, owner, run_jobs

    async def run(self) -> None:
        for _ in range(MOST_TURNS):
            await self._run_jobs()
            if not await self._due() - {"push"}:
                return

    async def settle(self) -> None:
        """Pushes that Printavo put off wait in real time: its pauses are real ones."""
        for _ in range(PATIENCE):
            await self.run()
            if "push" not in await self._due():
                return
            await asyncio.sleep(1)

    async def _due(self) -> set[str]:
        workspace = UUID(self._owner.browser.workspace_id)
        async with self._database.transaction(workspace) as session:
            found = await session.execute(
                text("SELECT kind FROM workspace_work WHERE workspace_id = :workspace AND due_at <= :now"),
                {"workspace": workspace, "now": self._clock.now()},
            )
            return set(found.scalars())


def _told(url: str, owner: Owner, week: Week) -> Json:
    return {
        "service": url,
        "workspace": owner.browser.workspace_id,
        "cookie": "; ".join(f"{each.name}={each.value}" for each in owner.browser.http.cookies.jar),
        "inksoft": owner.sandboxes.inksoft_url,
        "printavo": owner.sandboxes.printavo_url,
        "history": week.history,
    }


async def _witness(told: Json) -> Json:
    """What the independent reader says, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "tests/journeys/witness.py",
        cwd=PROJECT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate(json.dumps(told).encode())
    report: Json = json.loads(said)
    assert process.returncode == bool(report["differences"])
    return report


@asynccontextmanager
async def _served(app: Any) -> AsyncIterator[str]:
    """The app at a real address."""
    server = uvicorn.Server(uvicorn.Config(app, port=find_free_port(), lifespan="off", log_level="warning"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.config.port}"
    finally:
        server.should_exit = True
        await running


async def _execute(urls: TestDatabase, sql: str) -> None:
    """As somebody above every rule of the product."""
    connection = await asyncpg.connect(urls.admin)
    try:
        await connection.execute("SET session_replication_role = replica")  # events never change otherwise
        await connection.execute(sql)
    finally:
        await connection.close()
