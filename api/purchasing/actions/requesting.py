"""Asks for a status of a line in Printavo (B4): what is to be written, its operation and its job are one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from orjson import dumps
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.print_shop import LineStatus
from api.core.ids import new_id
from api.core.operations import OperationRead, Subject, fail_operation, start_operation
from api.core.outbox import record
from api.core.problems import NotFound, Problem
from api.core.work import schedule_work
from api.linking.queries import ActiveLink
from api.purchasing.rules import problem_of

WRITES: Final = "purchasing_writes"
KIND: Final = "purchasing.write"


class LineNotInPrintavo(Problem):
    """This line is not in Printavo yet. Wait until its invoice was written there."""

    status = 409
    retryable = True


class InvoiceOutOfReach(Problem):
    """This invoice is gone in Printavo, or belongs to an account that is not linked now. Nothing was changed."""

    status = 409


class PurchasingWriteUnderWay(Problem):
    """Another status of this line is being written to Printavo right now. Try again in a moment."""

    status = 409
    retryable = True


REQUEST_PROBLEMS = (LineNotInPrintavo, InvoiceOutOfReach, PurchasingWriteUnderWay)

# The invoice before its line, as everywhere: what settles a status holds the invoice, and then wants the line.
_HOLD = text("""
SELECT FROM invoice i JOIN line_item l ON l.workspace_id = i.workspace_id AND l.invoice_id = i.id
WHERE l.workspace_id = :workspace AND l.id = :line FOR KEY SHARE OF i
""")
# The line's row is what two that choose for it wait for.
_LINE = text("""
SELECT l.invoice_id, i.visual_id, i.closed, i.printavo_account, o.external_id,
       o.written ->> 'item_number' AS item_number, o.written ->> 'color' AS color
FROM line_item l
JOIN invoice i ON i.workspace_id = l.workspace_id AND i.id = l.invoice_id
LEFT JOIN remote_object o
  ON o.workspace_id = l.workspace_id AND o.invoice_id = l.invoice_id AND o.key = l.key AND o.kind = 'line'
WHERE l.workspace_id = :workspace AND l.id = :line FOR NO KEY UPDATE OF l
""")
_REPLACE = text("""
UPDATE purchasing_write SET state = 'failed', settled_at = now()
WHERE workspace_id = :workspace AND line_item_id = :line AND state = 'queued' RETURNING operation_id
""")
_UNDER_WAY = text("""
SELECT true FROM purchasing_write
WHERE workspace_id = :workspace AND line_item_id = :line AND state IN ('sending', 'unknown')
""")
_WRITE = text("""
INSERT INTO purchasing_write
    (workspace_id, id, invoice_id, line_item_id, operation_id, external_id, epoch, status, due_at, actor)
VALUES (:workspace, :id, :invoice, :line, :operation, :external, :epoch, :status, now(), CAST(:actor AS jsonb))
""")


async def set_purchasing_status(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    line_item_id: UUID,
    status: LineStatus,
    *,
    actor: Mapping[str, Any],
    now: datetime,
) -> OperationRead:
    """The operation that writes it. One that was chosen before and is not on its way yet is replaced.

    Raises `NotFound`, `LineNotInPrintavo`, `InvoiceOutOfReach`, `PurchasingWriteUnderWay`.
    """
    place = {"workspace": workspace_id, "line": line_item_id}
    line = await _find_line(session, place, link)
    for replaced in await session.scalars(_REPLACE, place):
        await fail_operation(session, workspace_id, replaced, problem=problem_of("replaced"), now=now)
    if await session.scalar(_UNDER_WAY, place):
        raise PurchasingWriteUnderWay
    subject = Subject("invoice", line.invoice_id)
    operation = await start_operation(
        session, KIND, workspace_id=workspace_id, subject=subject, actor=actor, total_count=1
    )
    write = {
        "id": new_id(), "invoice": line.invoice_id, "operation": operation.id, "external": line.external_id,
        "epoch": link.epoch, "status": status, "actor": dumps(dict(actor)).decode(),
    }  # fmt: skip
    await session.execute(_WRITE, {**place, **write})
    about = {
        "line_item_id": str(line_item_id), "invoice_number": line.visual_id, "item_number": line.item_number,
        "color": line.color, "status": status,
    }  # fmt: skip
    await record(
        session, "purchasing.status_chosen", workspace_id=workspace_id, subject_type="invoice",
        subjects=[(line.invoice_id, about)], actor=dict(actor),
    )  # fmt: skip
    await schedule_work(session, workspace_id, WRITES, due_at=now)
    return operation


async def _find_line(session: AsyncSession, place: Mapping[str, Any], link: ActiveLink) -> Any:
    await session.execute(_HOLD, dict(place))
    line = (await session.execute(_LINE, dict(place))).one_or_none()
    if line is None:
        raise NotFound("There is no such line item.")
    if line.closed or line.printavo_account != link.printavo_account:
        raise InvoiceOutOfReach
    if line.external_id is None:
        raise LineNotInPrintavo
    return line
