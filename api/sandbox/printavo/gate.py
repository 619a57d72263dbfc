"""``POST /api/v2``: what stands between the wire and the schema, in the vendor's order."""

import math
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, GraphQLSchema
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from api.sandbox.faults import WIRE_KINDS, Fault, spoil
from api.sandbox.printavo.access import (
    API_PLAN,
    Visitor,
    recognise,
    refuse_credentials,
    refuse_plan,
    speak,
)
from api.sandbox.printavo.documents import Document, Unreadable, read_document, run
from api.sandbox.printavo.limiter import Limiter
from api.sandbox.printavo.mishaps import befall
from api.sandbox.printavo.resolvers.caller import Caller
from api.sandbox.printavo.wording import say_error
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Simulator

_PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Gate:
    """An ASGI application. Answers that never reach the schema are counted as calls too, under their own names."""

    simulator: Simulator[World]
    schema: GraphQLSchema
    limiter: Limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body()
        self.simulator.calls["requests"] += 1
        plan = self._admit(request, body)
        if isinstance(plan, Response):
            await plan(scope, receive, send)
            return
        fault = self._fault(plan.document)
        if fault is not None and fault.kind in WIRE_KINDS:

            async def perform() -> Response:
                return await self._perform(plan, None)

            await spoil(fault, perform, (scope, receive, send), self.simulator.settings.time_scale)
            return
        await (await self._perform(plan, fault))(scope, receive, send)

    def _admit(self, request: Request, body: bytes) -> "_Plan | Response":
        """What to do, or the refusal."""
        if (odd := _unlike_a_call(request)) is not None:
            return odd
        wait = self._wait(request)
        if wait and self._switch("rate_limit_answer") == "http_429":
            return self._slow_down(wait)
        document: Document | None = None
        fault: GraphQLError | None = None
        try:
            document = read_document(body)
        except Unreadable as broken:
            return _html(f"{broken.status} {broken}", broken.status)
        except GraphQLError as broken:
            fault = broken
        visitor = recognise(self.simulator.world, request.headers)
        if (refusal := self._turn_away(visitor, document)) is not None:
            return refusal
        if document is None or fault is not None:
            return speak({"errors": [say_error(fault or GraphQLError("No query string was present"))]})
        return _Plan(document, visitor, wait)

    def _turn_away(self, visitor: Visitor | None, document: Document | None) -> Response | None:
        if visitor is None and not (document and document.signs_in):
            self.simulator.calls["unauthorized"] += 1
            return refuse_credentials(self.simulator.world)
        if visitor is not None and visitor.user.account.plan != API_PLAN:
            self.simulator.calls["plan_refused"] += 1
            return refuse_plan(self.simulator.world)
        return None

    def _wait(self, request: Request) -> float:
        address = request.client.host if request.client else "unknown"
        keys = [f"address {address}", *_mailbox(request.headers)]
        banned = self._switch("rate_penalty") == "on"
        wait = self.limiter.admit(keys, penalty_seconds=self._switch("penalty_seconds") if banned else None)
        if wait:
            self.simulator.calls["rate_limited"] += 1
        return wait

    def _slow_down(self, wait: float) -> Response:
        sent = self._switch("retry_after") == "sent"
        headers = {"Retry-After": str(math.ceil(wait))} if sent else {}
        if self._switch("rate_limit_body") == "text":
            return PlainTextResponse("Retry later\n", 429, headers)
        return speak({"errors": [{"message": "Too many requests"}]}, 429, headers)

    def _fault(self, document: Document) -> Fault | None:
        """Count the root fields, and take the first fault that hits one of them."""
        for name in document.roots:
            self.simulator.calls[name] += 1
        hits = (self.simulator.faults.take(name) for name in document.roots)
        return next((fault for fault in hits if fault), None)

    async def _perform(self, plan: "_Plan", fault: Fault | None) -> Response:
        if plan.wait and plan.document.changes:
            return self._slow_down(plan.wait)  # only a page can be silently empty
        caller = Caller(self.simulator, plan.visitor, silent=plan.wait > 0)

        async def execute() -> dict[str, Any]:
            return await run(self.schema, plan.document, caller)

        body = await execute() if fault is None else await befall(fault, plan.document, caller, execute)
        if caller.plan_refused:
            self.simulator.calls["plan_refused"] += 1
            return refuse_plan(self.simulator.world)
        return speak(body)

    def _switch(self, name: str) -> Any:
        return self.simulator.switches[name]


@dataclass(frozen=True, slots=True)
class _Plan:
    document: Document
    visitor: Visitor | None
    wait: float  # above 0: too many calls, to be answered by empty pages


def _unlike_a_call(request: Request) -> Response | None:
    """Only POST is known here, and without the right Accept header the vendor's server falls over."""
    if request.method != "POST":
        return _html("404 Not Found", 404)
    if "application/json" not in request.headers.get("accept", "").lower():
        return _html("500 Internal Server Error", 500)
    return None


def _mailbox(headers: Headers) -> list[str]:
    email = headers.get("email", "").strip().lower()
    return [f"email {email}"] if email else []


def _html(title: str, status: int) -> Response:
    return HTMLResponse(_PAGE.format(title), status)
