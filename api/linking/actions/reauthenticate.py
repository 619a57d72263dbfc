"""New credentials for a link that lost its own (L6): its id, history and epoch stay, its work goes on."""

from collections.abc import Mapping
from uuid import UUID

from api.connectors.partner import PARTNERS
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import Side
from api.core.problems import Problem
from api.core.schema import Wire
from api.linking.actions.attempts import check_currencies
from api.linking.actions.connections import keep_connections, lock_workspace, note_renewal
from api.linking.actions.verify import Way, verify_accounts
from api.linking.events import Actor, record_link_event
from api.linking.queries.links import ActiveLink, NotLinked, get_active_link
from api.linking.rules import Access
from api.linking.schemas.sign_ins import Reauthentication


class DifferentAccount(Problem):
    """These credentials belong to another account. To link another one, unlink first."""

    status = 409

    class Extra(Wire):
        side: Side
        account_name: str


async def reauthenticate(
    tools: Toolbox, wanted: Reauthentication, *, workspace_id: UUID, actor: Actor, address: str
) -> None:
    """Give the link's sides new credentials for the same accounts.

    Raises `NotLinked`, `DifferentAccount`, `CurrencyMismatch` and what `verify_accounts` raises.
    """
    async with tools.database.transaction(workspace_id) as session:
        await get_active_link(session, workspace_id)
    ways: dict[Side, Way] = {}
    if wanted.inksoft is not None:
        ways["inksoft"] = wanted.inksoft
    if wanted.printavo is not None:
        ways["printavo"] = wanted.printavo
    accesses = await verify_accounts(tools, ways, workspace_id=workspace_id, address=address)
    now = tools.clock.now()
    async with tools.database.transaction(workspace_id) as session:
        link = await lock_workspace(session, workspace_id)
        if link is None:
            raise NotLinked
        _check_accounts(link, accesses)
        await keep_connections(session, tools.sealer, workspace_id, accesses, actor=actor, now=now)
        await note_renewal(session, workspace_id, link, now=now)
        await record_link_event(
            session,
            "link.reauthenticated",
            workspace_id=workspace_id,
            link_id=link.id,
            actor=actor,
            sides=sorted(accesses),
        )


def _check_accounts(link: ActiveLink, accesses: Mapping[Side, Access]) -> None:
    linked: dict[Side, str] = {"inksoft": link.inksoft_account, "printavo": link.printavo_account}
    for side, access in sorted(accesses.items()):
        account = access.account
        if account.external_id != linked[side]:
            sentence = (
                f"These credentials belong to {account.account_name}, which is not the {PARTNERS[side]} account of this link. "
                "To link another account, unlink first."
            )
            raise DifferentAccount(sentence, side=side, account_name=account.account_name)
    now_in = {side: access.account.currency for side, access in accesses.items()}
    check_currencies(now_in.get("inksoft", link.currency), now_in.get("printavo", link.currency))
