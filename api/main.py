"""The HTTP door: the app made of rooms, with what it hands down to them."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.connectors.registry import Toolbox, open_toolbox
from api.core import health
from api.core.admission import Admission
from api.core.asgi import Edge
from api.core.auth import Gate
from api.core.clock import Clock, SystemClock
from api.core.config import Settings
from api.core.db import Database
from api.core.limits import Limiter
from api.core.places import Line
from api.core.problems import Busy, InputFault, InvalidInput, MalformedBody, NotFound, Problem, answer
from api.identity.queries import make_authenticate, make_authenticate_key
from api.permissions import PERMISSIONS
from api.rooms import ABOVE_LINKING, ROUTERS

# Lock time-out, deadlock, statement time-out: what was begun was undone, and the same request may succeed in a moment.
WAITED_TOO_LONG = frozenset({"55P03", "40P01", "57014"})
# Classes of SQLSTATE: the connection broke, the server has no room, or it is being stopped or started.
OUT_OF_REACH = ("08", "53", "57P")


class MethodNotAllowed(Problem):
    """This address does not take this method."""

    status = 405


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> FastAPI:
    """The app. Everything it needs is opened when it starts and closed when it stops."""
    settings = settings or Settings()
    app = FastAPI(
        title="Platen",
        version=settings.platen_version,
        summary="Links an online-store platform with a print shop's books.",
        lifespan=_lifespan(settings, clock or SystemClock()),
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.include_router(health.router)
    for router in ROUTERS:
        app.include_router(router)
    check_permissions(ROUTERS)
    _handle_errors(app)
    _handle_database_errors(app)
    if settings.platen_frontend is not None:
        serve_frontend(app, settings.platen_frontend)
    line = Line(
        at_once=settings.requests_at_once,
        waiting=settings.requests_waiting,
        patience=settings.requests_patience,
    )
    app.add_middleware(Admission, line=line)
    app.add_middleware(Edge, origins=settings.origins)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    return app


def check_permissions(routers: Iterable[APIRouter]) -> None:
    """Refuse to start with an operation that the permission table does not name."""
    missing = {route.name for router in routers for route in router.routes if hasattr(route, "name")} - set(
        PERMISSIONS
    )
    if missing:
        message = f"no line in api/permissions.py for: {', '.join(sorted(missing))}"
        raise RuntimeError(message)


def _lifespan(settings: Settings, clock: Clock):  # type: ignore[no-untyped-def] # noqa: ANN202 - FastAPI's own type is wider
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = Database(
            settings.database_url.get_secret_value(),
            role="platen_app" if settings.database_set_role else None,
            pool_size=settings.database_pool_size,
            pool_wait=settings.database_pool_wait,
        )
        try:
            async with open_toolbox(settings, clock, database) as tools, _limits(settings, tools) as limiter:
                app.state.limiter = limiter
                app.state.tools = tools
                app.state.database = database
                app.state.version = settings.platen_version
                app.state.head_revision = health.head_revision()
                app.state.fingerprint_key = hashlib.sha256(
                    b"fingerprint\0" + settings.platen_hmac_key.get_secret_value().encode()
                ).digest()
                app.state.rooms_above = ABOVE_LINKING
                app.state.gate = Gate(
                    make_authenticate(database, clock), make_authenticate_key(database, tools.hashes, clock),
                    PERMISSIONS, settings.origins,
                )  # fmt: skip
                yield
        finally:
            await database.close()

    return lifespan


@asynccontextmanager
async def _limits(settings: Settings, tools: Toolbox) -> AsyncIterator[Limiter]:
    """This process's counts, agreed on with the other processes in the background."""
    limiter = Limiter(settings.rates, tools.hashes)
    agreeing = asyncio.create_task(limiter.keep_agreeing(tools.database))
    try:
        yield limiter
    finally:
        agreeing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await agreeing


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(Problem)
    async def on_problem(request: Request, problem: Problem) -> Response:
        return answer(request, problem)

    @app.exception_handler(RequestValidationError)
    async def on_invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(request, InvalidInput(errors=tuple(_fault(item) for item in error.errors()[:50])))

    @app.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> Response:
        if error.status_code == 405:  # noqa: PLR2004 - the router's own answer
            return answer(request, MethodNotAllowed(headers=dict(error.headers or {})))
        if error.status_code == 400:  # noqa: PLR2004 - a body that could not be read
            cause = error.__cause__
            return answer(request, cause if isinstance(cause, Problem) else MalformedBody())
        return answer(request, NotFound())


def _handle_database_errors(app: FastAPI) -> None:
    @app.exception_handler(PoolTimeoutError)
    async def on_full_pool(request: Request, _: PoolTimeoutError) -> Response:
        return answer(request, Busy(headers={"Retry-After": "2"}))

    @app.exception_handler(DBAPIError)
    async def on_database(request: Request, error: DBAPIError) -> Response:
        state = getattr(error.orig, "sqlstate", None) or ""
        if state in WAITED_TOO_LONG:
            return answer(request, Busy(headers={"Retry-After": "2"}))
        if state.startswith(OUT_OF_REACH) or error.connection_invalidated:
            return answer(request, _lost())
        raise error

    @app.exception_handler(ConnectionError)
    async def on_no_database(request: Request, _: ConnectionError) -> Response:
        return answer(request, _lost())


def _lost() -> Busy:
    """A commit under way may have been made: only the key makes a repeat safe (I10)."""
    return Busy(
        "The service lost its database for a moment. Repeat the request with the same Idempotency-Key: it is done once.",
        headers={"Retry-After": "2"},
    )


def _fault(item: dict[str, object]) -> InputFault:
    """Where and what, never the input itself: it may be a password."""
    place = item.get("loc", ())
    parts = [str(part) for part in place] if isinstance(place, tuple | list) else []
    pointer = "/" + "/".join(parts[1:]) if parts[:1] == ["body"] else ".".join(parts[1:])
    return InputFault(
        pointer=pointer[:200], code=str(item.get("type", "invalid")), message=str(item.get("msg", ""))[:300]
    )


def serve_frontend(app: FastAPI, folder: Path) -> None:
    """The built single-page app on the API's own origin: files as they are, every other address its index page."""
    root = folder.resolve()

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False, name="frontend")
    async def page(path: str) -> Response:
        if path.startswith(("v1/", "_control/")):
            raise NotFound
        file = _find_file(root, path)
        if file is not None:
            forever = "public, max-age=31536000, immutable"
            return FileResponse(
                file, headers={"Cache-Control": forever if path.startswith("assets/") else "no-cache"}
            )
        if "." in path.rsplit("/", 1)[-1]:
            raise NotFound
        return FileResponse(
            root / "index.html", headers={"Cache-Control": "no-cache", "Content-Security-Policy": CSP}
        )


def _find_file(root: Path, path: str) -> Path | None:
    """The file of this address; None for a folder, for what is outside of `root`, and for what no file can be called."""
    try:
        file = (root / path).resolve()
        return file if path and file.is_relative_to(root) and file.is_file() else None
    except (OSError, ValueError):  # a name that is too long, or with a NUL in it
        return None


CSP = (
    "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
