"""The outermost layers, as plain ASGI: request ids, the log line, byte and time limits, security headers, CORS."""

import asyncio
import contextlib
import logging
import time
from uuid import uuid4

from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.core.limits import limit_headers
from api.core.problems import InternalError, Problem, answer

MAX_BODY = 1024 * 1024
RECEIVE_SECONDS = 5.0
HANDLE_SECONDS = 20.0
EXPOSED = "ETag, Retry-After, RateLimit, RateLimit-Policy, X-Request-Id, Link, Location, Idempotency-Replayed"

log = logging.getLogger("platen.http")
REQUESTS = Counter("platen_http_requests_total", "Requests answered.", ["operation", "status"])
SECONDS = Histogram("platen_http_request_seconds", "Time to answer.", ["operation"])


class BodyTooLarge(Problem):
    """The body is larger than 1 MiB."""

    status = 413


class TooSlow(Problem):
    """This took too long and was stopped. What was begun was undone; ask again."""

    status = 503
    retryable = True


class Edge:
    """One layer for all of it: each request gets an id, a limit and a log line; whatever fails inside becomes a problem."""

    def __init__(self, app: ASGIApp, *, origins: frozenset[str]) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["platen.request_id"] = request_id = uuid4().hex
        headers = Headers(scope=scope)
        started = time.perf_counter()
        status = 0

        async def dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer_headers = MutableHeaders(scope=message)
                self._dress(answer_headers, headers, request_id)
                answer_headers.update(limit_headers(scope.get("platen.limits", ())))
            await send(message)

        try:
            if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
                await self._preflight(headers, dressed)
            else:
                async with asyncio.timeout(HANDLE_SECONDS):
                    await self._app(scope, _limited(receive, headers), dressed)
        except Exception as error:
            problem = _as_problem(error)
            if isinstance(problem, InternalError):
                log.exception("request failed", extra={"request_id": request_id})
            if status:
                raise
            await answer(Request(scope), problem)(scope, receive, dressed)
        finally:
            self._tell(scope, status, time.perf_counter() - started)

    def _dress(self, answer_headers: MutableHeaders, asked: Headers, request_id: str) -> None:
        answer_headers["X-Request-Id"] = request_id
        if "x-correlation-id" in asked:
            answer_headers["X-Correlation-Id"] = asked["x-correlation-id"][:100]
        answer_headers["X-Content-Type-Options"] = "nosniff"
        answer_headers["Referrer-Policy"] = "same-origin"
        answer_headers.setdefault("Cache-Control", "no-store")
        origin = asked.get("origin")
        if origin is None:
            return
        answer_headers.add_vary_header("Origin")
        answer_headers["Access-Control-Expose-Headers"] = EXPOSED
        if origin in self._origins:
            answer_headers["Access-Control-Allow-Origin"] = origin
            answer_headers["Access-Control-Allow-Credentials"] = "true"
        else:
            answer_headers["Access-Control-Allow-Origin"] = "*"

    async def _preflight(self, asked: Headers, send: Send) -> None:
        allowed = asked.get("access-control-request-headers", "")[:500]
        await send(
            {
                "type": "http.response.start",
                "status": 204,
                "headers": [
                    (b"access-control-allow-methods", b"GET, POST, PUT, PATCH, DELETE"),
                    (b"access-control-allow-headers", allowed.encode("latin-1", "replace")),
                    (b"access-control-max-age", b"600"),
                ],
            }
        )
        await send({"type": "http.response.body", "body": b""})

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        operation = getattr(route, "name", None) or "none"
        REQUESTS.labels(operation, str(status)).inc()
        SECONDS.labels(operation).observe(seconds)
        principal = scope.get("platen.principal")
        about = {
            "request_id": scope["platen.request_id"],
            "operation": operation,
            "method": scope["method"],
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "workspace_id": getattr(principal, "workspace_id", None),
        }
        log.info("request", extra=about)


def _as_problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, TimeoutError):
        return TooSlow()
    return InternalError()


def _limited(receive: Receive, headers: Headers) -> Receive:
    """The body, counted while it streams in: 1 MiB at most, 5 seconds between two pieces at most."""
    declared = headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > MAX_BODY:
        raise BodyTooLarge
    seen = 0
    done = False

    async def counted() -> Message:
        nonlocal seen, done
        if done:
            return await receive()
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(asyncio.timeout(RECEIVE_SECONDS))
            message = await receive()
        seen += len(message.get("body", b""))
        done = not message.get("more_body", False)
        if seen > MAX_BODY:
            raise BodyTooLarge
        return message

    return counted
