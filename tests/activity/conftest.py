"""The linked workspaces of the activity tests: without vendors, and with both sandboxes behind."""

from collections.abc import Awaitable, Callable

import pytest

from api.core.db import Database
from tests.invoices.conftest import desk
from tests.make.browser import Browser
from tests.make.reading import Shop as ReadingShop
from tests.make.sandboxes import Sandboxes
from tests.stores.conftest import shop

__all__ = ["desk", "reading", "shop"]


@pytest.fixture
def reading(
    vendor_browser: Browser, sandboxes: Sandboxes, database: Database, run_jobs: Callable[[], Awaitable[None]]
) -> ReadingShop:
    """Signed up, not linked yet, with the simulated InkSoft behind."""
    return ReadingShop(vendor_browser, sandboxes, database, run_jobs)
