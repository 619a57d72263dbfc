"""The fold job as the worker runs it."""

from uuid import UUID

from sqlalchemy import text

from api.core.db import Database
from tests.conftest import RunJobs
from tests.make.browser import Browser
from tests.make.clock import SteerableClock
from tests.make.orders import OrderDraft, make_link, make_orders, make_store


async def test_folds_what_was_appended_and_rests_when_there_is_nothing(
    vendor_browser: Browser, database: Database, run_jobs: RunJobs, clock: SteerableClock
) -> None:
    workspace = UUID(vendor_browser.workspace_id)
    await make_link(database, workspace)
    store = await make_store(database, workspace, "A")
    await make_orders(database, workspace, store, OrderDraft("1"), OrderDraft("2"))

    async def count(table: str) -> int:
        async with database.transaction(workspace) as session:
            return int(await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - a test's own name

    await run_jobs()
    assert (await count("store_counter_delta"), await count("store_counter")) == (0, 1)
    assert await count("workspace_work WHERE kind = 'fold'") == 1
    clock.move(seconds=2)
    await run_jobs()
    assert await count("workspace_work WHERE kind = 'fold'") == 0
