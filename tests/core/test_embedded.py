"""The embedded PostgreSQL: idempotent, asks for passwords, and its folder is nobody else's business."""

import asyncio
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from api.core.embedded.cluster import Cluster, start_cluster, stop_cluster
from api.core.embedded.files import data_folder

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder of its own, where this user may run a server."""
    usual = data_folder(PROJECT / ".platen")
    made = usual.with_name(f"{usual.name}-embedded-{os.getpid()}")
    yield made
    stop_cluster(made)
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Cluster:
    return start_cluster(folder, durable=False)


class TestTheEmbeddedServer:
    async def test_takes_its_logins_with_their_passwords_only(self, cluster: Cluster) -> None:
        connection = await asyncpg.connect(cluster.url("platen_app"))
        assert await connection.fetchval("SELECT current_user") == "platen_app"
        await connection.close()
        wrong = cluster.url("platen_app").replace(cluster.passwords["platen_app"], "wrong")
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(wrong)

    def test_its_folder_is_closed_to_others(self, cluster: Cluster) -> None:
        for path in (cluster.folder, cluster.folder / "data", cluster.folder / "passwords.json"):
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
        owner = (cluster.folder / "data").stat().st_uid
        assert owner != 0, "PostgreSQL refuses to run as root"

    def test_starting_twice_is_one_server_and_stopping_loses_nothing(
        self, cluster: Cluster, folder: Path
    ) -> None:
        async def write() -> None:
            connection = await asyncpg.connect(cluster.url("platen_owner"))
            await connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
            await connection.execute("INSERT INTO kept VALUES (1)")
            await connection.close()

        async def read(found: Cluster) -> int:
            connection = await asyncpg.connect(found.url("platen_owner"))
            try:
                return int(await connection.fetchval("SELECT count(*) FROM kept"))
            finally:
                await connection.close()

        assert start_cluster(folder, durable=False).port == cluster.port
        asyncio.run(write())
        stop_cluster(folder)
        stop_cluster(folder)
        again = start_cluster(folder, durable=False)
        assert again.passwords == cluster.passwords
        assert asyncio.run(read(again)) == 1


class TestAnInstallationThatWasCutOff:
    async def test_begins_anew_instead_of_staying_without_its_logins(self) -> None:
        """Killed between `initdb` and the logins, there is a data folder that nobody can sign in to."""
        usual = data_folder(PROJECT / ".platen")
        folder = usual.with_name(f"{usual.name}-cut-off-{os.getpid()}")
        try:
            (folder / "data").mkdir(parents=True)
            (folder / "data" / "PG_VERSION").write_text("18")
            (folder / "superuser").write_text("a password that no server knows")
            (folder / "passwords.json").write_text("{}")
            cluster = await asyncio.to_thread(start_cluster, folder, durable=False)
            connection = await asyncpg.connect(cluster.url("platen_app"))
            assert await connection.fetchval("SELECT current_user") == "platen_app"
            await connection.close()
        finally:
            await asyncio.to_thread(stop_cluster, folder)
            shutil.rmtree(folder)
