"""Decisions about Printavo's own stores: when they are read, what a trouble means, which are shown, how long they stay open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from api.connectors.merch import OrderStatus, StoreStatus
from api.connectors.vendor_errors import LinkBroken, SlowDown, Unreachable, VendorError
from api.settings.schemas.merch import FulfilledFilter
from api.sync.rules.trouble import pause

Trouble = Literal["needs_reauth", "suspended", "unavailable", "not_understood", "internal_error"]

EVERY: Final = timedelta(minutes=15)
# Fulfilling an order moves nothing on its store: those with open orders are read again anyway.
REREAD_AFTER: Final = timedelta(hours=1)
# A turn of the job makes at most so many calls, then others have theirs; 25 orders a call.
CALLS_A_TURN: Final = 40

SENTENCES: Final[dict[Trouble, str]] = {
    "needs_reauth": "Printavo no longer accepts its credentials. Sign in to it again; what was read stays.",
    "suspended": "Printavo says that the plan does not include its API. Reading goes on by itself once the plan is back.",
    "unavailable": "Printavo did not answer, several times in a row. Reading goes on by itself.",
    "not_understood": "Printavo answered in a way that Platen does not understand. What was read before stays.",
    "internal_error": "Something went wrong on our side. What was read before stays; it is tried again by itself.",
}


def trouble_of(error: Exception) -> Trouble:
    """Sorts what stopped a reading."""
    match error:
        case LinkBroken(reason="plan"):
            return "suspended"
        case LinkBroken():
            return "needs_reauth"
        case Unreachable() | SlowDown():
            return "unavailable"
        case VendorError():
            return "not_understood"
        case _:
            return "internal_error"


def next_try(error: Exception, failures: int) -> timedelta:
    """After which time to read on, having failed so often in a row; never sooner than the vendor asked for."""
    return pause(error, failures, passes=trouble_of(error) == "unavailable", interval=EVERY)


@dataclass(frozen=True, slots=True)
class Countdown:
    """Whole days until a live store closes (0 on the last one and after it), and whether people should be warned.

    Days, so that an answer stays the same for a while; who shows a running clock has the moment itself.
    """

    days: int | None
    warns: bool


def count_down(
    status: StoreStatus, closes_at: datetime | None, *, now: datetime, warning_days: int
) -> Countdown:
    """None for a store that is closed, or stays open."""
    if status == "closed" or closes_at is None:
        return Countdown(None, warns=False)
    warned = warned_before(now, days=warning_days)
    left = max(closes_at - now, timedelta())
    return Countdown(left.days, warns=warned is not None and closes_at < warned)


def warned_before(now: datetime, *, days: int) -> datetime | None:
    """Live stores that close before this moment are marked, also one that should have closed; None: no store is."""
    return now + timedelta(days=days) if days else None


def statuses_shown(asked: Sequence[bool] | None, chosen: FulfilledFilter) -> list[OrderStatus]:
    """What is asked for goes before what was chosen in the settings."""
    if asked:
        return sorted({"fulfilled" if each else "unfulfilled" for each in asked})
    return ["fulfilled", "unfulfilled"] if chosen == "all" else [chosen]


def hidden_before(now: datetime, *, days: int) -> datetime:
    """Stores that closed before this moment are not listed."""
    return now - timedelta(days=days)
