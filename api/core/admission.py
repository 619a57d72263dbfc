"""The door of the API: who asks is counted by address, and waits for a place. A flood waits here, not at the database's pool."""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.core.addresses import address_of
from api.core.limits import spend
from api.core.places import Line


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
