"""Keeps what both sides say of an invoice's lines (B1), under the lock of its row, and tells of what changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from orjson import dumps
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import LineStatus
from api.core.ids import new_id
from api.core.outbox import record
from api.invoices.queries.purchasing import KnownLine, get_goods_choices, list_line_items
from api.invoices.rules.purchasing import GoodsChoices, LineGoods, describe_change, gather_notes
from api.invoices.rules.wanted import WantedLine
from api.invoices.rules.wanted_json import wanted_from_json
from api.orders.actions.news import take_news

CHANGED: Final = "purchasing.changed"

# First, and by itself: only what is read by later statements is sure to be what the transaction before it left.
_LOCK = text("SELECT FROM invoice WHERE workspace_id = :workspace AND id = :invoice FOR NO KEY UPDATE")
_WANTED = text("""
SELECT i.visual_id, r.wanted FROM invoice i
JOIN invoice_revision r ON r.workspace_id = i.workspace_id AND r.invoice_id = i.id AND r.revision = i.revision
WHERE i.workspace_id = :workspace AND i.id = :invoice
""")
_CARDS = text("""
SELECT a.order_id, item ->> 'external_id' AS item, item -> 'purchasing' AS texts
FROM attachment a
JOIN order_copy c ON c.workspace_id = a.workspace_id AND c.order_id = a.order_id,
     jsonb_array_elements(c.snapshot -> 'items') AS item
WHERE a.workspace_id = :workspace AND a.invoice_id = :invoice AND a.detached_at IS NULL
AND item -> 'purchasing' <> '[]'
""")
_WRITE = text("""
INSERT INTO line_item AS known (workspace_id, id, invoice_id, key, printavo_status, inksoft)
SELECT :workspace, id, :invoice, key, status, inksoft
FROM unnest(CAST(:ids AS uuid[]), CAST(:keys AS text[]), CAST(:statuses AS text[]), CAST(:inksoft AS jsonb[]))
     AS given (id, key, status, inksoft)
ON CONFLICT (workspace_id, invoice_id, key) DO UPDATE
SET printavo_status = excluded.printavo_status, inksoft = excluded.inksoft
""")
_DROP = text("""
DELETE FROM line_item WHERE workspace_id = :workspace AND invoice_id = :invoice AND key = ANY(CAST(:keys AS text[]))
""")
_WRITTEN = text("""
SELECT key, external_id FROM remote_object
WHERE workspace_id = :workspace AND invoice_id = :invoice AND kind = 'line' AND written_at < :read_at
""")
# Counts as written: a whole reading that began before, and ends later, says nothing of it any more.
_SETTLED = text("""
UPDATE remote_object SET written_at = now()
WHERE workspace_id = :workspace AND invoice_id = :invoice AND kind = 'line' AND external_id = ANY(CAST(:ids AS text[]))
""")


async def note_cards(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, *, actor: Mapping[str, Any]
) -> bool:
    """Give every wanted line a row, with what InkSoft says of its pieces now; whether a side says something else.

    What was news of the invoice until now is none any more.
    """
    place = {"workspace": workspace_id, "invoice": invoice_id}
    await session.execute(_LOCK, place)
    await take_news(session, workspace_id, invoice_id)
    held = await _read(session, workspace_id, invoice_id)
    texts = {(row.order_id, row.item): row.texts for row in await session.execute(_CARDS, place)}
    await session.execute(_DROP, {**place, "keys": sorted(held.known.keys() - held.wanted)})
    after = [replace(held.before(key), notes=gather_notes(line, texts)) for key, line in held.wanted.items()]
    return await _keep(session, held, after, actor)


async def keep_statuses(
    session: AsyncSession,
    workspace_id: UUID,
    invoice_id: UUID,
    statuses: Mapping[str, LineStatus | None],
    *,
    read_at: datetime,
    is_whole: bool,
    actor: Mapping[str, Any],
) -> bool:
    """Keep what Printavo shows of its lines, by its ids; whether a side says something else.

    The reading began at `read_at` (database time). A line that a whole reading does not show has no status there any more; of one
    that was written since, or read by itself, it says nothing.
    """
    place = {"workspace": workspace_id, "invoice": invoice_id, "read_at": read_at}
    await session.execute(_LOCK, place)
    held = await _read(session, workspace_id, invoice_id)
    written = {row.key: row.external_id for row in await session.execute(_WRITTEN, place)}
    after = [
        replace(held.before(key), printavo_status=statuses.get(id_))
        for key, id_ in written.items()
        if key in held.known and (is_whole or id_ in statuses)
    ]
    if not is_whole:
        await session.execute(_SETTLED, {**place, "ids": list(statuses)})
    return await _keep(session, held, after, actor)


@dataclass(frozen=True, slots=True)
class _Held:
    """An invoice whose row is locked: its number, its wanted lines and what is known of them, by key."""

    workspace_id: UUID
    invoice_id: UUID
    number: str | None
    wanted: Mapping[str, WantedLine]
    known: Mapping[str, KnownLine]
    choices: GoodsChoices

    def before(self, key: str) -> KnownLine:
        """What is known of a line; of a new one nothing but the id that it gets."""
        return self.known.get(key) or KnownLine(new_id(), key, printavo_status=None, notes=())


async def _read(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> _Held:
    row = (await session.execute(_WANTED, {"workspace": workspace_id, "invoice": invoice_id})).one()
    return _Held(
        workspace_id,
        invoice_id,
        row.visual_id,
        {line.key: line for line in wanted_from_json(row.wanted).lines()},
        await list_line_items(session, workspace_id, invoice_id),
        await get_goods_choices(session, workspace_id),
    )


async def _keep(
    session: AsyncSession, held: _Held, after: Collection[KnownLine], actor: Mapping[str, Any]
) -> bool:
    """Write the rows that differ, and one event for each line of which a side says something else."""
    changed = [line for line in after if line != held.known.get(line.key)]
    if not changed:
        return False
    await session.execute(
        _WRITE,
        {
            "workspace": held.workspace_id,
            "invoice": held.invoice_id,
            "ids": [line.id for line in changed],
            "keys": [line.key for line in changed],
            "statuses": [line.printavo_status for line in changed],
            "inksoft": [dumps(line.notes).decode() for line in changed],
        },
    )
    told = [about for line in changed if (about := _describe(held, line)) is not None]
    await record(
        session, CHANGED, workspace_id=held.workspace_id, subject_type="invoice",
        subjects=[(held.invoice_id, about) for about in told], actor=dict(actor),
    )  # fmt: skip
    return bool(told)


def _describe(held: _Held, after: KnownLine) -> dict[str, Any] | None:
    """What the event says; None when neither side says anything else than before."""
    line = held.wanted.get(after.key)
    before = held.known.get(after.key)
    if line is None:
        return None
    was = before.goods(line.piece_count) if before else LineGoods(line.piece_count)
    now = after.goods(line.piece_count)
    if was == now:
        return None
    return {
        "line_item_id": str(after.id),
        "invoice_number": held.number,
        "item_number": line.draft.item_number,
        "color": line.draft.color,
        **describe_change(was, now, held.choices),
    }
