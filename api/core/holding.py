"""Keeps hold of something while work on it goes on, and ends the work when it cannot be held."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any


async def work_holding(
    work: Coroutine[Any, Any, None], hold: Callable[[], Awaitable[None]], *, every: float
) -> None:
    """Do the work, holding on every so many seconds; raises what the work or the holding raises."""
    working = asyncio.create_task(work)
    holding = asyncio.create_task(_hold(hold, every))
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


async def _hold(hold: Callable[[], Awaitable[None]], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        await hold()
