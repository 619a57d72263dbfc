"""The decisions of `rules.states` and `rules.capabilities` as SQL, for lists: `o` is the order, `s` its store, `g` its sharing.

Table tests hold each expression equal to its rule. The parameters are those of `window_values`.
"""

from typing import Any

import orjson

from api.linking.queries import ActiveLink
from api.orders.rules.capabilities import BY_PHASE, compact
from api.orders.rules.states import Window, stored_origins
from api.stores.queries import JOIN_SHARING, SHARED

JOIN_STORE = f"JOIN store s ON s.workspace_id = o.workspace_id AND s.id = o.store_id {JOIN_SHARING}"

ORIGIN = "(CASE WHEN s.is_embedded AND o.origin = 'store' THEN 'embedded_designer' ELSE o.origin END)"


def _from_source(origin: str) -> str:
    """The stored origins that are shared.

    A bare column against a constant comes first, and the rest is folded away while both kinds of stores share the same: so
    PostgreSQL knows how many rows stay, and walks the index in its order. With ORIGIN here it expected next to none and
    sorted all new orders of the store for every page (tests/orders/test_plans.py).
    """
    return f"""({origin} = ANY (CAST(:stored_origins AS text[])) AND (CAST(:for_all_stores AS boolean)
OR {origin} = ANY (CASE WHEN s.is_embedded THEN CAST(:embedded_origins AS text[]) ELSE CAST(:plain_origins AS text[]) END)))"""


def _skipped(is_free: str) -> str:
    return f"(CAST(:skip_free AS boolean) AND {is_free})"


_FROM_SOURCE, _SKIPPED = _from_source("o.origin"), _skipped("o.total_amount = 0")
# What is shared whenever it was placed: of an order, and of what the counters of its store counted.
SHARED_KIND = f"({_FROM_SOURCE} AND NOT {_SKIPPED})"
SHARED_COUNT = f"({_from_source('counted.origin')} AND NOT {_skipped('counted.is_free')})"
STATUS = """(CASE WHEN o.cancelled THEN 'cancelled' WHEN o.approval = 'pending' THEN 'pending_approval'
WHEN o.status IN ('fulfilled', 'shipped') THEN 'completed' ELSE 'open' END)"""
REASON = f"""(CASE WHEN NOT {SHARED} THEN 'store_not_shared'
WHEN o.placed_at < CAST(:share_from AS timestamptz) THEN 'before_share_date'
WHEN NOT {_FROM_SOURCE} THEN 'source_off'
WHEN {_SKIPPED} THEN 'free_order'
WHEN o.approval = 'unknown' THEN 'approval_unknown' END)"""
STATE = f"""(CASE WHEN o.attach_state IS NOT NULL THEN o.attach_state WHEN o.cancelled THEN 'cancelled'
WHEN o.approval = 'pending' THEN 'pending_approval' WHEN {REASON} IS NOT NULL THEN 'not_shared' ELSE 'in_printavo' END)"""
PHASE = """(CASE WHEN o.status IN ('fulfilled', 'shipped') AND NOT o.cancelled THEN 'fulfilled'
WHEN o.attach_state IS NOT NULL THEN 'attached' WHEN o.cancelled THEN 'cancelled' ELSE 'free' END)"""

# What the shop side may see: shared and placed in the window. `open` and `approval` come on top of it (S4).
SHARED_ORDER = f"""({SHARED} AND o.placed_at >= CAST(:share_from AS timestamptz)
AND {SHARED_KIND})"""
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
    return Window(link.share_orders_from, link.share_sources, skip_free=link.skip_free_orders)


def window_values(window: Window) -> dict[str, Any]:
    """The parameters of the expressions above."""
    plain = stored_origins(window, store_is_embedded=False)
    embedded = stored_origins(window, store_is_embedded=True)
    return {
        "share_from": window.share_from,
        "stored_origins": sorted({*plain, *embedded}),
        "for_all_stores": plain == embedded,
        "plain_origins": plain,
        "embedded_origins": embedded,
        "skip_free": window.skip_free,
    }


CAPABILITIES = {
    f"can_{phase}": orjson.dumps(compact(capabilities)).decode() for phase, capabilities in BY_PHASE.items()
}
