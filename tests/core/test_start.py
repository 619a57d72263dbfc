"""No door opens on a database that keeps no workspace apart, or forgets what it has committed."""

import socket
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import event, text

from api.core.config import Settings
from api.core.db import Database
from api.core.start import UnfitDatabaseError, check_database
from tests.make.database import TestDatabase
from tests.make.service import environment_of, run_command


async def refusal_of(database: Database) -> str:
    try:
        with pytest.raises(UnfitDatabaseError) as refused:
            await check_database(database, variable="DATABASE_URL")
    finally:
        await database.close()
    return str(refused.value)


@pytest.mark.rule("I12")
class TestADoor:
    @pytest.mark.parametrize("role", ["platen_app", "platen_dispatch"])
    async def test_opens_for_the_narrow_roles(self, database_urls: TestDatabase, role: str) -> None:
        url = database_urls.app if role == "platen_app" else database_urls.direct
        database = Database(url, role=role)  # type: ignore[arg-type] # one of the two
        await check_database(database, variable="DATABASE_URL")
        await database.close()

    async def test_stays_shut_for_a_login_above_row_level_security(self, database_urls: TestDatabase) -> None:
        said = await refusal_of(Database(database_urls.admin, role=None))
        assert "may pass row-level security by" in said
        assert "DATABASE_SET_ROLE" in said

    async def test_stays_shut_for_the_owner_of_the_tables(self, database_urls: TestDatabase) -> None:
        admin = Database(database_urls.admin, role=None)
        async with admin.transaction(None) as session:
            owner = await session.scalar(text("SELECT tableowner FROM pg_tables WHERE tablename = 'invoice'"))
        await admin.close()
        if owner == "postgres":
            pytest.skip("on this server the tables belong to the superuser")
        assert "owns tables" in await refusal_of(Database(database_urls.owner, role=None))

    def test_says_so_in_one_sentence_and_ends(self, settings: Settings, database_urls: TestDatabase) -> None:
        """Without the narrow roles a superuser's address would open every workspace to every other."""
        wrong = settings.model_copy(
            update={"database_url": SecretStr(database_urls.admin), "database_set_role": False}
        )
        for command in ("serve", "work"):
            said = run_command([command], environment_of(wrong))
            assert "may pass row-level security by" in said
            assert "Traceback" not in said

    async def test_stays_shut_where_no_database_answers(self) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            url = f"postgresql://platen_app:secret@127.0.0.1:{closed.getsockname()[1]}/platen"
            said = await refusal_of(Database(url, role="platen_app"))
        assert "cannot be reached" in said
        assert "secret" not in said


class TestACommit:
    async def test_lasts_whatever_the_server_is_set_to(self, database_urls: TestDatabase) -> None:
        database = Database(database_urls.app, role="platen_app")
        async with database.transaction(None) as session:
            assert await session.scalar(text("SHOW synchronous_commit")) == "on"
        await database.close()

    async def test_that_would_not_last_keeps_the_door_shut(self, database_urls: TestDatabase) -> None:
        """A pooler may drop what we ask for when a connection starts."""
        database = Database(database_urls.app, role="platen_app")

        @event.listens_for(database.engine.sync_engine, "connect")
        def forget(connection: Any, _: Any) -> None:
            connection.cursor().execute("SET synchronous_commit = off")
            connection.commit()

        assert "synchronous_commit is off" in await refusal_of(database)
