"""The job door: runs the queue, turns due work into jobs, gives committed events their positions."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import asyncpg

from api.connectors.registry import Toolbox, open_toolbox
from api.core import failpoints
from api.core.clock import Clock, SystemClock
from api.core.config import Settings
from api.core.db import Database
from api.core.jobs import forget_log, make_queue, run_due
from api.core.limits import forget_uses
from api.core.outbox import publish_events
from api.core.work import dispatch_due_work
from api.identity.actions import forget_ended
from api.rooms import JOBS

log = logging.getLogger("platen.worker")
TICK = 1.0
HOUR = 3600.0


async def run_worker(settings: Settings, *, clock: Clock | None = None) -> None:
    """Work until SIGTERM or SIGINT; what is running is finished first, a long reading to its next step."""
    failpoints.arm(settings.platen_failpoint)
    clock = clock or SystemClock()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_, stop.set)
    database, dispatch = open_databases(settings)
    try:
        async with open_toolbox(settings, clock, database) as tools, asyncio.TaskGroup() as group:
            group.create_task(_repeat(lambda: dispatch_due_work(dispatch, now=clock.now()), stop))
            group.create_task(_repeat(lambda: publish_events(dispatch), stop))
            group.create_task(_repeat(lambda: forget_log(dispatch), stop, every=HOUR))
            group.create_task(_repeat(lambda: _forget_ended(tools), stop, every=HOUR))
            group.create_task(_repeat(lambda: forget_uses(database), stop, every=HOUR))
            group.create_task(_run_queue(settings, replace(tools, stopping=stop), stop))
            log.info("worker started")
    finally:
        await database.close()
        await dispatch.close()


def open_databases(settings: Settings) -> tuple[Database, Database]:
    """The app role's pool for the jobs, the dispatch role's for looking across workspaces."""
    take = settings.database_set_role
    app = settings.database_url.get_secret_value()
    size = settings.database_pool_size
    database = Database(app, role="platen_app" if take else None, kind="worker", pool_size=size)
    dispatch = Database(
        settings.direct_url, role="platen_dispatch" if take else None, kind="worker", pool_size=3
    )
    return database, dispatch


async def drain_jobs(settings: Settings, tools: Toolbox, dispatch: Database) -> None:
    """Run everything that is due now, once, and return: what tests and the CLI use instead of a running worker."""
    await dispatch_due_work(dispatch, now=tools.clock.now())
    connection = await _direct_connection(settings)
    try:
        await run_due(make_queue(connection, list(JOBS), tools))
    finally:
        await connection.close()
    await publish_events(dispatch)


async def _run_queue(settings: Settings, tools: Toolbox, stop: asyncio.Event) -> None:
    """One queue manager; a lost connection starts a new one. Jobs of a dead worker are picked up after 30 seconds."""
    while not stop.is_set():
        try:
            connection = await _direct_connection(settings)
            queue = make_queue(connection, list(JOBS), tools)
            watch = asyncio.create_task(_shut_down(queue.shutdown, stop))
            try:
                await queue.run(dequeue_timeout=timedelta(seconds=5), batch_size=10, max_concurrent_tasks=20)
            finally:
                watch.cancel()
                await connection.close(timeout=5)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("queue connection lost", exc_info=error)
            await asyncio.sleep(1)
        except Exception:
            # Jobs are claimed rows: a queue manager that trips must not take the worker's other duties with it.
            log.exception("the queue stopped, and starts again")
            await asyncio.sleep(1)


async def _shut_down(queue_event: asyncio.Event, stop: asyncio.Event) -> None:
    await stop.wait()
    queue_event.set()


async def _direct_connection(settings: Settings) -> asyncpg.Connection:
    role = {"role": "platen_dispatch"} if settings.database_set_role else {}
    return await asyncpg.connect(
        settings.direct_url, server_settings={"application_name": "platen-queue", **role}
    )


async def _forget_ended(tools: Toolbox) -> int:
    """People's ended sessions go in one statement: there is never more to do at once."""
    async with tools.database.transaction(None) as session:
        await forget_ended(session, now=tools.clock.now())
    return 0


async def _repeat(step: Callable[[], Awaitable[int]], stop: asyncio.Event, *, every: float = TICK) -> None:
    """Run a step every so many seconds, at once again while there is more; a failure is logged and tried again."""
    while not stop.is_set():
        busy = False
        try:
            busy = bool(await step())
        except Exception:
            log.exception("a periodic step failed")
        if not busy:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)
