"""The connections of a workspace, as they are shown and as they are linked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.vendor_errors import Side
from api.linking.queries.links import LinkedSide
from api.linking.rules import Account
from api.linking.schemas.accounts import Connection


@dataclass(frozen=True, slots=True)
class OpenConnection:
    """A connection that is not closed, with the account it opens."""

    id: UUID
    account: Account


@dataclass(frozen=True, slots=True)
class ShopConnection:
    """The open connection to Printavo, in a link or alone (L8). `account` is the vendor's id; `time_zone` an IANA name."""

    side: LinkedSide
    account: str
    account_name: str
    currency: str
    time_zone: str


_FIND_SHOP = """
SELECT id, state, state_since, external_id, account_name, currency, details ->> 'time_zone' AS time_zone
FROM connection WHERE workspace_id = :workspace AND side = 'printavo' AND state <> 'closed'
"""


async def find_shop_connection(
    session: AsyncSession, workspace_id: UUID, *, lock: bool = False
) -> ShopConnection | None:
    """The connection, whatever its state; `lock` keeps it from closing or changing until the transaction ends."""
    row = (
        await session.execute(
            text(f"{_FIND_SHOP} FOR SHARE" if lock else _FIND_SHOP), {"workspace": workspace_id}
        )
    ).one_or_none()
    if row is None:
        return None
    side = LinkedSide(row.id, row.state, row.state_since)
    return ShopConnection(side, row.external_id, row.account_name, row.currency, row.time_zone)


async def list_connections(session: AsyncSession, workspace_id: UUID) -> list[Connection]:
    """The open connections, InkSoft's first."""
    rows = await session.execute(
        text(
            "SELECT side, external_id, account_name, plan, currency, state, state_since, checked_at, "
            "details ->> 'store_uri' AS store_uri, details ->> 'user_email' AS user_email, created_at AS connected_at, "
            "EXISTS (SELECT FROM link WHERE link.workspace_id = connection.workspace_id AND link.ended_at IS NULL "
            "AND connection.id IN (link.inksoft_connection_id, link.printavo_connection_id)) AS in_link "
            "FROM connection WHERE workspace_id = :workspace AND state <> 'closed' ORDER BY side"
        ),
        {"workspace": workspace_id},
    )
    return [Connection.model_validate(row) for row in rows]


async def find_open_connections(session: AsyncSession, workspace_id: UUID) -> dict[Side, OpenConnection]:
    """The open connections by side."""
    rows = await session.execute(
        text(
            "SELECT id, side, external_id, account_name, plan, currency, details FROM connection "
            "WHERE workspace_id = :workspace AND state <> 'closed'"
        ),
        {"workspace": workspace_id},
    )
    return {row.side: OpenConnection(row.id, _account(row)) for row in rows}


def _account(row: Any) -> Account:
    return Account(row.side, row.external_id, row.account_name, row.plan, row.currency, row.details)
