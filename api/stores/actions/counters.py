"""Figures of stores that nobody waits for: changes are appended beside the order's change and folded a second later."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.work import ensure_work

FOLD = "fold"


@dataclass(frozen=True, slots=True)
class CounterDelta:
    """By how much a store's figures change. `open_…` follow the order's generated column `open`; amounts are cents."""

    store_id: UUID
    orders: int = 0
    open_orders: int = 0
    open_pieces: int = 0
    open_amount: int = 0
    attached_orders: int = 0

    def is_nothing(self) -> bool:
        return not (
            self.orders or self.open_orders or self.open_pieces or self.open_amount or self.attached_orders
        )


_APPEND = text("""
INSERT INTO store_counter_delta
    (workspace_id, store_id, orders, open_orders, open_pieces, open_amount, attached_orders)
SELECT :workspace, store_id, sum(orders), sum(open_orders), sum(open_pieces), sum(open_amount), sum(attached)
FROM unnest(CAST(:stores AS uuid[]), CAST(:orders AS integer[]), CAST(:open_orders AS integer[]),
            CAST(:open_pieces AS bigint[]), CAST(:open_amount AS bigint[]), CAST(:attached AS integer[]))
    AS given (store_id, orders, open_orders, open_pieces, open_amount, attached)
GROUP BY store_id
""")


async def append_deltas(session: AsyncSession, workspace_id: UUID, deltas: Sequence[CounterDelta]) -> None:
    """Append one row a store in the transaction that changes the orders, and see that they are folded.

    No counter row is locked, so that many people can attach orders of one busy store at once.
    """
    told = [delta for delta in deltas if not delta.is_nothing()]
    if not told:
        return
    await session.execute(
        _APPEND,
        {
            "workspace": workspace_id,
            "stores": [delta.store_id for delta in told],
            "orders": [delta.orders for delta in told],
            "open_orders": [delta.open_orders for delta in told],
            "open_pieces": [delta.open_pieces for delta in told],
            "open_amount": [delta.open_amount for delta in told],
            "attached": [delta.attached_orders for delta in told],
        },
    )
    await ensure_work(session, workspace_id, FOLD)


_FOLD = text("""
WITH taken AS (
    DELETE FROM store_counter_delta WHERE workspace_id = :workspace
    RETURNING store_id, orders, open_orders, open_pieces, open_amount, attached_orders
), summed AS (
    SELECT store_id, sum(orders) AS orders, sum(open_orders) AS open_orders, sum(open_pieces) AS open_pieces,
           sum(open_amount) AS open_amount, sum(attached_orders) AS attached_orders
    FROM taken GROUP BY store_id
)
INSERT INTO store_counter AS counter
    (workspace_id, store_id, orders, open_orders, open_pieces, open_amount, attached_orders)
SELECT :workspace, store_id, orders, open_orders, open_pieces, open_amount, attached_orders
FROM summed ORDER BY store_id
ON CONFLICT (workspace_id, store_id) DO UPDATE SET
    orders = counter.orders + excluded.orders,
    open_orders = counter.open_orders + excluded.open_orders,
    open_pieces = counter.open_pieces + excluded.open_pieces,
    open_amount = counter.open_amount + excluded.open_amount,
    attached_orders = counter.attached_orders + excluded.attached_orders
RETURNING store_id
""")


async def fold_counters(session: AsyncSession, workspace_id: UUID) -> int:
    """Fold every appended change into its store's counter, stores in order; returns how many stores had one."""
    return len((await session.execute(_FOLD, {"workspace": workspace_id})).all())
