"""`platen check-vendors` against both sandboxes, as its own process would run it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from api.vendor_checks.access import Access
from api.vendor_checks.report import Report, check_vendors
from tests.make.sandboxes import Sandboxes

Look = Callable[..., Awaitable[Report]]


def nobody(what: str, is_secret: bool) -> str:
    message = f"asked for {what} ({is_secret})"
    raise AssertionError(message)


def make_access(sandboxes: Sandboxes, name: str = "northside", **changes: Any) -> Access:
    """Credentials of a demo account."""
    values: dict[str, Any] = {
        "inksoft_url": sandboxes.inksoft_url,
        "printavo_url": sandboxes.printavo_url,
        "printavo_interval": 0.005,
        "inksoft_store": f"{name}_main",
        "inksoft_api_key": SecretStr(f"DEMO-{name.upper()}-INKSOFT-KEY"),
        "printavo_email": f"office@{name}.example",
        "printavo_token": SecretStr(f"DEMO-{name.upper()}-PRINTAVO-TOKEN"),
    }
    return Access.model_validate({**values, **changes})


@pytest.fixture
async def boxes(sandboxes: Sandboxes) -> AsyncIterator[Sandboxes]:
    """Both sandboxes, as they were afterwards."""
    yield sandboxes
    await sandboxes.reset()


@pytest.fixture
def look(boxes: Sandboxes) -> Look:
    """Check one or both sides."""

    async def run(*sides: Any, write: bool = False, **changes: Any) -> Report:
        report = Report()
        access = make_access(boxes, **changes)
        await check_vendors(access, nobody, report, sides=sides or ("inksoft", "printavo"), write=write)
        return report

    return run
