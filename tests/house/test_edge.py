"""One committer at the edge: nobody below commits, every session is the edge's, and a failed commit is not a success."""

import ast

import pytest
from fastapi import FastAPI
from fastapi.params import Depends as DependsParam
from sqlalchemy import text

from api.core.db import Database
from api.core.edge import OpenSession, Session, StrictRoute
from api.core.jobs import enqueue
from api.core.transactions import CalledInsideTransactionError
from tests.conftest import PROJECT
from tests.make.browser import make_browser

# Where a transaction may be committed: the one place that opens them.
COMMITTERS = {"api/core/db.py"}
ENDINGS = {"commit", "rollback", "begin_nested"}


def test_nobody_else_commits_or_rolls_back() -> None:
    found = []
    for path in sorted((PROJECT / "api").rglob("*.py")):
        name = str(path.relative_to(PROJECT))
        if name in COMMITTERS or name.startswith("api/sandbox/"):
            continue
        nodes = ast.walk(ast.parse(path.read_text()))
        verbs = [node for node in nodes if isinstance(node, ast.Attribute) and node.attr in ENDINGS]
        found += [f"{name}:{node.lineno}" for node in verbs]
    assert found == []


@pytest.mark.parametrize("kind", [Session, OpenSession])
def test_sessions_end_before_the_answer_leaves(kind: object) -> None:
    (dependency,) = [part for part in kind.__metadata__ if isinstance(part, DependsParam)]  # type: ignore[attr-defined] # an Annotated
    assert dependency.scope == "function"


class TestAFailedCommit:
    async def test_answers_with_a_problem(self, app: FastAPI) -> None:
        """A deferred constraint fails at COMMIT, after the route function has returned."""

        async def fails(session: OpenSession) -> dict[str, str]:
            await session.execute(text("CREATE TEMP TABLE once (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)"))
            await session.execute(text("INSERT INTO once VALUES (1), (1)"))
            return {"fine": "no"}

        app.router.add_api_route("/v1/fails", fails, methods=["POST"], route_class_override=StrictRoute)
        async with make_browser(app) as browser:
            answer = await browser.http.post("/v1/fails")
        assert answer.status_code == 500
        assert answer.json()["code"] == "internal_error"


class TestWorkInATransaction:
    async def test_a_rolled_back_enqueue_leaves_no_job(self, app: FastAPI) -> None:
        database: Database = app.state.database

        async def work_and_fail() -> None:
            async with database.transaction(None) as session:
                await enqueue(session, "never", dedupe="never:1")
                raise LookupError

        with pytest.raises(LookupError):
            await work_and_fail()
        assert await waiting_jobs(database) == 0
        async with database.transaction(None) as session:
            await enqueue(session, "once", dedupe="once:1")
        assert await waiting_jobs(database) == 1

    async def test_a_vendor_is_not_called(self, app: FastAPI) -> None:
        database: Database = app.state.database
        door = app.state.tools.vendors.doors[0]
        async with database.transaction(None):
            with pytest.raises(CalledInsideTransactionError):
                await door.send("GET", "/")


async def waiting_jobs(database: Database) -> int:
    async with database.transaction(None) as session:
        return int(await session.scalar(text("SELECT count(id) FROM queue.pgqueuer")) or 0)
