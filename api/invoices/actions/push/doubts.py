"""A reading outside a push that does not show an invoice: no proof that it is gone, but reason for the push to look."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.work import schedule_work
from api.invoices.actions.attach import PUSH

# The books are not known to hold anything of it until the push has looked. One that is under way, or stopped, is left to it;
# so is one that a push found since, perhaps under another id.
_DOUBT = text("""
UPDATE invoice SET push_state = 'checking', pushed_revision = 0, push_due_at = NULL, version = version + 1
WHERE workspace_id = :workspace AND id = :invoice AND external_id = :external AND push_state = 'in_printavo' AND NOT closed
  AND coalesce(read_back_at < :read_at, true)
RETURNING true
""")


async def doubt_invoice(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, *, external_id: str, read_at: datetime
) -> None:
    """Printavo showed nothing under this id, in a reading that began at `read_at` (database time): have the push look.

    It looks by the marker too before it believes that an invoice was deleted; then it says so, closes it and makes nothing again.
    """
    place = {"workspace": workspace_id, "invoice": invoice_id, "external": external_id, "read_at": read_at}
    if await session.scalar(_DOUBT, place):
        await schedule_work(session, workspace_id, PUSH, due_at=read_at)
