"""The five things that can go wrong at a vendor. Nothing above `connectors` sees an httpx error."""

from dataclasses import dataclass
from typing import Final, Literal

Side = Literal["inksoft", "printavo"]
Applied = Literal["no", "unknown"]


@dataclass(eq=False)
class VendorError(Exception):
    """`applied` says whether a write can have taken effect: `no` (refused before it could) or `unknown`."""

    side: Side
    detail: str
    applied: Applied = "unknown"

    def __str__(self) -> str:
        return f"{self.side}: {self.detail}"


@dataclass(eq=False)
class Unreachable(VendorError):
    """No usable answer: refused connection, time-out, 5xx, cut-off or non-JSON body. Worth another try later."""


@dataclass(eq=False)
class SlowDown(VendorError):
    """The vendor's limit was met; `retry_after` is in seconds. Never applied."""

    retry_after: float = 5.0
    applied: Applied = "no"


@dataclass(eq=False)
class LinkBroken(VendorError):
    """The credentials are not accepted (any more), or the plan does not include the API. Permanent until somebody acts.

    `reason` is `credentials` or `plan`; `plan` is the plan's name where the vendor tells it.
    """

    reason: Literal["credentials", "plan"] = "credentials"
    plan: str | None = None
    applied: Applied = "no"


@dataclass(eq=False)
class Refused(VendorError):
    """The vendor understood and said no (validation, missing record, complexity). Repeating it changes nothing."""

    applied: Applied = "no"


@dataclass(eq=False)
class Unexpected(VendorError):
    """An answer that the adapter does not recognise (schema drift, unknown error text)."""


# Seconds: after no answer, and after an answer that nobody here understands.
AFTER_NO_ANSWER: Final = 30.0
AFTER_A_RIDDLE: Final = 300.0


def pause_after(error: VendorError) -> float:
    """How many seconds background work leaves a vendor alone; none after broken credentials, which a person mends."""
    if isinstance(error, SlowDown):
        return max(error.retry_after, 1.0)
    if isinstance(error, LinkBroken):
        return 0.0
    return AFTER_NO_ANSWER if isinstance(error, Unreachable) else AFTER_A_RIDDLE
