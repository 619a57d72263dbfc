"""The goods of an invoice as they cross the wire."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.problems import NotFound
from api.invoices.queries.purchasing import Goods, get_goods, show_group_purchasing, show_line_purchasing
from api.invoices.rules.wanted import WantedGroup
from api.invoices.rules.wanted_json import wanted_from_json
from api.purchasing.schemas import GroupOfPurchasing, InvoicePurchasing, LineOfPurchasing

_INVOICE = text("""
SELECT r.wanted, w.read_at
FROM invoice i
JOIN invoice_revision r ON r.workspace_id = i.workspace_id AND r.invoice_id = i.id AND r.revision = i.revision
LEFT JOIN purchasing_watch w ON w.workspace_id = i.workspace_id AND w.invoice_id = i.id
WHERE i.workspace_id = :workspace AND i.id = :invoice
""")


async def get_purchasing(session: AsyncSession, workspace_id: UUID, invoice_id: UUID) -> InvoicePurchasing:
    """Groups, lines, pieces (B1 to B3), in three statements; raises `NotFound`."""
    row = (await session.execute(_INVOICE, {"workspace": workspace_id, "invoice": invoice_id})).one_or_none()
    if row is None:
        raise NotFound("There is no such invoice.")
    goods = await get_goods(session, workspace_id, invoice_id)
    wanted = wanted_from_json(row.wanted)
    return InvoicePurchasing(
        invoice_id=invoice_id,
        precedence=goods.choices.precedence,
        groups=[_show_group(goods, group) for group in wanted.groups],
        read_at=row.read_at,
    )


def _show_group(goods: Goods, group: WantedGroup) -> GroupOfPurchasing:
    lines = [
        LineOfPurchasing(
            **dict(show_line_purchasing(goods, line)),
            item_number=line.draft.item_number,
            color=line.draft.color,
            description=line.draft.description,
        )
        for line in group.lines
    ]
    return GroupOfPurchasing(**dict(show_group_purchasing(goods, group)), lines=lines)
