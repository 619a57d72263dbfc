"""Figures of stores that nobody waits for: changes are appended beside the order's change and folded a second later."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import add
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.work import ensure_work

FOLD = "fold"
_NOTHING = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class CounterDelta:
    """By how much a store's figures change, for orders of one origin that cost something or nothing (`is_free`).

    Those two are facts of orders, so that a shop may share other sources without anything being counted again. `open_…`
    follow the order's generated column `open`; amounts are cents.
    """

    store_id: UUID
    origin: str
    is_free: bool
    orders: int = 0
    open_orders: int = 0
    open_pieces: int = 0
    open_amount: int = 0
    attached_orders: int = 0


_APPEND = text("""
INSERT INTO store_counter_delta
    (workspace_id, store_id, origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders)
SELECT :workspace, *
FROM unnest(CAST(:stores AS uuid[]), CAST(:origins AS text[]), CAST(:free AS boolean[]), CAST(:orders AS integer[]),
            CAST(:open_orders AS integer[]), CAST(:open_pieces AS bigint[]), CAST(:open_amount AS bigint[]),
            CAST(:attached AS integer[]))
""")


async def append_deltas(session: AsyncSession, workspace_id: UUID, deltas: Iterable[CounterDelta]) -> None:
    """Append one row a store and kind in the transaction that changes the orders, and see that they are folded.

    No counter row is locked, so that many people can attach orders of one busy store at once.
    """
    told = _summed(deltas)
    if not told:
        return
    await session.execute(
        _APPEND,
        {
            "workspace": workspace_id,
            "stores": [delta.store_id for delta in told],
            "origins": [delta.origin for delta in told],
            "free": [delta.is_free for delta in told],
            "orders": [delta.orders for delta in told],
            "open_orders": [delta.open_orders for delta in told],
            "open_pieces": [delta.open_pieces for delta in told],
            "open_amount": [delta.open_amount for delta in told],
            "attached": [delta.attached_orders for delta in told],
        },
    )
    await ensure_work(session, workspace_id, FOLD)


def _summed(deltas: Iterable[CounterDelta]) -> list[CounterDelta]:
    """One a store and kind; those that come to nothing are left out."""
    sums: dict[tuple[UUID, str, bool], tuple[int, ...]] = {}
    for delta in deltas:
        kind = (delta.store_id, delta.origin, delta.is_free)
        more = (
            delta.orders, delta.open_orders, delta.open_pieces, delta.open_amount, delta.attached_orders
        )  # fmt: skip
        sums[kind] = tuple(map(add, sums.get(kind, _NOTHING), more))
    return [CounterDelta(*kind, *total) for kind, total in sums.items() if any(total)]


_FOLD = text("""
WITH taken AS (
    DELETE FROM store_counter_delta WHERE workspace_id = :workspace
    RETURNING store_id, origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders
), summed AS (
    SELECT store_id, origin, is_free, sum(orders) AS orders, sum(open_orders) AS open_orders,
           sum(open_pieces) AS open_pieces, sum(open_amount) AS open_amount, sum(attached_orders) AS attached_orders
    FROM taken GROUP BY store_id, origin, is_free
)
INSERT INTO store_counter AS counter
    (workspace_id, store_id, origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders)
SELECT :workspace, store_id, origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders
FROM summed ORDER BY store_id, origin, is_free
ON CONFLICT (workspace_id, store_id, origin, is_free) DO UPDATE SET
    orders = counter.orders + excluded.orders,
    open_orders = counter.open_orders + excluded.open_orders,
    open_pieces = counter.open_pieces + excluded.open_pieces,
    open_amount = counter.open_amount + excluded.open_amount,
    attached_orders = counter.attached_orders + excluded.attached_orders
RETURNING store_id
""")


async def fold_counters(session: AsyncSession, workspace_id: UUID) -> int:
    """Fold every appended change into its store's counters, in order; returns how many stores and kinds had one."""
    return len((await session.execute(_FOLD, {"workspace": workspace_id})).all())
