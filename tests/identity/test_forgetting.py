"""What nobody can use any more is forgotten: stored answers, ended sessions, old failures, the queue's own notes."""

from datetime import timedelta
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.connectors.registry import Toolbox
from api.core.config import Settings
from api.core.idempotency import ANSWERS, Once
from api.core.jobs import forget_log
from api.core.schema import Wire
from api.identity.actions import forget_ended
from api.identity.jobs import tidy_answers
from api.worker import open_databases
from tests.make.browser import Browser
from tests.make.clock import SteerableClock


class Answered(Wire):
    """An answer."""

    value: str = "kept"


async def keep_answer(tools: Toolbox, workspace_id: UUID, key: str, *, hours_ago: float) -> None:
    """Answered and kept, so many hours before now."""

    async def effect() -> Answered:
        return Answered()

    once = Once(key, workspace_id, workspace_id, "work", b"print")
    async with tools.database.transaction(workspace_id) as session:
        await once.run(session, effect)
        await session.execute(
            text("UPDATE idempotency_key SET created_at = now() - CAST(:ago AS interval) WHERE key = :key"),
            {"ago": timedelta(hours=hours_ago), "key": key},
        )


async def keys_and_due(tools: Toolbox, workspace_id: UUID) -> tuple[list[str], list[float]]:
    """The keys that are kept, and in how many hours the job looks again."""
    async with tools.database.transaction(workspace_id) as session:
        keys = await session.scalars(text("SELECT key FROM idempotency_key ORDER BY key"))
        due = await session.scalars(
            text(
                "SELECT extract(epoch FROM due_at - now())::float / 3600 FROM workspace_work "
                "WHERE workspace_id = :workspace AND kind = :kind"
            ),
            {"workspace": workspace_id, "kind": ANSWERS},
        )
        return list(keys), [round(hours, 1) for hours in due]


@pytest.mark.rule("I10")
class TestAnswers:
    async def test_are_kept_for_24_hours_and_then_forgotten(
        self, app: FastAPI, browser: Browser, clock: SteerableClock
    ) -> None:
        tools: Toolbox = app.state.tools
        workspace = UUID(browser.workspace_id)
        await keep_answer(tools, workspace, "of-yesterday", hours_ago=24.1)
        await keep_answer(tools, workspace, "of-this-morning", hours_ago=4)
        assert (await keys_and_due(tools, workspace))[1] == [24.0]
        await tidy_answers(tools, workspace_id=str(workspace))
        assert await keys_and_due(tools, workspace) == (["of-this-morning"], [20.0])
        clock.move(hours=21)
        await tidy_answers(tools, workspace_id=str(workspace))
        assert await keys_and_due(tools, workspace) == ([], [])

    async def test_of_another_workspace_are_left_alone(self, app: FastAPI, browser: Browser) -> None:
        tools: Toolbox = app.state.tools
        ours = UUID(browser.workspace_id)
        await browser.sign_up()
        theirs = UUID(browser.workspace_id)
        await keep_answer(tools, theirs, "of-yesterday", hours_ago=30)
        await tidy_answers(tools, workspace_id=str(ours))
        assert (await keys_and_due(tools, theirs))[0] == ["of-yesterday"]


class TestSessions:
    async def test_that_open_nothing_any_more_are_forgotten(
        self, app: FastAPI, browser: Browser, clock: SteerableClock
    ) -> None:
        tools: Toolbox = app.state.tools
        async with tools.database.transaction(None) as session:
            assert await forget_ended(session, now=clock.now()) == 0
        assert (await browser.get("/v1/me")).status_code == 200
        clock.move(days=7, minutes=1)
        async with tools.database.transaction(None) as session:
            assert await forget_ended(session, now=clock.now()) == 1
        assert (await browser.get("/v1/me")).status_code == 401

    async def test_take_failures_of_the_day_before_with_them(
        self, app: FastAPI, browser: Browser, clock: SteerableClock
    ) -> None:
        tools: Toolbox = app.state.tools
        body = {"email": browser.email, "password": "not-the-password"}
        assert (await browser.http.post("/v1/session", json=body)).status_code == 401
        left = []
        for hours in (0, 25):
            clock.move(hours=hours)
            async with tools.database.transaction(None) as session:
                await forget_ended(session, now=clock.now())
                left.append(await session.scalar(text("SELECT count(*) FROM attempt")))
        assert (left[0] > 0, left[1]) == (True, 0)


class TestTheQueue:
    async def test_keeps_its_notes_for_a_week(self, app: FastAPI, settings: Settings) -> None:
        del app
        database, dispatch = open_databases(settings)
        note = text(
            "INSERT INTO queue.pgqueuer_log (job_id, status, entrypoint, priority, created) "
            "SELECT n, 'successful', 'fold', 0, now() - n * interval '1 day' FROM generate_series(6, 9) AS n"
        )
        async with dispatch.transaction(None) as session:
            await session.execute(note)
        assert [await forget_log(dispatch, batch=2) for _ in range(3)] == [2, 1, 0]
        async with dispatch.transaction(None) as session:
            assert await session.scalar(text("SELECT count(*) FROM queue.pgqueuer_log")) == 1
        await database.close()
        await dispatch.close()
