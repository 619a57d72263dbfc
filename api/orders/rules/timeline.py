"""The steps of an order's life, as its timeline names them."""

from typing import Final, Literal, get_args

Step = Literal[
    "seen",
    "approved",
    "changed",
    "cancelled",
    "removed",
    "shared",
    "unshared",
    "attached",
    "pushed",
    "push_stopped",
    "noted",
    "tagged",
    "other",
]
_STEPS: Final[dict[str, Step]] = {
    "order.received": "seen",
    "store.shared": "shared",
    "store.unshared": "unshared",
}


def step_of(event_type: str) -> Step:
    """`order.attached` → `attached`; an event without a step of its own reads as `other`."""
    subject, _, last = event_type.partition(".")
    own = (step for step in get_args(Step) if step == last and subject in {"order", "invoice"})
    return _STEPS.get(event_type, next(own, "other"))
