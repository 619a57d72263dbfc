"""Orders per day of the shop, from counts: no order is read, however many there are (F2)."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.linking.queries import ActiveLink
from api.orders.queries import states
from api.stores.queries import JOIN_SHARING, SHARED

# Attached orders stay whatever is shared (S5); all others are those of a shared store and kind, from the share date on.
_PER_DAY = f"""
SELECT counted.on_day, sum(CASE WHEN {SHARED} AND counted.on_day >= :share_day AND {states.SHARED_COUNT}
                                THEN counted.orders ELSE counted.attached END)::bigint AS orders
FROM (
    SELECT store_id, on_day, origin, is_free, orders, attached
    FROM order_day WHERE workspace_id = :workspace AND on_day >= :first $only
    UNION ALL
    SELECT store_id, CAST(placed_at AT TIME ZONE :zone AS date), origin, is_free, orders, attached
    FROM order_day_delta WHERE workspace_id = :workspace AND placed_at >= :begin $only
) counted
JOIN store s ON s.workspace_id = :workspace AND s.id = counted.store_id {JOIN_SHARING}
WHERE s.account = :account GROUP BY counted.on_day
"""  # noqa: S608 - constants
# A share date in the middle of a day: the orders of its morning are no orders of the shop side.
_EARLY = f"""
SELECT count(*) FROM store_order o {states.JOIN_STORE}
WHERE o.workspace_id = :workspace AND o.account = :account AND o.open AND {SHARED} AND {states.SHARED_KIND}
    AND o.placed_at >= :share_day_begins AND o.placed_at < CAST(:share_from AS timestamptz) $only
"""  # noqa: S608 - constants


async def count_days(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    *,
    zone: ZoneInfo,
    first: date,
    store_id: UUID | None = None,
) -> dict[date, int]:
    """Orders of each day from `first` on, of one store or of all: attached or shared ones that are not cancelled."""
    share_day = link.share_orders_from.astimezone(zone).date()
    begins = datetime.combine(share_day, time(), zone)
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "account": link.inksoft_account,
        "zone": zone.key,
        "first": first,
        "begin": datetime.combine(first, time(), zone),
        "share_day": share_day,
        "share_day_begins": begins,
        "store": store_id,
        **states.window_values(states.window_of(link)),
    }
    only = "" if store_id is None else "AND store_id = :store"
    rows = await session.execute(text(_PER_DAY.replace("$only", only)), values)
    counts = {row.on_day: int(row.orders) for row in rows}
    if begins < link.share_orders_from and share_day in counts:
        early = await session.scalar(
            text(_EARLY.replace("$only", only.replace("store_id", "o.store_id"))), values
        )
        counts[share_day] -= int(early or 0)
    return counts
