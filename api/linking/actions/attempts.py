"""Making an attempt (L1): both accounts verified and fit for each other; nothing is stored unless they are (L2, L3, L8)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.partner import PARTNERS
from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import Side
from api.core.ids import new_id
from api.core.problems import Problem
from api.core.schema import Wire
from api.core.secrets import KeyedHash, Sealer
from api.core.work import schedule_work
from api.linking.actions.connections import already_connected
from api.linking.actions.verify import Way, verify_accounts
from api.linking.models import LinkAttempt
from api.linking.queries.attempts import attempt_place, get_attempt, show_attempt
from api.linking.queries.connections import find_open_connections
from api.linking.queries.credentials import NotConnected, get_platform_credentials, get_shop_credentials
from api.linking.queries.links import find_active_link
from api.linking.rules import ATTEMPT_LIFE, SIDES, Access, Account, have_one_currency
from api.linking.schemas import links as shown
from api.linking.schemas.sign_ins import LinkAttemptCreate


class WorkspaceLinked(Problem):
    """This workspace has a link already. Unlink it first."""

    status = 409


class AlreadyLinked(Problem):
    """This account is linked already, here or in another workspace. Unlink it there first."""

    status = 409

    class Extra(Wire):
        side: Side


class CurrencyMismatch(Problem):
    """The two accounts use different currencies and cannot be linked."""

    status = 409

    class Extra(Wire):
        inksoft_currency: str
        printavo_currency: str


FIT_PROBLEMS = (WorkspaceLinked, AlreadyLinked, CurrencyMismatch)


async def make_attempt(
    tools: Toolbox, wanted: LinkAttemptCreate, *, workspace_id: UUID, person_id: UUID, address: str
) -> shown.LinkAttempt:
    """Verify both sides and keep them, sealed, for 15 minutes. A side left out is taken from its connection.

    Raises `NotConnected`, `AlreadyConnected`, what `verify_accounts` raises, and `FIT_PROBLEMS`.
    """
    async with tools.database.transaction(workspace_id) as session:
        if await find_active_link(session, workspace_id):
            raise WorkspaceLinked
        ways = await _ways(session, tools.sealer, workspace_id, wanted)
    accesses = await verify_accounts(tools, ways, workspace_id=workspace_id, address=address)
    now = tools.clock.now()
    async with tools.database.transaction(workspace_id) as session:
        inksoft, printavo = (accesses[side].account for side in SIDES)
        check_currencies(inksoft.currency, printavo.currency)
        for account in (inksoft, printavo):
            await check_claim(session, tools.hashes, workspace_id, account)
        attempt_id = await _store(
            session, tools.sealer, workspace_id, accesses, wanted, person_id=person_id, now=now
        )
        attempt = await get_attempt(session, workspace_id, attempt_id, now=now)
        return await show_attempt(session, workspace_id, attempt, now=now)


def check_currencies(inksoft: str | None, printavo: str | None) -> None:
    """Raise `CurrencyMismatch` when both are known and differ (L8)."""
    if have_one_currency(inksoft, printavo):
        return
    sentence = (
        f"The InkSoft account bills in {inksoft}, the Printavo account in {printavo}. They cannot be linked."
    )
    raise CurrencyMismatch(sentence, inksoft_currency=str(inksoft), printavo_currency=str(printavo))


async def check_claim(session: AsyncSession, hashes: KeyedHash, workspace_id: UUID, account: Account) -> None:
    """Raise `AlreadyLinked` when an active link holds the account, `WorkspaceLinked` when it is this workspace's (L3).

    Asked after the credentials proved to be right, so it tells nothing about accounts of others.
    """
    holder = await session.scalar(
        text("SELECT workspace_id FROM account_claim WHERE platform = :side AND external_key = :key"),
        {"side": account.side, "key": claim_key(hashes, account.side, account.external_id)},
    )
    if holder == workspace_id:
        raise WorkspaceLinked
    if holder is not None:
        raise already_linked(account.side)


def claim_key(hashes: KeyedHash, side: Side, external_id: str) -> bytes:
    """The keyed hash under which an account is claimed: the claim table names nobody (I1)."""
    return hashes.digest(f"claim:{side}", external_id)


def already_linked(side: Side) -> AlreadyLinked:
    sentence = f"This {PARTNERS[side]} account is linked in another workspace. Unlink it there first."
    return AlreadyLinked(sentence, side=side)


async def _ways(
    session: AsyncSession, sealer: Sealer, workspace_id: UUID, wanted: LinkAttemptCreate
) -> Mapping[Side, Way]:
    return {
        "inksoft": wanted.inksoft or await get_platform_credentials(session, sealer, workspace_id),
        "printavo": wanted.printavo
        or await get_shop_credentials(session, sealer, workspace_id, lane="interactive"),
    }


async def _store(
    session: AsyncSession,
    sealer: Sealer,
    workspace_id: UUID,
    accesses: Mapping[Side, Access],
    wanted: LinkAttemptCreate,
    *,
    person_id: UUID,
    now: datetime,
) -> UUID:
    attempt_id = new_id()
    there = await find_open_connections(session, workspace_id)
    sides: dict[str, object] = {}
    for side in SIDES:
        access, open_ = accesses[side], there.get(side)
        if open_ and open_.account.external_id != access.account.external_id:
            raise already_connected(side, open_.account.account_name)
        given = getattr(wanted, side) is not None
        if not given and open_ is None:
            raise NotConnected(side=side)
        connection_id = None if given or open_ is None else open_.id
        sides[side] = {**asdict(access.account), "connection_id": connection_id and str(connection_id)}
        sides[f"{side}_sealed"] = (
            await sealer.seal(session, attempt_place(workspace_id, attempt_id, side), access.secret)
            if given
            else None
        )
    session.add(
        LinkAttempt(
            workspace_id=workspace_id,
            id=attempt_id,
            **sides,
            created_by=person_id,
            created_at=now,
            expires_at=now + ATTEMPT_LIFE,
        )
    )
    await session.flush()
    await schedule_work(session, workspace_id, "link_attempts", due_at=now + ATTEMPT_LIFE)
    return attempt_id
