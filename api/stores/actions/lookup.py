"""Asks the platform for the store at an address: outside every transaction."""

from uuid import UUID

from api.connectors.partner import unavailable
from api.connectors.ports import StorePlatform
from api.connectors.registry import Toolbox
from api.connectors.store_platform import PlatformCredentials, PlatformStore
from api.connectors.vendor_errors import LinkBroken, Refused, VendorError
from api.core.problems import Problem
from api.linking.actions import mark_broken
from api.linking.queries import (
    ActiveLink,
    LinkNeedsReauth,
    LinkSuspended,
    get_platform_credentials,
    require_active_link,
)
from api.stores.rules import store_uri_of


class StoreNotFound(Problem):
    """InkSoft has no store at this address. Look at the address of the store's page and try again."""

    status = 422


class StoreOfAnotherAccount(Problem):
    """This store belongs to another InkSoft account than the linked one."""

    status = 409


async def find_store_at(tools: Toolbox, workspace_id: UUID, address: str) -> PlatformStore:
    """The linked account's store at a pasted address.

    Raises `StoreNotFound`, `StoreOfAnotherAccount`, `PartnerUnavailable`, or one of `LINK_PROBLEMS`.
    """
    async with tools.database.transaction(workspace_id) as session:
        link = await require_active_link(session, workspace_id)
        credentials = await get_platform_credentials(session, tools.sealer, workspace_id)
    try:
        found = await _ask(tools.vendors.store_platform, credentials, store_uri_of(address))
    except LinkBroken as error:
        await _mark_broken(tools, workspace_id, link, error)
        broken = LinkSuspended if error.reason == "plan" else LinkNeedsReauth
        raise broken(side="inksoft") from None
    except VendorError as error:
        raise unavailable(error) from None
    if found.account_external_id != link.inksoft_account:
        raise StoreOfAnotherAccount
    return found


async def _ask(platform: StorePlatform, credentials: PlatformCredentials, store_uri: str) -> PlatformStore:
    """A key that does not open this store may be a good key of another account: what it opens at home tells."""
    try:
        return await platform.get_store(credentials, store_uri=store_uri)
    except Refused:
        raise StoreNotFound from None
    except LinkBroken:
        await platform.verify(credentials)
        raise StoreOfAnotherAccount from None


async def _mark_broken(tools: Toolbox, workspace_id: UUID, link: ActiveLink, error: LinkBroken) -> None:
    """Known from now on, by everybody (L6): in a transaction of its own, since the answer is a problem."""
    async with tools.database.transaction(workspace_id) as session:
        await mark_broken(session, workspace_id, error, seen=link, now=tools.clock.now())
