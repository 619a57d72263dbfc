"""What ingest asks before it writes: which orders are known, in which state, and whose detail is wanted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.orders.queries.states import ORIGIN
from api.orders.rules.due import DueOrder
from api.orders.rules.row import OrderRow
from api.orders.rules.states import Window


class OrderKey(NamedTuple):
    """What makes an order the same order (I9), beside its account: numbers repeat between stores."""

    store_id: UUID
    external_id: str


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """Enough to see that a list entry says nothing new."""

    id: UUID
    summary_hash: bytes


# One look into the unique index for each key, whatever the planner thinks of a table that a first import is filling:
# joined plainly, it read the whole table with every page until the next ANALYZE.
_KNOWN = text("""
SELECT o.store_id, o.external_id, o.id, o.summary_hash
FROM unnest(CAST(:stores AS uuid[]), CAST(:external AS text[])) AS given (store_id, external_id)
CROSS JOIN LATERAL (
    SELECT store_id, external_id, id, summary_hash FROM store_order
    WHERE workspace_id = :workspace AND account = :account
    AND store_id = given.store_id AND external_id = given.external_id LIMIT 1
) o
""")

_LOCK = text("""
SELECT id, store_id, external_id, number, origin, placed_at, status, production_status, payment_status, approval,
       cancelled, detail_due, has_detail, removed_at, item_count, piece_count, total_amount, currency, summary_hash,
       content_hash, invoice_id, version
FROM store_order WHERE workspace_id = :workspace AND id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE
""")

# Whose details are read: orders that may be shared at all (L7, S3), and whatever was read once.
_WANTED = f"""
o.workspace_id = :workspace AND o.account = :account AND o.detail_due AND o.id <> ALL (CAST(:without AS uuid[]))
AND (o.has_detail OR (o.placed_at >= CAST(:share_from AS timestamptz) AND {ORIGIN} = ANY (CAST(:sources AS text[]))))
"""
_DUE = text(f"""
SELECT o.id, o.external_id, s.external_id AS store_external_id, o.content_hash,
       CAST('{{' || d.summary || '}}' AS jsonb) ->> 'email' AS email
FROM store_order o
JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
JOIN order_document d ON d.workspace_id = o.workspace_id AND d.order_id = o.id
WHERE {_WANTED} ORDER BY o.placed_at DESC LIMIT :most
""")  # noqa: S608 - a constant
_COUNT_DUE = text(f"""
SELECT count(*) FROM store_order o JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
WHERE {_WANTED}
""")  # noqa: S608 - a constant
# Open orders that were read whole: what the shop works on, so what it must not find changed behind its back.
_IN_WORK = """
o.workspace_id = :workspace AND o.account = :account AND o.approval = 'approved' AND o.status = 'processing'
AND o.has_detail AND NOT o.detail_due AND o.id > CAST(:after AS uuid)
"""
_LIST_IN_WORK = text(f"""
SELECT o.id, o.external_id, s.external_id AS store_external_id, o.content_hash,
       CAST('{{' || d.summary || '}}' AS jsonb) ->> 'email' AS email, false AS is_asked
FROM store_order o
JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id
JOIN order_document d ON d.workspace_id = o.workspace_id AND d.order_id = o.id
WHERE {_IN_WORK} ORDER BY o.id LIMIT :most
""")  # noqa: S608 - a constant
_COUNT_IN_WORK = text(f"SELECT count(*) FROM store_order o WHERE {_IN_WORK}")  # noqa: S608 - a constant
_FIRST = UUID(int=0)
_COUNT = text(
    "SELECT count(*) FROM store_order WHERE workspace_id = :workspace AND account = :account AND removed_at IS NULL"
)


async def list_known(
    session: AsyncSession, workspace_id: UUID, account: str, keys: Sequence[OrderKey]
) -> dict[OrderKey, KnownOrder]:
    """The orders of these keys that are stored already. Locks nothing."""
    rows = await session.execute(
        _KNOWN,
        {
            "workspace": workspace_id,
            "account": account,
            "stores": [key.store_id for key in keys],
            "external": [key.external_id for key in keys],
        },
    )
    return {OrderKey(row.store_id, row.external_id): KnownOrder(row.id, row.summary_hash) for row in rows}


async def lock_rows(session: AsyncSession, workspace_id: UUID, ids: Collection[UUID]) -> dict[UUID, OrderRow]:
    """The rows of these orders, locked in the order of their ids until the transaction ends."""
    rows = await session.execute(_LOCK, {"workspace": workspace_id, "ids": list(ids)})
    return {row.id: OrderRow(**row._mapping) for row in rows}  # noqa: SLF001 - its public name


async def list_due_details(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    window: Window,
    *,
    without: Collection[UUID] = (),
    most: int,
) -> list[DueOrder]:
    """Orders whose detail is wanted, newest first. `without` names those that were tried already."""
    rows = await session.execute(_DUE, {**_window(workspace_id, account, window, without), "most": most})
    return [DueOrder(**row._mapping) for row in rows]  # noqa: SLF001 - its public name


async def count_due_details(
    session: AsyncSession,
    workspace_id: UUID,
    account: str,
    window: Window,
    *,
    without: Collection[UUID] = (),
) -> int:
    return int(await session.scalar(_COUNT_DUE, _window(workspace_id, account, window, without)) or 0)


async def list_in_work(
    session: AsyncSession, workspace_id: UUID, account: str, *, after: UUID | None, most: int
) -> list[DueOrder]:
    """Open orders to read again, by id from `after` on."""
    place = {"workspace": workspace_id, "account": account, "after": after or _FIRST, "most": most}
    rows = await session.execute(_LIST_IN_WORK, place)
    return [DueOrder(**row._mapping) for row in rows]  # noqa: SLF001 - its public name


async def count_in_work(
    session: AsyncSession, workspace_id: UUID, account: str, *, after: UUID | None
) -> int:
    """How many open orders there are from `after` on."""
    place = {"workspace": workspace_id, "account": account, "after": after or _FIRST}
    return int(await session.scalar(_COUNT_IN_WORK, place) or 0)


async def count_orders(session: AsyncSession, workspace_id: UUID, account: str) -> int:
    """How many orders of this account are stored, shared or not, and were not deleted on the platform."""
    return int(await session.scalar(_COUNT, {"workspace": workspace_id, "account": account}) or 0)


def _window(workspace_id: UUID, account: str, window: Window, without: Collection[UUID]) -> dict[str, Any]:
    return {
        "workspace": workspace_id,
        "account": account,
        "without": list(without),
        "share_from": window.share_from,
        "sources": sorted(window.sources),
    }
