"""Which invoices are to be looked at: those that something changed on, and those whose time has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.invoices.queries.pushing import OF_THE_LINKED_PAIR

# One that was never looked at is news by itself.
_NEWS = text("""
(SELECT invoice_id FROM invoice_news WHERE workspace_id = :workspace ORDER BY invoice_id LIMIT :most)
UNION
(SELECT id FROM invoice i WHERE workspace_id = :workspace AND NOT EXISTS (
    SELECT FROM purchasing_watch w WHERE w.workspace_id = i.workspace_id AND w.invoice_id = i.id) LIMIT :most)
LIMIT :most
""")
# Read while it is open: in Printavo, not deleted there, in no final status; and not while it is being written.
_OPEN = f"""
FROM invoice JOIN purchasing_watch w ON w.workspace_id = invoice.workspace_id AND w.invoice_id = invoice.id
WHERE invoice.workspace_id = :workspace AND invoice.printavo_account = :account AND {OF_THE_LINKED_PAIR}
  AND invoice.external_id IS NOT NULL AND NOT invoice.closed
  AND (invoice.remote_status_id IS NULL OR invoice.remote_status_id <> ALL (CAST(:final AS text[])))
"""
_CLAIM = text(f"""
WITH due AS (
    SELECT invoice.id, invoice.external_id {_OPEN} AND w.due_at <= now()
    AND (invoice.push_lease_until IS NULL OR invoice.push_lease_until <= now())
    ORDER BY w.due_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED
)
UPDATE purchasing_watch SET due_at = now() + interval '5 minutes' FROM due
WHERE purchasing_watch.workspace_id = :workspace AND purchasing_watch.invoice_id = due.id
RETURNING due.id, due.external_id, quiet_reads, now() AS read_at
""")  # noqa: S608 - a constant
_NEXT = text(f"""
SELECT min(greatest(w.due_at, coalesce(invoice.push_lease_until, w.due_at))) {_OPEN}
""")


@dataclass(frozen=True, slots=True)
class Books:
    """Whose books are read, and which statuses mean that an invoice is done with."""

    workspace_id: UUID
    account: str
    final_status_ids: Sequence[str]

    def values(self) -> dict[str, Any]:
        return {
            "workspace": self.workspace_id, "account": self.account, "final": list(self.final_status_ids),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DueReading:
    """An invoice to be read now; `read_at` is the database's time."""

    invoice_id: UUID
    external_id: str
    quiet_reads: int
    read_at: datetime


async def list_news(session: AsyncSession, workspace_id: UUID, *, most: int) -> list[UUID]:
    """Invoices that something changed on."""
    return list(await session.scalars(_NEWS, {"workspace": workspace_id, "most": most}))


async def claim_reading(session: AsyncSession, books: Books) -> DueReading | None:
    """The invoice that waits longest for its time, for this worker alone; None when none is due."""
    row = (await session.execute(_CLAIM, books.values())).one_or_none()
    return DueReading(row.id, row.external_id, row.quiet_reads, row.read_at) if row is not None else None


async def find_next_reading(session: AsyncSession, books: Books) -> datetime | None:
    """When an invoice is to be read next; None when none is open."""
    due_at: datetime | None = await session.scalar(_NEXT, books.values())
    return due_at
