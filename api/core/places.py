"""How many requests are in work at once: places, a short line in front of them, and an honest no to everybody else.

Whoever waits for a vendor gives the place up meanwhile: a vendor that hangs must not stop everybody's work.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar

from prometheus_client import Counter, Gauge

from api.core.problems import Problem

IN_WORK = Gauge("platen_http_in_work", "Requests in work, those that wait for a vendor too.")
WAITING = Gauge("platen_http_waiting", "Requests that wait until they are taken up.")
REFUSED = Counter("platen_http_refused_total", "Requests that were not taken up.")


class Overloaded(Problem):
    """The service has more to do than it can. Nothing was done; try again in a few seconds."""

    status = 503
    retryable = True


class _Place:
    """One request's place. Its tasks may be away at the same time: the first to leave gives it up, the last one back takes one."""

    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free = free
        self._away = 0
        self._held = True

    def leave(self) -> None:
        self._away += 1
        self.give_up()

    def stay_away(self) -> None:
        self._away -= 1

    async def come_back(self) -> None:
        self._away -= 1
        if self._away == 0:
            await self._free.acquire()
            if self._away or self._held:  # another task of the request left, or took one, in the meantime
                self._free.release()
            else:
                self._held = True

    def give_up(self) -> None:
        if self._held:
            self._held = False
            self._free.release()


_MINE: ContextVar[_Place | None] = ContextVar("place", default=None)


class Line:
    """`at_once` requests in work, `waiting` behind them for at most `patience` seconds, first come first served."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._room_to_wait = waiting
        self._patience = patience

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place until the block ends; raises `Overloaded`."""
        if self._free.locked():
            await self._wait()
        else:
            await self._free.acquire()
        mine = _Place(self._free)
        token = _MINE.set(mine)
        try:
            with IN_WORK.track_inprogress():
                yield
        finally:
            _MINE.reset(token)
            mine.give_up()

    async def _wait(self) -> None:
        if self._room_to_wait <= 0:
            raise _refused()
        self._room_to_wait -= 1
        try:
            with WAITING.track_inprogress():
                async with asyncio.timeout(self._patience):
                    await self._free.acquire()
        except TimeoutError:
            raise _refused() from None
        finally:
            self._room_to_wait += 1


def _refused() -> Overloaded:
    REFUSED.inc()
    return Overloaded(headers={"Retry-After": "3"})


@asynccontextmanager
async def stepped_aside() -> AsyncIterator[None]:
    """Let others work while this request waits for somebody outside. Without a place (a job) it changes nothing."""
    mine = _MINE.get()
    if mine is None:
        yield
        return
    mine.leave()
    try:
        yield
    except asyncio.CancelledError:
        # Its time is up: what is left to do is to end, and that waits for nobody.
        mine.stay_away()
        raise
    except BaseException:
        await mine.come_back()
        raise
    await mine.come_back()
