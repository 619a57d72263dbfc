"""The linked workspace of the stores' tests, and one with Printavo connected alone."""

from collections.abc import Awaitable, Callable

import pytest

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.merch import MerchShop
from tests.make.sandboxes import Sandboxes
from tests.stores.conftest import shop

__all__ = ["merch", "shop"]


@pytest.fixture
async def merch(
    vendor_browser: Browser,
    sandboxes: Sandboxes,
    database: Database,
    clock: SteerableClock,
    run_jobs: Callable[[], Awaitable[None]],
) -> MerchShop:
    """Northside's Printavo, connected and read once."""
    made = MerchShop(vendor_browser, sandboxes, database, clock, run_jobs)
    await made.connect()
    await made.read()
    await made.calls()
    return made
