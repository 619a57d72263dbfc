"""A second shop beside the first one."""

from collections.abc import AsyncIterator

import pytest

from tests.make.browser import Browser, make_browser


@pytest.fixture
async def other_browser(vendor_app: object) -> AsyncIterator[Browser]:
    """Somebody of another workspace."""
    async with make_browser(vendor_app) as made:
        await made.sign_up(name="Harper Lund", workspace="Harbor Stitch")
        yield made
