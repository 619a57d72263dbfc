"""Linking: the claims, the connections, the link, its first work and its event, all in one transaction (L3, I1)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import Side
from api.core.ids import new_id
from api.core.secrets import CannotUnsealError
from api.core.work import schedule_work
from api.linking.actions.attempts import WorkspaceLinked, check_currencies, claim_key
from api.linking.actions.attempts import already_linked as linked_elsewhere
from api.linking.actions.connections import keep_connections, lock_workspace
from api.linking.events import Actor, record_link_event
from api.linking.models import Link
from api.linking.queries.attempts import (
    Attempt,
    LinkAttemptExpired,
    attempt_place,
    find_earlier_sharing,
    get_attempt,
)
from api.linking.queries.connections import find_open_connections
from api.linking.rules import SIDES, WORK_OF_A_LINK, Access, Account, share_from
from api.linking.schemas.links import LinkConfirmation

_LAST = text("""
SELECT coalesce(max(epoch), 0) AS epoch, coalesce(max(version), 0) AS version FROM link WHERE workspace_id = :workspace
""")


async def link_accounts(
    session: AsyncSession,
    tools: Toolbox,
    attempt_id: UUID,
    wanted: LinkConfirmation,
    *,
    workspace_id: UUID,
    person_id: UUID,
    actor: Actor,
) -> UUID:
    """Link the two accounts of an attempt; returns the link's id.

    Raises `NotFound`, `LinkAttemptExpired`, `WorkspaceLinked`, `AlreadyLinked` (the loser of a race), `AlreadyConnected`.
    """
    now = tools.clock.now()
    if await lock_workspace(session, workspace_id):
        raise WorkspaceLinked
    attempt = await get_attempt(session, workspace_id, attempt_id, now=now, lock=True)
    link_id = new_id()
    for side in SIDES:
        await _claim(session, tools, workspace_id, link_id, attempt.side(side).account)
    connections = await _connections(session, tools, workspace_id, attempt, actor=actor, now=now)
    link = await _insert(
        session, attempt, connections, wanted, workspace_id=workspace_id, link_id=link_id, person_id=person_id, now=now
    )  # fmt: skip
    await _use_up(session, workspace_id, attempt_id, now=now)
    for kind in WORK_OF_A_LINK:
        await schedule_work(session, workspace_id, kind, due_at=now)
    await record_link_event(
        session,
        "link.created",
        workspace_id=workspace_id,
        link_id=link_id,
        actor=actor,
        inksoft_account_name=attempt.inksoft.account.account_name,
        printavo_account_name=attempt.printavo.account.account_name,
        currency=link.currency,
        share_orders_from=link.share_orders_from.isoformat(),
        native_link=link.native_link,
    )
    return link_id


async def _claim(
    session: AsyncSession, tools: Toolbox, workspace_id: UUID, link_id: UUID, account: Account
) -> None:
    """Claim an account for the whole service. InkSoft's always comes first, so that two claimers never wait for each other."""
    claimed = await session.scalar(
        text(
            "INSERT INTO account_claim (platform, external_key, workspace_id, link_id) "
            "VALUES (:side, :key, :workspace, :link) ON CONFLICT DO NOTHING RETURNING true"
        ),
        {
            "side": account.side,
            "key": claim_key(tools.hashes, account.side, account.external_id),
            "workspace": workspace_id,
            "link": link_id,
        },
    )
    if not claimed:
        raise linked_elsewhere(account.side)


async def _connections(
    session: AsyncSession,
    tools: Toolbox,
    workspace_id: UUID,
    attempt: Attempt,
    *,
    actor: Actor,
    now: datetime,
) -> dict[Side, UUID]:
    """The connections that the attempt used, and new ones with the secrets that it kept."""
    there = await find_open_connections(session, workspace_id)
    fresh: dict[Side, Access] = {}
    used: dict[Side, UUID] = {}
    for side in SIDES:
        kept = attempt.side(side)
        if kept.sealed is not None:
            place = attempt_place(workspace_id, attempt.id, side)
            try:
                fresh[side] = Access(kept.account, await tools.sealer.unseal(session, place, kept.sealed))
            except CannotUnsealError:
                raise LinkAttemptExpired from None
        elif kept.connection_id is not None and side in there and there[side].id == kept.connection_id:
            used[side] = kept.connection_id
        else:
            raise LinkAttemptExpired
    return used | await keep_connections(session, tools.sealer, workspace_id, fresh, actor=actor, now=now)


async def _insert(
    session: AsyncSession,
    attempt: Attempt,
    connections: dict[Side, UUID],
    wanted: LinkConfirmation,
    *,
    workspace_id: UUID,
    link_id: UUID,
    person_id: UUID,
    now: datetime,
) -> Link:
    inksoft, printavo = attempt.inksoft.account, attempt.printavo.account
    check_currencies(inksoft.currency, printavo.currency)
    earlier = await find_earlier_sharing(
        session, workspace_id, inksoft=inksoft.external_id, printavo=printavo.external_id
    )
    # Both go on counting over every link of the workspace: an operation's epoch then names one link only (I8), and no
    # ETag is used twice.
    last = (await session.execute(_LAST, {"workspace": workspace_id})).one()
    link = Link(
        workspace_id=workspace_id,
        id=link_id,
        inksoft_connection_id=connections["inksoft"],
        printavo_connection_id=connections["printavo"],
        inksoft_account=inksoft.external_id,
        printavo_account=printavo.external_id,
        currency=str(printavo.currency),
        epoch=last.epoch + 1,
        share_orders_from=share_from(
            wanted.share_orders_from, earlier.share_from, time_zone=printavo.details["time_zone"], now=now
        ),
        share_sources=list(earlier.sources),
        skip_free_orders=earlier.skip_free_orders,
        native_link=wanted.native_link,
        linked_at=now,
        linked_by=person_id,
        version=last.version + 1,
    )
    session.add(link)
    try:
        await session.flush()
    except IntegrityError:
        raise WorkspaceLinked from None
    return link


async def _use_up(session: AsyncSession, workspace_id: UUID, attempt_id: UUID, *, now: datetime) -> None:
    """An attempt is confirmed once, and its secrets now live in the connections only."""
    await session.execute(
        text(
            "UPDATE link_attempt SET confirmed_at = :now, inksoft_sealed = NULL, printavo_sealed = NULL "
            "WHERE workspace_id = :workspace AND id = :id"
        ),
        {"workspace": workspace_id, "id": attempt_id, "now": now},
    )
