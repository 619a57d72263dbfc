"""Questions of the shop side about stores: what waits for an invoice, read from counters, never counted live."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.core.problems import NotFound
from api.linking.queries import ActiveLink
from api.orders.queries import states
from api.orders.queries.days import count_days
from api.settings.rules.choices import zone_of
from api.storefronts.rules.calendar import fill_days, last_days
from api.storefronts.schemas.inksoft import Day, StorefrontDetail, StorefrontRead, Storefronts, WaitingOrder
from api.storefronts.schemas.merch import MerchTotals
from api.stores.queries import JOIN_SHARING, SHARED, join_figures

# Counters know facts of orders only: what is shared of them is decided here. Open orders placed before the share date (it
# was moved) are taken off: an index range that is empty as a rule. The oldest one waiting is the first row of the same index.
_STOREFRONT = f"""
SELECT s.*, {SHARED} AS shared, figures.attached_order_count,
       CASE WHEN {SHARED} THEN figures.waiting_order_count - early.orders ELSE 0 END AS new_order_count,
       CASE WHEN {SHARED} THEN figures.waiting_piece_count - early.pieces ELSE 0 END AS waiting_piece_count,
       CASE WHEN {SHARED} THEN figures.waiting_amount - early.amount ELSE 0 END AS waiting_amount,
       oldest.id AS oldest_id, oldest.number AS oldest_number, oldest.placed_at AS oldest_waiting_at
FROM $stores s {JOIN_SHARING} {join_figures(waits=states.SHARED_COUNT)}
CROSS JOIN LATERAL (
    SELECT count(*) AS orders, coalesce(sum(o.piece_count), 0)::bigint AS pieces,
           coalesce(sum(o.total_amount), 0)::bigint AS amount
    FROM store_order o WHERE o.workspace_id = s.workspace_id AND o.store_id = s.id AND o.open
        AND o.placed_at < CAST(:share_from AS timestamptz) AND {states.SHARED_KIND}
) early
LEFT JOIN LATERAL (
    SELECT o.id, o.number, o.placed_at
    FROM store_order o WHERE o.workspace_id = s.workspace_id AND o.store_id = s.id AND {states.NEW}
    ORDER BY o.placed_at, o.id LIMIT 1
) oldest ON {SHARED}
"""  # noqa: S608 - constants
_ALL_STORES = "(SELECT * FROM store WHERE workspace_id = :workspace AND account = :account)"
_TOTALS = text(f"""
WITH storefront AS MATERIALIZED ({_STOREFRONT.replace("$stores", _ALL_STORES)})
SELECT count(*) FILTER (WHERE shared) AS shared_store_count,
       coalesce(sum(new_order_count), 0)::bigint AS new_order_count,
       coalesce(sum(attached_order_count), 0)::bigint AS attached_order_count,
       coalesce(sum(waiting_piece_count), 0)::bigint AS waiting_piece_count,
       coalesce(sum(waiting_amount), 0)::bigint AS waiting_amount,
       (SELECT to_json(first) FROM (
           SELECT oldest_id AS id, oldest_number AS number, oldest_waiting_at AS placed_at, id AS store_id, name AS store_name
           FROM storefront WHERE oldest_id IS NOT NULL ORDER BY oldest_waiting_at, oldest_id LIMIT 1) first) AS oldest
FROM storefront
""")  # noqa: S608 - constants


def _values(workspace_id: UUID, link: ActiveLink) -> dict[str, Any]:
    return {
        "workspace": workspace_id,
        "account": link.inksoft_account,
        **states.window_values(states.window_of(link)),
    }


async def get_storefronts(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    *,
    merch: MerchTotals,
    days: int,
    now: datetime,
) -> Storefronts:
    """The dashboard of the linked account (F2), beside what is known of Merch."""
    row = (await session.execute(_TOTALS, _values(workspace_id, link))).one()
    return Storefronts(
        linked=True,
        currency=link.currency,
        shared_store_count=row.shared_store_count,
        new_order_count=row.new_order_count,
        attached_order_count=row.attached_order_count,
        waiting_piece_count=row.waiting_piece_count,
        waiting_amount=row.waiting_amount,
        oldest_waiting_order=WaitingOrder.model_validate(row.oldest) if row.oldest else None,
        orders_per_day=await list_days(session, workspace_id, link, days=days, now=now),
        merch=merch,
    )


def no_storefronts(merch: MerchTotals) -> Storefronts:
    """What the dashboard says without a link: Merch alone works (F1)."""
    return Storefronts(
        linked=False,
        currency=None,
        shared_store_count=0,
        new_order_count=0,
        attached_order_count=0,
        waiting_piece_count=0,
        waiting_amount=0,
        oldest_waiting_order=None,
        orders_per_day=[],
        merch=merch,
    )


async def list_storefronts(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    *,
    q: str,
    position: Position | None,
    limit: int,
) -> Sequence[Any]:
    """`limit + 1` shared stores by name; show them with `to_storefront`, page by `storefront_key`."""
    back = position is not None and position.direction == "prev"
    sign, order = ("<", "DESC") if back else (">", "ASC")
    values = {**_values(workspace_id, link), "currency": link.currency, "most": limit + 1}
    conditions = ["s.workspace_id = :workspace", "s.account = :account", SHARED]
    if q:
        conditions.append("(strpos(lower(s.name), lower(:q)) > 0 OR s.external_id = :q)")
        values["q"] = q
    if position is not None:
        conditions.append(f"(lower(s.name), s.id) {sign} (:name, CAST(:id AS uuid))")
        values["name"], values["id"] = position.values
    page = f"""
    (SELECT s.* FROM store s {JOIN_SHARING} WHERE {" AND ".join(conditions)}
     ORDER BY lower(s.name) {order}, s.id {order} LIMIT :most)
    """  # noqa: S608 - constants; what callers send is bound
    statement = f"""
    SELECT front.*, lower(front.name) AS sort_name, CAST(:currency AS text) AS currency
    FROM ({_STOREFRONT.replace("$stores", page)}) front ORDER BY lower(front.name) {order}, front.id {order}
    """  # noqa: S608 - as above
    return (await session.execute(text(statement), values)).all()


def storefront_key(row: Any) -> tuple[Any, ...]:
    return (row.sort_name, str(row.id))


def to_storefront(row: Any) -> StorefrontRead:
    return StorefrontRead.model_validate(row)


async def get_storefront(
    session: AsyncSession, workspace_id: UUID, link: ActiveLink, store_id: UUID, *, days: int, now: datetime
) -> StorefrontDetail:
    """One store of the linked account, shared or not: attached orders stay (S5). Raises `NotFound`."""
    one = "(SELECT * FROM store WHERE workspace_id = :workspace AND account = :account AND id = :id)"
    row = (
        await session.execute(
            text(
                f"SELECT front.*, CAST(:currency AS text) AS currency FROM ({_STOREFRONT.replace('$stores', one)}) front"  # noqa: S608 - constants
            ),
            {**_values(workspace_id, link), "currency": link.currency, "id": store_id},
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such store.")
    per_day = await list_days(session, workspace_id, link, days=days, now=now, store_id=store_id)
    return StorefrontDetail(**to_storefront(row).model_dump(), orders_per_day=per_day)


async def list_days(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    *,
    days: int,
    now: datetime,
    store_id: UUID | None = None,
) -> list[Day]:
    """Orders per day, today last, of one store or of all."""
    zone = zone_of(link.time_zone)
    wanted = last_days(now, zone, days)
    counts = await count_days(session, workspace_id, link, zone=zone, first=wanted[0], store_id=store_id)
    return [Day(on=day, order_count=count) for day, count in fill_days(wanted, counts)]
