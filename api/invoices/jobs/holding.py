"""Keeps a lease while its work goes on, and ends the work when the lease cannot be kept."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from api.connectors.registry import Toolbox
from api.invoices.actions.push.leases import Lease, extend_lease


async def work_leased(tools: Toolbox, lease: Lease, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, extending the lease three times in its life; raises what the work or the extending raises."""
    working = asyncio.create_task(work)
    holding = asyncio.create_task(_hold(tools, lease))
    try:
        await asyncio.wait({working, holding}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            holding.result()
        await working
    finally:
        for task in (working, holding):
            task.cancel()
        await asyncio.gather(working, holding, return_exceptions=True)


async def _hold(tools: Toolbox, lease: Lease) -> None:
    while True:
        await asyncio.sleep(lease.seconds / 3)
        async with tools.database.transaction(lease.workspace_id) as session:
            await extend_lease(session, lease)
