"""Looks at an invoice: takes over what InkSoft's cards say and what Printavo showed, and says when to read again."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import RemoteInvoice
from api.invoices.actions.line_items import keep_statuses, note_cards
from api.invoices.actions.push.doubts import doubt_invoice
from api.invoices.actions.records import note_status
from api.purchasing.actions.troubles import clear_outlived
from api.purchasing.queries.due import DueReading
from api.purchasing.rules import wait_after

SYSTEM: Final = {"system": "purchasing"}

# After a change everything may move again: the next reading is a short while away at most.
_WATCH = text("""
INSERT INTO purchasing_watch AS known (workspace_id, invoice_id, due_at)
VALUES (:workspace, :invoice, now() + CAST(:wait AS interval))
ON CONFLICT (workspace_id, invoice_id) DO UPDATE
SET due_at = least(known.due_at, excluded.due_at), quiet_reads = 0
""")
_PLAN = text("""
UPDATE purchasing_watch SET due_at = now() + CAST(:wait AS interval), quiet_reads = :quiet,
       read_at = coalesce(CAST(:read_at AS timestamptz), read_at)
WHERE workspace_id = :workspace AND invoice_id = :invoice
""")


async def look_at_news(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> None:
    """The invoice's lines with what InkSoft says of them now (B2)."""
    await note_cards(session, workspace_id, invoice_id, actor=SYSTEM)
    await session.execute(_WATCH, {"workspace": workspace_id, "invoice": invoice_id, "wait": wait_after(0)})


async def keep_reading(
    session: AsyncSession, workspace_id: UUID, due: DueReading, remote: RemoteInvoice | None
) -> None:
    """What Printavo showed of the invoice; nothing new means a longer wait.

    None when it showed none of that id. That says nothing of its lines yet: the push finds out whether it was deleted.
    """
    if remote is None:
        await doubt_invoice(
            session, workspace_id, due.invoice_id, external_id=due.external_id, read_at=due.read_at
        )
        await _plan(session, workspace_id, due, due.quiet_reads + 1, read_at=None)
        return
    changed = await keep_statuses(
        session,
        workspace_id,
        due.invoice_id,
        {line.id: line.status for group in remote.groups for line in group.lines},
        read_at=due.read_at,
        is_whole=True,
        actor=SYSTEM,
    )
    await clear_outlived(session, workspace_id, due.invoice_id)
    await note_status(session, workspace_id, due.invoice_id, remote, read_at=due.read_at)
    quiet = 0 if changed else due.quiet_reads + 1
    await _plan(session, workspace_id, due, quiet, read_at=due.read_at)


async def _plan(
    session: AsyncSession, workspace_id: UUID, due: DueReading, quiet: int, *, read_at: datetime | None
) -> None:
    await session.execute(
        _PLAN,
        {
            "workspace": workspace_id,
            "invoice": due.invoice_id,
            "quiet": quiet,
            "wait": wait_after(quiet),
            "read_at": read_at,
        },
    )
