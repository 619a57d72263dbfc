"""The door of the API: who asks is counted by address, and waits for a place. A flood waits here, not at the database's pool."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.core.addresses import address_of
from api.core.limits import spend
from api.core.places import Line, stepped_aside


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
            await self._app(scope, _waited_for_aside(receive), send)


def _waited_for_aside(receive: Receive) -> Receive:
    """Whoever is still sending gives the place up meanwhile: a few slow senders must not stop everybody's work."""

    async def received() -> Message:
        arriving = asyncio.ensure_future(receive())
        try:
            # What is there already is taken without leaving the place, which others may be waiting for.
            await asyncio.wait({arriving}, timeout=0)
            if not arriving.done():
                async with stepped_aside():
                    await asyncio.wait({arriving})
            return arriving.result()
        finally:
            arriving.cancel()

    return received
