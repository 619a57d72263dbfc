"""Statuses that are to be written: which is due, when the next one is, and what unlinking would mean for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import LineStatus
from api.linking.queries import ActiveLink
from api.linking.queries.disconnection import DisconnectionCounts
from api.purchasing.rules import Sent

_OPEN = "state IN ('queued', 'sending', 'unknown')"
_COLUMNS = (
    "id, invoice_id, line_item_id, operation_id, external_id, status, status_before, sends, sent_at, actor"
)
# One an invoice, so that the many lines of one that is being pushed do not hide those of the others.
_DUE = text(f"""
SELECT {_COLUMNS} FROM (
    SELECT DISTINCT ON (invoice_id) {_COLUMNS}, due_at FROM purchasing_write
    WHERE workspace_id = :workspace AND epoch = :epoch AND {_OPEN} AND due_at <= now() ORDER BY invoice_id, due_at, id
) AS first_of_each ORDER BY due_at, id LIMIT 20
""")  # noqa: S608 - a constant
_FIND = text(f"""
SELECT {_COLUMNS} FROM purchasing_write WHERE workspace_id = :workspace AND id = :write AND {_OPEN}
""")  # noqa: S608 - a constant
_NEXT = text(f"""
SELECT min(due_at) FROM purchasing_write WHERE workspace_id = :workspace AND epoch = :epoch AND {_OPEN}
""")  # noqa: S608 - a constant
_COUNT = text(f"""
SELECT count(*) AS open,
       count(*) FILTER (WHERE w.state = 'sending' AND i.push_lease_until > now()) AS sending
FROM purchasing_write w
JOIN invoice i ON i.workspace_id = w.workspace_id AND i.id = w.invoice_id
JOIN store s ON s.workspace_id = i.workspace_id AND s.id = i.store_id
WHERE w.workspace_id = :workspace AND s.account = :account AND w.{_OPEN}
""")  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class DueWrite:
    """A status to be written for a line whose id in Printavo is `external_id`; `actor` chose it."""

    id: UUID
    invoice_id: UUID
    line_item_id: UUID
    operation_id: UUID
    external_id: str
    status: LineStatus
    status_before: LineStatus | None
    sends: int
    sent_at: datetime | None
    actor: dict[str, Any]

    @property
    def sent(self) -> Sent:
        return Sent(self.status, self.status_before, self.sends, self.sent_at)


async def list_due_writes(session: AsyncSession, workspace_id: UUID, link: ActiveLink) -> list[DueWrite]:
    """The first of each invoice, longest due first; what an earlier link left is not written any more (I8)."""
    rows = await session.execute(_DUE, {"workspace": workspace_id, "epoch": link.epoch})
    return [DueWrite(**row._mapping) for row in rows]  # noqa: SLF001 - its public name


async def find_write(session: AsyncSession, workspace_id: UUID, write_id: UUID) -> DueWrite | None:
    """One that is not settled; None once it is."""
    row = (await session.execute(_FIND, {"workspace": workspace_id, "write": write_id})).one_or_none()
    return DueWrite(**row._mapping) if row is not None else None  # noqa: SLF001 - its public name


async def find_next_write(session: AsyncSession, workspace_id: UUID, link: ActiveLink) -> datetime | None:
    """When a status is due next; None when none waits."""
    due_at: datetime | None = await session.scalar(_NEXT, {"workspace": workspace_id, "epoch": link.epoch})
    return due_at


async def count_writes(session: AsyncSession, workspace_id: UUID, account: str) -> DisconnectionCounts:
    """Statuses that are not settled, and those of them that are being sent at this moment."""
    row = (await session.execute(_COUNT, {"workspace": workspace_id, "account": account})).one()
    return DisconnectionCounts(operations_in_flight=row.open, operations_sending=row.sending)
