"""Attempts: two verified accounts that wait for a confirmation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.vendor_errors import Side
from api.core.problems import NotFound, Problem
from api.core.secrets import Place
from api.linking.rules import SIDES, USUAL_SOURCES, Account, share_from
from api.linking.schemas.accounts import InkSoftAccount, PrintavoAccount
from api.linking.schemas.links import LinkAttempt


class LinkAttemptExpired(Problem):
    """This attempt was used already or is too old. Enter both accounts again."""

    status = 410


@dataclass(frozen=True, slots=True)
class AttemptSide:
    """One side of an attempt: a connection that exists already, or a sealed secret for one to be made."""

    account: Account
    connection_id: UUID | None
    sealed: bytes | None


@dataclass(frozen=True, slots=True)
class Attempt:
    id: UUID
    inksoft: AttemptSide
    printavo: AttemptSide
    expires_at: datetime

    def side(self, side: Side) -> AttemptSide:
        return self.inksoft if side == "inksoft" else self.printavo


def attempt_place(workspace_id: UUID, attempt_id: UUID, side: Side) -> Place:
    """Where an attempt's secret is sealed for (I13)."""
    return Place(workspace_id, "link_attempt", attempt_id, f"{side}_sealed")


_COLUMNS = "id, inksoft, printavo, inksoft_sealed, printavo_sealed, expires_at, confirmed_at"
_FIND = text(f"SELECT {_COLUMNS} FROM link_attempt WHERE workspace_id = :workspace AND id = :id")  # noqa: S608 - our own constant
_LOCK = text(f"{_FIND.text} FOR UPDATE")


async def get_attempt(
    session: AsyncSession, workspace_id: UUID, attempt_id: UUID, *, now: datetime, lock: bool = False
) -> Attempt:
    """An attempt that can be confirmed; raises `NotFound`, `LinkAttemptExpired`."""
    values = {"workspace": workspace_id, "id": attempt_id}
    row = (await session.execute(_LOCK if lock else _FIND, values)).one_or_none()
    if row is None:
        raise NotFound("There is no such attempt.")
    if row.confirmed_at is not None or row.expires_at <= now:
        raise LinkAttemptExpired
    inksoft, printavo = (_side(row, side) for side in SIDES)
    return Attempt(row.id, inksoft, printavo, row.expires_at)


async def show_attempt(
    session: AsyncSession, workspace_id: UUID, attempt: Attempt, *, now: datetime
) -> LinkAttempt:
    """What the popup shows (L1)."""
    inksoft, printavo = attempt.inksoft.account, attempt.printavo.account
    earlier = await find_earlier_sharing(
        session, workspace_id, inksoft=inksoft.external_id, printavo=printavo.external_id
    )
    return LinkAttempt(
        id=attempt.id,
        inksoft=InkSoftAccount.model_validate(_shown(inksoft, InkSoftAccount)),
        printavo=PrintavoAccount.model_validate(_shown(printavo, PrintavoAccount)),
        currency=str(printavo.currency),
        share_orders_from=share_from(
            None, earlier.share_from, time_zone=printavo.details["time_zone"], now=now
        ),
        linked_before=earlier.share_from is not None,
        expires_at=attempt.expires_at,
    )


@dataclass(frozen=True, slots=True)
class EarlierSharing:
    """Which orders this pair's last link here shared; the usual ones for a pair that was never linked here."""

    share_from: datetime | None = None
    sources: tuple[str, ...] = USUAL_SOURCES
    skip_free_orders: bool = False


async def find_earlier_sharing(
    session: AsyncSession, workspace_id: UUID, *, inksoft: str, printavo: str
) -> EarlierSharing:
    """What comes back with the same pair (L5)."""
    row = (
        await session.execute(
            text(
                "SELECT share_orders_from, share_sources, skip_free_orders FROM link "
                "WHERE workspace_id = :workspace AND inksoft_account = :inksoft AND printavo_account = :printavo "
                "ORDER BY epoch DESC LIMIT 1"
            ),
            {"workspace": workspace_id, "inksoft": inksoft, "printavo": printavo},
        )
    ).one_or_none()
    if row is None:
        return EarlierSharing()
    return EarlierSharing(row.share_orders_from, tuple(row.share_sources), row.skip_free_orders)


def _side(row: Any, side: Side) -> AttemptSide:
    stored = dict(getattr(row, side))
    connection = stored.pop("connection_id")
    return AttemptSide(
        account=Account(**stored),
        connection_id=UUID(connection) if connection else None,
        sealed=getattr(row, f"{side}_sealed"),
    )


def _shown(account: Account, model: type[InkSoftAccount | PrintavoAccount]) -> dict[str, Any]:
    everything = {
        "external_id": account.external_id,
        "account_name": account.account_name,
        "plan": account.plan,
        "currency": account.currency,
        **account.details,
    }
    return {name: everything[name] for name in model.model_fields}
