"""Vendor trouble as the problem that a route answers with: it names the partner and never repeats what it said."""

import math

from api.connectors.vendor_errors import Side, SlowDown, VendorError
from api.core.problems import Problem
from api.core.schema import Wire

PARTNERS: dict[Side, str] = {"inksoft": "InkSoft", "printavo": "Printavo"}


class PartnerUnavailable(Problem):
    """The partner does not answer at the moment. Nothing was changed; try again in a few minutes."""

    status = 503
    retryable = True

    class Extra(Wire):
        side: Side


def unavailable(error: VendorError) -> PartnerUnavailable:
    """The problem for trouble that a repeat may cure: no answer, too many calls, an answer that is not understood."""
    seconds = math.ceil(error.retry_after) if isinstance(error, SlowDown) else 30
    return PartnerUnavailable(
        f"{PARTNERS[error.side]} does not answer at the moment. Nothing was changed; try again in a few minutes.",
        headers={"Retry-After": str(max(1, seconds))},
        side=error.side,
    )
