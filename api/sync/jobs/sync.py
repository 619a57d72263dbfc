"""The job `sync`: reads one workspace's orders until there is nothing new, and says when to read again."""

import logging
from typing import Any, Final
from uuid import UUID

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import VendorError
from api.core.jobs import JobBook
from api.sync.actions.reading import LINK_STOPPED, OvertakenError, TurnIsOverError, begin_reading
from api.sync.actions.runs import SYNC
from api.sync.jobs.comparing import compare
from api.sync.jobs.details import BATCH, read_due
from api.sync.jobs.listing import count, read_history, read_window
from api.sync.jobs.reader import Reader, turns_of
from api.sync.jobs.refreshing import read_asked
from api.sync.jobs.rereading import reread_open
from api.sync.rules.cursor import window_is_due

log = logging.getLogger("platen.sync")
book = JobBook()
# Pages of the history between two looks at what changed.
PAGES_OF_HISTORY: Final = 25
# What may stop a reading without being our mistake: it was accounted for, and the queue need not try again.
EXPECTED: Final = (VendorError, OvertakenError, TurnIsOverError, *LINK_STOPPED)


@book.job(SYNC)
async def read_orders(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Read what is new. Killed at any point, it goes on from the last answer that was stored (I9)."""
    workspace = UUID(workspace_id)
    async with tools.database.transaction(workspace) as session:
        reading = await begin_reading(
            session, tools.sealer, workspace, turns=turns_of(tools), now=tools.clock.now()
        )
    if reading is None:
        return
    reader = Reader(tools, reading)
    try:
        await read_everything(reader)
    except Exception as error:
        log.info("a reading stopped: %s", type(error).__name__, extra={"workspace_id": workspace_id})
        await reader.give_up(error)
        if not isinstance(error, EXPECTED):
            raise


async def read_everything(reader: Reader) -> None:
    """What people asked for, what is recent or changed with its details, a part of the history; and again, until all is read."""
    while reader.cursor.history_comes_first:
        await read_history(reader, pages=1)
    at_least = 1
    while True:
        await read_asked(reader)
        if window_is_due(
            reader.cursor, run_started_at=reader.fresh_since, interval=reader.interval, now=reader.now()
        ):
            await read_window(reader)
        await read_due(reader, at_least=at_least)
        await reread_open(reader)
        if reader.cursor.history is not None:
            is_listed = await read_history(reader, pages=PAGES_OF_HISTORY)
            # Between parts of the history only full batches are worth a call.
            at_least = 1 if is_listed else BATCH
        elif not await compare(reader) and not await count(reader) and await reader.finish():
            return
