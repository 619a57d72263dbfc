"""Jobs: one waiting job of many, retries with back-off, a dead worker's job is picked up again; events get positions in order."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.core.config import Settings
from api.core.db import Database
from api.core.ids import new_id
from api.core.jobs import Job, TryAgain, enqueue, make_queue, run_due
from api.core.outbox import publish_events, record
from api.core.work import cancel_work, dispatch_due_work, postpone_work, schedule_work
from api.worker import open_databases
from tests.make.clock import SteerableClock


@pytest.fixture
async def databases(app: FastAPI, settings: Settings) -> AsyncIterator[tuple[Database, Database]]:
    """The worker's app-role and dispatch-role pools."""
    del app
    made = open_databases(settings)
    yield made
    for database in made:
        await database.close()


async def drain(settings: Settings, jobs: list[Job]) -> None:
    connection = await asyncpg.connect(settings.direct_url, server_settings={"role": "platen_dispatch"})
    try:
        await run_due(make_queue(connection, jobs, None))
    finally:
        await connection.close()


class TestAJob:
    async def test_waits_once_however_often_it_is_asked_for(
        self, databases: tuple[Database, Database], settings: Settings
    ) -> None:
        ran: list[str] = []

        async def work(_: Any, /, *, order_id: str = "", **__: Any) -> None:
            ran.append(order_id)

        order_id = new_id()
        async with databases[0].transaction(None) as session:
            for _ in range(3):
                await enqueue(session, "work", dedupe=f"work:{order_id}", order_id=order_id)
        await drain(settings, [Job("work", work)])
        assert ran == [str(order_id)]

    async def test_that_fails_runs_again_later_and_is_given_up_after_its_tries(
        self, databases: tuple[Database, Database], settings: Settings, database_urls: Any
    ) -> None:
        runs = 0

        async def fail(_: Any, /, **__: Any) -> None:
            nonlocal runs
            runs += 1
            message = "canary-secret-in-a-message"
            raise RuntimeError(message)

        async with databases[0].transaction(None) as session:
            await enqueue(session, "fail")
        admin = await asyncpg.connect(database_urls.admin)
        try:
            for expected in (1, 2, 3):
                await drain(settings, [Job("fail", fail, tries=3, first_delay=60)])
                assert runs == expected
                waits = await admin.fetchval(
                    "SELECT execute_after > now() + interval '50 s' FROM queue.pgqueuer"
                )
                assert waits is (None if expected == 3 else True)
                await admin.execute("UPDATE queue.pgqueuer SET execute_after = now()")
            logged = await admin.fetch(
                "SELECT traceback::text AS text FROM queue.pgqueuer_log WHERE traceback IS NOT NULL"
            )
            assert logged
            assert not any("canary" in row["text"] for row in logged)
        finally:
            await admin.close()

    async def test_that_asks_to_run_again_does_not_count_as_failed(
        self, databases: tuple[Database, Database], settings: Settings, database_urls: Any
    ) -> None:
        async def again(_: Any, /, **__: Any) -> None:
            raise TryAgain(30)

        async with databases[0].transaction(None) as session:
            await enqueue(session, "again")
        await drain(settings, [Job("again", again, tries=1)])
        admin = await asyncpg.connect(database_urls.admin)
        try:
            assert await admin.fetchval("SELECT status FROM queue.pgqueuer") == "queued"
        finally:
            await admin.close()

    async def test_of_a_dead_worker_is_picked_up_again(
        self, databases: tuple[Database, Database], settings: Settings, database_urls: Any
    ) -> None:
        ran = asyncio.Event()

        async def work(_: Any, /, **__: Any) -> None:
            ran.set()

        async with databases[0].transaction(None) as session:
            await enqueue(session, "work")
        admin = await asyncpg.connect(database_urls.admin)
        try:
            # As a worker leaves it that was killed half a minute and a bit ago.
            await admin.execute(
                "UPDATE queue.pgqueuer SET status = 'picked', queue_manager_id = gen_random_uuid(), "
                "heartbeat = now() - interval '31 s', updated = now() - interval '31 s'"
            )
        finally:
            await admin.close()
        connection = await asyncpg.connect(settings.direct_url, server_settings={"role": "platen_dispatch"})
        queue = make_queue(connection, [Job("work", work)], None)
        running = asyncio.create_task(queue.run(dequeue_timeout=timedelta(seconds=0.05)))
        await asyncio.wait_for(ran.wait(), 20)
        queue.shutdown.set()
        await running
        await connection.close()


class TestDueWork:
    async def test_becomes_one_job_and_comes_due_again_when_that_is_lost(
        self, databases: tuple[Database, Database], clock: SteerableClock
    ) -> None:
        app, dispatch = databases
        workspace = new_id()
        async with app.transaction(workspace) as session:
            await schedule_work(session, workspace, "sync", due_at=clock.now())
            await schedule_work(session, workspace, "later", due_at=clock.now() + timedelta(hours=1))
        assert await dispatch_due_work(dispatch, now=clock.now()) == 1
        assert await dispatch_due_work(dispatch, now=clock.now()) == 0
        clock.move(seconds=61)
        assert await dispatch_due_work(dispatch, now=clock.now()) == 1

    async def test_keeps_the_earlier_date_unless_it_is_postponed(
        self, databases: tuple[Database, Database], clock: SteerableClock
    ) -> None:
        app, dispatch = databases
        workspace = new_id()
        now = clock.now()
        async with app.transaction(workspace) as session:
            await schedule_work(session, workspace, "sync", due_at=now)
            await schedule_work(session, workspace, "sync", due_at=now + timedelta(hours=1))
        assert await dispatch_due_work(dispatch, now=now) == 1
        async with app.transaction(workspace) as session:
            await postpone_work(session, workspace, "sync", due_at=now + timedelta(hours=1))
        clock.move(minutes=30)
        assert await dispatch_due_work(dispatch, now=clock.now()) == 0
        async with app.transaction(workspace) as session:
            await cancel_work(session, workspace, "sync")
        clock.move(hours=2)
        assert await dispatch_due_work(dispatch, now=clock.now()) == 0


@pytest.mark.rule("I11")
class TestEvents:
    async def test_are_published_after_their_commit_in_order_and_none_is_lost(
        self, databases: tuple[Database, Database]
    ) -> None:
        """Writers that commit late: a reader that follows positions sees every event, per object in order (I11)."""
        app, dispatch = databases
        workspace = new_id()
        subjects = [new_id() for _ in range(4)]
        locks = {subject: asyncio.Lock() for subject in subjects}

        async def write(subject: UUID, number: int) -> None:
            async with locks[subject], app.transaction(workspace) as session:
                await record(
                    session, "store.changed", workspace_id=workspace, subject_type="thing",
                    subjects=[(subject, {"number": 3 * number + step}) for step in range(3)], actor={"system": "test"},
                )  # fmt: skip
                await asyncio.sleep(0.001 * (number % 5))

        done = asyncio.Event()

        async def relay() -> None:
            while not done.is_set():
                await publish_events(dispatch, batch=7)
                await asyncio.sleep(0)

        relays = [asyncio.create_task(relay()) for _ in range(3)]
        for number in range(25):
            await asyncio.gather(*(write(subject, number) for subject in subjects))
        done.set()
        await asyncio.gather(*relays)
        while await publish_events(dispatch):
            pass
        async with app.transaction(workspace) as session:
            rows = await session.execute(
                text(
                    "SELECT e.subject_id, (e.data->>'number')::int AS number FROM event_position p "
                    "JOIN event e ON e.workspace_id = p.workspace_id AND e.id = p.event_id ORDER BY p.position"
                )
            )
            seen: dict[UUID, list[int]] = {}
            for row in rows:
                seen.setdefault(row.subject_id, []).append(row.number)
        assert seen == {subject: list(range(75)) for subject in subjects}
