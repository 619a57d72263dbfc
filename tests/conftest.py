"""The harness: a migrated database cloned per process, the two sandboxes as processes, the app over ASGI, and `run_jobs`.

`TEST_DATABASE_URL` (a superuser's address) is used when set, otherwise an embedded PostgreSQL of its own.
"""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from pydantic import SecretStr

from api.connectors.registry import Toolbox
from api.core.config import Settings
from api.core.db import Database
from api.core.limits import RateName
from api.worker import drain_jobs, open_databases
from tests.make.browser import Browser, make_browser
from tests.make.clock import SteerableClock
from tests.make.database import TestDatabase, clone_database, drop_database
from tests.make.sandboxes import Sandboxes, start_sandboxes

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def database_urls(worker_id: str) -> Iterator[TestDatabase]:
    """A clone of the migrated template for this test process."""
    made = clone_database(PROJECT, worker_id)
    yield made
    drop_database(made)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """`gw0`, `gw1` … under xdist, otherwise `main`."""
    worker = getattr(request.config, "workerinput", None)
    return str(worker["workerid"]) if worker else "main"


@pytest.fixture(scope="session")
def sandboxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandboxes]:
    """Both sandboxes as separate HTTP processes with the small seed; stopped at the end."""
    with start_sandboxes(tmp_path_factory.mktemp("sandboxes")) as running:
        yield running


@pytest.fixture(scope="session")
def settings(database_urls: TestDatabase) -> Settings:
    """Settings as a door would read them; the vendors' addresses are closed ports unless a test uses `vendors_settings`."""
    return make_settings(database_urls)


def make_settings(urls: TestDatabase, **changes: object) -> Settings:
    """Settings for one test database."""
    key = base64.b64encode(b"test-master-key-of-32-bytes-long").decode()
    values: dict[str, object] = {
        "database_url": SecretStr(urls.app),
        "database_owner_url": SecretStr(urls.owner),
        "database_direct_url": SecretStr(urls.direct),
        "platen_master_keys": SecretStr(f"test:{key}"),
        "platen_hmac_key": SecretStr("test-hmac-key-of-more-than-32-characters"),
        "platen_public_url": "https://platen.test",
        "inksoft_url": "http://127.0.0.1:9",
        "printavo_url": "http://127.0.0.1:9",
        "printavo_interval": 0.005,
        # Tests of limits set their own; all others come from one address and are fast.
        **{f"rate_{name}": "1000000/60" for name in get_args(RateName)},
        **changes,
    }
    return Settings.model_validate(values)


@pytest.fixture(scope="session")
def vendor_settings(database_urls: TestDatabase, sandboxes: Sandboxes) -> Settings:
    """The same, with the vendors' addresses those of the sandboxes."""
    return make_settings(
        database_urls, inksoft_url=sandboxes.inksoft_url, printavo_url=sandboxes.printavo_url
    )


@pytest.fixture
def clock() -> SteerableClock:
    """A clock that runs with the real one until a test moves it."""
    return SteerableClock()


@pytest.fixture
async def app(
    settings: Settings, clock: SteerableClock, database_urls: TestDatabase
) -> AsyncIterator[object]:
    """The app without vendors; every table is emptied afterwards."""
    from api.main import create_app

    made = create_app(settings, clock=clock)
    async with made.router.lifespan_context(made):
        yield made
    await database_urls.empty()


@pytest.fixture
async def vendor_app(
    vendor_settings: Settings, clock: SteerableClock, database_urls: TestDatabase, sandboxes: Sandboxes
) -> AsyncIterator[object]:
    """The app with both sandboxes behind it; the sandboxes and every table are emptied afterwards."""
    from api.main import create_app

    made = create_app(vendor_settings, clock=clock)
    async with made.router.lifespan_context(made):
        yield made
    await database_urls.empty()
    await sandboxes.reset()


@pytest.fixture
async def browser(app: object) -> AsyncIterator[Browser]:
    """Somebody who just signed up, in a browser: cookie, origin and workspace are sent along."""
    async with make_browser(app) as made:
        await made.sign_up()
        yield made


@pytest.fixture
async def vendor_browser(vendor_app: object) -> AsyncIterator[Browser]:
    """The same, with both sandboxes behind the app."""
    async with make_browser(vendor_app) as made:
        await made.sign_up()
        yield made


@pytest.fixture
async def tools(vendor_app: object) -> Toolbox:
    """The toolbox of the running app (for tests that call actions and queries directly)."""
    toolbox: Toolbox = vendor_app.state.tools  # type: ignore[attr-defined] # the app is a FastAPI
    return toolbox


RunJobs = Callable[[], Awaitable[None]]


@pytest.fixture
async def run_jobs(vendor_settings: Settings, tools: Toolbox) -> AsyncIterator[RunJobs]:
    """Runs every job that is due, once, as the worker's roles; due work becomes jobs first."""
    database, dispatch = open_databases(vendor_settings)

    async def run() -> None:
        await drain_jobs(vendor_settings, replace(tools, database=database), dispatch)

    yield run
    await database.close()
    await dispatch.close()


@pytest.fixture
def database(vendor_app: object) -> Database:
    """The app role's database."""
    made: Database = vendor_app.state.database  # type: ignore[attr-defined] # the app is a FastAPI
    return made
