"""The credentials of a workspace's connections, unsealed for one vendor call and kept nowhere."""

import logging
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import Lane, ShopCredentials
from api.connectors.store_platform import PlatformCredentials
from api.connectors.vendor_errors import Side
from api.core.problems import Problem
from api.core.schema import Wire
from api.core.secrets import CannotUnsealError, Place, Sealer
from api.linking.rules import platform_credentials, shop_credentials

log = logging.getLogger("platen.linking")


class NotConnected(Problem):
    """There is no connection to this side. Connect it first."""

    status = 409

    class Extra(Wire):
        side: Side


def secret_place(workspace_id: UUID, connection_id: UUID) -> Place:
    """Where a connection's secret is sealed for (I13)."""
    return Place(workspace_id, "connection", connection_id, "sealed")


async def get_platform_credentials(
    session: AsyncSession, sealer: Sealer, workspace_id: UUID
) -> PlatformCredentials:
    """For calls to InkSoft; raises `NotConnected`."""
    return platform_credentials(*await _unseal(session, sealer, workspace_id, "inksoft"))


async def get_shop_credentials(
    session: AsyncSession, sealer: Sealer, workspace_id: UUID, *, lane: Lane = "background"
) -> ShopCredentials:
    """For calls to Printavo; `lane` is `interactive` where a person waits. Raises `NotConnected`."""
    return shop_credentials(*await _unseal(session, sealer, workspace_id, "printavo"), lane=lane)


async def _unseal(
    session: AsyncSession, sealer: Sealer, workspace_id: UUID, side: Side
) -> tuple[dict[str, Any], str]:
    row = (
        await session.execute(
            text(
                "SELECT id, details, sealed FROM connection "
                "WHERE workspace_id = :workspace AND side = :side AND state <> 'closed'"
            ),
            {"workspace": workspace_id, "side": side},
        )
    ).one_or_none()
    if row is None:
        raise NotConnected(side=side)
    try:
        return row.details, await sealer.unseal(session, secret_place(workspace_id, row.id), row.sealed)
    except CannotUnsealError:
        # Like a token that the vendor revoked: whoever uses it finds the side broken, and a person signs in again (L6).
        log.exception(
            "stored credentials do not open", extra={"workspace_id": str(workspace_id), "side": side}
        )
        return row.details, ""
