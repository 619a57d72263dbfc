"""A linked workspace without vendors behind it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from api.core.db import Database
from tests.make.browser import Browser
from tests.make.orders import make_link


@dataclass(frozen=True, slots=True)
class Shop:
    """Somebody in a workspace with an active link, and the database beneath."""

    browser: Browser
    database: Database
    id: UUID
    app: Any


@pytest.fixture
async def shop(browser: Browser, app: Any) -> Shop:
    workspace_id = UUID(browser.workspace_id)
    await make_link(app.state.database, workspace_id)
    return Shop(browser, app.state.database, workspace_id, app)
