"""What the database must be: there, new enough, migrated, with roles and policies that keep workspaces apart, worked on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import text

from api.core.clock import Clock
from api.core.db import Database
from api.core.health import is_known_revision
from api.core.start import UnfitDatabaseError, check_database
from api.doctor.findings import Finding, ok, trouble, warning, wrong

LEAST_VERSION: Final = 15
MOST_SKEW: Final = timedelta(seconds=30)
# A due row is taken within a second, and comes due again a minute later: one that is older has no worker.
LATEST_WORK: Final = timedelta(minutes=3)
MOST_WAITING: Final = 10_000
# Looked at across workspaces, by ids and times only; the search table is read through a function that narrows it.
WITHOUT_POLICY: Final = frozenset(
    {"account_claim", "api_key_digest", "order_search", "outbox", "workspace_work"}
)
_FACTS = text("SELECT current_setting('server_version_num')::int AS version, clock_timestamp() AS now")
_REVISION = text("SELECT version_num FROM alembic_version")
_OPEN_TABLES = text("""
SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND a.attnum > 0
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> ALL (:without)
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
ORDER BY c.relname
""")
_OLDEST = text("SELECT count(*) AS late, min(due_at) AS oldest FROM workspace_work WHERE due_at < :before")
_WAITING = text("SELECT count(*) FROM (SELECT FROM outbox LIMIT :most) found")


async def check_roles(databases: Mapping[str, Database]) -> list[Finding]:
    """By variable: can it be reached, by a role that row-level security binds, with commits that last?"""
    found = []
    for variable, database in databases.items():
        key = f"database:{variable}"
        try:
            await check_database(database, variable=variable)
        except UnfitDatabaseError as unfit:
            found.append(trouble(key, str(unfit)))
        else:
            found.append(ok(key, f"{variable} leads to a database that can be trusted."))
    return found


async def check_server(database: Database, clock: Clock) -> list[Finding]:
    """Its version, and its clock beside this machine's."""
    async with database.transaction(None) as session:
        before = clock.now()
        facts = (await session.execute(_FACTS)).one()
        between = before + (clock.now() - before) / 2
    return [judge_version(facts.version), judge_clocks(facts.now - between)]


def judge_version(number: int) -> Finding:
    """`number` is `server_version_num`: 150004 is 15.4, and 90624 is 9.6.24."""
    major = number // 10_000
    if major < LEAST_VERSION:
        return wrong(
            "version",
            f"PostgreSQL is {major}, and Platen needs {LEAST_VERSION} or newer.",
            "Upgrade the server.",
        )
    return ok("version", f"PostgreSQL is {major}.")


def judge_clocks(skew: timedelta) -> Finding:
    seconds = skew.total_seconds()
    if abs(skew) > MOST_SKEW:
        way = "ahead of" if seconds > 0 else "behind"
        return wrong(
            "clocks",
            f"The database's clock is {abs(seconds):.0f} seconds {way} this machine's.",
            "Have both set by a time server (NTP).",
        )
    return ok("clocks", "The database's clock and this machine's agree.")


async def check_migrations(database: Database, head: str) -> Finding:
    async with database.transaction(None) as session:
        revision = await session.scalar(_REVISION)
    if revision is not None and not is_known_revision(revision):
        return wrong(
            "migrations",
            f"The database is at the migration {revision}, which this code does not know: it is newer than the code.",
            "Install the newer version of Platen again. Do not migrate with this one.",
        )
    if revision != head:
        return wrong(
            "migrations",
            f"The database is at the migration {revision}, and this code needs {head}.",
            "Stop Platen, run `platen migrate`, start it again.",
        )
    return ok("migrations", "The database has every migration.")


async def check_policies(database: Database) -> Finding:
    async with database.transaction(None) as session:
        tables = list(await session.scalars(_OPEN_TABLES, {"without": sorted(WITHOUT_POLICY)}))
    if tables:
        return wrong(
            "policies",
            f"Row-level security is off or not forced on: {', '.join(tables)}. A mistake could show one shop's rows to another.",
            "Switch it on again (ALTER TABLE … ENABLE, FORCE ROW LEVEL SECURITY), and find out who switched it off.",
        )
    return ok("policies", "Row-level security is forced on every table of a workspace.")


async def check_worker(dispatch: Database, now: datetime) -> list[Finding]:
    """Whether somebody works on what is due."""
    async with dispatch.transaction(None) as session:
        late: Any = (await session.execute(_OLDEST, {"before": now - LATEST_WORK})).one()
        waiting = int(await session.scalar(_WAITING, {"most": MOST_WAITING}) or 0)
    found = [ok("worker", "A worker takes what is due.")]
    if late.late:
        minutes = (now - late.oldest).total_seconds() / 60
        found = [
            wrong(
                "worker",
                f"Work waits for {minutes:.0f} minutes already ({late.late} in all): no worker is running, or it cannot keep up.",
                "Start `platen work` (one is enough for most shops), and read its log.",
            )
        ]
    if waiting >= MOST_WAITING:
        return [*found, warning("events", f"More than {MOST_WAITING:,} events wait for their place in the feed.",
                                "Start `platen work`; if one runs, give it time and look again.")]  # fmt: skip
    return [*found, ok("events", f"{waiting} events wait for their place in the feed.")]
