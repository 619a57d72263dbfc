"""Pages of orders as ready bytes: the documents that ingest wrote, with what else changes spliced in by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.paging import Position
from api.linking.queries import ActiveLink
from api.orders.queries import states

View = Literal["new", "attached", "changed", "cancelled", "all"]
Sort = Literal["-placed_at", "placed_at"]

# A search looks at the newest orders that contain the text, this many at most: more are not looked through by people.
MOST_FOUND = 1000
COUNT_CAP = 10_001

VIEWS: dict[View, str] = {
    "new": states.NEW,
    "attached": states.ATTACHED,
    "changed": states.CHANGED,
    "cancelled": states.CANCELLED,
    "all": states.ON_SHOP_SIDE,
}

# Made for speed: the narrow rows of one page, each joined with its document. Only names and ids are put into JSON here,
# and every text that people typed goes through to_json.
_DOCUMENT = """
'{' || d.summary
|| ',"store":{"id":"' || p.store_id || '","name":' || to_json(p.store_name) || '},"origin":"' || p.origin
|| '","status":"' || p.order_status || '","integration_state":"' || p.state
|| '","not_shared_reason":' || CASE WHEN p.state = 'not_shared' THEN '"' || p.reason || '"' ELSE 'null' END
|| ',"in_printavo":' || CASE WHEN p.state IN ('in_printavo', 'attaching', 'attached') THEN 'true' ELSE 'false' END
|| ',"invoice":' || CASE WHEN p.invoice_id IS NULL THEN 'null' ELSE
   '{"id":"' || p.invoice_id || '","number":' || coalesce(to_json(p.invoice_number)::text, 'null') || '}' END
|| ',"capabilities":' || CASE p.phase WHEN 'free' THEN CAST(:can_free AS text) WHEN 'attached' THEN :can_attached
   WHEN 'cancelled' THEN :can_cancelled ELSE :can_fulfilled END
|| ',"tags":' || CASE WHEN p.tags = '{}' THEN '[]' ELSE to_json(p.tags)::text END
|| ',"version":' || p.version
"""
_COLUMNS = f"""
o.workspace_id, o.id, o.placed_at, o.store_id, s.name AS store_name, o.invoice_id, o.invoice_number, o.tags, o.version,
{states.ORIGIN} AS origin, {states.STATUS} AS order_status, {states.STATE} AS state, {states.REASON} AS reason,
{states.PHASE} AS phase
"""
_LINES = """|| ',"lines":' || d.lines """
# Tags are few (and in lower case), and many orders wear each: from one tag to the next by the key, then to the orders of those
# that contain the text. OFFSET 0 has each looked up by its key: how many there are, the planner guesses too high.
_FOUND = """
(WITH RECURSIVE used AS (
    SELECT min(tag) AS tag FROM order_tag WHERE workspace_id = :workspace
    UNION ALL
    SELECT (SELECT min(t.tag) FROM order_tag t WHERE t.workspace_id = :workspace AND t.tag > used.tag) FROM used
    WHERE used.tag IS NOT NULL
 ), found AS (
    SELECT order_id FROM search_orders(:q, CAST(:search_store AS uuid), :most_found)
    UNION
    SELECT t.order_id FROM used CROSS JOIN LATERAL (
        SELECT order_id FROM order_tag WHERE workspace_id = :workspace AND tag = used.tag OFFSET 0
    ) t WHERE strpos(used.tag, lower(:q)) > 0
 )
 SELECT o.* FROM found CROSS JOIN LATERAL (
    SELECT * FROM store_order WHERE workspace_id = :workspace AND id = found.order_id OFFSET 0
 ) o WHERE CAST(:search_store AS uuid) IS NULL OR o.store_id = :search_store
 ORDER BY o.placed_at DESC, o.id DESC LIMIT :most_found)
"""


@dataclass(slots=True)
class OrderQuery:
    """What is asked for: conditions on `o`, `s` and `g` with their values. Conditions are constants, values are bound."""

    workspace_id: UUID
    link: ActiveLink
    q: str = ""
    only_store: UUID | None = None
    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def where(self, condition: str, **values: Any) -> None:
        self.conditions.append(condition)
        self.values |= values

    def source(self) -> str:
        """`FROM … WHERE …` of all rows asked for."""
        orders = _FOUND if self.q else "store_order"
        conditions = ["o.workspace_id = :workspace", "o.account = :account", *self.conditions]
        return f"FROM {orders} o {states.JOIN_STORE} WHERE {' AND '.join(conditions)}"

    def bound(self) -> dict[str, Any]:
        values = {
            "workspace": self.workspace_id, "account": self.link.inksoft_account,
            **states.window_values(states.window_of(self.link)), **self.values,
        }  # fmt: skip
        if self.q:
            values |= {"q": self.q, "search_store": self.only_store, "most_found": MOST_FOUND}
        return values


def feed_query(
    workspace_id: UUID, link: ActiveLink, *, store_id: UUID | None, view: View, q: str
) -> OrderQuery:
    """The shop side's orders (F3): attached ones stay whatever is shared, all others are shared and approved (S4, S5)."""
    query = OrderQuery(workspace_id, link, q, store_id)
    if store_id is not None:
        query.where("o.store_id = :store", store=store_id)
    query.where(VIEWS[view])
    return query


@dataclass(frozen=True, slots=True)
class OrderFilters:
    """The store side's filters, joined by AND; the values of one filter by OR. Empty means no filter."""

    q: str = ""
    store_ids: Sequence[UUID] = ()
    statuses: Sequence[str] = ()
    integration_states: Sequence[str] = ()
    origins: Sequence[str] = ()
    tags: Sequence[str] = ()
    placed_at_gte: datetime | None = None
    placed_at_lt: datetime | None = None


def orders_query(workspace_id: UUID, link: ActiveLink, wanted: OrderFilters) -> OrderQuery:
    """The store side's orders (O1): every order of every store of the linked account."""
    stores = wanted.store_ids
    query = OrderQuery(workspace_id, link, wanted.q, stores[0] if len(stores) == 1 else None)
    if query.only_store is not None:
        # Not an array of one: only so does the index give the rows in their order.
        query.where("o.store_id = :store", store=query.only_store)
    elif stores:
        query.where("o.store_id = ANY(CAST(:stores AS uuid[]))", stores=list(stores))
    for name, expression, values in (
        ("statuses", states.STATUS, wanted.statuses),
        ("integration_states", states.STATE, wanted.integration_states),
        ("origins", states.ORIGIN, wanted.origins),
    ):
        if values:
            query.where(f"{expression} = ANY(CAST(:{name} AS text[]))", **{name: list(values)})
    if wanted.tags:
        query.where(
            "o.id IN (SELECT order_id FROM order_tag WHERE workspace_id = :workspace AND tag = ANY(CAST(:tags AS text[])))",
            tags=list(wanted.tags),
        )
    if wanted.placed_at_gte is not None:
        query.where("o.placed_at >= :placed_at_gte", placed_at_gte=wanted.placed_at_gte)
    if wanted.placed_at_lt is not None:
        query.where("o.placed_at < :placed_at_lt", placed_at_lt=wanted.placed_at_lt)
    return query


async def list_documents(
    session: AsyncSession,
    query: OrderQuery,
    *,
    sort: Sort = "-placed_at",
    position: Position | None,
    limit: int,
    with_lines: bool,
) -> Sequence[Any]:
    """`limit + 1` rows (id, placed_at, document) in the direction of `position`: one statement."""
    back = position is not None and position.direction == "prev"
    newest_first = (sort == "-placed_at") is not back
    sign, order = ("<", "DESC") if newest_first else (">", "ASC")
    values = {**query.bound(), **states.CAPABILITIES, "most": limit + 1}
    after = ""
    if position is not None:
        after = f" AND (o.placed_at, o.id) {sign} (CAST(:after_at AS timestamptz), CAST(:after_id AS uuid))"
        values["after_at"] = datetime.fromisoformat(position.values[0])
        values["after_id"] = position.values[1]
    document = _DOCUMENT + (_LINES if with_lines else "") + "|| '}'"
    statement = f"""
    SELECT p.id, p.placed_at, {document} AS document FROM (
        SELECT {_COLUMNS} {query.source()}{after}
        ORDER BY o.placed_at {order}, o.id {order} LIMIT :most
    ) p JOIN order_document d ON d.workspace_id = p.workspace_id AND d.order_id = p.id
    ORDER BY p.placed_at {order}, p.id {order}
    """  # noqa: S608 - made of constants; what callers send is bound
    return (await session.execute(text(statement), values)).all()


async def count_orders(session: AsyncSession, query: OrderQuery) -> int:
    """How many rows the query has, up to 10,001."""
    statement = f"SELECT count(*) FROM (SELECT 1 {query.source()} LIMIT {COUNT_CAP}) counted"  # noqa: S608 - constants
    return int(await session.scalar(text(statement), query.bound()) or 0)
