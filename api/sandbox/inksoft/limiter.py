"""The vendor publishes no limit; this one is the sandbox's, by account, over a sliding window of real time."""

from time import monotonic

from starlette.responses import HTMLResponse, Response

from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Simulator


class Limiter:
    """Counts calls by account. What it remembers lives in the world, so a reset forgets it."""

    def __init__(self, simulator: Simulator[World]) -> None:
        self._simulator = simulator

    def refuse(self, publisher_id: int) -> Response | None:
        """The answer to a call too many, or None for one that may pass. Refused calls do not count."""
        switches, world = self._simulator.switches, self._simulator.world
        limit, window = (
            switches["limit_calls"],
            switches["limit_seconds"] * self._simulator.settings.limit_scale,
        )
        if limit == 0:
            return None
        calls, present = world.recent_calls[publisher_id], monotonic()
        while calls and calls[0] <= present - window:
            calls.popleft()
        if len(calls) < limit:
            calls.append(present)
            return None
        world.calls_limited += 1
        headers = {"Retry-After": str(max(1, round(window)))} if switches["limit_retry_after"] else {}
        page = "<html><body>Too many requests</body></html>"
        return HTMLResponse(page, int(switches["limit_answer"]), headers)
