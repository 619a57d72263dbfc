"""The edge of a route: the strict reading of a request, and the one committer.

`Session` commits before the answer leaves (`scope="function"`): a commit that fails answers with a problem, never with 200.
"""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.core.addresses import address_of
from api.core.auth import CALLER_PROBLEMS, Caller, Gate
from api.core.db import Database
from api.core.limits import RateLimited, spend
from api.core.places import Overloaded
from api.core.problems import (
    Busy,
    InputFault,
    InvalidInput,
    MalformedBody,
    Problem,
    declare,
    merge_declared,
)

MAX_DEPTH = 32


class StrictRequest(Request):
    """A request whose JSON is read once, strictly: real JSON only, at most 32 levels deep."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            try:
                value = orjson.loads(await self.body())
            except orjson.JSONDecodeError:
                raise MalformedBody from None
            if _depth_exceeds(value, MAX_DEPTH):
                raise MalformedBody(f"The body is nested more than {MAX_DEPTH} levels deep.")
            self._json = value
        return self._json


def _depth_exceeds(value: object, limit: int) -> bool:
    level = [value]
    for _ in range(limit + 1):
        level = [
            child
            for parent in level
            if isinstance(parent, dict | list)
            for child in (parent.values() if isinstance(parent, dict) else parent)
        ]
        if not level:
            return False
    return True


class StrictRoute(APIRoute):
    """A route that refuses query parameters it does not know and reads bodies strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        known = {
            field.alias for field in get_flat_params(self.dependant) if isinstance(field.field_info, Query)
        }

        async def strict(request: Request) -> Response:
            _slow_entry(request, self.name)
            unknown = sorted(set(request.query_params) - known)
            if unknown:
                raise InvalidInput(
                    errors=tuple(
                        InputFault(
                            pointer=name[:80], code="unknown_parameter", message="is not a parameter here"
                        )
                        for name in unknown[:10]
                    )
                )
            incoming = StrictRequest(request.scope, request.receive)
            if _has_body(request):
                _refuse_other_media_types(request)
                await _receive_all(incoming)
            return await handle(incoming)

        return strict


def _slow_entry(request: Request, operation: str) -> None:
    """What asks for nobody's session is how people get in: counted by address, and more strictly."""
    gate: Gate = request.app.state.gate
    permission = gate.permissions.get(operation)
    if permission is not None and permission.kind == "public":
        spend(request.scope, permission.entry, address_of(request.scope))


class UnsupportedMediaType(Problem):
    """Send the body as application/json."""

    status = 415


async def _receive_all(request: Request) -> None:
    """The body, before anything opens a transaction: none waits for a slow sender."""
    try:
        await request.body()
    except ClientDisconnect:
        raise MalformedBody("The body ended before it was complete.") from None


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _refuse_other_media_types(request: Request) -> None:
    if request.method in {"POST", "PUT", "PATCH"}:
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media != "application/json":
            raise UnsupportedMediaType


class Room(APIRouter):
    """A router whose routes declare the room's problems beside their own, also where both have one status."""

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        options["responses"] = merge_declared(options.get("responses") or {}, self.responses)
        super().add_api_route(path, endpoint, **options)


def room(tag: str, *, public: bool = False) -> Room:
    """A room's router: strict routes, one tag, function names as operation ids, the problems every route may answer with."""
    shared = (InvalidInput, MalformedBody, UnsupportedMediaType, Busy, Overloaded, RateLimited)
    kinds = shared if public else (*shared, *CALLER_PROBLEMS)
    return Room(
        prefix="/v1",
        tags=[tag],
        route_class=StrictRoute,
        responses=declare(*kinds),
        generate_unique_id_function=lambda route: route.name,
    )


async def _session(request: Request, caller: Caller) -> AsyncIterator[AsyncSession]:
    """The caller's transaction, in the workspace the caller entered; outside of any it sees the person's own rows only."""
    database: Database = request.app.state.database
    async with database.transaction(caller.tenant_id, person_id=caller.person_in_view) as session:
        yield session


async def _open_session(request: Request) -> AsyncIterator[AsyncSession]:
    """A transaction without a workspace: sign-up and sign-in, which touch only the allow-list."""
    database: Database = request.app.state.database
    async with database.transaction(None) as session:
        yield session


Session = Annotated[AsyncSession, Depends(_session, scope="function")]
OpenSession = Annotated[AsyncSession, Depends(_open_session, scope="function")]
