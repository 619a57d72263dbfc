"""Teaching an unknown word: this exception's invoice is made anew at once, the others that hold the word by a job."""

from typing import Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.activity.queries.unknown import list_outdated_invoices
from api.activity.schemas.exceptions import ExceptionRead, MapMethod, MapSize
from api.core.operations import Subject, start_operation
from api.core.work import schedule_work
from api.invoices.actions.attach import Doing, lock_invoice
from api.settings.actions import REMAKE, remember_method, remember_size

APPLYING: Final = "exceptions.apply"


async def remember_word(
    session: AsyncSession,
    workspace_id: UUID,
    found: ExceptionRead,
    fix: MapSize | MapMethod,
    actor: dict[str, str],
) -> str:
    """Keep what the unknown word means; returns the meaning in words. Call it before anything of the link is locked: who
    changes the settings locks in that order too. Raises `WordNotKept`.
    """
    if isinstance(fix, MapSize):
        await remember_size(session, workspace_id, found.fact, fix.size, actor=actor)
        return f"{found.fact} is {fix.size.removeprefix('size_').upper()}"
    await remember_method(session, workspace_id, found.fact, fix.type_of_work_id, actor=actor)
    return f"{found.fact} is the type of work {fix.type_of_work_id}"


async def hold_invoice(session: AsyncSession, doing: Doing, found: ExceptionRead) -> UUID | None:
    """The invoice to make anew, locked; None for an order that is on none, or on one that takes nothing any more."""
    for record in found.records:
        if record.type == "invoice":
            invoice = await lock_invoice(session, doing.workspace_id, record.id)
            is_ours = invoice.printavo_account == doing.link.printavo_account
            return record.id if is_ours and not invoice.closed else None
    return None


async def apply_elsewhere(session: AsyncSession, doing: Doing, found: ExceptionRead) -> None:
    """Have every other invoice that holds a word known by now made anew, one after the other."""
    others = await list_outdated_invoices(session, doing.workspace_id)
    if others:
        await start_operation(
            session, APPLYING, workspace_id=doing.workspace_id, subject=Subject("exception", found.id),
            actor=doing.actor, total_count=len(others),
        )  # fmt: skip
        await schedule_work(session, doing.workspace_id, REMAKE, due_at=doing.now)
