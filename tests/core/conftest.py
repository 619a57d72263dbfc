"""A PostgreSQL of the tests' own: TEST_DATABASE_URL when set, else the embedded server in a folder that vanishes."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from api.core.embedded import ROOTS_FOLDER, start_cluster, stop_cluster
from api.core.pacing import CREATE_SQL


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """The address of a database in which tests may make schemas."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    parent = ROOTS_FOLDER if os.geteuid() == 0 else Path(tempfile.gettempdir())
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="tests-", dir=parent))
    try:
        yield start_cluster(folder, durable=False).url("platen_owner")
    finally:
        stop_cluster(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def pacing_schema(server_url: str) -> AsyncIterator[str]:
    """A schema of its own with an empty pacing table; yields its name."""
    connection = await asyncpg.connect(server_url)
    name = f"pacing_{os.getpid()}"
    try:
        await connection.execute(
            f"DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}; SET search_path = {name}; {CREATE_SQL}"
        )
        yield name
        await connection.execute(f"DROP SCHEMA {name} CASCADE")
    finally:
        await connection.close()


@pytest.fixture
async def pool(server_url: str, pacing_schema: str) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    async with asyncpg.create_pool(
        server_url, min_size=1, max_size=8, server_settings={"search_path": pacing_schema}
    ) as made:
        yield made
