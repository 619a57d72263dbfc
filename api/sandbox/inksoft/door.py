"""``/<StoreUri>/Api2/<Method>``: limits, plan, keys, methods, mishaps, in the order a live store would meet them."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from api.sandbox.clock import now
from api.sandbox.faults import WIRE_KINDS, Fault, spoil
from api.sandbox.inksoft import mishaps
from api.sandbox.inksoft.limiter import Limiter
from api.sandbox.inksoft.methods import BY_LOWER_NAME, METHODS, Method
from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.methods.params import Params
from api.sandbox.inksoft.wire.envelope import Problem, wrap, wrap_problem
from api.sandbox.inksoft.wire.formats import write
from api.sandbox.inksoft.world.account import UNLIMITED, Account, Session, Store
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Simulator

_PLAN = "The API is not included in your plan. API access requires InkSoft Unlimited."
_PAGE = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Door:
    """The ASGI endpoint of all methods."""

    simulator: Simulator[World]
    limiter: Limiter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.body() if request.method == "POST" else b""
        params = Params(scope["query_string"], body)
        wanted = request.path_params["method"]
        name = BY_LOWER_NAME.get(wanted.lower(), wanted)
        self.simulator.calls[name] += 1
        fault = self.simulator.faults.take(name)
        if fault is not None and fault.kind in WIRE_KINDS:
            spoiling = lambda: self._answer(request, name, params, None)  # noqa: E731 - the work that spoil may want
            await spoil(fault, spoiling, (scope, receive, send), self.simulator.settings.time_scale)
            return
        await (await self._answer(request, name, params, fault))(scope, receive, send)

    async def _answer(self, request: Request, name: str, params: Params, fault: Fault | None) -> Response:
        switches = self.simulator.switches
        if switches["slow_seconds"]:
            await asyncio.sleep(switches["slow_seconds"] * self.simulator.settings.time_scale)
        try:
            store = self._store(request)
            turned_away = self.limiter.refuse(store.publisher_id)
            if turned_away is not None:
                return turned_away
            envelope = self._run(request, name, store, params, fault)
        except Problem as problem:
            return self._fail(problem, params)
        return write(envelope, params.text("Format"), 200)

    def _store(self, request: Request) -> Store:
        store = self.simulator.world.store_at(request.path_params["store"])
        if store is None or request.path_params["api"].lower() != "api2":
            raise self._unknown("Store not found")
        return store

    def _unknown(self, text: str) -> Problem:
        return Problem("NotFound", text, html=self.simulator.switches["unknown_path"] == "html")

    def _run(
        self, request: Request, name: str, store: Store, params: Params, fault: Fault | None
    ) -> dict[str, object]:
        method = METHODS.get(name)
        if method is None:
            raise self._unknown(f"Method {name} not found")
        if method.post_only and request.method != "POST":
            raise Problem("MethodNotAllowed", f"{name} takes POST only")
        account, at = self.simulator.world.account_of(store), now()
        session = self._session(account, params, at)
        self._admit(request, method, account, params, session)
        kind = fault.kind if fault else ""
        failure = mishaps.problem_of(kind)
        if failure and not mishaps.KINDS[kind]:
            raise failure
        envelope = wrap(method.run(Call(self.simulator, store, account, params, session, at)))
        if failure:
            raise failure
        return mishaps.distort(envelope, kind, str(fault.params.get("field", "Items")) if fault else "")

    def _session(self, account: Account, params: Params, at: datetime) -> Session | None:
        token = params.text("SessionToken")
        session = self.simulator.world.session(token) if token else None
        if session is None or session.publisher_id != account.publisher_id:
            return None
        hours = self.simulator.switches["token_life_hours"] * self.simulator.settings.time_scale
        return session if at < session.since + timedelta(hours=hours) else None

    def _admit(
        self, request: Request, method: Method, account: Account, params: Params, session: Session | None
    ) -> None:
        """Let the caller in or raise what the vendor would answer."""
        switches = self.simulator.switches
        if account.plan != UNLIMITED:
            raise self._plan_refusal()
        key = params.text("ApiKey") or (request.headers.get("x-api-key") if switches["key_header"] else None)
        public = method.door == "open" or (
            method.door != "staff" and key is None and switches[f"{method.door}_public"]
        )
        if public or (session is not None and session.staff):
            return
        if key != account.api_key or not account.key_active:
            raise self._bad_key()

    def _bad_key(self) -> Problem:
        text = "API key is not valid"
        match self.simulator.switches["bad_key"]:
            case "401":
                return Problem("Unauthorized", text)
            case "200_not_ok":
                return Problem("BadRequest", text, http=200)
            case _:
                return Problem("BadRequest", text)

    def _plan_refusal(self) -> Problem:
        match self.simulator.switches["plan_refusal"]:
            case "ok_false_200":
                return Problem("BadRequest", _PLAN, http=200)
            case "html_403":
                return Problem("Forbidden", _PLAN, html=True)
            case "like_bad_key":
                return self._bad_key()
            case _:
                return Problem("BadRequest", _PLAN)

    def _fail(self, problem: Problem, params: Params) -> Response:
        if problem.html:
            return HTMLResponse(_PAGE.format(problem), problem.http)
        switches = self.simulator.switches
        status = 200 if switches["errors_at_200"] else problem.http
        return write(wrap_problem(problem, switches["severity_key"]), params.text("Format"), status)
