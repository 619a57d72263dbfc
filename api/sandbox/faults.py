"""Planned mishaps: which call they hit, and what happens to its answer on the wire."""

import asyncio
import socket
import struct
import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

# What spoils any HTTP answer, and whether the write is applied first (``params.applied`` overrides it).
WIRE_KINDS: Mapping[str, bool] = {
    "status_429": False,
    "status_503": False,
    "status_500_before": False,
    "status_500_after": True,
    "status_502_html": True,
    "html_200": False,
    "redirect": False,
    "lost_answer": True,
    "hang": True,
    "reset": True,
    "truncated": True,
    "gzip_bomb": True,
    "slow": True,
}
PARAMS: Mapping[str, type | tuple[type, ...]] = {
    "applied": bool,
    "seconds": (int, float),
    "retry_after": int,
    "location": str,
    "megabytes": int,
}
_MEBIBYTE = bytes(1024 * 1024)
_PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


class FaultRefused(Exception):
    """The fault asked for makes no sense; the text says why."""


@dataclass(slots=True)
class Fault:
    """``nth`` skips the first nth-1 calls that match; then it strikes ``times`` times."""

    id: str
    kind: str
    call: str | None
    nth: int
    times: int
    params: Mapping[str, Any]
    seen: int = 0
    struck: int = field(default=0)

    def as_json(self) -> dict[str, Any]:
        match = {"operation": self.call, "nth": self.nth}
        return {
            "id": self.id,
            "match": match,
            "kind": self.kind,
            "times": self.times,
            "params": dict(self.params),
        } | {
            "seen": self.seen,
            "struck": self.struck,
        }

    def strikes(self, call: str) -> bool:
        """Count this call and say whether the fault hits it."""
        if self.call is not None and self.call.lower() != call.lower():
            return False
        self.seen += 1
        if self.seen < self.nth or self.struck >= self.times:
            return False
        self.struck += 1
        return True


class Faults:
    """The faults in force. They live in memory only: a restarted sandbox is well again."""

    def __init__(
        self, vendor_kinds: Iterable[str] = (), vendor_params: Mapping[str, Any] | None = None
    ) -> None:
        self._kinds = {*WIRE_KINDS, *vendor_kinds}
        self._params = {**PARAMS, **(vendor_params or {})}
        self._faults: list[Fault] = []
        self._numbers = count(1)

    def add(self, wanted: Any) -> Fault:
        """Put a fault in force: ``{"match": {"operation"|"method": …, "nth": 1}, "kind", "times": 1, "params": {}}``."""
        if not isinstance(wanted, dict) or not wanted.keys() <= {"id", "match", "kind", "times", "params"}:
            raise FaultRefused("a fault is an object with id, match, kind, times, params")
        kind, times = wanted.get("kind"), wanted.get("times", 1)
        if kind not in self._kinds:
            raise FaultRefused(f"no kind {kind!r}; there are {', '.join(sorted(self._kinds))}")
        if type(times) is not int or times < 1:
            raise FaultRefused("times is a whole number from 1")
        call, nth = self._match(wanted.get("match", {}))
        name = str(wanted.get("id") or f"fault-{next(self._numbers)}")
        if any(fault.id == name for fault in self._faults):
            raise FaultRefused(f"a fault {name!r} is in force already")
        fault = Fault(name, kind, call, nth, times, self._checked(wanted.get("params", {})))
        self._faults.append(fault)
        return fault

    def take(self, call: str) -> Fault | None:
        """The first fault that hits this call; every matching fault counts it."""
        hits = [fault for fault in self._faults if fault.strikes(call)]
        return hits[0] if hits else None

    def listing(self) -> list[dict[str, Any]]:
        return [fault.as_json() for fault in self._faults]

    def remove(self, fault_id: str | None = None) -> int:
        """Lift one fault, or all. Returns how many were lifted."""
        kept = [fault for fault in self._faults if fault_id is not None and fault.id != fault_id]
        lifted = len(self._faults) - len(kept)
        self._faults = kept
        return lifted

    @staticmethod
    def _match(match: Any) -> tuple[str | None, int]:
        if not isinstance(match, dict) or not match.keys() <= {"operation", "method", "nth"}:
            raise FaultRefused("match is an object with operation or method, and nth")
        call, nth = match.get("operation", match.get("method")), match.get("nth", 1)
        if call is not None and not isinstance(call, str):
            raise FaultRefused("the operation or method is a name")
        if type(nth) is not int or nth < 1:
            raise FaultRefused("nth is a whole number from 1")
        return call, nth

    def _checked(self, params: Any) -> Mapping[str, Any]:
        if not isinstance(params, dict):
            raise FaultRefused("params is an object")
        for name, value in params.items():
            if name not in self._params or not isinstance(value, self._params[name]):
                raise FaultRefused(f"params.{name} is unknown or of the wrong type")
        return params


class WithConnection:
    """Outermost ASGI layer: keeps the server's transport in the scope, so that a fault can cut the connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["sandbox.transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        await self._app(scope, receive, send)


async def spoil(
    fault: Fault,
    perform: Callable[[], Awaitable[Response]],
    connection: tuple[Scope, Receive, Send],
    time_scale: float = 1.0,
) -> None:
    """Answer (or fail to) as a fault of WIRE_KINDS says; ``perform`` does the real work and makes the real answer."""
    scope, receive, send = connection
    applied = fault.params.get("applied", WIRE_KINDS[fault.kind])
    real = await perform() if applied else PlainTextResponse("")
    seconds = float(fault.params.get("seconds", 60)) * time_scale
    match fault.kind:
        case "lost_answer":
            await _cut(scope, receive)
        case "reset":
            await _cut(scope, receive, abruptly=True)
        case "hang":
            await _wait_or_hang_up(receive, seconds)
            await _cut(scope, receive)
        case "slow":
            await asyncio.sleep(seconds)
            await (real if applied else await perform())(scope, receive, send)
        case "truncated":
            await send(
                {"type": "http.response.start", "status": real.status_code, "headers": real.raw_headers}
            )
            half = bytes(real.body)[: len(real.body) // 2]
            await send({"type": "http.response.body", "body": half, "more_body": True})
            await _cut(scope, receive)
        case "gzip_bomb":
            await _send_bomb(send, int(fault.params.get("megabytes", 256)))
        case _:
            await _page(fault)(scope, receive, send)


def _page(fault: Fault) -> Response:
    retry_after = fault.params.get("retry_after")
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    match fault.kind:
        case "status_429":
            return PlainTextResponse("Too many requests", 429, headers)
        case "status_503":
            return PlainTextResponse("Service unavailable", 503, headers)
        case "status_502_html":
            return HTMLResponse(_PAGE.format("502 Bad Gateway"), 502)
        case "html_200":
            return HTMLResponse(_PAGE.format("We will be right back"), 200)
        case "redirect":
            location = str(fault.params.get("location", "http://127.0.0.1:9/"))
            return Response(status_code=302, headers={"Location": location})
        case _:
            return PlainTextResponse("Internal server error", 500)


async def _cut(scope: Scope, receive: Receive, *, abruptly: bool = False) -> None:
    """Close the connection without another byte; abruptly = with a TCP reset."""
    transport = scope.get("sandbox.transport")
    if transport is None:
        raise ConnectionResetError("the sandbox cut the connection")
    if abruptly:
        linger_never = struct.pack("ii", 1, 0)
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger_never)
        transport.abort()
    else:
        transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _wait_or_hang_up(receive: Receive, seconds: float) -> None:
    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(gone(), seconds)
    except TimeoutError:
        return


async def _send_bomb(send: Send, mebibytes: int) -> None:
    """A small gzip body that unpacks to ``mebibytes`` MiB of zeros."""
    press = zlib.compressobj(9, zlib.DEFLATED, 31)
    headers = [(b"content-type", b"application/json"), (b"content-encoding", b"gzip")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for _ in range(mebibytes):
        await send({"type": "http.response.body", "body": press.compress(_MEBIBYTE), "more_body": True})
    await send({"type": "http.response.body", "body": press.flush(), "more_body": False})
