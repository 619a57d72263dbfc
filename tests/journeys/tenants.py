"""The two workspaces that journeys of tenancy and of permissions look at from all sides."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from fastapi import FastAPI

from api.core.config import Settings
from api.main import create_app
from api.worker import drain_jobs, open_databases
from tests.make.browser import make_browser
from tests.make.sandboxes import Sandboxes
from tests.make.tenant import Tenant, make_tenant


@asynccontextmanager
async def open_tenants(
    settings: Settings, sandboxes: Sandboxes
) -> AsyncIterator[tuple[FastAPI, tuple[Tenant, Tenant]]]:
    """An app, and two workspaces in it: each with a link, stores, orders and a pushed invoice."""
    app = create_app(settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(app.router.lifespan_context(app))
        worker, dispatch = open_databases(settings)
        stack.push_async_callback(worker.close)
        stack.push_async_callback(dispatch.close)

        async def run_jobs() -> None:
            await drain_jobs(settings, replace(app.state.tools, database=worker), dispatch)

        made = []
        for name in ("northside", "harbor"):
            browser = await stack.enter_async_context(make_browser(app))
            made.append(await make_tenant(browser, sandboxes, app.state.database, run_jobs, name))
        yield app, (made[0], made[1])
