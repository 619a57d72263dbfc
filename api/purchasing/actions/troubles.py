"""A status that did not get through to Printavo needs a person: told as an exception, until the line shows what is wanted (B4)."""

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.attention import AttentionCode, clear, note
from api.purchasing.queries.writes import DueWrite
from api.purchasing.rules import Ending, needs_a_person, outlasts, problem_of

NOT_WRITTEN: Final[AttentionCode] = "status_not_written"

_FAILED = text("""
SELECT w.sends, w.status_before, o.written ->> 'item_number' AS item_number, o.written ->> 'color' AS color
FROM purchasing_write w
LEFT JOIN line_item l ON l.workspace_id = w.workspace_id AND l.id = w.line_item_id
LEFT JOIN remote_object o
  ON o.workspace_id = l.workspace_id AND o.invoice_id = l.invoice_id AND o.key = l.key AND o.kind = 'line'
WHERE w.workspace_id = :workspace AND w.id = :write
""")
_STANDING = text("""
SELECT a.fact, a.details, l.id IS NULL AS is_gone, l.printavo_status AS shown
FROM attention a
LEFT JOIN line_item l ON l.workspace_id = a.workspace_id AND l.id = CAST(a.fact AS uuid)
WHERE a.workspace_id = :workspace AND a.subject_id = :invoice AND a.code = :code AND a.resolved_at IS NULL
""")


async def tell_failure(session: AsyncSession, workspace_id: UUID, write: DueWrite, ending: Ending) -> None:
    """One open exception a line, about the last status that failed; none where somebody chose otherwise in Printavo.

    `before` among its details is what Printavo showed when it was sent. What was never sent has none.
    """
    if not needs_a_person(ending):
        await _close(session, workspace_id, write.invoice_id, write.line_item_id, "moved_on")
        return
    row = (await session.execute(_FAILED, {"workspace": workspace_id, "write": write.id})).one()
    details: dict[str, Any] = {
        "status": write.status, "ending": ending, "detail": problem_of(ending).detail,
        "item_number": row.item_number, "color": row.color,
    }  # fmt: skip
    if row.sends:
        details["before"] = row.status_before
    for standing in await _list_standing(session, workspace_id, write.invoice_id):
        if standing.fact == str(write.line_item_id) and standing.details != details:
            await _close(session, workspace_id, write.invoice_id, write.line_item_id, "failed_anew")
    await note(
        session, NOT_WRITTEN, workspace_id=workspace_id, subject_type="invoice", subject_id=write.invoice_id,
        fact=str(write.line_item_id), **details,
    )  # fmt: skip


async def clear_failure(session: AsyncSession, workspace_id: UUID, write: DueWrite) -> None:
    """Printavo shows the status that was chosen last."""
    await _close(session, workspace_id, write.invoice_id, write.line_item_id, "written")


async def clear_outlived(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> None:
    """After a reading of the invoice: close what its lines do not bear out any more."""
    ended = defaultdict[str, list[str]](list)
    for row in await _list_standing(session, workspace_id, invoice_id):
        resolution = "moved_on" if row.is_gone else outlasts(row.details, row.shown)
        if resolution is not None:
            ended[resolution].append(row.fact)
    for resolution, lines in ended.items():
        await clear(
            session, NOT_WRITTEN, workspace_id=workspace_id, subject_type="invoice", subject_id=invoice_id,
            resolution=resolution, facts=lines,
        )  # fmt: skip


async def _list_standing(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> list[Any]:
    place = {"workspace": workspace_id, "invoice": invoice_id, "code": NOT_WRITTEN}
    return list((await session.execute(_STANDING, place)).all())


async def _close(
    session: AsyncSession, workspace_id: UUID, invoice_id: UUID, line_item_id: UUID, resolution: str
) -> None:
    await clear(
        session, NOT_WRITTEN, workspace_id=workspace_id, subject_type="invoice", subject_id=invoice_id,
        resolution=resolution, facts=[str(line_item_id)],
    )  # fmt: skip
