"""Puts a word into every text that a workspace keeps, so that whoever shows one of them to somebody else is found out."""

from typing import Final
from uuid import UUID

import asyncpg

# Names of columns whose texts are ours or a vendor's own keys: a closed set of words, an id, a code. The rest is free text.
CLOSED: Final = frozenset({
    "account", "approval", "attach_state", "code", "contact_id", "currency", "delivery", "ending", "external_id", "fact",
    "inksoft_account", "key", "kind", "marker", "master_key_id", "mode", "object_key", "operation", "orders_cursor",
    "origin", "parent_external_id", "password_hash", "payment_status", "phase", "plan", "platform", "printavo_account",
    "printavo_status", "production_status", "push_state", "remote_kind", "remote_status_id", "resolution", "role", "scopes",
    "share_sources", "side", "state", "status", "status_before", "status_id", "subject_type", "tab", "trouble", "type",
    "verb", "version_num", "zone",
})  # fmt: skip
# JSON that is kept ready as text: filled member by member, by `json_words.py`.
READY_JSON: Final = frozenset({"order_document.lines", "order_document.summary"})

_COLUMNS = """
SELECT c.table_name || '.' || c.column_name AS place, c.table_name AS table, c.column_name AS column,
       c.udt_name = '_text' AS is_list,
       EXISTS (SELECT FROM information_schema.columns w WHERE w.table_schema = 'public'
               AND w.table_name = c.table_name AND w.column_name = 'workspace_id') AS has_workspace
FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name IN ('text', 'varchar', '_text')
ORDER BY place
"""
OF_PEOPLE: Final = {
    "person": "id IN (SELECT person_id FROM membership WHERE workspace_id = $1)",
    "browser_session": "person_id IN (SELECT person_id FROM membership WHERE workspace_id = $1)",
}


async def fill_with_words(admin_url: str, workspace_id: str, word: str) -> dict[str, int]:
    """Append `word` to every free text of the workspace's rows; how many rows that were, by `table.column`.

    As a superuser, and past the triggers that keep rows as they are: what a text says is nobody's business but its reader's.
    """
    admin = await asyncpg.connect(admin_url)
    try:
        await admin.execute("SET session_replication_role = replica")
        found: dict[str, int] = {}
        for row in await admin.fetch(_COLUMNS):
            if row["column"] in CLOSED or row["place"] in READY_JSON:
                continue
            where = "workspace_id = $1" if row["has_workspace"] else OF_PEOPLE.get(row["table"])
            assert where, f"{row['place']}: say in tests/make/words.py whose rows these are"
            column = f'"{row["column"]}"'
            value = f"array_append({column}, $2)" if row["is_list"] else f"{column} || ' ' || $2"
            done = await admin.execute(
                f'UPDATE "{row["table"]}" SET {column} = {value} WHERE {column} IS NOT NULL AND {where}',  # noqa: S608 - names of the catalogue
                UUID(workspace_id), word,
            )  # fmt: skip
            found[row["place"]] = int(done.split()[-1])
        return found
    finally:
        await admin.close()
