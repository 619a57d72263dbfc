"""The simulated Printavo as an ASGI application."""

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from api.sandbox.anchor import Anchor
from api.sandbox.control import control_routes
from api.sandbox.faults import Faults, WithConnection
from api.sandbox.printavo.acts import ACTS
from api.sandbox.printavo.desk import desk_routes
from api.sandbox.printavo.gate import Gate
from api.sandbox.printavo.limiter import Limiter
from api.sandbox.printavo.mishaps import KINDS, PARAMS
from api.sandbox.printavo.resolvers import build_schema
from api.sandbox.printavo.seed import plant
from api.sandbox.printavo.switches import SWITCHES
from api.sandbox.printavo.world import World
from api.sandbox.settings import SandboxSettings
from api.sandbox.simulator import Simulator
from api.sandbox.switches import Switches


def create_app(settings: SandboxSettings) -> ASGIApp:
    """Raises SeedMismatch, FolderInUse or LedgerDamaged when the folder cannot be served."""
    limiter = Limiter(settings.limit_scale)

    def build(anchor: Anchor, switches: Switches) -> World:
        limiter.clear()  # a reset starts from nothing in every respect
        return plant(World(anchor, switches, settings.time_scale))

    simulator = Simulator(
        "printavo",
        settings,
        build=build,
        acts=ACTS,
        switches=SWITCHES,
        faults=Faults(KINDS, PARAMS),
    )
    gate = Gate(simulator, build_schema(), limiter)
    routes = [Route("/api/v2", gate), *control_routes(simulator, desk_routes(simulator))]
    return WithConnection(Starlette(routes=routes, exception_handlers={404: _not_found, 405: _not_found}))


async def _not_found(*_: object) -> Response:
    return HTMLResponse("<!DOCTYPE html><html><body><h1>404 Not Found</h1></body></html>", 404)
