"""A simulated InkSoft: Api2 at ``/<StoreUri>/Api2/<Method>``, its staff's hands at ``/_control``."""

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from api.sandbox.control import control_routes
from api.sandbox.faults import Faults, WithConnection
from api.sandbox.inksoft.acts import ACTS
from api.sandbox.inksoft.door import Door
from api.sandbox.inksoft.limiter import Limiter
from api.sandbox.inksoft.mishaps import KINDS, PARAMS
from api.sandbox.inksoft.seed.build import build_world
from api.sandbox.inksoft.state import State
from api.sandbox.inksoft.switches import SWITCHES
from api.sandbox.settings import SandboxSettings
from api.sandbox.simulator import Simulator


def create_app(settings: SandboxSettings) -> ASGIApp:
    """The simulator of one folder. Raises SeedMismatch, FolderInUse or LedgerDamaged."""
    simulator = Simulator(
        "inksoft", settings, build=build_world, acts=ACTS, switches=SWITCHES, faults=Faults(KINDS, PARAMS)
    )
    routes = control_routes(simulator, State(simulator).routes())
    app = Starlette(routes=[*routes, Route("/{store}/{api}/{method}", Door(simulator, Limiter(simulator)))])
    return WithConnection(app)
