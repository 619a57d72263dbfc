"""A workspace whose orders come from the simulated InkSoft."""

from collections.abc import Awaitable, Callable

import pytest

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.reading import Shop
from tests.make.sandboxes import Sandboxes


@pytest.fixture
def shop(
    vendor_browser: Browser,
    sandboxes: Sandboxes,
    database: Database,
    run_jobs: Callable[[], Awaitable[None]],
) -> Shop:
    """Signed up, not linked yet."""
    return Shop(vendor_browser, sandboxes, database, run_jobs)
