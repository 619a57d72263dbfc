"""Which link a workspace has, for every room that acts for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.vendor_errors import Side
from api.core.problems import Problem
from api.core.schema import Wire
from api.linking.rules import ConnectionState, LinkState, health_message, link_state, troubled_side


class NotLinked(Problem):
    """No InkSoft and Printavo account are linked here. Link them first."""

    status = 409


class LinkNeedsReauth(Problem):
    """One side no longer accepts its credentials. Sign in to it again under Accounts; nothing is lost meanwhile."""

    status = 409

    class Extra(Wire):
        side: Side


class LinkSuspended(Problem):
    """The plan of one side no longer includes the link. Everything can be read; changes go on once the plan is back."""

    status = 409

    class Extra(Wire):
        side: Side


Lock = Literal["none", "share", "update"]

# What a route declares that calls `require_active_link`.
LINK_PROBLEMS = (NotLinked, LinkNeedsReauth, LinkSuspended)


@dataclass(frozen=True, slots=True)
class LinkedSide:
    """One side's connection. `state_since` also changes when its credentials are renewed: it names one set of credentials."""

    connection_id: UUID
    state: ConnectionState
    state_since: datetime


@dataclass(frozen=True, slots=True)
class ActiveLink:
    """A workspace's link. `epoch` is larger than that of every earlier link of the workspace (I8).

    `inksoft_account` and `printavo_account` are the vendors' account ids; `time_zone` is the shop's IANA zone.
    `share_…` and `skip_free_orders` say which orders are shared; the settings change them.
    """

    id: UUID
    epoch: int
    inksoft_account: str
    printavo_account: str
    currency: str
    time_zone: str
    share_orders_from: datetime
    share_sources: frozenset[str]
    skip_free_orders: bool
    native_link: bool
    last_synced_at: datetime | None
    version: int
    inksoft: LinkedSide
    printavo: LinkedSide

    @property
    def state(self) -> LinkState:
        return link_state((self.inksoft.state, self.printavo.state))

    def side(self, side: Side) -> LinkedSide:
        return self.inksoft if side == "inksoft" else self.printavo


_SELECT = """
SELECT link.id, link.epoch, link.inksoft_account, link.printavo_account, link.currency, link.share_orders_from,
       link.share_sources, link.skip_free_orders, link.native_link, link.last_synced_at, link.version,
       shop.details ->> 'time_zone' AS time_zone,
       platform.id AS inksoft_id, platform.state AS inksoft_state, platform.state_since AS inksoft_since,
       shop.id AS printavo_id, shop.state AS printavo_state, shop.state_since AS printavo_since
  FROM link
  JOIN connection platform ON platform.workspace_id = link.workspace_id AND platform.id = link.inksoft_connection_id
  JOIN connection shop ON shop.workspace_id = link.workspace_id AND shop.id = link.printavo_connection_id
 WHERE link.workspace_id = :workspace AND link.ended_at IS NULL
"""
# The sides are locked with their link: waiting for a lock reads again what was locked, and nothing else.
_FIND: dict[Lock, TextClause] = {
    "none": text(_SELECT),
    "share": text(_SELECT + " FOR SHARE"),
    "update": text(_SELECT + " FOR UPDATE"),
}


async def find_active_link(
    session: AsyncSession, workspace_id: UUID, *, lock: Lock = "none"
) -> ActiveLink | None:
    """The link, whatever its state; None when the workspace has none. `update` locks it against every change and use."""
    row = (await session.execute(_FIND[lock], {"workspace": workspace_id})).one_or_none()
    return _link(row) if row is not None else None


async def get_active_link(session: AsyncSession, workspace_id: UUID) -> ActiveLink:
    """The link, whatever its state; raises `NotLinked`."""
    return _found(await find_active_link(session, workspace_id))


async def require_active_link(session: AsyncSession, workspace_id: UUID) -> ActiveLink:
    """A link that works, kept from ending until the transaction ends (first in the lock order: the fence of I8).

    Every effect that counts on the link asks here first. Raises `NotLinked`, `LinkNeedsReauth`, `LinkSuspended` (L6).
    """
    link = _found(await find_active_link(session, workspace_id, lock="share"))
    side = troubled_side(link.inksoft.state, link.printavo.state)
    if side is not None:
        state = link.side(side).state
        kind = LinkNeedsReauth if state == "needs_reauth" else LinkSuspended
        raise kind(health_message(side, state), side=side)
    return link


def _found(link: ActiveLink | None) -> ActiveLink:
    if link is None:
        raise NotLinked
    return link


def _link(row: Any) -> ActiveLink:
    return ActiveLink(
        id=row.id,
        epoch=row.epoch,
        inksoft_account=row.inksoft_account,
        printavo_account=row.printavo_account,
        currency=row.currency,
        time_zone=row.time_zone,
        share_orders_from=row.share_orders_from,
        share_sources=frozenset(row.share_sources),
        skip_free_orders=row.skip_free_orders,
        native_link=row.native_link,
        last_synced_at=row.last_synced_at,
        version=row.version,
        inksoft=LinkedSide(row.inksoft_id, row.inksoft_state, row.inksoft_since),
        printavo=LinkedSide(row.printavo_id, row.printavo_state, row.printavo_since),
    )
