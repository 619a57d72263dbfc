"""Counts orders by the shop's day: changes are appended with their moment and folded into days a little later (F2).

Only the fold knows the time zone, so that whoever writes orders need not, and another zone is one count anew.
"""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.work import ensure_work
from api.orders.rules.days import DayDelta

DAYS: Final = "days"
# Every time zone's day begins at a quarter of an hour: orders of one quarter are always of one day.
_QUARTER = "date_bin('15 minutes', placed_at, timestamptz '2000-01-01 00:00:00+00')"
_APPEND = text(f"""
INSERT INTO order_day_delta (workspace_id, store_id, placed_at, origin, is_free, orders, attached)
SELECT :workspace, store_id, {_QUARTER}, origin, is_free, sum(orders), sum(attached)
FROM unnest(CAST(:stores AS uuid[]), CAST(:placed AS timestamptz[]), CAST(:origins AS text[]), CAST(:free AS boolean[]),
            CAST(:orders AS integer[]), CAST(:attached AS integer[]))
    AS given (store_id, placed_at, origin, is_free, orders, attached)
GROUP BY store_id, {_QUARTER}, origin, is_free HAVING sum(orders) <> 0 OR sum(attached) <> 0
""")  # noqa: S608 - a constant

# Part of the statement that puts orders on an invoice: `marked` are their rows. They were counted before, as not attached.
COUNT_ATTACHED = f"""
INSERT INTO order_day_delta (workspace_id, store_id, placed_at, origin, is_free, orders, attached)
SELECT :workspace, store_id, {_QUARTER}, origin, total_amount = 0, 0, count(*) FROM marked WHERE NOT cancelled
GROUP BY store_id, {_QUARTER}, origin, total_amount = 0
"""  # noqa: S608 - a constant

_LOCK_ZONE = text("""
INSERT INTO order_day_zone AS z (workspace_id, account) VALUES (:workspace, :account)
ON CONFLICT (workspace_id, account) DO UPDATE SET account = excluded.account RETURNING zone
""")
_FOLD = text("""
WITH taken AS (
    DELETE FROM order_day_delta d USING store s
    WHERE d.workspace_id = :workspace AND s.workspace_id = :workspace AND s.id = d.store_id AND s.account = :account
    RETURNING d.store_id, CAST(d.placed_at AT TIME ZONE :zone AS date) AS on_day, d.origin, d.is_free, d.orders, d.attached
)
INSERT INTO order_day AS day (workspace_id, store_id, on_day, origin, is_free, orders, attached)
SELECT :workspace, store_id, on_day, origin, is_free, sum(orders), sum(attached)
FROM taken GROUP BY store_id, on_day, origin, is_free ORDER BY store_id, on_day
ON CONFLICT (workspace_id, store_id, on_day, origin, is_free)
DO UPDATE SET orders = day.orders + excluded.orders, attached = day.attached + excluded.attached
RETURNING store_id
""")
_EMPTY = text("""
DELETE FROM order_day d USING store s
WHERE d.workspace_id = :workspace AND s.workspace_id = :workspace AND s.id = d.store_id AND s.account = :account
""")
# One statement, one snapshot: the changes it takes away are those of the orders it counts, and no others.
_RECOUNT = text("""
WITH taken AS (
    DELETE FROM order_day_delta d USING store s
    WHERE d.workspace_id = :workspace AND s.workspace_id = :workspace AND s.id = d.store_id AND s.account = :account
)
INSERT INTO order_day (workspace_id, store_id, on_day, origin, is_free, orders, attached)
SELECT workspace_id, store_id, CAST(placed_at AT TIME ZONE :zone AS date) AS on_day, origin, total_amount = 0,
       count(*), count(invoice_id)
FROM store_order
WHERE workspace_id = :workspace AND account = :account AND NOT cancelled
    AND (approval = 'approved' OR invoice_id IS NOT NULL)
GROUP BY workspace_id, store_id, on_day, origin, total_amount = 0
""")
_SET_ZONE = text(
    "UPDATE order_day_zone SET zone = :zone WHERE workspace_id = :workspace AND account = :account"
)


async def append_day_deltas(session: AsyncSession, workspace_id: UUID, deltas: Iterable[DayDelta]) -> None:
    """Append in the transaction that changes the orders, and see that it is folded. No row of a count is locked."""
    told = [delta for delta in deltas if delta.orders or delta.attached]
    if not told:
        return
    await session.execute(
        _APPEND,
        {
            "workspace": workspace_id,
            "stores": [delta.store_id for delta in told],
            "placed": [delta.placed_at for delta in told],
            "origins": [delta.origin for delta in told],
            "free": [delta.is_free for delta in told],
            "orders": [delta.orders for delta in told],
            "attached": [delta.attached for delta in told],
        },
    )
    await ensure_work(session, workspace_id, DAYS)


async def fold_days(session: AsyncSession, workspace_id: UUID, account: str, *, zone: str) -> bool:
    """Fold what was appended into days of this zone, or count everything anew when the zone is another than before.

    Returns whether there was anything to do. Folds of one account wait for each other.
    """
    place = {"workspace": workspace_id, "account": account, "zone": zone}
    if await session.scalar(_LOCK_ZONE, place) == zone:
        return bool((await session.execute(_FOLD, place)).all())
    await session.execute(_EMPTY, place)
    await session.execute(_RECOUNT, place)
    await session.execute(_SET_ZONE, place)
    return True
