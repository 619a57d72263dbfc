"""Test databases: migrated once into a template, cloned per test process, emptied between tests."""

import asyncio
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from alembic import command
from alembic.config import Config

from api.core.embedded.cluster import start_cluster
from api.core.embedded.files import data_folder


@dataclass(frozen=True, slots=True)
class TestDatabase:
    """Addresses of one database by role; `admin` is a superuser's."""

    __test__ = False

    admin: str
    owner: str
    app: str
    direct: str
    name: str

    async def empty(self) -> None:
        """Delete every row of every table, as nobody but a superuser can."""
        connection = await asyncpg.connect(self.admin)
        try:
            tables = await connection.fetch(
                "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables "
                "WHERE schemaname IN ('public', 'queue') AND tablename <> 'alembic_version'"
            )
            await connection.execute("TRUNCATE " + ", ".join(row["name"] for row in tables) + " CASCADE")
        finally:
            await connection.close()


def clone_database(project: Path, worker: str) -> TestDatabase:
    """A fresh clone of the template; the template is made when the migrations changed."""
    # The server too is made under the lock: two test processes must not initialise one cluster.
    with (Path(tempfile.gettempdir()) / f"platen-template-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        addresses = _server(project)
        template = f"platen_template_{_fingerprint(project)}"
        owner = urlsplit(addresses["owner"]).username
        name = f"platen_test_{worker}_{os.getpid()}"
        asyncio.run(_make_template(addresses, template, project))
        asyncio.run(
            _with_admin(
                addresses["admin"],
                lambda c: c.execute(f'CREATE DATABASE {name} OWNER "{owner}" TEMPLATE {template}'),
            )
        )
    urls = {role: _with_database(url, name) for role, url in addresses.items()}
    return TestDatabase(
        admin=urls["admin"], owner=urls["owner"], app=urls["app"], direct=urls["direct"], name=name
    )


def drop_database(database: TestDatabase) -> None:
    url = _with_database(database.admin, "postgres")
    asyncio.run(
        _with_admin(url, lambda c: c.execute(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)"))
    )


def _server(project: Path) -> dict[str, str]:
    """One address per role, of the server that TEST_DATABASE_URL names or of an embedded one."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        # One superuser for all: the connections take the narrow roles themselves.
        return {"admin": given, "owner": given, "app": given, "direct": given}
    usual = data_folder(project / ".platen")
    folder = Path(os.environ.get("PLATEN_TEST_CLUSTER", usual.with_name(usual.name + "-tests")))
    cluster = start_cluster(folder, durable=False)
    logins = {"admin": "postgres", "owner": "platen_owner", "app": "platen_app", "direct": "platen_dispatch"}
    return {role: cluster.url(login, "postgres") for role, login in logins.items()}


def _fingerprint(project: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted((project / "migrations").rglob("*")):
        if path.suffix in {".py", ".sql"}:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


async def _make_template(addresses: dict[str, str], template: str, project: Path) -> None:
    owner = urlsplit(addresses["owner"]).username

    async def make(connection: Any) -> bool:
        if await connection.fetchval(
            "SELECT true FROM pg_database WHERE datname = $1 AND datistemplate", template
        ):
            return False
        await connection.execute(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)")
        await connection.execute(f'CREATE DATABASE {template} OWNER "{owner}"')
        return True

    if await _with_admin(addresses["admin"], make):
        configuration = Config(str(project / "alembic.ini"))
        configuration.set_main_option("script_location", str(project / "migrations"))
        configuration.attributes["url"] = _with_database(addresses["owner"], template)
        await asyncio.to_thread(command.upgrade, configuration, "head")
        await _with_admin(
            addresses["admin"], lambda c: c.execute(f"ALTER DATABASE {template} IS_TEMPLATE true")
        )


async def _with_admin(url: str, work: Callable[[Any], Awaitable[Any]]) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await work(connection)
    finally:
        await connection.close()


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
