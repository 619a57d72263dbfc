"""How many requests are in work at once: a bound, a short line in front of it, and an honest no to everybody else.

What is in work always gets through to its end: a flood waits at the door instead of at the database's pool.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import Counter, Gauge
from starlette.types import ASGIApp, Receive, Scope, Send

from api.core.addresses import address_of
from api.core.limits import spend
from api.core.problems import Problem

IN_WORK = Gauge("platen_http_in_work", "Requests in work.")
WAITING = Gauge("platen_http_waiting", "Requests that wait until they are taken up.")
REFUSED = Counter("platen_http_refused_total", "Requests that were not taken up.")


class Overloaded(Problem):
    """The service has more to do than it can. Nothing was done; try again in a few seconds."""

    status = 503
    retryable = True


class Line:
    """`at_once` requests in work, `waiting` behind them for at most `patience` seconds, first come first served."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._room_to_wait = waiting
        self._patience = patience

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place until the block ends; raises `Overloaded`."""
        if self._places.locked():
            await self._wait()
        else:
            await self._places.acquire()
        try:
            with IN_WORK.track_inprogress():
                yield
        finally:
            self._places.release()

    async def _wait(self) -> None:
        if self._room_to_wait <= 0:
            raise _refused()
        self._room_to_wait -= 1
        try:
            with WAITING.track_inprogress():
                async with asyncio.timeout(self._patience):
                    await self._places.acquire()
        except TimeoutError:
            raise _refused() from None
        finally:
            self._room_to_wait += 1


def _refused() -> Overloaded:
    REFUSED.inc()
    return Overloaded(headers={"Retry-After": "3"})


class Admission:
    """Lets requests of the API in; whoever asks after its health, and the page's files, do not stand in line."""

    def __init__(self, app: ASGIApp, *, line: Line) -> None:
        self._app = app
        self._line = line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        spend(scope, "address", address_of(scope))
        async with self._line.place():
            await self._app(scope, receive, send)
