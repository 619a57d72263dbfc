"""What must hold of the database before a door opens: a role that row-level security binds, and commits that last."""

from typing import Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.core.db import Database

_FACTS = text("""
SELECT r.rolname AS role, r.rolsuper OR r.rolbypassrls AS is_above_policies,
       EXISTS (SELECT FROM pg_class c WHERE c.relkind IN ('r', 'p') AND pg_has_role(r.oid, c.relowner, 'USAGE')
               AND c.relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'queue'))) AS owns_tables,
       current_setting('synchronous_commit') AS commits
FROM pg_roles r WHERE r.rolname = current_user
""")
_CURE = (
    "Leave DATABASE_SET_ROLE on, so that connections take the narrow roles themselves, or sign in as one of them. "
    "A pooler that drops the role at the start of a connection needs logins of its own for the roles."
)


class UnfitDatabaseError(RuntimeError):
    """Why no door opens on this database, in one sentence with what to do."""


async def check_database(database: Database, *, variable: str) -> None:
    """Raise `UnfitDatabaseError` unless the address in `variable` leads to a role and a server that can be trusted."""
    try:
        async with database.transaction(None) as session:
            facts: Any = (await session.execute(_FACTS)).one()
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError) as error:
        message = (
            f"The database in {variable} cannot be reached, or has no such login or role yet ({_kind(error)}). "
            "Check the address, and run `platen migrate` first."
        )
        raise UnfitDatabaseError(message) from None
    if facts.is_above_policies:
        message = f"The database role {facts.role} of {variable} may pass row-level security by. {_CURE}"
        raise UnfitDatabaseError(message)
    if facts.owns_tables:
        message = f"The database role {facts.role} of {variable} owns tables, which row-level security must bind. {_CURE}"
        raise UnfitDatabaseError(message)
    if facts.commits == "off":
        message = (
            f"synchronous_commit is off for {variable}: what was answered could be lost when the server stops. "
            "Switch it on for this database or role."
        )
        raise UnfitDatabaseError(message)


def _kind(error: BaseException) -> str:
    """The driver's own word for it; never the message, which can quote an address."""
    driver = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    return type(driver.__cause__ or driver).__name__
