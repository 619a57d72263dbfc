"""A worker at the shop's books: the link that it works under, the way to Printavo, and what becomes of trouble there."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from typing import NoReturn
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.ports import PrintShop
from api.connectors.print_shop import Lane, ShopCredentials
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import LinkBroken, VendorError, pause_after
from api.invoices.jobs.turn import PartnerPausedError
from api.linking.actions import mark_broken
from api.linking.queries import ActiveLink, get_shop_credentials, require_active_link


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that a call needs. `link` is the one that the work was begun under (I8)."""

    tools: Toolbox
    workspace_id: UUID
    link: ActiveLink
    keys: ShopCredentials

    @property
    def shop(self) -> PrintShop:
        return self.tools.vendors.print_shop

    def transaction(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self.tools.database.transaction(self.workspace_id)

    async def pause(self, error: VendorError) -> NoReturn:
        """Raises `PartnerPausedError`. Credentials that Printavo refused stop everything until somebody acts (L6)."""
        if isinstance(error, LinkBroken):
            async with self.transaction() as session:
                now = self.tools.clock.now()
                await mark_broken(session, self.workspace_id, error, seen=self.link, now=now)
        raise PartnerPausedError(pause_after(error)) from None


async def open_desk(tools: Toolbox, workspace_id: UUID, *, lane: Lane = "background") -> Desk:
    """Raises the problems of the link."""
    async with tools.database.transaction(workspace_id) as session:
        link = await require_active_link(session, workspace_id)
        keys = await get_shop_credentials(session, tools.sealer, workspace_id)
    return Desk(tools, workspace_id, link, replace(keys, lane=lane))
