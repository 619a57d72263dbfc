"""A reading of one account's merch stores: how it begins, is held, ends or gives up (L6, L8)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import ShopCredentials
from api.connectors.vendor_errors import LinkBroken
from api.core.secrets import Sealer
from api.core.work import cancel_work, postpone_work
from api.linking.actions.connection_health import mark_connection
from api.linking.queries import ShopConnection, find_shop_connection, get_shop_credentials
from api.linking.rules import ConnectionState
from api.storefronts.rules.merch import EVERY, next_try, trouble_of

MERCH: Final = "merch"
# A turn that died is begun again after this time.
LEASE: Final = timedelta(minutes=3)


class OvertakenError(RuntimeError):
    """The connection was closed or renewed, or another reader is ahead: what was read here is not stored."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader needs to know. `lists` says that the stores themselves are due."""

    workspace_id: UUID
    shop: ShopConnection
    credentials: ShopCredentials
    lists: bool


@dataclass(frozen=True, slots=True)
class DueStore:
    """A store whose orders are read, from the page behind `cursor` on."""

    id: UUID
    external_id: str
    cursor: str | None


_BEGIN = text("""
INSERT INTO merch_reading AS r (workspace_id, account) VALUES (:workspace, :account)
ON CONFLICT (workspace_id, account) DO UPDATE SET account = excluded.account RETURNING listed_at
""")
_DUE = text("""
SELECT id, external_id, orders_cursor AS cursor FROM merch_store
WHERE workspace_id = :workspace AND account = :account AND orders_due AND NOT is_gone
  AND id <> ALL (CAST(:without AS uuid[]))
ORDER BY orders_began_at NULLS LAST, orders_read_at NULLS FIRST, id LIMIT 1
""")
_ENDED = text("""
UPDATE merch_reading SET failures = 0, trouble = NULL WHERE workspace_id = :workspace AND account = :account
RETURNING listed_at
""")
_FAILED = text("""
UPDATE merch_reading SET failures = failures + 1, trouble = :trouble
WHERE workspace_id = :workspace AND account = :account RETURNING failures
""")


async def begin_reading(
    session: AsyncSession, sealer: Sealer, workspace_id: UUID, *, now: datetime
) -> Reading | None:
    """None without a connection that may be asked: whoever renews it schedules the next reading."""
    shop = await find_shop_connection(session, workspace_id)
    if shop is None or shop.side.state == "needs_reauth":
        await cancel_work(session, workspace_id, MERCH)
        return None
    await postpone_work(session, workspace_id, MERCH, due_at=now + LEASE)
    listed_at = await session.scalar(_BEGIN, _place(workspace_id, shop))
    return Reading(
        workspace_id=workspace_id,
        shop=shop,
        credentials=await get_shop_credentials(session, sealer, workspace_id),
        lists=listed_at is None or listed_at <= now - EVERY,
    )


async def hold(session: AsyncSession, reading: Reading) -> None:
    """The fence: nothing is stored for a connection that was closed or renewed meanwhile. Raises `OvertakenError`."""
    shop = await find_shop_connection(session, reading.workspace_id, lock=True)
    if shop is None or shop.side != reading.shop.side:
        raise OvertakenError


async def find_due_store(
    session: AsyncSession, reading: Reading, *, without: Collection[UUID] = ()
) -> DueStore | None:
    """The store whose orders come next: one that was begun, then those that were never or least recently read."""
    values = {**_place(reading.workspace_id, reading.shop), "without": list(without)}
    row = (await session.execute(_DUE, values)).one_or_none()
    return DueStore(row.id, row.external_id, row.cursor) if row is not None else None


async def end_turn(session: AsyncSession, reading: Reading, *, now: datetime, is_done: bool) -> None:
    """Everything that was asked was answered: the side works. The next turn comes at its time, or at once."""
    if reading.shop.side.state == "suspended":
        await mark_connection(
            session, reading.workspace_id, "printavo", "active", seen=reading.shop.side, now=now
        )
    listed_at = await session.scalar(_ENDED, _place(reading.workspace_id, reading.shop))
    due_at = listed_at + EVERY if is_done and listed_at else now
    await postpone_work(session, reading.workspace_id, MERCH, due_at=due_at)


async def give_up(session: AsyncSession, reading: Reading, error: Exception, *, now: datetime) -> None:
    """What stopped the reading decides when it goes on; the pages stored so far stay."""
    place = _place(reading.workspace_id, reading.shop)
    if isinstance(error, LinkBroken):
        state: ConnectionState = "suspended" if error.reason == "plan" else "needs_reauth"
        await mark_connection(
            session, reading.workspace_id, "printavo", state, seen=reading.shop.side, now=now
        )
    failures = await session.scalar(_FAILED, {**place, "trouble": trouble_of(error)})
    shop = await find_shop_connection(session, reading.workspace_id)
    was_renewed = shop is not None and shop.side.state == "active" and shop.side != reading.shop.side
    due_at = now if was_renewed else now + next_try(error, int(failures or 1))
    await postpone_work(session, reading.workspace_id, MERCH, due_at=due_at)


def _place(workspace_id: UUID, shop: ShopConnection) -> dict[str, Any]:
    return {"workspace": workspace_id, "account": shop.account}
