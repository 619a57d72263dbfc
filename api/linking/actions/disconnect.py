"""Unlinking (L5): the link ends, its accounts are free again, its tokens are erased; orders and invoices stay as records."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import Problem
from api.linking.actions.connections import close_connections, lock_workspace
from api.linking.actions.health import stop_work
from api.linking.events import Actor, record_link_event
from api.linking.queries.disconnection import RoomsAbove, count_for_disconnection
from api.linking.queries.links import NotLinked
from api.linking.rules import SIDES


class PushInProgress(Problem):
    """Something is being written to Printavo at this moment. Try again in a minute."""

    status = 409
    retryable = True


async def unlink_accounts(
    session: AsyncSession,
    workspace_id: UUID,
    above: RoomsAbove,
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """End the link. Raises `NotLinked`, and `PushInProgress` while a remote operation is being sent (I8).

    The link's row is locked before the operations are looked at, and whoever claims one has locked it before: either the
    claim is seen here, or it finds the link ended. The ended link's epoch is never used again.
    """
    link = await lock_workspace(session, workspace_id)
    if link is None:
        raise NotLinked
    counts = await count_for_disconnection(session, workspace_id, link.inksoft_account, above.counters)
    if counts.operations_sending:
        raise PushInProgress(headers={"Retry-After": "30"})
    of_link = {"workspace": workspace_id, "link": link.id}
    await session.execute(
        text(
            "UPDATE link SET ended_at = :now, ended_by = :person, version = version + 1 "
            "WHERE workspace_id = :workspace AND id = :link"
        ),
        {**of_link, "now": now, "person": person_id},
    )
    await session.execute(
        text("DELETE FROM account_claim WHERE workspace_id = :workspace AND link_id = :link"), of_link
    )
    await close_connections(session, workspace_id, actor=actor, now=now, sides=list(SIDES))
    for end in above.endings:
        await end(session, workspace_id, link.inksoft_account, now)
    # After the operations, as everywhere: a push that ends holds its own, and then says what is due.
    await stop_work(session, workspace_id)
    await record_link_event(
        session,
        "link.ended",
        workspace_id=workspace_id,
        link_id=link.id,
        actor=actor,
        shared_stores=counts.shared_stores,
        unattached_orders=counts.unattached_orders,
        attached_orders=counts.attached_orders,
    )
