"""What went wrong with a reading, in words that a shop owner can act on, and when to try again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from api.connectors.vendor_errors import LinkBroken, SlowDown, Unreachable, VendorError

Code = Literal[
    "link_needs_reauth",
    "link_suspended",
    "link_ended",
    "partner_unavailable",
    "partner_not_understood",
    "internal_error",
]

# Tries before a reading is called failed; the next one begins at its usual time and goes on where this one stood.
TRIES: Final = 6
FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 300.0
LONGEST_REST: Final = timedelta(minutes=30)

_SENTENCES: Final[dict[Code, str]] = {
    "link_needs_reauth": (
        "InkSoft no longer accepts its credentials. Sign in to it again under Accounts; nothing is lost meanwhile."
    ),
    "link_suspended": (
        "InkSoft says that the plan does not include its API. Reading goes on by itself once the plan is back."
    ),
    "link_ended": "The accounts were unlinked while this ran.",
    "partner_unavailable": "InkSoft did not answer, several times in a row. Reading goes on by itself.",
    "partner_not_understood": (
        "InkSoft answered in a way that Platen does not understand. Nothing was changed; it is tried again by itself."
    ),
    "internal_error": "Something went wrong on our side. Nothing was half done; it is tried again by itself.",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """`passes` says whether waiting a moment may cure it."""

    code: Code
    detail: str
    passes: bool = False


def trouble(code: Code, *, passes: bool = False) -> Trouble:
    """A trouble in its usual words."""
    return Trouble(code, _SENTENCES[code], passes)


def trouble_of(error: Exception) -> Trouble:
    """Sorts what stopped a reading. What is not a vendor's error is our own."""
    match error:
        case LinkBroken(reason="plan"):
            return trouble("link_suspended")
        case LinkBroken():
            return trouble("link_needs_reauth")
        case Unreachable() | SlowDown():
            return trouble("partner_unavailable", passes=True)
        case VendorError():
            return trouble("partner_not_understood")
        case _:
            return trouble("internal_error", passes=True)


def pause(error: Exception, failures: int, *, passes: bool, interval: timedelta) -> timedelta:
    """How long to wait after so many failures in a row, and never less than the vendor asked for.

    Short pauses that double while a run still hopes; once it is given up, the usual interval, which doubles up to half an
    hour: an outage of hours must not cost more calls than reading does.
    """
    if passes and failures < TRIES:
        waits = min(FIRST_PAUSE * 2.0 ** max(0, failures - 1), LONGEST_PAUSE)
        own = timedelta(seconds=waits)
    else:
        times = 2.0 ** min(max(0, failures - TRIES), 10)
        own = max(interval, min(interval * times, LONGEST_REST))
    asked = timedelta(seconds=error.retry_after) if isinstance(error, SlowDown) else timedelta(0)
    return max(own, asked)
