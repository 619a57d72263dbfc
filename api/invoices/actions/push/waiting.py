"""What waits to be sent: taken up, settled when a whole push shows it, parked with its link.

Linking the same pair again takes parked operations up, after a reading of the books (I8).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.invoices.actions.push.leases import Lease
from api.invoices.models import RemoteOperation
from api.invoices.queries.pushing import get_database_time
from api.invoices.rules.intents import Intent, intent_from_json
from api.invoices.rules.sightings import Sighting

_PARK = text("""
UPDATE remote_operation o SET state = 'parked'
FROM invoice i JOIN store s ON s.workspace_id = i.workspace_id AND s.id = i.store_id
WHERE o.workspace_id = :workspace AND o.state = 'pending'
AND i.workspace_id = o.workspace_id AND i.id = o.invoice_id AND s.account = :account
""")


async def find_waiting(session: AsyncSession, lease: Lease, intent: Intent) -> RemoteOperation | None:
    """The one that writes the same thing, if there is one."""
    waiting = await list_waiting(session, lease)
    return next((each for each in waiting if intent_from_json(each.payload).overlaps(intent)), None)


async def list_waiting(session: AsyncSession, lease: Lease) -> list[RemoteOperation]:
    """What waits to be sent: also what was parked when the link ended, for the same pair was linked again (I8)."""
    return list(await session.scalars(operations_of(lease, RemoteOperation.state.in_(("pending", "parked")))))


async def settle_waiting(session: AsyncSession, lease: Lease, seen: Sequence[Sighting]) -> None:
    """Nothing waits to be sent after a whole push: what arrived late is confirmed by the books, the rest is wanted no more."""
    for operation in await list_waiting(session, lease):
        intent = intent_from_json(operation.payload)
        shown = {target.key for target in intent.targets for each in seen if target.is_shown_by(each)}
        operation.state = "confirmed" if shown == intent.keys else "rejected"
        operation.problem = None if operation.state == "confirmed" else {"code": "not_wanted"}
        operation.settled_at = await get_database_time(session)
    await session.flush()


async def park_operations(session: AsyncSession, workspace_id: UUID, account: str, _: datetime) -> None:
    """Park the writes of this InkSoft account that wait; the link must be locked. What is unknown stays to be looked for."""
    await session.execute(_PARK, {"workspace": workspace_id, "account": account})


def operations_of(lease: Lease, *more: ColumnElement[bool]) -> Any:
    """The leased invoice's operations, locked."""
    return (
        select(RemoteOperation)
        .where(
            RemoteOperation.workspace_id == lease.workspace_id,
            RemoteOperation.invoice_id == lease.invoice_id,
            *more,
        )
        .with_for_update()
    )
