"""Questions about Printavo's own stores. Every question names the Printavo account: another one's stores never show (L8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.connectors.merch import StoreStatus
from api.core.paging import Position
from api.core.problems import NotFound
from api.linking.queries import ShopConnection, find_shop_connection
from api.settings.queries import get_merch_settings
from api.settings.schemas.merch import MerchSettings
from api.storefronts.rules.merch import SENTENCES, count_down, hidden_before, warned_before
from api.storefronts.schemas.merch import MerchStorefront, MerchTotals, MerchTrouble

_COLUMNS = """
s.id, s.external_id, s.name, s.status, s.closes_at, s.items_sold, s.sales_amount, s.tax_amount, s.order_count,
s.unfulfilled_order_count, s.orders_read_at, s.currency
"""
_THERE = "s.workspace_id = :workspace AND s.account = :account AND NOT s.is_gone"
# Closed stores are shown for so many days. One that closed without a date closed when it was changed last.
_NOT_LONG_CLOSED = "(s.status = 'live' OR coalesce(s.closes_at, s.changed_at) >= :hidden_before)"
_TOTALS = f"""
SELECT count(s.id) AS store_count, count(s.id) FILTER (WHERE s.status = 'live') AS live_store_count,
       count(s.id) FILTER (WHERE s.status = 'live' AND s.closes_at < CAST(:warned_before AS timestamptz))
           AS closing_soon_store_count,
       coalesce(sum(s.items_sold), 0)::bigint AS items_sold, coalesce(sum(s.sales_amount), 0)::bigint AS sales_amount,
       coalesce(sum(s.tax_amount), 0)::bigint AS tax_amount, coalesce(sum(s.order_count), 0)::bigint AS order_count,
       coalesce(sum(s.unfulfilled_order_count), 0)::bigint AS unfulfilled_order_count,
       max(r.listed_at) AS read_at, max(r.trouble) AS trouble
FROM (SELECT CAST(:workspace AS uuid) AS workspace_id) given
LEFT JOIN merch_store s ON {_THERE} AND %s
LEFT JOIN merch_reading r ON r.workspace_id = :workspace AND r.account = :account
"""  # noqa: S608 - constants

_FIGURES = (
    "store_count", "live_store_count", "closing_soon_store_count", "items_sold", "sales_amount", "tax_amount",
    "order_count", "unfulfilled_order_count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """Whose merch stores are asked for, and what the shop chose about showing them."""

    workspace_id: UUID
    shop: ShopConnection
    settings: MerchSettings
    now: datetime

    @property
    def chosen(self) -> str:
        """Which stores `s` the Merch tab chose. Left out where all are: a plan for any choice would expect few rows."""
        return (
            "true"
            if self.settings.stores_shown == "all"
            else "s.external_id = ANY (CAST(:selected AS text[]))"
        )

    @property
    def shown(self) -> str:
        """Which stores `s` the Merch tab shows."""
        return f"({self.chosen} AND {_NOT_LONG_CLOSED})"

    def values(self) -> dict[str, Any]:
        """The parameters of every statement here."""
        chosen = self.settings
        return {
            "workspace": self.workspace_id,
            "account": self.shop.account,
            "selected": list(chosen.selected_store_ids),
            "hidden_before": hidden_before(self.now, days=chosen.closed_hidden_after_days),
        }


async def find_shelf(session: AsyncSession, workspace_id: UUID, *, now: datetime) -> Shelf | None:
    """None while Printavo is not connected; a link is not needed (L8)."""
    shop = await find_shop_connection(session, workspace_id)
    if shop is None:
        return None
    return Shelf(workspace_id, shop, await get_merch_settings(session, workspace_id), now)


async def get_totals(session: AsyncSession, shelf: Shelf) -> MerchTotals:
    """The stores shown by the Merch tab together; long closed ones count, though they are not listed."""
    warned = warned_before(shelf.now, days=shelf.settings.countdown_warning_days)
    row = (
        await session.execute(text(_TOTALS % shelf.chosen), {**shelf.values(), "warned_before": warned})
    ).one()
    trouble = MerchTrouble(code=row.trouble, detail=SENTENCES[row.trouble]) if row.trouble else None
    return MerchTotals(
        connected=True,
        account_name=shelf.shop.account_name,
        currency=shelf.shop.currency,
        trouble=trouble,
        read_at=row.read_at,
        **{name: getattr(row, name) for name in _FIGURES},
    )


def no_totals() -> MerchTotals:
    """What is said while Printavo is not connected."""
    return MerchTotals(
        connected=False,
        account_name=None,
        currency=None,
        read_at=None,
        trouble=None,
        **dict.fromkeys(_FIGURES, 0),
    )


async def list_stores(
    session: AsyncSession,
    shelf: Shelf,
    *,
    q: str,
    status: StoreStatus | None,
    position: Position | None,
    limit: int,
) -> Sequence[Any]:
    """`limit + 1` shown stores by name; show them with `to_storefront`, page by `store_key`."""
    back = position is not None and position.direction == "prev"
    sign, order = ("<", "DESC") if back else (">", "ASC")
    values: dict[str, Any] = {**shelf.values(), "most": limit + 1}
    conditions = [_THERE, shelf.shown]
    if q:
        conditions.append("(strpos(lower(s.name), lower(:q)) > 0 OR s.external_id = :q)")
        values["q"] = q
    if status is not None:
        conditions.append("s.status = :status")
        values["status"] = status
    if position is not None:
        conditions.append(f"(lower(s.name), s.id) {sign} (:name, CAST(:id AS uuid))")
        values["name"], values["id"] = position.values
    statement = f"""
    SELECT {_COLUMNS}, lower(s.name) AS sort_name FROM merch_store s WHERE {" AND ".join(conditions)}
    ORDER BY lower(s.name) {order}, s.id {order} LIMIT :most
    """  # noqa: S608 - made of constants of this file; what callers send is bound
    return (await session.execute(text(statement), values)).all()


def store_key(row: Any) -> tuple[str, str]:
    return (row.sort_name, str(row.id))


async def get_store(session: AsyncSession, shelf: Shelf, store_id: UUID) -> MerchStorefront:
    """One store of the connected account, listed or not; raises `NotFound`."""
    row = (
        await session.execute(
            text(f"SELECT {_COLUMNS} FROM merch_store s WHERE {_THERE} AND s.id = :id"),  # noqa: S608 - constants
            {**shelf.values(), "id": store_id},
        )
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such store.")
    return to_storefront(shelf, row)


def to_storefront(shelf: Shelf, row: Any) -> MerchStorefront:
    countdown = count_down(
        row.status, row.closes_at, now=shelf.now, warning_days=shelf.settings.countdown_warning_days
    )
    members = {name: getattr(row, name) for name in MerchStorefront.model_fields if hasattr(row, name)}
    return MerchStorefront(**members, closes_in_days=countdown.days, closes_soon=countdown.warns)
