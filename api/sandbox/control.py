"""The part of ``/_control`` that both vendors share: switches, faults, counted calls, the ledger, the verbs of people."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import orjson
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.sandbox.clock import ahead, now, set_ahead, stamp
from api.sandbox.faults import FaultRefused
from api.sandbox.simulator import Refused, Simulator
from api.sandbox.switches import SwitchRefused

MOST_AHEAD = 366 * 86_400.0


def answer(content: Any, status: int = 200) -> Response:
    """JSON of anything orjson knows."""
    return Response(
        orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS), status, media_type="application/json"
    )


Handler = Callable[[Request], Awaitable[Any]]


def control_routes(simulator: Simulator[Any], extra: Mapping[str, Handler]) -> list[Route]:
    """Routes below ``/_control``; ``extra`` adds GET ones by path, such as ``state/orders/{id}``."""
    desk = _Desk(simulator)
    routes = [
        Route("/_control/switches", _spoken(desk.switches), methods=["GET", "PUT"]),
        Route("/_control/faults", _spoken(desk.faults), methods=["GET", "POST", "DELETE"]),
        Route("/_control/faults/{fault_id}", _spoken(desk.lift_fault), methods=["DELETE"]),
        Route("/_control/calls", _spoken(desk.calls), methods=["GET", "DELETE"]),
        Route("/_control/ledger", _spoken(desk.ledger), methods=["GET"]),
        Route("/_control/verbs", _spoken(desk.verbs), methods=["GET"]),
        Route("/_control/clock", _spoken(desk.clock), methods=["GET", "PUT"]),
        Route("/_control/reset", _spoken(desk.reset), methods=["POST"]),
    ]
    routes += [
        Route(f"/_control/{path}", _spoken(handler), methods=["GET"]) for path, handler in extra.items()
    ]
    return [*routes, Route("/_control/{verb}", _spoken(desk.act), methods=["POST"])]


def _spoken(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Turn a refusal into a clear 4xx, anything else into JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            return answer(await handler(request))
        except Refused as refused:
            return answer({"error": str(refused)}, refused.status)
        except (FaultRefused, SwitchRefused) as refused:
            return answer({"error": str(refused)}, 400)
        except ValidationError as invalid:
            faults = invalid.errors(include_url=False, include_context=False, include_input=False)
            return answer({"error": "the arguments are not valid", "errors": faults}, 400)

    return endpoint


async def read_json(request: Request) -> Any:
    """The body; nothing at all counts as an empty object. Raises Refused."""
    body = await request.body()
    try:
        return orjson.loads(body) if body.strip() else {}
    except orjson.JSONDecodeError as broken:
        raise Refused("the body is not JSON", 400) from broken


def _how_far(told: Any) -> timedelta:
    """Never back: the ledger's instants only grow. Raises Refused."""
    seconds = told.get("ahead_seconds") if isinstance(told, dict) else None
    if not isinstance(seconds, int | float) or not ahead().total_seconds() <= seconds <= MOST_AHEAD:
        raise Refused(f"ahead_seconds is a number from {ahead().total_seconds():g} to {MOST_AHEAD:g}", 400)
    return timedelta(seconds=seconds)


class _Desk:
    def __init__(self, simulator: Simulator[Any]) -> None:
        self._simulator = simulator

    async def switches(self, request: Request) -> Any:
        if request.method == "PUT":
            wanted = self._simulator.switches.check(await read_json(request))
            self._simulator.perform("set_switches", wanted, by="person")
        return self._simulator.switches.listing()

    async def faults(self, request: Request) -> Any:
        if request.method == "POST":
            return self._simulator.faults.add(await read_json(request)).as_json()
        if request.method == "DELETE":
            return {"lifted": self._simulator.faults.remove()}
        return self._simulator.faults.listing()

    async def lift_fault(self, request: Request) -> Any:
        if not self._simulator.faults.remove(request.path_params["fault_id"]):
            raise Refused("no such fault is in force", 404)
        return {"lifted": 1}

    async def calls(self, request: Request) -> Any:
        if request.method == "DELETE":
            self._simulator.calls.clear()
        return dict(self._simulator.calls)

    async def ledger(self, request: Request) -> Any:
        try:
            after, limit = (
                int(request.query_params.get(name, text)) for name, text in (("after", 0), ("limit", 1000))
            )
        except ValueError as wrong:
            raise Refused("after and limit are whole numbers", 400) from wrong
        return [entry.as_json() for entry in self._simulator.ledger.after(after, limit)]

    async def verbs(self, request: Request) -> Any:
        del request
        return {name: model.model_json_schema() for name, model in self._simulator.verbs().items()}

    async def clock(self, request: Request) -> Any:
        if request.method == "PUT":
            set_ahead(_how_far(await read_json(request)))
        return {"ahead_seconds": ahead().total_seconds(), "now": stamp(now())}

    async def reset(self, request: Request) -> Any:
        del request
        set_ahead(timedelta(0))
        self._simulator.reset()
        return {"reset": True}

    async def act(self, request: Request) -> Any:
        verb = request.path_params["verb"]
        if verb not in self._simulator.verbs():
            raise Refused(f"no verb is called {verb!r}; GET /_control/verbs lists them", 404)
        return self._simulator.perform(verb, await read_json(request), by="person")
