"""Migrations go up and down, and agree with the models."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from tests.conftest import PROJECT
from tests.make.database import TestDatabase, clone_database, drop_database


@pytest.fixture
def own_database(worker_id: str) -> Iterator[TestDatabase]:
    """A database that may be torn down: not the one that the other tests use."""
    made = clone_database(PROJECT, f"{worker_id}_migrations")
    yield made
    drop_database(made)


def configuration(url: str) -> Config:
    made = Config(str(PROJECT / "alembic.ini"))
    made.set_main_option("script_location", str(PROJECT / "migrations"))
    made.attributes["url"] = url
    return made


class TestMigrations:
    async def test_agree_with_the_models(self, own_database: TestDatabase) -> None:
        await asyncio.to_thread(command.check, configuration(own_database.owner))

    async def test_go_down_to_nothing_and_up_again(self, own_database: TestDatabase) -> None:
        await asyncio.to_thread(command.downgrade, configuration(own_database.owner), "base")
        await asyncio.to_thread(command.upgrade, configuration(own_database.owner), "head")
        await asyncio.to_thread(command.check, configuration(own_database.owner))

    def test_set_their_time_outs(self) -> None:
        folder = PROJECT / "migrations" / "versions"
        for path in folder.glob("*.py"):
            text = path.read_text()
            assert "lock_timeout" in text or "run_script" in text, path.name
        assert "lock_timeout" in Path(PROJECT / "migrations" / "script.py.mako").read_text()
