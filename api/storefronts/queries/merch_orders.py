"""Questions about orders of Printavo's own stores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.merch import OrderStatus
from api.core.paging import Position
from api.storefronts.queries.merch import Shelf
from api.storefronts.schemas.merch import FULFILLED, MerchOrderRead, MerchOrderStore, MerchSort

_COLUMNS = """
o.id, o.external_id, o.number, o.store_id, s.name AS store_name, o.customer_name, o.placed_at, o.status, o.delivery,
o.quantity, o.items_amount, o.promotion_amount, o.tax_amount, o.delivery_amount, o.total_amount, o.currency
"""
# Said in the statement, not bound: only so is the index of what waits found, also by a plan made for any parameters.
_ONLY: Final[Mapping[OrderStatus, str]] = {
    "unfulfilled": "o.status = 'unfulfilled'",
    "fulfilled": "o.status = 'fulfilled'",
}


@dataclass(frozen=True, slots=True)
class MerchOrderFilter:
    """`q` is part of a number or customer. Without a store, the orders of all stores that are shown."""

    q: str
    store_id: UUID | None
    statuses: Sequence[OrderStatus]


async def list_orders(
    session: AsyncSession,
    shelf: Shelf,
    wanted: MerchOrderFilter,
    *,
    sort: MerchSort,
    position: Position | None,
    limit: int,
) -> Sequence[Any]:
    """`limit + 1` orders by the time they were placed; show them with `to_order`, page by `order_key`."""
    back = position is not None and position.direction == "prev"
    newest_first = (sort == "-placed_at") is not back
    sign, order = ("<", "DESC") if newest_first else (">", "ASC")
    values: dict[str, Any] = {**shelf.values(), "most": limit + 1}
    conditions = [
        "o.workspace_id = :workspace",
        "o.account = :account",
        "NOT s.is_gone",
    ]
    if len(wanted.statuses) == 1:
        conditions.append(_ONLY[wanted.statuses[0]])
    if wanted.store_id is None:
        conditions.append(shelf.shown)
    else:
        conditions.append("o.store_id = :store")
        values["store"] = wanted.store_id
    if wanted.q:
        conditions.append(
            "(strpos(lower(o.number), lower(:q)) > 0 OR strpos(lower(o.customer_name), lower(:q)) > 0)"
        )
        values["q"] = wanted.q
    if position is not None:
        conditions.append(f"(o.placed_at, o.id) {sign} (CAST(:at AS timestamptz), CAST(:id AS uuid))")
        values["at"], values["id"] = datetime.fromisoformat(position.values[0]), position.values[1]
    statement = f"""
    SELECT {_COLUMNS} FROM merch_order o
    JOIN merch_store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
    WHERE {" AND ".join(conditions)} ORDER BY o.placed_at {order}, o.id {order} LIMIT :most
    """  # noqa: S608 - made of constants of this file; what callers send is bound
    return (await session.execute(text(statement), values)).all()


def order_key(row: Any) -> tuple[str, str]:
    return (row.placed_at.isoformat(), str(row.id))


def to_order(row: Any) -> MerchOrderRead:
    members = {name: getattr(row, name) for name in MerchOrderRead.model_fields if hasattr(row, name)}
    return MerchOrderRead(
        **members,
        store=MerchOrderStore(id=row.store_id, name=row.store_name),
        fulfilled=FULFILLED[row.status],
    )
