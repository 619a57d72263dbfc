"""What the doctor says of an installation: a real database with exactly one thing broken, and its sentence read."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr

from api.core.clock import SystemClock
from api.core.config import Settings
from api.core.db import sqlalchemy_url
from api.doctor.database import WITHOUT_POLICY, judge_version
from api.doctor.examination import check_databases, check_mail, check_partners, examine
from api.doctor.findings import Finding, exit_code
from tests.conftest import PROJECT, make_settings
from tests.house.test_tenancy import ALLOWED
from tests.make.clock import SteerableClock
from tests.make.database import TestDatabase
from tests.make.mail import running_mail_server
from tests.make.sandboxes import Sandboxes
from tests.make.service import environment_of, run_command


@pytest.fixture
async def admin(database_urls: TestDatabase) -> AsyncIterator[asyncpg.Connection]:
    """A superuser, who can break what the app cannot."""
    connection = await asyncpg.connect(database_urls.admin)
    yield connection
    await connection.close()
    await database_urls.empty()


async def look(settings: Settings, clock: Any = None) -> dict[str, Finding]:
    """The database's findings by key."""
    return {found.key: found for found in await check_databases(settings, clock or SystemClock())}


def assert_only_wrong(found: dict[str, Finding], key: str) -> Finding:
    """Exactly this is wrong; everything else is well."""
    assert [one.key for one in found.values() if one.level == "wrong"] == [key]
    return found[key]


class TestTheDatabase:
    async def test_of_a_fresh_installation_is_well(self, settings: Settings) -> None:
        found = await look(settings)
        assert {one.level for one in found.values()} == {"ok"}, found
        assert {"version", "clocks", "migrations", "policies", "worker", "events", "keys", "hash_key"} <= set(
            found
        )

    async def test_that_cannot_be_reached_says_so_without_the_password(
        self, database_urls: TestDatabase
    ) -> None:
        gone = make_settings(
            database_urls, database_url=SecretStr("postgresql://platen:very-secret@127.0.0.1:9/platen")
        )
        found = assert_only_wrong(await look(gone), "database:DATABASE_URL")
        assert found.sentence.startswith("The database in DATABASE_URL cannot be reached")
        assert "platen migrate" in found.cure
        assert "very-secret" not in found.sentence + found.cure

    async def test_whose_role_passes_policies_by_is_not_trusted(self, database_urls: TestDatabase) -> None:
        above = make_settings(
            database_urls, database_url=SecretStr(database_urls.admin), database_set_role=False,
            database_direct_url=SecretStr(database_urls.direct),
        )  # fmt: skip
        found = (await look(above))["database:DATABASE_URL"]
        assert (found.level, "may pass row-level security by" in found.sentence) == ("wrong", True)
        assert "DATABASE_SET_ROLE" in found.cure

    @pytest.mark.parametrize(
        ("number", "major"), [(90624, 9), (100023, 10), (140020, 14), (150000, 15), (180001, 18)]
    )
    def test_that_is_too_old_is_named(self, number: int, major: int) -> None:
        """By `server_version_num` as servers give it: 9.6.24, 10.23, 14.20, 15.0, 18.1."""
        found = judge_version(number)
        told = (
            f"PostgreSQL is {major}, and Platen needs 15 or newer."
            if major < 15
            else f"PostgreSQL is {major}."
        )
        assert (found.level, found.sentence) == ("wrong" if major < 15 else "ok", told)

    async def test_that_lacks_a_migration_is_told_to_migrate(
        self, settings: Settings, admin: asyncpg.Connection
    ) -> None:
        await admin.execute("UPDATE alembic_version SET version_num = 'settings_a'")
        try:
            found = assert_only_wrong(await look(settings), "migrations")
            assert found.sentence.startswith(
                "The database is at the migration settings_a, and this code needs"
            )
            assert "platen migrate" in found.cure
            await admin.execute("UPDATE alembic_version SET version_num = 'of_next_year'")
            found = assert_only_wrong(await look(settings), "migrations")
            assert "newer than the code" in found.sentence
            assert "Do not migrate" in found.cure
            said = run_command(["migrate"], environment_of(settings))
            assert said.startswith(
                "A newer version of Platen migrated the database. Install that version again"
            )
        finally:
            from api.core.health import head_revision

            await admin.execute("UPDATE alembic_version SET version_num = $1", head_revision())

    @pytest.mark.rule("I12")
    @pytest.mark.parametrize(
        ("broken", "mended"),
        [("NO FORCE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY"),
         ("DISABLE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY")],
    )  # fmt: skip
    async def test_without_row_level_security_names_the_table(
        self, settings: Settings, admin: asyncpg.Connection, broken: str, mended: str
    ) -> None:
        await admin.execute(f"ALTER TABLE store_order {broken}")
        try:
            found = assert_only_wrong(await look(settings), "policies")
            assert "off or not forced on: store_order." in found.sentence
        finally:
            await admin.execute(f"ALTER TABLE store_order {mended}")
        assert (await look(settings))["policies"].level == "ok"

    def test_leaves_out_only_tables_that_the_house_allows(self) -> None:
        assert {*ALLOWED, "order_search"} >= WITHOUT_POLICY

    @pytest.mark.parametrize(("seconds", "way"), [(-600, "ahead of"), (600, "behind")])
    async def test_whose_clock_differs_is_told(
        self, settings: Settings, clock: SteerableClock, seconds: int, way: str
    ) -> None:
        clock.move(seconds=seconds)
        found = assert_only_wrong(await look(settings, clock), "clocks")
        assert found.sentence == f"The database's clock is 600 seconds {way} this machine's."

    async def test_with_late_work_misses_its_worker(
        self, settings: Settings, admin: asyncpg.Connection
    ) -> None:
        due = SystemClock().now() - timedelta(minutes=12)
        await admin.execute(
            "INSERT INTO workspace_work (workspace_id, kind, due_at) VALUES (gen_random_uuid(), 'sync', $1)",
            due,
        )
        found = assert_only_wrong(await look(settings), "worker")
        assert found.sentence.startswith("Work waits for 12 minutes already (1 in all)")
        assert "platen work" in found.cure

    async def test_with_events_that_nobody_publishes_says_so(
        self, settings: Settings, admin: asyncpg.Connection
    ) -> None:
        await admin.execute(
            "INSERT INTO outbox (workspace_id, event_id) SELECT gen_random_uuid(), gen_random_uuid() "
            "FROM generate_series(1, 10000)"
        )
        found = (await look(settings))["events"]
        assert (found.level, found.sentence) == (
            "warning",
            "More than 10,000 events wait for their place in the feed.",
        )


class TestThePartners:
    async def test_that_do_not_answer_are_named(self, sandboxes: Sandboxes) -> None:
        addresses = {"INKSOFT_URL": sandboxes.inksoft_url, "PRINTAVO_URL": "http://127.0.0.1:9"}
        inksoft, printavo = await check_partners(addresses, timeout=5)
        assert (inksoft.level, printavo.level) == ("ok", "wrong")
        assert printavo.sentence == "Printavo does not answer (ConnectError)."
        assert "PRINTAVO_URL" in printavo.cure


class TestTheConfiguration:
    async def test_that_lacks_something_is_told_by_name_and_never_by_value(self, tmp_path: Path) -> None:
        def read() -> Settings:
            return Settings.model_validate(
                {"database_url": "mysql://root:very-secret@db/x", "platen_hmac_key": "short"}
            )

        found = await examine(tmp_path, SystemClock(), read=read)
        (configuration,) = [one for one in found if one.key == "configuration"]
        for name in ("DATABASE_URL", "PLATEN_HMAC_KEY", "PLATEN_MASTER_KEYS: field required"):
            assert name in configuration.sentence
        assert not any("very-secret" in one.sentence + one.cure for one in found)
        assert exit_code(found) == 1

    @pytest.mark.parametrize(
        "address",
        ["www.printavo.com", "ftp://www.printavo.com", "http://[::1", "https://www.printavo.com:port", ""],
    )
    async def test_names_an_address_that_is_none(self, tmp_path: Path, address: str) -> None:
        found = await examine(
            tmp_path, SystemClock(), read=lambda: Settings.model_validate({"printavo_url": address})
        )
        (configuration,) = [one for one in found if one.key == "configuration"]
        assert "PRINTAVO_URL" in configuration.sentence

    @pytest.mark.parametrize(
        ("changes", "told"),
        [({"DATABASE_URL": "postgresql://a:very-secret@h/x?sslmode=very-odd"}, "DATABASE_URL: an address is"),
         ({"DATABASE_URL": "postgresql://a:very-secret@h/x?pool=9"}, "DATABASE_URL: an address is"),
         ({"SMTP_URL": "smtp://a:very-secret@127.0.0.1:25"}, "SMTP_URL and MAIL_FROM are set together"),
         ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL: one of DEBUG"), ({"DATABASE_POOL_SIZE": "many"}, "DATABASE_POOL_SIZE: input")],
    )  # fmt: skip
    def test_that_is_not_understood_says_what_is_expected(
        self, settings: Settings, sandboxes: Sandboxes, changes: dict[str, str], told: str
    ) -> None:
        done = TestTheCommand().run(settings, sandboxes, **changes)
        assert (done.returncode, done.stderr) == (1, "")
        assert told in done.stdout
        assert "very" not in done.stdout

    def test_may_ask_the_database_for_encryption(self) -> None:
        asked = sqlalchemy_url("postgresql://a:b@h/x?sslmode=require")
        assert asked == "postgresql+asyncpg://a:b@h/x?ssl=require"


class TestMail:
    async def test_is_looked_for_where_a_server_is_named(self, database_urls: TestDatabase) -> None:
        assert (await check_mail(make_settings(database_urls))).level == "ok"
        named = make_settings(
            database_urls,
            smtp_url=SecretStr("smtp://a:very-secret@127.0.0.1:9"),
            mail_from="dana@shop.example",
        )
        found = await check_mail(named)
        assert (found.level, found.sentence) == (
            "wrong",
            "The mail server in SMTP_URL does not answer (ConnectionRefusedError).",
        )
        async with running_mail_server() as server:
            answering = named.model_copy(update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}")})
            assert (await check_mail(answering)).level == "ok"


class TestTheCommand:
    def run(self, settings: Settings, sandboxes: Sandboxes, *options: str, **changes: str) -> Any:
        environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "DATABASE_DIRECT_URL": settings.direct_url,
            "PLATEN_MASTER_KEYS": settings.platen_master_keys.get_secret_value(),
            "PLATEN_HMAC_KEY": settings.platen_hmac_key.get_secret_value(),
            "INKSOFT_URL": sandboxes.inksoft_url,
            "PRINTAVO_URL": sandboxes.printavo_url,
            **changes,
        }
        command = [sys.executable, "-m", "api.cli", "doctor", *options]
        return subprocess.run(  # noqa: S603 - our own program
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
        )

    def test_says_that_all_is_well(self, settings: Settings, sandboxes: Sandboxes) -> None:
        done = self.run(settings, sandboxes)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "WRONG" not in done.stdout

    def test_says_what_is_wrong_as_json_with_its_exit_code(
        self, settings: Settings, sandboxes: Sandboxes
    ) -> None:
        done = self.run(settings, sandboxes, "--json", PRINTAVO_URL="http://127.0.0.1:9")
        told = json.loads(done.stdout)
        assert (done.returncode, told["exit_code"]) == (1, 1)
        assert [one["key"] for one in told["findings"] if one["level"] == "wrong"] == ["partner:PRINTAVO_URL"]
