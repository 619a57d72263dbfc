"""Engines per role, and the one place that opens and commits transactions.

Every transaction starts by naming its workspace (and person) for row-level security, which also makes the driver's
transaction real before anything is enqueued through the raw connection.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from uuid import UUID

from sqlalchemy import MetaData, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from api.core.transactions import transaction_marked

Role = Literal["platen_app", "platen_dispatch", "platen_owner"]

# Seconds: statement, lock, idle in transaction.
TIMEOUTS = {"api": (5, 2, 10), "worker": (60, 5, 30)}


class Table(DeclarativeBase):
    """Base of every table's model; the naming convention makes constraint names predictable for error handling."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def sqlalchemy_url(url: str) -> str:
    """`postgresql://…` → the asyncpg dialect's address."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in {"postgres", "postgresql"}:
        message = "a database address starts with postgresql://"
        raise ValueError(message)
    # The dialect knows libpq's word by another name.
    return "postgresql+asyncpg://" + re.sub(r"([?&])sslmode=", r"\1ssl=", rest)


class Database:
    """One role's pool. `kind` chooses the time-outs."""

    def __init__(
        self,
        url: str,
        *,
        role: Role | None,
        kind: Literal["api", "worker"] = "api",
        pool_size: int = 10,
        pool_wait: float = 2.0,
    ) -> None:
        statement, lock, idle = TIMEOUTS[kind]
        settings = {
            "application_name": f"platen-{kind}",
            "timezone": "UTC",
            "statement_timeout": f"{statement}s",
            "lock_timeout": f"{lock}s",
            "idle_in_transaction_session_timeout": f"{idle}s",
            # What was answered must last; a server or a role that says otherwise is overruled.
            "synchronous_commit": "on",
        }
        if role is not None:
            settings["role"] = role
        self.engine: AsyncEngine = create_async_engine(
            sqlalchemy_url(url),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=pool_wait,
            pool_pre_ping=False,
            pool_use_lifo=True,
            hide_parameters=True,
            connect_args={"server_settings": settings, "timeout": 5},
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def transaction(
        self, workspace_id: UUID | None, *, person_id: UUID | None = None
    ) -> AsyncIterator[AsyncSession]:
        """A transaction that sees one workspace's rows; commits when the block ends, rolls back when it raises."""
        async with self._sessions() as session:
            with transaction_marked():
                await name_workspace(session, workspace_id, person_id=person_id)
                yield session
                await session.commit()

    @asynccontextmanager
    async def look(self, workspace_id: UUID | None) -> AsyncIterator[AsyncSession]:
        """A transaction that is never kept: what reading would write on its way is taken back."""
        async with self._sessions() as session:
            with transaction_marked():
                await name_workspace(session, workspace_id)
                yield session
                await session.rollback()

    async def close(self) -> None:
        await self.engine.dispose()


async def name_workspace(
    session: AsyncSession, workspace_id: UUID | None, *, person_id: UUID | None = None
) -> None:
    """Set whose rows this transaction may see. Local to the transaction: a pooled connection carries nothing on."""
    await session.execute(
        text("SELECT set_config('app.workspace', :workspace, true), set_config('app.person', :person, true)"),
        {"workspace": str(workspace_id or ""), "person": str(person_id or "")},
    )


@asynccontextmanager
async def taken_back_alone(session: AsyncSession) -> AsyncIterator[None]:
    """One of several acts of a transaction: an error in the block takes back what the block wrote, and nothing else."""
    async with session.begin_nested():
        yield


@asynccontextmanager
async def visiting(
    session: AsyncSession, workspace_id: UUID | None, *, person_id: UUID | None
) -> AsyncIterator[None]:
    """See another workspace's rows for a moment in the same transaction: what one act means in several places commits once.

    An error ends the transaction, so there is nothing to go back to then.
    """
    before = (
        await session.execute(
            text(
                "SELECT CAST(nullif(current_setting('app.workspace', true), '') AS uuid) AS workspace, "
                "CAST(nullif(current_setting('app.person', true), '') AS uuid) AS person"
            )
        )
    ).one()
    await name_workspace(session, workspace_id, person_id=person_id)
    yield
    await name_workspace(session, before.workspace, person_id=before.person)
