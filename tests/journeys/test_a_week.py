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
# More turns than any chain of due work needs. What is written to Printavo waits in real time: its pauses are real ones.
MOST_TURNS = 5
PUT_OFF = {"push", "purchasing_writes"}
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
        await _execute(database_urls, READ_GOODS)
        await due.settle()
        assert len(week.placed) == ORDERS
        assert len(week.chosen) > MOST_TURNS
        assert week.attached > ORDERS // 2, week.refusals
        async with _served(vendor_app) as url:
            told = await _told(url, owner, week)
            witness = await _witness(told)
            assert witness["differences"] == []
            assert witness["compared"]["document"] > ORDERS
            for tampering in TAMPERINGS.values():
                await _execute(database_urls, tampering)
            differences = (await _witness(told))["differences"]
            unseen = [what for what in TAMPERINGS if not any(each.startswith(what) for each in differences)]
            assert unseen == []


# Printavo's lines are read again when their time has come, which is the database's own: not a clock that tests move.
READ_GOODS = """
UPDATE purchasing_watch SET due_at = now() - interval '1 second';
UPDATE workspace_work SET due_at = now() WHERE kind = 'purchasing'
"""
_LOST = "UPDATE event SET type = 'order.lost' WHERE id = (SELECT id FROM event WHERE type = '{}' ORDER BY id LIMIT 1)"
# Ways in which a shop could be told something wrong, by what the witness must say of each.
TAMPERINGS = {
    "tiles": "UPDATE store_counter SET open_amount = open_amount + 1",
    "orders:": """UPDATE order_document SET summary = replace(summary, '"email":"', '"email":"x')""",
    "sizes of": """UPDATE order_document SET lines = replace(lines, '"size":"', '"size":"x')""",
    "orders per day": "UPDATE order_day SET orders = orders + 1",
    "purchasing of": """UPDATE line_item SET inksoft = replace(inksoft::text, '"pieces": ', '"pieces": 1')::jsonb""",
    "statuses of": "UPDATE line_item SET printavo_status = 'in' WHERE printavo_status = 'ordered'",
    "order.attached": _LOST.format("order.attached"),
    "order.received": _LOST.format("order.received"),
    "order.cancelled": _LOST.format("order.cancelled"),
    "link.needs_reauth": _LOST.format("link.needs_reauth"),
    "link.reauthenticated": _LOST.format("link.reauthenticated"),
    "edits missing": "UPDATE event SET type = 'order.lost' WHERE type = 'order.changed'",
}


class _Due:
    """Does what is due now, until nothing is."""

    def __init__(
        self, database: Database, clock: SteerableClock, owner: Owner, run_jobs: Callable[[], Awaitable[None]]
    ) -> None:
        self._database, self._clock, self._owner, self._run_jobs = database, clock, owner, run_jobs

    async def run(self) -> None:
        for _ in range(MOST_TURNS):
            await self._run_jobs()
            if not await self._due() - PUT_OFF:
                return

    async def settle(self) -> None:
        """What Printavo put off waits in real time: its pauses are real ones."""
        for _ in range(PATIENCE):
            await self.run()
            if not await self._due() & PUT_OFF:
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


async def _told(url: str, owner: Owner, week: Week) -> Json:
    chosen = [{**one, "ended": (await owner.show(one["operation"]))["status"]} for one in week.chosen]
    return {
        "service": url,
        "workspace": owner.browser.workspace_id,
        "cookie": "; ".join(f"{each.name}={each.value}" for each in owner.browser.http.cookies.jar),
        "inksoft": owner.sandboxes.inksoft_url,
        "printavo": owner.sandboxes.printavo_url,
        "history": week.history,
        "looks": week.looks,
        "chosen": chosen,
    }


async def _witness(told: Json) -> Json:
    """What the independent reader says, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.journeys.witness",
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
