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


@pytest.fixture
async def still_shop(shop: Shop) -> Shop:
    """Linked and read; from now on no edit moves a modified date."""
    await shop.link()
    await shop.read()
    await shop.switch(modified_date="never")
    return shop
