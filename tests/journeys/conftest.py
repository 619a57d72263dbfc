"""Running doors with vendors and a database of their own, and owners who use them."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack

import pytest

from api.core.config import Settings
from tests.conftest import PROJECT, make_settings
from tests.make.database import TestDatabase, clone_database, drop_database
from tests.make.owner import Owner
from tests.make.sandboxes import Sandboxes, start_sandboxes
from tests.make.service import Service, open_browser, running_service

# Short enough that several cycles of reading fit into a test; the order of things is that of the real times.
HASTE = {"sync_interval": 1.0, "push_quarantine": 2.0, "push_gap": 0.5, "push_lease": 5.0}

SignUp = Callable[..., Awaitable[Owner]]


@pytest.fixture(scope="module")
def own_database(worker_id: str) -> Iterator[TestDatabase]:
    """Nobody empties it while the doors run."""
    made = clone_database(PROJECT, f"{worker_id}_journeys")
    yield made
    drop_database(made)


@pytest.fixture(scope="module")
def own_sandboxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandboxes]:
    """Nobody else's calls are counted."""
    with start_sandboxes(tmp_path_factory.mktemp("vendors")) as running:
        yield running


@pytest.fixture(scope="module")
def door_settings(own_database: TestDatabase, own_sandboxes: Sandboxes) -> Settings:
    return make_settings(
        own_database, inksoft_url=own_sandboxes.inksoft_url, printavo_url=own_sandboxes.printavo_url, **HASTE
    )


@pytest.fixture(scope="module")
def service(door_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """API and worker, as real processes."""
    with running_service(door_settings, tmp_path_factory.mktemp("doors")) as running:
        yield running


@pytest.fixture
async def sign_up(service: Service, own_sandboxes: Sandboxes) -> AsyncIterator[SignUp]:
    """Signs somebody up with a workspace of their own. At the end all are unlinked and the vendors as they were."""
    async with AsyncExitStack() as stack:
        owners: list[Owner] = []

        async def sign_up(workspace: str = "Northside Print Co") -> Owner:
            browser = await stack.enter_async_context(open_browser(service))
            await browser.sign_up(workspace=workspace)
            owners.append(Owner(browser, own_sandboxes))
            return owners[-1]

        yield sign_up
        for owner in owners:
            await owner.unlink()
        await own_sandboxes.reset()


@pytest.fixture
async def owner(sign_up: SignUp) -> Owner:
    """Signed up, not linked yet."""
    return await sign_up()
