"""Ten calls in any five seconds, by e-mail and by address; optionally a ban for those who go on hammering."""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from time import monotonic

CALLS = 10
WINDOW_SECONDS = 5.0
PATIENCE = 5


class Limiter:
    """``scale`` stretches the window. A refused call takes no place in it."""

    def __init__(self, scale: float = 1.0, clock: Callable[[], float] = monotonic) -> None:
        self._scale = scale
        self._window = WINDOW_SECONDS * scale
        self._clock = clock
        self.clear()

    def clear(self) -> None:
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._refused: defaultdict[str, deque[float]] = defaultdict(deque)
        self._banned: dict[str, float] = {}

    def admit(self, keys: Sequence[str], *, penalty_seconds: float | None) -> float:
        """0 when the call may pass (it is counted for every key), else the seconds until one may."""
        at = self._clock()
        waits = [self._wait(key, at) for key in keys]
        if not any(waits):
            for key in keys:
                self._calls[key].append(at)
            return 0.0
        if penalty_seconds is not None:
            for key, wait in zip(keys, waits, strict=True):
                if wait:
                    self._punish(key, at, penalty_seconds * self._scale)
        return max(waits)

    def _wait(self, key: str, at: float) -> float:
        ban = self._banned.get(key, 0.0) - at
        if ban > 0:
            return ban
        calls = self._calls[key]
        while calls and calls[0] <= at - self._window:
            calls.popleft()
        return calls[0] + self._window - at if len(calls) >= CALLS else 0.0

    def _punish(self, key: str, at: float, seconds: float) -> None:
        refused = self._refused[key]
        refused.append(at)
        while refused[0] <= at - self._window:
            refused.popleft()
        if len(refused) >= PATIENCE:
            self._banned[key] = at + seconds
