"""What unlinking would mean (L5). The counts belong to rooms above, so the doors hand down who counts."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.linking.queries.connections import find_open_connections
from api.linking.queries.links import get_active_link
from api.linking.schemas.links import DisconnectionPreview


@dataclass(frozen=True, slots=True)
class DisconnectionCounts:
    """What one room knows of. `operations_in_flight` are writes to Printavo that wait; `operations_sending` are under way."""

    shared_stores: int = 0
    unattached_orders: int = 0
    attached_orders: int = 0
    operations_in_flight: int = 0
    operations_sending: int = 0


# (session, workspace id, InkSoft account id) → this room's counts, in one or two statements.
CountForDisconnection = Callable[[AsyncSession, UUID, str], Awaitable[DisconnectionCounts]]


# (session, workspace id, InkSoft account id, instant): what a room does in the transaction that ends the link.
EndWithLink = Callable[[AsyncSession, UUID, str, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class RoomsAbove:
    """What the doors hand down for unlinking: who counts before it, and who brings what to its end with it."""

    counters: Sequence[CountForDisconnection] = ()
    endings: Sequence[EndWithLink] = ()


async def count_for_disconnection(
    session: AsyncSession, workspace_id: UUID, account: str, counters: Sequence[CountForDisconnection]
) -> DisconnectionCounts:
    """The sum of what every room counts for the link to this InkSoft account."""
    counts = [await count(session, workspace_id, account) for count in counters]
    return DisconnectionCounts(
        **{
            part.name: sum(getattr(each, part.name) for each in counts)
            for part in fields(DisconnectionCounts)
        }
    )


async def preview_disconnection(
    session: AsyncSession, workspace_id: UUID, counters: Sequence[CountForDisconnection]
) -> DisconnectionPreview:
    """What unlinking would mean; raises `NotLinked`."""
    link = await get_active_link(session, workspace_id)
    counts = await count_for_disconnection(session, workspace_id, link.inksoft_account, counters)
    connections = await find_open_connections(session, workspace_id)
    return DisconnectionPreview(
        inksoft_account_name=connections["inksoft"].account.account_name,
        printavo_account_name=connections["printavo"].account.account_name,
        shared_stores=counts.shared_stores,
        unattached_orders=counts.unattached_orders,
        attached_orders=counts.attached_orders,
        operations_in_flight=counts.operations_in_flight,
        can_disconnect=counts.operations_sending == 0,
    )
