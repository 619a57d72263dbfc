"""Runs migrations as the owner over asyncpg; one at a time in the whole installation (advisory lock). Or prints them."""

import asyncio
import os
import threading

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from api.core.db import sqlalchemy_url
from api.tables import metadata

# Made by SQL scripts, because a model cannot say them: the paced rows and the search table's own indexes.
BY_SCRIPT = {
    "pacing",
    "rate_use",
    "ix_order_search_text",
    "ix_order_search_recent",
    "ix_order_search_store_recent",
}


def _owner_url() -> str:
    given = context.config.attributes.get("url")
    url = given or os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if not url:
        message = "Set DATABASE_OWNER_URL (or DATABASE_URL) to the database that is to be migrated."
        raise SystemExit(message)
    return sqlalchemy_url(url)


def _print() -> None:
    """`alembic upgrade --sql`: every statement as text, for a linter or a person who looks first. No database is asked."""
    context.configure(
        dialect_name="postgresql",
        target_metadata=metadata,
        literal_binds=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        transaction_per_migration=True,
        include_name=lambda name, kind, _parents: kind != "schema" or name in (None, "public"),
        include_object=lambda _object, name, _kind, _reflected, _other: name not in BY_SCRIPT,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run() -> None:
    engine = create_async_engine(_owner_url(), poolclass=NullPool, hide_parameters=True)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(hashtext('platen.migrations'))"))
        await connection.commit()
        await connection.run_sync(_migrate)
    await engine.dispose()


def _run_anywhere() -> None:
    """Inside a running event loop (the CLI, the tests) the work moves to a thread of its own."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(_run())
        return

    failures: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(_run())
        except BaseException as error:  # noqa: BLE001 - carried over to the caller's thread
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


if context.is_offline_mode():
    _print()
else:
    _run_anywhere()
