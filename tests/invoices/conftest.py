"""A desk beside the shop's books."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from api.connectors.registry import Toolbox
from api.core.config import Settings
from api.core.db import Database
from api.worker import open_databases
from tests.make.browser import Browser
from tests.make.pushing import PushDesk
from tests.make.sandboxes import Sandboxes


@pytest.fixture
async def desk(
    vendor_browser: Browser,
    sandboxes: Sandboxes,
    tools: Toolbox,
    database: Database,
    vendor_settings: Settings,
) -> AsyncIterator[PushDesk]:
    """Linked, everything shared; the push runs as the worker's role."""
    worker, dispatch = open_databases(vendor_settings)
    desk = PushDesk(vendor_browser, sandboxes, replace(tools, database=worker), database)
    await desk.open()
    yield desk
    await worker.close()
    await dispatch.close()
