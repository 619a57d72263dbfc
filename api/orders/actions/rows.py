"""The statements that write orders: one per table, whole batches at once. `unnest` keeps each of them one plan."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.orders.rules.document import OrderTexts
from api.orders.rules.row import OrderRow

# Columns that ingest writes, with their types; `id` comes first and is never changed.
_ROW: Final[dict[str, str]] = {
    "id": "uuid",
    "store_id": "uuid",
    "external_id": "text",
    "number": "text",
    "origin": "text",
    "placed_at": "timestamptz",
    "status": "text",
    "production_status": "text",
    "payment_status": "text",
    "approval": "text",
    "cancelled": "boolean",
    "detail_due": "boolean",
    "has_detail": "boolean",
    "removed_at": "timestamptz",
    "item_count": "integer",
    "piece_count": "integer",
    "total_amount": "bigint",
    "currency": "text",
    "summary_hash": "bytea",
    "content_hash": "bytea",
    "version": "integer",
}
_FIXED: Final = ("id", "store_id", "external_id")
_TEXTS: Final[dict[str, str]] = {
    "order_id": "uuid",
    "store_id": "uuid",
    "placed_at": "timestamptz",
    "summary": "text",
    "lines": "text",
    "search": "text",
}


def _given(columns: dict[str, str]) -> str:
    arrays = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in columns.items())
    return f"unnest({arrays}) AS given ({', '.join(columns)})"


def _statement(sql: str, columns: dict[str, str]) -> TextClause:
    changes = ", ".join(f"{name} = given.{name}" for name in columns if name not in _FIXED)
    parts = {"$given": _given(columns), "$columns": ", ".join(columns), "$changes": changes}
    for name, part in parts.items():
        sql = sql.replace(name, part)
    return text(sql)


_ADD = _statement(
    """
INSERT INTO store_order (workspace_id, account, synced_at, $columns)
SELECT :workspace, :account, :now, $columns FROM $given
ON CONFLICT (workspace_id, account, store_id, external_id) DO NOTHING RETURNING id
""",
    _ROW,
)
_CHANGE = _statement(
    "UPDATE store_order o SET synced_at = :now, $changes FROM $given WHERE o.workspace_id = :workspace AND o.id = given.id",
    _ROW,
)
_DOCUMENTS = _statement(
    """
INSERT INTO order_document AS d (workspace_id, order_id, summary, lines)
SELECT :workspace, order_id, summary, lines FROM $given
ON CONFLICT (workspace_id, order_id) DO UPDATE SET summary = excluded.summary, lines = excluded.lines
WHERE (d.summary, d.lines) IS DISTINCT FROM (excluded.summary, excluded.lines)
""",
    _TEXTS,
)
# The trigram index makes this the dearest table to write: only what differs.
_SEARCH = _statement(
    """
INSERT INTO order_search AS s (workspace_id, order_id, store_id, placed_at, text)
SELECT :workspace, order_id, store_id, placed_at, search FROM $given
ON CONFLICT (workspace_id, order_id) DO UPDATE SET placed_at = excluded.placed_at, text = excluded.text
WHERE (s.placed_at, s.text) IS DISTINCT FROM (excluded.placed_at, excluded.text)
""",
    _TEXTS,
)
_COPIES = _statement(
    """
INSERT INTO order_copy (workspace_id, order_id, snapshot) SELECT :workspace, order_id, snapshot FROM $given
ON CONFLICT (workspace_id, order_id) DO UPDATE SET snapshot = excluded.snapshot
""",
    {"order_id": "uuid", "snapshot": "jsonb"},
)


async def add_rows(
    session: AsyncSession, workspace_id: UUID, account: str, rows: Sequence[OrderRow], *, now: datetime
) -> set[UUID]:
    """Insert; ids of those that were really new."""
    values = {"workspace": workspace_id, "account": account, "now": now, **_arrays(_ROW, rows, getattr)}
    return set((await session.execute(_ADD, values)).scalars())


async def change_rows(
    session: AsyncSession, workspace_id: UUID, rows: Sequence[OrderRow], *, now: datetime
) -> None:
    """Overwrite what ingest owns of these rows, which the caller holds locked."""
    if rows:
        await session.execute(
            _CHANGE, {"workspace": workspace_id, "now": now, **_arrays(_ROW, rows, getattr)}
        )


async def write_texts(session: AsyncSession, workspace_id: UUID, texts: Sequence[OrderTexts]) -> None:
    """Documents and search texts, where they differ."""
    if not texts:
        return
    values = {"workspace": workspace_id, **_arrays(_TEXTS, texts, _text_member)}
    await session.execute(_DOCUMENTS, values)
    await session.execute(_SEARCH, values)


async def write_copies(session: AsyncSession, workspace_id: UUID, copies: Sequence[tuple[UUID, str]]) -> None:
    """Whole orders as (id, JSON of the snapshot)."""
    if copies:
        ids, snapshots = zip(*copies, strict=True)
        await session.execute(
            _COPIES, {"workspace": workspace_id, "order_id": list(ids), "snapshot": list(snapshots)}
        )


def _text_member(texts: OrderTexts, name: str) -> Any:
    if name == "order_id":
        return texts.row.id
    return getattr(texts.row if name in {"store_id", "placed_at"} else texts, name)


def _arrays(
    columns: Collection[str], rows: Sequence[Any], member: Callable[[Any, str], Any]
) -> dict[str, list[Any]]:
    return {name: [member(row, name) for row in rows] for name in columns}
