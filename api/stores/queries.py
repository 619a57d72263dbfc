"""Questions about stores, sharing and figures. Every question names the account: another pair's stores never show (L5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.core.problems import NotFound
from api.linking.queries import ActiveLink
from api.linking.queries.disconnection import DisconnectionCounts
from api.stores.schemas import SharingRead, StoreFigures, StoreRead

# The one place that says which stores are shared (S1): `s` is the store, `g` its account's sharing, left joined.
SHARED = "(CASE g.mode WHEN 'all' THEN NOT s.is_excluded WHEN 'selected' THEN s.is_selected ELSE false END)"
JOIN_SHARING = "LEFT JOIN sharing g ON g.workspace_id = s.workspace_id AND g.account = s.account"

FIGURES = """
figures.order_count, figures.open_order_count, figures.open_piece_count, figures.open_amount, figures.attached_order_count
"""


def join_figures(waits: str = "true") -> str:
    """Folded counters and the changes not folded yet, in one snapshot, summed; `s` is the store.

    `waits` says of `counted` (its `origin`, `is_free`) whether its open orders are among the `waiting_…` figures.
    """
    return f"""
CROSS JOIN LATERAL (
    SELECT coalesce(sum(orders), 0) AS order_count, coalesce(sum(open_orders), 0) AS open_order_count,
           coalesce(sum(open_pieces), 0)::bigint AS open_piece_count, coalesce(sum(open_amount), 0)::bigint AS open_amount,
           coalesce(sum(attached_orders), 0) AS attached_order_count,
           coalesce(sum(open_orders) FILTER (WHERE {waits}), 0) AS waiting_order_count,
           coalesce(sum(open_pieces) FILTER (WHERE {waits}), 0)::bigint AS waiting_piece_count,
           coalesce(sum(open_amount) FILTER (WHERE {waits}), 0)::bigint AS waiting_amount
    FROM (
        SELECT origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders
        FROM store_counter WHERE workspace_id = s.workspace_id AND store_id = s.id
        UNION ALL
        SELECT origin, is_free, orders, open_orders, open_pieces, open_amount, attached_orders
        FROM store_counter_delta WHERE workspace_id = s.workspace_id AND store_id = s.id
    ) counted
) figures
"""  # noqa: S608 - made of constants


JOIN_FIGURES = join_figures()
_COLUMNS = f"""
s.id, s.external_id, s.name, s.kind, s.store_uri, s.status, s.closes_at, s.is_embedded, s.discovered_at, s.version,
{SHARED} AS shared, {FIGURES}
"""


@dataclass(frozen=True, slots=True)
class StoreFilter:
    """`q` is part of a name or external id; `shared` None means all."""

    q: str = ""
    shared: bool | None = None


async def list_stores(
    session: AsyncSession,
    workspace_id: UUID,
    link: ActiveLink,
    wanted: StoreFilter,
    *,
    position: Position | None,
    limit: int,
) -> Sequence[Any]:
    """`limit + 1` rows by name, in the direction of `position`; show them with `to_store`, page by `store_key`."""
    back = position is not None and position.direction == "prev"
    sign, order = ("<", "DESC") if back else (">", "ASC")
    conditions = ["s.workspace_id = :workspace", "s.account = :account"]
    values: dict[str, Any] = {
        "workspace": workspace_id,
        "account": link.inksoft_account,
        "most": limit + 1,
        "currency": link.currency,
    }
    if wanted.q:
        conditions.append("(strpos(lower(s.name), lower(:q)) > 0 OR s.external_id = :q)")
        values["q"] = wanted.q
    if wanted.shared is not None:
        conditions.append(f"{SHARED} = :shared")
        values["shared"] = wanted.shared
    if position is not None:
        conditions.append(f"(lower(s.name), s.id) {sign} (:name, CAST(:id AS uuid))")
        values["name"], values["id"] = position.values
    # The page first, then its figures: those of the other stores are not asked for.
    statement = f"""
    SELECT {_COLUMNS}, CAST(:currency AS text) AS currency, lower(s.name) AS sort_name FROM (
        SELECT s.* FROM store s {JOIN_SHARING} WHERE {" AND ".join(conditions)}
        ORDER BY lower(s.name) {order}, s.id {order} LIMIT :most
    ) s {JOIN_SHARING} {JOIN_FIGURES} ORDER BY lower(s.name) {order}, s.id {order}
    """  # noqa: S608 - made of constants of this file; what callers send is bound
    return (await session.execute(text(statement), values)).all()


def store_key(row: Any) -> tuple[Any, ...]:
    return (row.sort_name, str(row.id))


def to_store(row: Any) -> StoreRead:
    """A row of this file's columns as it crosses the wire."""
    return StoreRead(
        id=row.id,
        external_id=row.external_id,
        name=row.name,
        kind=row.kind,
        store_uri=row.store_uri,
        status=row.status,
        closes_at=row.closes_at,
        is_embedded=row.is_embedded,
        shared=row.shared,
        discovered_at=row.discovered_at,
        figures=StoreFigures.model_validate(row),
        currency=row.currency,
        version=row.version,
    )


async def get_store(session: AsyncSession, workspace_id: UUID, link: ActiveLink, store_id: UUID) -> StoreRead:
    """One store of the linked account; raises `NotFound`."""
    found = await get_stores(session, workspace_id, link, [store_id])
    if not found:
        raise NotFound("There is no such store.")
    return found[store_id]


async def get_stores(
    session: AsyncSession, workspace_id: UUID, link: ActiveLink, store_ids: Sequence[UUID]
) -> dict[UUID, StoreRead]:
    """Those of the stores asked for that the linked account has."""
    rows = await session.execute(
        text(
            f"SELECT {_COLUMNS}, CAST(:currency AS text) AS currency FROM store s {JOIN_SHARING} {JOIN_FIGURES} "  # noqa: S608 - constants
            "WHERE s.workspace_id = :workspace AND s.account = :account AND s.id = ANY(CAST(:ids AS uuid[]))"
        ),
        {
            "workspace": workspace_id,
            "account": link.inksoft_account,
            "ids": list(store_ids),
            "currency": link.currency,
        },
    )
    return {row.id: to_store(row) for row in rows}


async def get_sharing(session: AsyncSession, workspace_id: UUID, account: str) -> SharingRead:
    """How this account's stores are shared; nothing chosen yet reads as mode `none`, version 0."""
    row = (
        await session.execute(
            text("""
            SELECT coalesce((SELECT mode FROM sharing WHERE workspace_id = :workspace AND account = :account), 'none') AS mode,
                   coalesce((SELECT version FROM sharing WHERE workspace_id = :workspace AND account = :account), 0) AS version,
                   coalesce(array_agg(id ORDER BY id) FILTER (WHERE is_selected), '{}') AS selected_store_ids,
                   coalesce(array_agg(id ORDER BY id) FILTER (WHERE is_excluded), '{}') AS excluded_store_ids
            FROM store WHERE workspace_id = :workspace AND account = :account
            """),
            {"workspace": workspace_id, "account": account},
        )
    ).one()
    return SharingRead.model_validate(row)


async def count_for_disconnection(
    session: AsyncSession, workspace_id: UUID, account: str
) -> DisconnectionCounts:
    """What unlinking this account would take away and what would stay (L5), from the stores' figures."""
    row = (
        await session.execute(
            text(f"""
            SELECT count(*) FILTER (WHERE {SHARED}) AS stores,
                   coalesce(sum(figures.open_order_count) FILTER (WHERE {SHARED}), 0)::bigint AS unattached,
                   coalesce(sum(figures.attached_order_count), 0)::bigint AS attached
            FROM store s {JOIN_SHARING} {JOIN_FIGURES}
            WHERE s.workspace_id = :workspace AND s.account = :account
            """),  # noqa: S608 - constants
            {"workspace": workspace_id, "account": account},
        )
    ).one()
    return DisconnectionCounts(
        shared_stores=row.stores, unattached_orders=row.unattached, attached_orders=row.attached
    )
