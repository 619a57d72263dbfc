"""May these orders go on this invoice? Every reason to refuse, as data; the verbs turn it into problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from api.orders.rules.states import Facts, Window, integration_state

Reason = Literal[
    "cancelled", "pending_approval", "store_not_shared", "before_share_date", "source_off", "free_order",
    "approval_unknown", "no_detail",
]  # fmt: skip

SENTENCES: dict[Reason, str] = {
    "cancelled": "is cancelled",
    "pending_approval": "is waiting for approval in InkSoft",
    "store_not_shared": "belongs to a store that is not shared",
    "before_share_date": "was placed before the date from which orders are shared",
    "source_off": "comes from a source that is not shared",
    "free_order": "costs nothing, and orders of $0 are not shared",
    "approval_unknown": "has not been read completely yet",
    "no_detail": "has not been read completely yet",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One order that may not be attached, and why."""

    order_id: UUID
    number: str
    reason: Reason


def refuse(orders: Sequence[tuple[UUID, str, Facts, bool]], window: Window) -> list[Refusal]:
    """Those of the orders (id, number, facts, has detail) that are not in the feed's New view (F3)."""
    refusals = []
    for order_id, number, facts, has_detail in orders:
        state, reason = integration_state(facts, window)
        if state == "in_printavo":
            if not has_detail:
                refusals.append(Refusal(order_id, number, "no_detail"))
        elif state in ("cancelled", "pending_approval"):
            refusals.append(Refusal(order_id, number, state))
        elif reason is not None:
            refusals.append(Refusal(order_id, number, reason))
    return refusals
