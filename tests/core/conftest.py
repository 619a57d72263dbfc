"""The pacing table of the migrated test database, emptied around every test."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.make.database import TestDatabase


@pytest.fixture
async def pool(database_urls: TestDatabase) -> AsyncIterator["asyncpg.Pool[asyncpg.Record]"]:
    """Connections as the product makes them: with the rights of the app's role only."""
    async with asyncpg.create_pool(
        database_urls.app, min_size=8, max_size=8, server_settings={"role": "platen_app"}
    ) as made:
        await made.execute("DELETE FROM pacing")
        yield made
        await made.execute("DELETE FROM pacing")
