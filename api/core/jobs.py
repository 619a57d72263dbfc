"""Background jobs on pgqueuer: rows written in the caller's transaction, retried with back-off, picked up again when a worker dies.

The queue is only the engine. What must not be lost is a domain row that a periodic job finds again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as QueuedJob
from pgqueuer.domain.settings import DBSettings
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.db import Database

SCHEMA = "queue"
log = logging.getLogger("platen.jobs")


# A job's function: the door's context, then ids, keyword-only; unknown keywords are tolerated.
Work = Callable[..., Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of job. `tries` counts runs; `first_delay` seconds double after each failure, up to 5 minutes."""

    name: str
    run: Work
    tries: int = 5
    first_delay: float = 1.0
    at_once: int = 0


@dataclass(slots=True)
class JobBook:
    """The jobs of a room, collected by its `jobs.py` and registered by the worker door."""

    jobs: list[Job] = field(default_factory=list)

    def job(
        self, name: str, *, tries: int = 5, first_delay: float = 1.0, at_once: int = 0
    ) -> Callable[[Work], Work]:
        """Register the function below as the job `name`; `at_once` limits how many run together (0 = no limit)."""

        def register(run: Work) -> Work:
            self.jobs.append(Job(name, run, tries, first_delay, at_once))
            return run

        return register


class TryAgain(Exception):
    """Raised by a job that wants to run again after `seconds`, without that counting as a failure."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.0f} s")
        self.seconds = seconds


def queue_settings() -> DBSettings:
    return DBSettings(db_schema=SCHEMA)


def _queries(connection: Any) -> Queries:
    settings = queue_settings()
    return Queries(
        AsyncpgDriver(connection),
        qbe=QueryBuilderEnvironment(settings),
        qbq=QueryQueueBuilder(settings),
        qbs=QuerySchedulerBuilder(settings),
    )


async def enqueue(
    session: AsyncSession,
    name: str,
    *,
    dedupe: str | None = None,
    priority: int = 0,
    after: timedelta | None = None,
    **ids: UUID | str | int,
) -> None:
    """Add a job in the caller's transaction. `dedupe` (with the workspace in it) makes one waiting job of many."""
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    payload = orjson.dumps(ids, default=str)
    await _queries(raw.driver_connection).enqueue(name, payload, priority, after, dedupe, on_conflict="skip")


def make_queue(connection: Any, jobs: list[Job], context: Any) -> QueueManager:
    """A queue manager on a direct connection that runs these jobs with this context."""
    manager = QueueManager(_queries(connection))
    for job in jobs:
        manager.entrypoint(job.name, concurrency_limit=job.at_once, accepts_context=False)(
            _runner(job, context)
        )
    return manager


# The queue notes every step of every job, and counts them by the second; nobody reads that after a week.
_FORGET_LOG = text("""
WITH counted AS (DELETE FROM queue.pgqueuer_statistics WHERE created < now() - interval '7 days')
DELETE FROM queue.pgqueuer_log WHERE id IN (
    SELECT id FROM queue.pgqueuer_log WHERE created < now() - interval '7 days' ORDER BY created LIMIT :batch
)
""")


async def forget_log(dispatch: Database, *, batch: int = 10_000) -> int:
    """Forget a batch of what the queue noted of jobs long done; returns how many rows went."""
    async with dispatch.transaction(None) as session:
        gone = await session.execute(_FORGET_LOG, {"batch": batch})
        return int(gone.rowcount)  # type: ignore[attr-defined] # a DELETE gives a CursorResult


async def run_due(queue: QueueManager) -> None:
    """Run the jobs that may start now, and those that they add; return when none is left (later ones stay queued)."""
    running = asyncio.create_task(queue.run(dequeue_timeout=timedelta(seconds=0.05)))
    names = list(queue.entrypoint_registry)
    idle = 0
    # Twice idle: a job that just ended may still be having its row deleted, or have added another.
    while idle < 2 and not running.done():  # noqa: PLR2004
        await asyncio.sleep(0.02)
        waiting = await queue.queries.eligible_queued_work(names)
        idle = idle + 1 if not waiting and not queue.job_context else 0
    queue.shutdown.set()
    await running


def _runner(job: Job, context: Any) -> Callable[[QueuedJob], Awaitable[None]]:
    async def run(queued: QueuedJob) -> None:
        ids = orjson.loads(queued.payload or b"{}")
        try:
            await job.run(context, **ids)
        except TryAgain as again:
            raise RetryRequested(delay=timedelta(seconds=again.seconds), reason="asked for") from None
        except Exception as error:
            about = {"job": job.name, "job_id": queued.id, "attempt": queued.attempts + 1}
            log.warning("job failed", extra=about, exc_info=error)
            if queued.attempts + 1 >= job.tries:
                raise JobGivenUpError(f"{job.name}: {type(error).__name__}") from None
            delay = min(job.first_delay * 2**queued.attempts, 300.0)
            # The queue keeps the reason in its log table: the kind of error, never its message.
            raise RetryRequested(delay=timedelta(seconds=delay), reason=type(error).__name__) from None

    return run


class JobGivenUpError(RuntimeError):
    """A job failed its last try. The domain row it was about is found again by its periodic job."""
