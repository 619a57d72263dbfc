"""Stores come to light with their orders (S5): the platform has no list of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.ids import new_id
from api.core.outbox import record
from api.stores.rules import kind_of, name_of

SYSTEM: dict[str, Any] = {"system": "sync"}

_KNOWN = text("""
SELECT external_id, id, name FROM store
WHERE workspace_id = :workspace AND account = :account AND external_id = ANY(CAST(:external AS text[]))
""")
_ADD = text("""
INSERT INTO store (workspace_id, id, account, external_id, name, kind)
SELECT :workspace, id, :account, external_id, name, kind
FROM unnest(CAST(:ids AS uuid[]), CAST(:external AS text[]), CAST(:names AS text[]), CAST(:kinds AS text[]))
    AS given (id, external_id, name, kind)
ORDER BY external_id
ON CONFLICT (workspace_id, account, external_id) DO NOTHING
RETURNING external_id, id, name
""")
_RENAME = text("""
WITH before AS (
    SELECT store.id, store.name AS old, given.name AS new FROM store
    JOIN unnest(CAST(:external AS text[]), CAST(:names AS text[])) AS given (external_id, name) USING (external_id)
    WHERE store.workspace_id = :workspace AND store.account = :account AND store.name <> given.name
    ORDER BY store.id FOR UPDATE OF store
)
UPDATE store SET name = before.new, version = version + 1 FROM before
WHERE store.workspace_id = :workspace AND store.id = before.id RETURNING store.id, before.old, before.new
""")


async def discover_stores(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    found: Sequence[tuple[str, str]],
    *,
    actor: dict[str, Any] = SYSTEM,
) -> dict[str, UUID]:
    """Ids of the stores with these (external id, name) pairs; unknown ones are added, renamed ones renamed.

    An empty name means that the platform did not tell it: it never replaces a known one. Known stores with the names
    that we have cost one read and no write. Records `store.discovered` and `store.renamed`.
    """
    names = dict(found)
    if not names:
        return {}
    place = {"workspace": workspace_id, "account": account}
    known = {row.external_id: row for row in await session.execute(_KNOWN, {**place, "external": [*names]})}
    ids = {external: row.id for external, row in known.items()}
    missing = [external for external in names if external not in known]
    if missing:
        ids |= await _add(session, place, {external: names[external] for external in missing}, actor)
    renamed = {
        external: names[external]
        for external, row in known.items()
        if names[external] and row.name != names[external]
    }
    if renamed:
        await _rename(session, place, renamed, actor)
    return ids


async def _add(
    session: AsyncSession, place: dict[str, Any], names: dict[str, str], actor: dict[str, Any]
) -> dict[str, UUID]:
    """Insert; a store that somebody else inserted meanwhile is read again."""
    added = (
        await session.execute(
            _ADD,
            {
                **place,
                "ids": [new_id() for _ in names],
                "external": [*names],
                "names": [name_of(external, name) for external, name in names.items()],
                "kinds": [kind_of(external) for external in names],
            },
        )
    ).all()
    await record(
        session,
        "store.discovered",
        workspace_id=place["workspace"],
        subject_type="store",
        subjects=[(row.id, {"external_id": row.external_id, "name": row.name}) for row in added],
        actor=actor,
    )
    ids = {row.external_id: row.id for row in added}
    if len(ids) < len(names):
        rest = [external for external in names if external not in ids]
        ids |= {row.external_id: row.id for row in await session.execute(_KNOWN, {**place, "external": rest})}
    return ids


async def _rename(
    session: AsyncSession, place: dict[str, Any], names: dict[str, str], actor: dict[str, Any]
) -> None:
    rows = (await session.execute(_RENAME, {**place, "external": [*names], "names": [*names.values()]})).all()
    await record(
        session,
        "store.renamed",
        workspace_id=place["workspace"],
        subject_type="store",
        subjects=[(row.id, {"before": row.old, "after": row.new}) for row in rows],
        actor=actor,
    )
