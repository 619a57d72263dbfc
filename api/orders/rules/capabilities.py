"""What may still be done to an order on the store side (O3). Advice: the platform has no locks, A8 is the guard."""

from dataclasses import dataclass, fields
from typing import Any, Literal

from api.orders.rules.states import FULFILLED

Phase = Literal["free", "attached", "cancelled", "fulfilled"]
Reason = Literal["attached", "fulfilled", "cancelled", "invoice_is_told", "becomes_adjustment"]


@dataclass(frozen=True, slots=True)
class Capability:
    """Whether, why not (or with what effect), and the way out."""

    allowed: bool
    reason: Reason | None = None
    way_out: Literal["detach"] | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """One row of O3's table for each store-side action; `cancel` includes the full refund, `note` the tags."""

    edit_items: Capability
    edit_personalization: Capability
    edit_shipping: Capability
    cancel: Capability
    partial_refund: Capability
    note: Capability


_YES = Capability(allowed=True)
_TELL = Capability(allowed=True, reason="invoice_is_told")
_ADJUST = Capability(allowed=True, reason="becomes_adjustment")
_DETACH = Capability(allowed=False, reason="attached", way_out="detach")
_DONE = Capability(allowed=False, reason="fulfilled")
_GONE = Capability(allowed=False, reason="cancelled")

BY_PHASE: dict[Phase, Capabilities] = {
    "free": Capabilities(_YES, _YES, _YES, _YES, _YES, _YES),
    "attached": Capabilities(_DETACH, _DETACH, _TELL, _DETACH, _ADJUST, _YES),
    "cancelled": Capabilities(_GONE, _GONE, _GONE, _GONE, _YES, _YES),
    "fulfilled": Capabilities(_DONE, _DONE, _DONE, _DONE, _YES, _YES),
}


def phase_of(status: str, *, cancelled: bool, attached: bool) -> Phase:
    """The column of O3's table. Being attached outlives a cancellation: the invoice still holds the order."""
    if status in FULFILLED and not cancelled:
        return "fulfilled"
    if attached:
        return "attached"
    return "cancelled" if cancelled else "free"


def compact(capabilities: Capabilities) -> dict[str, dict[str, Any]]:
    """As it crosses the wire: what does not apply is left out."""
    return {
        field.name: {
            name: value
            for name in ("allowed", "reason", "way_out")
            if (value := getattr(getattr(capabilities, field.name), name)) is not None
        }
        for field in fields(capabilities)
    }
