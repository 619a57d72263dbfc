"""The job `sync`: reads one workspace's orders until there is nothing new, and says when to read again."""

import logging
from typing import Any, Final
from uuid import UUID

from api.connectors.registry import Toolbox
from api.connectors.vendor_errors import VendorError
from api.core.jobs import JobBook
from api.core.problems import Problem
from api.core.work import postpone_work
from api.sync.actions.reading import (
    LINK_STOPPED,
    OvertakenError,
    begin_reading,
    give_up,
    hold,
    why_stopped,
)
from api.sync.actions.runs import SYNC, close_running
from api.sync.jobs.details import BATCH, read_due
from api.sync.jobs.listing import count, read_history, read_window
from api.sync.jobs.reader import Reader, TurnIsOverError
from api.sync.rules.cursor import window_is_due

log = logging.getLogger("platen.sync")
book = JobBook()
# Pages of the history between two looks at what changed.
PAGES_OF_HISTORY: Final = 25


@book.job(SYNC)
async def read_orders(tools: Toolbox, /, *, workspace_id: str, **_: Any) -> None:
    """Read what is new. Killed at any point, it goes on from the last answer that was stored (I9)."""
    workspace = UUID(workspace_id)
    async with tools.database.transaction(workspace) as session:
        reading = await begin_reading(session, tools.sealer, workspace, now=tools.clock.now())
    if reading is None:
        return
    reader = Reader(tools, reading)
    try:
        try:
            await read_everything(reader)
        except TurnIsOverError:
            await _go_on_later(reader)
        except (OvertakenError, *LINK_STOPPED):
            raise
        except Exception as error:
            await _give_up(reader, error)
            if not isinstance(error, VendorError):
                raise
    except OvertakenError as overtaken:
        log.info("a reading was left: %s", overtaken, extra={"workspace_id": workspace_id})
    except LINK_STOPPED as stopped:
        await _close(reader, stopped)


async def read_everything(reader: Reader) -> None:
    """What is recent or changed comes first, then its details, then a part of the history; and again, until all is read."""
    while reader.cursor.history_comes_first:
        await read_history(reader, pages=1)
    at_least = 1
    while True:
        if window_is_due(
            reader.cursor, run_started_at=reader.fresh_since, interval=reader.interval, now=reader.now()
        ):
            await read_window(reader)
        await read_due(reader, at_least=at_least)
        await count(reader)
        if reader.cursor.history is not None:
            is_listed = await read_history(reader, pages=PAGES_OF_HISTORY)
            # Between parts of the history only full batches are worth a call.
            at_least = 1 if is_listed else BATCH
        elif await reader.finish():
            return


async def _go_on_later(reader: Reader) -> None:
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        await hold(session, reader.reading, reader.cursor)
        await postpone_work(session, reader.workspace_id, SYNC, due_at=reader.now())


async def _give_up(reader: Reader, error: Exception) -> None:
    log.warning(
        "a reading stopped: %s", type(error).__name__, extra={"workspace_id": str(reader.workspace_id)}
    )
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        await give_up(
            session, reader.reading, reader.cursor, error, now=reader.now(), interval=reader.interval
        )


async def _close(reader: Reader, stopped: Problem) -> None:
    async with reader.tools.database.transaction(reader.workspace_id) as session:
        await close_running(session, reader.workspace_id, why_stopped(stopped), now=reader.now())
