"""Sandboxes for the connectors: one process for the whole run, put back to its seed before each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.pacing import Unpaced
from api.connectors.printavo.adapter import Printavo
from api.core.http import HttpDoor
from api.core.pacing import PacingRow
from api.core.secrets import KeyedHash
from tests.connectors.inksoft_desk import InkSoftDesk
from tests.connectors.printavo_desk import PrintavoDesk
from tests.make.database import TestDatabase
from tests.sandbox.conftest import RunningSandbox, launch


@pytest.fixture(scope="session")
def inksoft_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    folder: Path = tmp_path_factory.mktemp("inksoft")
    running = launch("inksoft", folder, "--time-scale", "0.01", "--limit-scale", "0.1")
    yield running
    running.stop()


@pytest.fixture
async def inksoft(inksoft_sandbox: RunningSandbox) -> AsyncIterator[InkSoftDesk]:
    """The port on a sandbox as fresh as its seed, without faults and (but where a test sets one) without a limit."""
    inksoft_sandbox.control.post("reset")
    inksoft_sandbox.control.delete("faults")
    inksoft_sandbox.control.delete("calls")
    inksoft_sandbox.switch(limit_calls=0)
    async with HttpDoor(inksoft_sandbox.url, timeout=10) as door:
        yield InkSoftDesk(InkSoft(door, Unpaced()), inksoft_sandbox)


@pytest.fixture(scope="session")
def printavo_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    folder: Path = tmp_path_factory.mktemp("printavo")
    running = launch("printavo", folder, "--time-scale", "0.01", "--limit-scale", "0.02")
    yield running
    running.stop()


@pytest.fixture
async def pace(database_urls: TestDatabase) -> AsyncIterator[PacingRow]:
    """The real pace over PostgreSQL, as much faster as the sandbox's limit is."""
    async with asyncpg.create_pool(
        database_urls.app, min_size=1, max_size=8, server_settings={"role": "platen_app"}
    ) as pool:
        await pool.execute("DELETE FROM pacing")
        yield PacingRow(pool, KeyedHash("tests"), interval=0.625 * 0.02)


@pytest.fixture
async def printavo(printavo_sandbox: RunningSandbox, pace: PacingRow) -> AsyncIterator[PrintavoDesk]:
    """The port on a sandbox as fresh as its seed, without faults."""
    printavo_sandbox.control.post("reset")
    async with HttpDoor(printavo_sandbox.url, timeout=2.0) as door:
        yield PrintavoDesk(Printavo(door, pace), printavo_sandbox)
