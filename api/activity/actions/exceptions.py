"""Trying an exception again and resolving it: each fix removes the cause, in the transaction that says who did it.

The cause is locked before the exception's own row (link → invoice → exception): so does the job that closes it by itself.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.activity.actions.teaching import apply_elsewhere, hold_invoice, remember_word
from api.activity.queries.exceptions import get_exception, get_failed_status
from api.activity.rules.troubles import FixKind
from api.activity.schemas.exceptions import (
    ChooseContact,
    ConfirmDeleted,
    Dismiss,
    ExceptionRead,
    MapMethod,
    MapSize,
    ResolutionFix,
)
from api.core.attention import mark_tried, resolve
from api.core.outbox import EventType, record
from api.core.problems import Problem
from api.core.secrets import KeyedHash
from api.invoices.actions.attach import Doing
from api.invoices.actions.remake import remake_invoice
from api.invoices.actions.retry import retry_for_contact, retry_push
from api.linking.queries import require_active_link
from api.orders.schemas.selection import OrderSelection
from api.purchasing.actions.requesting import set_purchasing_status
from api.settings.schemas.contacts import InvoiceContactChange
from api.sync.actions.comparisons import request_comparison
from api.sync.actions.refreshes import request_refresh
from api.sync.actions.runs import request_run


class AlreadyResolved(Problem):
    """This exception is resolved already, by somebody else or by itself. Nothing was changed."""

    status = 409


class FixNotOffered(Problem):
    """This cannot be done about this exception. Choose one of the fixes that it lists. Nothing was changed."""

    status = 409


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts on exceptions, and when."""

    workspace_id: UUID
    hashes: KeyedHash
    actor: dict[str, str]
    now: datetime

    async def doing(self, session: AsyncSession) -> Doing:
        """The same for acts on invoices; raises `NotLinked`, `LinkNeedsReauth`, `LinkSuspended`."""
        link = await require_active_link(session, self.workspace_id)
        return Doing(workspace_id=self.workspace_id, link=link, actor=self.actor, now=self.now)


async def retry_exception(session: AsyncSession, acting: Acting, exception_id: UUID) -> ExceptionRead:
    """Have what failed done again; it closes by itself when that works.

    Raises `NotFound`, `AlreadyResolved`, `FixNotOffered`, and what the act itself raises.
    """
    found = await _require_fix(session, acting, exception_id, "retry")
    await RETRIES[found.code](session, acting, found)
    await mark_tried(session, acting.workspace_id, exception_id, now=acting.now)
    await _tell(session, acting, "exception.retried", found)
    return await get_exception(session, acting.workspace_id, exception_id)


async def resolve_exception(
    session: AsyncSession, acting: Acting, exception_id: UUID, fix: ResolutionFix
) -> ExceptionRead:
    """Apply a fix and close the exception, with who did it and why; what InkSoft is to be asked about first stays open till then.

    Raises `NotFound`, `AlreadyResolved` (the loser of a race too), `FixNotOffered`, and what the fix itself raises.
    """
    found = await _require_fix(session, acting, exception_id, fix.fix)
    if isinstance(fix, Dismiss):
        await _resolve(session, acting, found, "dismissed", fix.reason)
    elif isinstance(fix, ChooseContact):
        contact = InvoiceContactChange(contact_id=fix.contact_id, contact_name=fix.contact_name)
        await retry_for_contact(session, await acting.doing(session), found.subject_id, contact)
        await _resolve(session, acting, found, "contact_chosen", contact.contact_name)
    elif isinstance(fix, ConfirmDeleted):
        await _confirm_deleted(session, acting, found)
    else:
        await _teach(session, acting, found, fix)
    return await get_exception(session, acting.workspace_id, exception_id)


async def _teach(
    session: AsyncSession, acting: Acting, found: ExceptionRead, fix: MapSize | MapMethod
) -> None:
    """Resolved before its invoice is made anew: what a revision no longer finds it closes as nobody's doing."""
    meaning = await remember_word(session, acting.workspace_id, found, fix, acting.actor)
    doing = await acting.doing(session)
    invoice_id = await hold_invoice(session, doing, found)
    await _resolve(session, acting, found, "taught", meaning)
    if invoice_id is not None:
        await remake_invoice(session, acting.hashes, doing, invoice_id)
    await apply_elsewhere(session, doing, found)


async def _confirm_deleted(session: AsyncSession, acting: Acting, found: ExceptionRead) -> None:
    """Their word is kept before a comparison is asked for: one that is just ending either hears it or is over by then."""
    await require_active_link(session, acting.workspace_id)
    if not await mark_tried(session, acting.workspace_id, found.id, now=acting.now, are_deleted=True):
        raise AlreadyResolved
    await request_comparison(session, acting.workspace_id, now=acting.now)
    await _tell(session, acting, "exception.deletions_confirmed", found)


async def _resolve(
    session: AsyncSession, acting: Acting, found: ExceptionRead, ended: str, reason: str
) -> None:
    is_mine = await resolve(
        session, acting.workspace_id, found.id,
        resolution=ended, reason=reason, actor=acting.actor, now=acting.now,
    )  # fmt: skip
    if not is_mine:
        raise AlreadyResolved
    await _tell(session, acting, "exception.resolved", found, reason=reason)


async def _require_fix(
    session: AsyncSession, acting: Acting, exception_id: UUID, wanted: FixKind
) -> ExceptionRead:
    found = await get_exception(session, acting.workspace_id, exception_id)
    if found.resolution is not None:
        raise AlreadyResolved
    if wanted not in {fix.kind for fix in found.fixes}:
        raise FixNotOffered
    return found


async def _tell(
    session: AsyncSession, acting: Acting, type_: EventType, found: ExceptionRead, **more: Any
) -> None:
    about = {"code": found.code, "title": found.title, "about_type": found.subject_type, **more}
    await record(
        session, type_, workspace_id=acting.workspace_id, subject_type="exception",
        subjects=[(found.id, {**about, "about_id": str(found.subject_id)})], actor=acting.actor,
    )  # fmt: skip


async def _push_again(session: AsyncSession, acting: Acting, found: ExceptionRead) -> None:
    await retry_push(session, await acting.doing(session), found.subject_id)


async def _set_status_again(session: AsyncSession, acting: Acting, found: ExceptionRead) -> None:
    """The status that failed, for its line; the invoice is locked before the exception."""
    link = await require_active_link(session, acting.workspace_id)
    status = await get_failed_status(session, acting.workspace_id, found.id)
    await set_purchasing_status(
        session, acting.workspace_id, link, UUID(found.fact), status, actor=acting.actor, now=acting.now
    )


async def _read_again(session: AsyncSession, acting: Acting, _: ExceptionRead) -> None:
    await request_run(session, acting.workspace_id, now=acting.now)


async def _read_order_again(session: AsyncSession, acting: Acting, found: ExceptionRead) -> None:
    """The whole order, whether or not InkSoft says that it changed: not every edit moves a date."""
    selection = OrderSelection(order_ids=[found.subject_id])
    await request_refresh(session, acting.workspace_id, selection, actor=acting.actor, now=acting.now)


async def _compare_again(session: AsyncSession, acting: Acting, _: ExceptionRead) -> None:
    await request_comparison(session, acting.workspace_id, now=acting.now)


async def _make_anew(session: AsyncSession, acting: Acting, found: ExceptionRead) -> None:
    """The invoice that its order is on; an order that is on none any more has nothing to make anew."""
    for record_ in found.records:
        if record_.type == "invoice":
            await remake_invoice(session, acting.hashes, await acting.doing(session), record_.id)
            return
    raise FixNotOffered("Its order is on no invoice any more. Nothing was changed.")


Retry = Callable[[AsyncSession, Acting, ExceptionRead], Awaitable[None]]
RETRIES: Final[Mapping[str, Retry]] = {
    "push_stopped": _push_again,
    "status_not_written": _set_status_again,
    "order_unreadable": _read_again,
    "orders_missing": _compare_again,
    "orders_vanished": _compare_again,
    "changed_after_attaching": _read_order_again,
    "does_not_add_up": _read_order_again,
    "unknown_size": _make_anew,
    "unknown_method": _make_anew,
}
