"""The vendor's limit, held by eight processes of two users behind one address, as the sandbox's own limiter counts."""

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from api.connectors.pacing import Unpaced
from api.connectors.printavo.adapter import Printavo
from api.connectors.vendor_errors import SlowDown
from api.core.http import HttpDoor
from tests.connectors.printavo_desk import HARBOR, NORTHSIDE
from tests.make.database import TestDatabase
from tests.sandbox.conftest import RunningSandbox, launch

CALLER = Path(__file__).with_name("printavo_caller.py")
ROOT = CALLER.parents[2]
SCALE = 0.2  # 10 calls in 1 s instead of 5
PROCESSES = 8
CALLS = 6


@dataclass(frozen=True, slots=True)
class Crowd:
    """Eight processes that call at once, and the sandbox that they call."""

    sandbox: RunningSandbox
    database: str

    async def call(self, interval: float) -> list[int]:
        """The refused calls of each process."""
        self.sandbox.control.delete("calls")
        processes = [await self._start(number, interval) for number in range(PROCESSES)]
        for process in processes:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"ready\n"
        answers = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
        assert [process.returncode for process in processes] == [0] * PROCESSES
        return [int(output) for output, _ in answers]

    async def _start(self, number: int, interval: float) -> asyncio.subprocess.Process:
        keys = (NORTHSIDE, HARBOR)[number % 2]
        return await asyncio.create_subprocess_exec(
            sys.executable, str(CALLER), self.sandbox.url, self.database, str(interval), keys.email, keys.token, str(CALLS),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT, env={"PYTHONPATH": str(ROOT)},
        )  # fmt: skip


@pytest.fixture
async def crowd(tmp_path: Path, database_urls: TestDatabase) -> AsyncIterator[Crowd]:
    connection = await asyncpg.connect(database_urls.app, server_settings={"role": "platen_app"})
    await connection.execute("DELETE FROM pacing")
    running = await asyncio.to_thread(launch, "printavo", tmp_path, "--limit-scale", str(SCALE))
    try:
        yield Crowd(running, database_urls.app)
    finally:
        await asyncio.to_thread(running.stop)
        await connection.execute("DELETE FROM pacing")
        await connection.close()


class TestTheLimit:
    @pytest.mark.rule("I14")
    async def test_is_never_met_at_the_shared_pace(self, crowd: Crowd) -> None:
        refused = await crowd.call(0.625 * SCALE)
        counted = crowd.sandbox.control.get("calls").json()
        assert refused == [0] * PROCESSES
        assert counted.get("rate_limited", 0) == 0
        assert counted["requests"] == PROCESSES * CALLS

    async def test_is_met_at_once_without_a_pace(self, crowd: Crowd) -> None:
        """Shows that the limiter counts, and so that the test above can fail."""
        async with HttpDoor(crowd.sandbox.url) as door:
            hasty = Printavo(door, Unpaced())
            calls = await asyncio.gather(
                *(hasty.verify(NORTHSIDE) for _ in range(20)), return_exceptions=True
            )
        assert sum(isinstance(call, SlowDown) for call in calls) == 10
