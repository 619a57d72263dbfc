"""The vendor publishes no limit; this one is the sandbox's, by account, over a sliding window of real time."""

from collections import defaultdict, deque
from time import monotonic

from starlette.responses import HTMLResponse, Response

from api.sandbox.switches import Switches


class Limiter:
    """Counts calls by account; ``refused`` is how many were turned away since the start."""

    def __init__(self, switches: Switches, limit_scale: float) -> None:
        self._switches = switches
        self._scale = limit_scale
        self._calls: dict[int, deque[float]] = defaultdict(deque)
        self.refused = 0

    def refuse(self, publisher_id: int) -> Response | None:
        """The answer to a call too many, or None for one that may pass. Refused calls do not count."""
        limit, window = self._switches["limit_calls"], self._switches["limit_seconds"] * self._scale
        if limit == 0:
            return None
        calls, present = self._calls[publisher_id], monotonic()
        while calls and calls[0] <= present - window:
            calls.popleft()
        if len(calls) < limit:
            calls.append(present)
            return None
        self.refused += 1
        headers = {"Retry-After": str(max(1, round(window)))} if self._switches["limit_retry_after"] else {}
        return HTMLResponse(
            "<html><body>Too many requests</body></html>", int(self._switches["limit_answer"]), headers
        )
