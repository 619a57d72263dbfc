"""The picker (A1): invoices that hold orders of one store, most recently created first."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.invoices.queries.reading import summary_members
from api.invoices.schemas.reading import InvoiceSummary
from api.linking.queries import ActiveLink

_CONDITIONS = """
i.workspace_id = :workspace AND i.printavo_account = :account AND i.store_id = :store AND s.account = :store_account
AND (:q = '' OR strpos(lower(i.nickname), lower(:q)) > 0 OR strpos(lower(i.contact_name), lower(:q)) > 0
     OR strpos(coalesce(i.visual_id, ''), :q) > 0)
"""
_COLUMNS = """
i.id, i.visual_id, i.nickname, i.contact_name, i.store_id, s.name AS store_name, i.order_count, i.piece_count, i.total_amount,
i.currency, i.push_state, i.closed, i.created_at, i.created_by, i.created_at::text AS created_at_text
"""
# Both accounts are those of the link: a store of another InkSoft account has none, though its invoices are in these books.
_FROM = "invoice i JOIN store s ON s.workspace_id = i.workspace_id AND s.id = i.store_id"
_HIDDEN = "(i.closed OR i.remote_status_id = ANY(CAST(:final AS text[])))"


async def list_invoices(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    *,
    store_id: UUID,
    q: str,
    final_status_ids: Sequence[str],
    position: Position | None,
    limit: int,
) -> Sequence[Any]:
    """`limit + 1` rows, newest first, in the direction of `position`; closed ones and those in a final status are left out."""
    back = position is not None and position.direction == "prev"
    sign, order = (">", "ASC") if back else ("<", "DESC")
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "account": link.printavo_account,
        "store_account": link.inksoft_account,
        "store": store_id,
        "q": q,
        "final": list(final_status_ids),
        "most": limit + 1,
    }
    after = ""
    if position is not None:
        after = f"AND (i.created_at, i.id) {sign} (CAST(CAST(:created_at AS text) AS timestamptz), CAST(:id AS uuid))"
        values["created_at"], values["id"] = position.values
    statement = f"""
    SELECT {_COLUMNS} FROM {_FROM}
    WHERE {_CONDITIONS} AND NOT coalesce({_HIDDEN}, false) {after}
    ORDER BY i.created_at {order}, i.id {order} LIMIT :most
    """  # noqa: S608 - made of constants of this file; what callers send is bound
    return (await session.execute(text(statement), values)).all()


async def count_hidden(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    *,
    store_id: UUID,
    q: str,
    final_status_ids: Sequence[str],
) -> int:
    """How many of this store's invoices the picker leaves out, so that it can say so."""
    statement = f"SELECT count(*) FROM {_FROM} WHERE {_CONDITIONS} AND {_HIDDEN}"  # noqa: S608 - constants
    values = {
        "workspace": workspace_id,
        "account": link.printavo_account,
        "store_account": link.inksoft_account,
        "store": store_id,
        "q": q,
        "final": list(final_status_ids),
    }
    return int(await session.scalar(text(statement), values) or 0)


async def get_summaries(
    session: AsyncSession, workspace_id: UUID, invoice_ids: Sequence[UUID]
) -> dict[UUID, InvoiceSummary]:
    """These invoices as the picker shows them, by id."""
    statement = f"""
    SELECT {_COLUMNS} FROM {_FROM} WHERE i.workspace_id = :workspace AND i.id = ANY(CAST(:ids AS uuid[]))
    """  # noqa: S608 - constants
    rows = await session.execute(text(statement), {"workspace": workspace_id, "ids": list(invoice_ids)})
    return {row.id: to_summary(row) for row in rows}


def picker_key(row: Any) -> tuple[str, str]:
    return (row.created_at_text, str(row.id))


def to_summary(row: Any) -> InvoiceSummary:
    return InvoiceSummary(**summary_members(row))
