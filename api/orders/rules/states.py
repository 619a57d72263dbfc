"""What state an order is in, on both sides: its status in the Order Manager and its integration state (O2, S3, S4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Origin = Literal["store", "proposal", "embedded_designer", "staff"]
Status = Literal["open", "completed", "cancelled", "pending_approval"]
IntegrationState = Literal[
    "attached", "attaching", "cancelled", "pending_approval", "not_shared", "in_printavo"
]
NotSharedReason = Literal[
    "store_not_shared", "before_share_date", "source_off", "free_order", "approval_unknown"
]

# With the P mark (O2): the print shop has it, or may take it.
IN_PRINTAVO: frozenset[IntegrationState] = frozenset({"in_printavo", "attaching", "attached"})
FULFILLED = frozenset({"fulfilled", "shipped"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides: `origin`, `status`, `approval` and `attach_state` as they are stored, and two facts of the store."""

    origin: str
    status: str
    approval: str
    cancelled: bool
    attach_state: str | None
    placed_at: datetime
    store_is_shared: bool
    store_is_embedded: bool
    is_free: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Which orders are shared at all: placed at or after `share_from`, from one of `sources`; of $0 unless skipped."""

    share_from: datetime
    sources: Collection[str]
    skip_free: bool = False


def origin_of(origin: str, *, store_is_embedded: bool) -> str:
    """Where an order came from (S3): the platform has no value for embedded designers, so their stores carry a mark."""
    return "embedded_designer" if store_is_embedded and origin == "store" else origin


def stored_origins(window: Window, *, store_is_embedded: bool) -> list[str]:
    """The origins, as they are stored, that a store of this kind shares."""
    return [
        origin
        for origin in ("store", "proposal", "staff")
        if origin_of(origin, store_is_embedded=store_is_embedded) in window.sources
    ]


def status_of(status: str, approval: str, *, cancelled: bool) -> Status:
    """The four filters of the Order Manager (O1). What is not known to need approval is not called pending."""
    if cancelled:
        return "cancelled"
    if approval == "pending":
        return "pending_approval"
    return "completed" if status in FULFILLED else "open"


def reason_not_shared(facts: Facts, window: Window) -> NotSharedReason | None:
    """Why an order is not shared; None when nothing but its approval or cancellation stands against it."""
    if not facts.store_is_shared:
        return "store_not_shared"
    if facts.placed_at < window.share_from:
        return "before_share_date"
    if origin_of(facts.origin, store_is_embedded=facts.store_is_embedded) not in window.sources:
        return "source_off"
    if window.skip_free and facts.is_free:
        return "free_order"
    return "approval_unknown" if facts.approval == "unknown" else None


def integration_state(facts: Facts, window: Window) -> tuple[IntegrationState, NotSharedReason | None]:
    """The state beside the production status, in the order that O2 gives, with the reason of `not_shared`.

    The same decision as the SQL expression `orders.queries.states.STATE`; a table test holds both equal.
    """
    if facts.attach_state is not None:
        return ("attached" if facts.attach_state == "attached" else "attaching"), None
    if facts.cancelled:
        return "cancelled", None
    if facts.approval == "pending":
        return "pending_approval", None
    reason = reason_not_shared(facts, window)
    return ("not_shared", reason) if reason else ("in_printavo", None)
