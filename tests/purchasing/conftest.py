"""A desk between both vendors."""

import pytest

from api.core.db import Database
from tests.conftest import RunJobs
from tests.make.browser import Browser
from tests.make.goods import GoodsDesk
from tests.make.reading import Shop
from tests.make.sandboxes import Sandboxes


@pytest.fixture
def desk(vendor_browser: Browser, sandboxes: Sandboxes, database: Database, run_jobs: RunJobs) -> GoodsDesk:
    """Signed in; `open` it."""
    return GoodsDesk(Shop(vendor_browser, sandboxes, database, run_jobs), sandboxes)
