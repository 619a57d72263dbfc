"""Connections come, are renewed and go. A token lives in one sealed column only, and is erased when its connection closes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from orjson import dumps
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.partner import PARTNERS
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import Side
from api.core.ids import new_id
from api.core.problems import NotFound, Problem
from api.core.schema import Wire
from api.core.secrets import Sealer
from api.core.work import cancel_work, schedule_work
from api.linking.actions.health import resume_work
from api.linking.actions.troubles import tell_troubles
from api.linking.actions.verify import Way, verify_accounts
from api.linking.events import Actor, record_connection_event
from api.linking.models import Connection
from api.linking.queries.connections import find_open_connections
from api.linking.queries.credentials import secret_place
from api.linking.queries.links import ActiveLink, find_active_link
from api.linking.rules import WORK_OF_A_CONNECTION, Access


class AlreadyConnected(Problem):
    """This side is connected to another account. Disconnect that one first."""

    status = 409

    class Extra(Wire):
        side: Side
        account_name: str


class ConnectionInUse(Problem):
    """This connection is part of the link. Unlink first."""

    status = 409


async def connect(
    tools: Toolbox, side: Side, way: Way, *, workspace_id: UUID, actor: Actor, address: str
) -> None:
    """Connect one side alone (L8), or give the connection there is new credentials. Raises `AlreadyConnected` and
    what `verify_accounts` raises.
    """
    access = (await verify_accounts(tools, {side: way}, workspace_id=workspace_id, address=address))[side]
    now = tools.clock.now()
    async with tools.database.transaction(workspace_id) as session:
        link = await lock_workspace(session, workspace_id)
        await keep_connections(session, tools.sealer, workspace_id, {side: access}, actor=actor, now=now)
        if link is not None:
            await note_renewal(session, workspace_id, link, now=now)


async def lock_workspace(session: AsyncSession, workspace_id: UUID) -> ActiveLink | None:
    """Let no other change of connections or link in beside this one; returns the link there is, locked as well."""
    await session.execute(
        text("SELECT FROM workspace WHERE workspace_id = :workspace FOR NO KEY UPDATE"),
        {"workspace": workspace_id},
    )
    return await find_active_link(session, workspace_id, lock="update")


async def keep_connections(
    session: AsyncSession,
    sealer: Sealer,
    workspace_id: UUID,
    accesses: Mapping[Side, Access],
    *,
    actor: Actor,
    now: datetime,
) -> dict[Side, UUID]:
    """One open connection per side with these credentials sealed in it; the workspace is locked. Raises `AlreadyConnected`."""
    there = await find_open_connections(session, workspace_id)
    kept: dict[Side, UUID] = {}
    for side in sorted(accesses):
        access, open_ = accesses[side], there.get(side)
        if open_ is None:
            kept[side] = await _open(session, sealer, workspace_id, access, now=now)
        elif open_.account.external_id == access.account.external_id:
            kept[side] = open_.id
            await _renew(session, sealer, workspace_id, open_.id, access, now=now)
        else:
            raise already_connected(side, open_.account.account_name)
        for kind in WORK_OF_A_CONNECTION[side]:
            await schedule_work(session, workspace_id, kind, due_at=now)
        await record_connection_event(
            session,
            "connection.renewed" if open_ else "connection.opened",
            workspace_id=workspace_id,
            connection_id=kept[side],
            actor=actor,
            side=side,
            account_name=access.account.account_name,
        )
    await tell_troubles(session, workspace_id)
    return kept


def already_connected(side: Side, account_name: str) -> AlreadyConnected:
    sentence = f"{PARTNERS[side]} is connected to {account_name} here. Disconnect that account first."
    return AlreadyConnected(sentence, side=side, account_name=account_name)


async def note_renewal(session: AsyncSession, workspace_id: UUID, link: ActiveLink, *, now: datetime) -> None:
    """The link's sides changed for the better: its representation is a new one, and its work goes on."""
    await session.execute(
        text("UPDATE link SET version = version + 1 WHERE workspace_id = :workspace AND id = :link"),
        {"workspace": workspace_id, "link": link.id},
    )
    await resume_work(session, workspace_id, now=now)


async def disconnect(
    session: AsyncSession, workspace_id: UUID, side: Side, *, actor: Actor, now: datetime
) -> None:
    """Close a connection that no link uses. Raises `NotFound`, `ConnectionInUse`."""
    link = await lock_workspace(session, workspace_id)
    open_ = (await find_open_connections(session, workspace_id)).get(side)
    if open_ is None:
        raise NotFound(f"{PARTNERS[side]} is not connected.")
    if link is not None and link.side(side).connection_id == open_.id:
        raise ConnectionInUse
    await close_connections(session, workspace_id, actor=actor, now=now, sides=[side])


async def close_connections(
    session: AsyncSession, workspace_id: UUID, *, actor: Actor, now: datetime, sides: list[Side]
) -> None:
    """Close these sides' connections and erase their tokens; who they were stays readable for the records."""
    rows = await session.execute(
        text(
            "UPDATE connection SET state = 'closed', state_since = :now, sealed = NULL "
            "WHERE workspace_id = :workspace AND side = ANY(:sides) AND state <> 'closed' "
            "RETURNING id, side, account_name"
        ),
        {"workspace": workspace_id, "sides": sides, "now": now},
    )
    for row in sorted(rows.all(), key=lambda row: str(row.side)):
        for kind in WORK_OF_A_CONNECTION[row.side]:
            await cancel_work(session, workspace_id, kind)
        await record_connection_event(
            session,
            "connection.closed",
            workspace_id=workspace_id,
            connection_id=row.id,
            actor=actor,
            side=row.side,
            account_name=row.account_name,
        )
    await tell_troubles(session, workspace_id)


async def _open(
    session: AsyncSession, sealer: Sealer, workspace_id: UUID, access: Access, *, now: datetime
) -> UUID:
    connection_id = new_id()
    session.add(
        Connection(
            workspace_id=workspace_id,
            id=connection_id,
            **asdict(access.account),
            sealed=await sealer.seal(session, secret_place(workspace_id, connection_id), access.secret),
            state="active",
            state_since=now,
            checked_at=now,
            created_at=now,
        )
    )
    await session.flush()
    return connection_id


async def _renew(
    session: AsyncSession,
    sealer: Sealer,
    workspace_id: UUID,
    connection_id: UUID,
    access: Access,
    *,
    now: datetime,
) -> None:
    account = access.account
    # An offset that was measured once stays: dates that were read with it must not read otherwise in summer.
    await session.execute(
        text(
            "UPDATE connection SET account_name = :name, plan = :plan, currency = coalesce(:currency, currency), "
            "details = CAST(:details AS jsonb) "
            "|| jsonb_strip_nulls(jsonb_build_object('utc_offset_minutes', details -> 'utc_offset_minutes')), "
            "sealed = :sealed, state = 'active', state_since = :now, checked_at = :now "
            "WHERE workspace_id = :workspace AND id = :id"
        ),
        {
            "workspace": workspace_id,
            "id": connection_id,
            "name": account.account_name,
            "plan": account.plan,
            "currency": account.currency,
            "details": dumps(account.details).decode(),
            "sealed": await sealer.seal(session, secret_place(workspace_id, connection_id), access.secret),
            "now": now,
        },
    )
