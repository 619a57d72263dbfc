"""The decisions of `rules.states` and `rules.capabilities` as SQL, for lists: `o` is the order, `s` its store, `g` its sharing.

Table tests hold each expression equal to its rule. The parameters are those of `window_values`.
"""

from typing import Any

import orjson

from api.linking.queries import ActiveLink
from api.orders.rules.capabilities import BY_PHASE, compact
from api.orders.rules.states import SOURCES, Window
from api.stores.queries import JOIN_SHARING, SHARED

JOIN_STORE = f"JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id {JOIN_SHARING}"

ORIGIN = "(CASE WHEN s.is_embedded AND o.origin = 'store' THEN 'embedded_designer' ELSE o.origin END)"
STATUS = """(CASE WHEN o.cancelled THEN 'cancelled' WHEN o.approval = 'pending' THEN 'pending_approval'
WHEN o.status IN ('fulfilled', 'shipped') THEN 'completed' ELSE 'open' END)"""
REASON = f"""(CASE WHEN NOT {SHARED} THEN 'store_not_shared'
WHEN o.placed_at < CAST(:share_from AS timestamptz) THEN 'before_share_date'
WHEN {ORIGIN} <> ALL (CAST(:sources AS text[])) THEN 'source_off'
WHEN o.approval = 'unknown' THEN 'approval_unknown' END)"""
STATE = f"""(CASE WHEN o.attach_state IS NOT NULL THEN o.attach_state WHEN o.cancelled THEN 'cancelled'
WHEN o.approval = 'pending' THEN 'pending_approval' WHEN {REASON} IS NOT NULL THEN 'not_shared' ELSE 'in_printavo' END)"""
PHASE = """(CASE WHEN o.status IN ('fulfilled', 'shipped') AND NOT o.cancelled THEN 'fulfilled'
WHEN o.attach_state IS NOT NULL THEN 'attached' WHEN o.cancelled THEN 'cancelled' ELSE 'free' END)"""

# What the shop side may see: shared and placed in the window. `open` and `approval` come on top of it (S4).
SHARED_ORDER = f"""({SHARED} AND o.placed_at >= CAST(:share_from AS timestamptz)
AND {ORIGIN} = ANY (CAST(:sources AS text[])))"""
# The feed's default view (F3), and what may be attached: shared, approved, not cancelled, on no invoice.
NEW = f"(o.open AND {SHARED_ORDER})"
ATTACHED = "(o.invoice_id IS NOT NULL)"
# The order differs from the copy that was pinned last (A4, A8).
CHANGED = f"""({ATTACHED} AND o.content_hash IS DISTINCT FROM (
    SELECT v.content_hash FROM order_version v
    WHERE v.workspace_id = o.workspace_id AND v.order_id = o.id ORDER BY v.version DESC LIMIT 1))"""  # noqa: S608 - a constant
CANCELLED = f"(o.cancelled AND ({ATTACHED} OR (o.approval = 'approved' AND {SHARED_ORDER})))"
ON_SHOP_SIDE = f"({ATTACHED} OR (o.approval = 'approved' AND {SHARED_ORDER}))"


def window_of(link: ActiveLink) -> Window:
    """Which orders this link shares."""
    return Window(share_from=link.share_orders_from, sources=SOURCES)


def window_values(link: ActiveLink) -> dict[str, Any]:
    """The parameters of the expressions above."""
    window = window_of(link)
    return {"share_from": window.share_from, "sources": sorted(window.sources)}


CAPABILITIES = {
    f"can_{phase}": orjson.dumps(compact(capabilities)).decode() for phase, capabilities in BY_PHASE.items()
}
