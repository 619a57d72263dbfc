"""Every table keeps its workspace: keys, row-level security and grants, read from the catalog as it is (I12)."""

import asyncpg
import pytest

from tests.make.database import TestDatabase

# What is read across workspaces, and why. Nothing else may be.
ALLOWED = {
    "account_claim": "one active link per vendor account in the whole service (L3)",
    "person": "signing in comes before a workspace is known",
    "browser_session": "a cookie is recognised before a workspace is known",
    "attempt": "guessing is slowed per subject, wherever it comes from (L4)",
    "password_reset": "a forgotten password comes before a workspace is known",
    "pacing": "the vendor's limit holds for the whole service (I14)",
    "rate_use": "callers are counted before they are known (keyed hashes and moments)",
    "api_key_digest": "a key is recognised before its workspace is known: keyed hashes and ids only",
    "workspace_work": "the dispatcher looks for due work: ids and times only",
    "outbox": "the relay gives committed events their positions: ids only",
    "alembic_version": "the migrations' own",
}

TABLES = """
SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
       pg_get_userbyid(c.relowner) AS owner,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0) AS columns
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""
KEYS = """
SELECT c.relname AS name, i.relname AS index, a.attname AS first
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
WHERE c.relnamespace = 'public'::regnamespace AND x.indisunique
"""
FOREIGN_KEYS = """
SELECT c.relname AS name, f.conname AS key, a.attname AS first
FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = f.conkey[1]
WHERE f.contype = 'f' AND c.relnamespace = 'public'::regnamespace AND f.conname <> 'fk_membership_person'
"""


async def rows(database: TestDatabase, sql: str, *arguments: object) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(database.admin)
    try:
        return list(await connection.fetch(sql, *arguments))
    finally:
        await connection.close()


@pytest.mark.rule("I12")
class TestEveryTable:
    async def test_has_a_workspace_unless_it_is_on_the_allow_list(self, database_urls: TestDatabase) -> None:
        found = {row["name"]: row for row in await rows(database_urls, TABLES)}
        assert set(ALLOWED) <= set(found), "the allow-list names a table that is gone"
        without = {name for name, row in found.items() if "workspace_id" not in row["columns"]}
        assert without <= set(ALLOWED)

    async def test_enforces_row_level_security_for_its_owner_too(self, database_urls: TestDatabase) -> None:
        found = [row for row in await rows(database_urls, TABLES) if row["name"] not in ALLOWED]
        assert len(found) > 20
        assert [row["name"] for row in found if not row["enabled"]] == []
        # The search table is owned by a role that nobody signs in as; its function filters the workspace itself.
        assert [row["name"] for row in found if not row["forced"]] == ["order_search"]
        assert {row["name"]: row["owner"] for row in found}["order_search"] == "platen_search"

    async def test_has_the_workspace_first_in_every_unique_key(self, database_urls: TestDatabase) -> None:
        keys = [row for row in await rows(database_urls, KEYS) if row["name"] not in ALLOWED]
        assert [(row["name"], row["index"]) for row in keys if row["first"] != "workspace_id"] == []

    async def test_has_the_workspace_first_in_every_foreign_key(self, database_urls: TestDatabase) -> None:
        keys = [row for row in await rows(database_urls, FOREIGN_KEYS) if row["name"] not in ALLOWED]
        assert len(keys) > 10
        assert [(row["name"], row["key"]) for row in keys if row["first"] != "workspace_id"] == []


class TestTheRoles:
    @pytest.mark.parametrize("role", ["platen_app", "platen_dispatch", "platen_search"])
    async def test_are_narrow(self, database_urls: TestDatabase, role: str) -> None:
        (found,) = await rows(database_urls, "SELECT * FROM pg_roles WHERE rolname = $1", role)
        powers = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb")
        assert [power for power in powers if found[power]] == []

    async def test_the_app_role_owns_nothing(self, database_urls: TestDatabase) -> None:
        owned = await rows(
            database_urls,
            "SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) IN ('platen_app', 'platen_dispatch')",
        )
        assert owned == []

    async def test_the_dispatch_role_reads_ids_and_times_only(self, database_urls: TestDatabase) -> None:
        readable = await rows(
            database_urls,
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
            "AND has_table_privilege('platen_dispatch', oid, 'SELECT')",
        )
        assert {row["relname"] for row in readable} == {"workspace_work", "outbox", "alembic_version"}

    async def test_without_a_workspace_the_app_role_sees_nothing(self, database_urls: TestDatabase) -> None:
        tables = [row["name"] for row in await rows(database_urls, TABLES) if row["name"] not in ALLOWED]
        admin = await asyncpg.connect(database_urls.admin)
        app = await asyncpg.connect(database_urls.app, server_settings={"role": "platen_app"})
        try:
            await admin.execute(
                "INSERT INTO workspace (workspace_id, name) VALUES (gen_random_uuid(), 'hidden')"
            )
            seen = {name: await app.fetchval(f"SELECT count(*) FROM {name}") for name in tables}  # noqa: S608 - catalog names
            assert seen == dict.fromkeys(tables, 0)
            assert await admin.fetchval("SELECT count(*) FROM workspace") == 1
        finally:
            await admin.close()
            await app.close()
            await database_urls.empty()
