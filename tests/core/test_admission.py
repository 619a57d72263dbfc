"""A flood waits at the door: no pool runs dry, nothing fails, and what was begun is finished."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from starlette.types import Message

from api.core.auth import Permission
from api.core.config import Settings
from api.core.edge import Session, StrictRoute
from api.core.http import HttpDoor, HttpFailure
from api.core.places import Line, Overloaded, stepped_aside
from api.core.schema import Wire
from api.main import create_app
from api.permissions import PERMISSIONS
from tests.make.browser import Browser, make_browser
from tests.make.database import TestDatabase

POOL = 4


class Slept(Wire):
    """Done."""

    seconds: float


async def sleep_in_database(session: Session, seconds: float) -> Slept:
    """Holds a connection of the pool for so long, and leaves a mark in its transaction."""
    await session.execute(
        text("INSERT INTO pacing (subject_hash) VALUES (sha256(gen_random_uuid()::text::bytea))")
    )
    await session.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": seconds})
    return Slept(seconds=seconds)


@pytest.fixture
async def small(settings: Settings, database_urls: TestDatabase) -> AsyncIterator[FastAPI]:
    """A service with four connections, eight places and twelve more to wait at."""
    changes = {
        "database_pool_size": POOL,
        "requests_at_once": 8,
        "requests_waiting": 12,
        "requests_patience": 4.0,
    }
    app = create_app(settings.model_copy(update=changes))
    PERMISSIONS.setdefault("sleep_in_database", Permission())
    app.router.add_api_route(
        "/v1/sleep", sleep_in_database, methods=["POST"], name="sleep_in_database", response_model=Slept,
        route_class_override=StrictRoute,
    )  # fmt: skip
    async with app.router.lifespan_context(app):
        yield app
    await database_urls.empty()


@pytest.fixture
async def visitor(small: FastAPI) -> AsyncIterator[Browser]:
    async with make_browser(small) as browser:
        await browser.sign_up()
        yield browser


async def sleep(browser: Browser, seconds: float) -> str:
    """`201`, or the status and code of the refusal."""
    answer = await browser.send("POST", f"/v1/sleep?seconds={seconds}")
    return str(answer.status_code) if answer.is_success else f"{answer.status_code} {answer.json()['code']}"


@pytest.mark.rule("K1")
class TestAFlood:
    async def test_is_partly_refused_and_never_fails(self, small: FastAPI, visitor: Browser) -> None:
        checked_out = most_checked_out(small)
        marked = await count_marks(small)
        before = asyncio.gather(*(sleep(visitor, 0.4) for _ in range(6)))
        await asyncio.sleep(0.1)
        flood = asyncio.gather(*(sleep(visitor, 0.02) for _ in range(300)))
        await asyncio.sleep(0.05)
        health = await visitor.http.get("/livez")
        came_of_it = Counter(await flood)
        assert set(await before) == {"200"}, "what was in work gets through to its end"
        assert set(came_of_it) == {"200", "503 overloaded"}, "nothing else: no empty pool, no failure"
        assert came_of_it["200"] >= 12
        assert health.status_code == 200
        assert max(checked_out) <= POOL
        marks = await count_marks(small) - marked
        assert marks == 6 + came_of_it["200"], "who was refused left nothing"

    async def test_of_questions_after_its_health_takes_one_connection(
        self, small: FastAPI, visitor: Browser
    ) -> None:
        checked_out = most_checked_out(small)
        answers = await asyncio.gather(*(visitor.http.get("/readyz") for _ in range(200)))
        assert {answer.status_code for answer in answers} == {200}
        assert max(checked_out) == 1
        assert (await visitor.http.get("/readyz")).json()["status"] == "ready"

    async def test_leaves_the_service_as_it_was(self, visitor: Browser) -> None:
        await asyncio.gather(*(sleep(visitor, 0.05) for _ in range(60)))
        assert [await sleep(visitor, 0) for _ in range(3)] == ["200"] * 3
        assert Counter(await asyncio.gather(*(sleep(visitor, 0) for _ in range(20)))) == {"200": 20}

    async def test_of_slow_senders_keeps_nobody_waiting(self, visitor: Browser) -> None:
        """As many as there are places have begun to send a body, and go on when everybody else was served."""
        begun, served = asyncio.Semaphore(0), asyncio.Event()

        async def drip() -> AsyncIterator[bytes]:
            yield b'{"email": '
            begun.release()
            await served.wait()
            yield b'"nobody"}'

        async def send() -> int:
            answer = await visitor.http.post(
                "/v1/session", content=drip(), headers={"Content-Type": "application/json"}
            )
            return answer.status_code

        senders = [asyncio.create_task(send()) for _ in range(8)]
        for _ in senders:
            await begun.acquire()
        assert await sleep(visitor, 0) == "200"
        assert not any(sender.done() for sender in senders)
        served.set()
        assert set(await asyncio.gather(*senders)) == {422}

    async def test_of_slow_senders_holds_no_connection(self, small: FastAPI, visitor: Browser) -> None:
        """Also where a body is not asked for, and only counts for telling one request from another."""
        begun, served = asyncio.Event(), asyncio.Event()

        async def drip() -> AsyncIterator[bytes]:
            yield b"{"
            begun.set()
            await served.wait()
            yield b"}"

        path = f"/v1/invitations/{visitor.workspace_id}"
        asking = asyncio.create_task(
            visitor.http.request(
                "DELETE", path, content=drip(), headers={"Platen-Workspace": visitor.workspace_id}
            )
        )
        await begun.wait()
        await asyncio.sleep(0.3)
        assert small.state.database.engine.sync_engine.pool.checkedout() == 0
        assert not asking.done()
        served.set()
        assert (await asking).status_code == 404

    async def test_of_senders_that_go_away_is_no_failure_of_ours(
        self, small: FastAPI, caplog: pytest.LogCaptureFixture
    ) -> None:
        sent: list[Message] = []
        pieces: list[Message] = [
            {"type": "http.request", "body": b'{"email": ', "more_body": True},
            {"type": "http.disconnect"},
        ]

        async def receive() -> Message:
            return pieces.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"content-type", b"application/json"), (b"content-length", b"40")]
        scope = {
            "type": "http", "http_version": "1.1", "method": "POST", "scheme": "https", "path": "/v1/session",
            "raw_path": b"/v1/session", "query_string": b"", "headers": headers, "client": ("127.0.0.1", 1),
        }  # fmt: skip
        await small(scope, receive, send)
        assert sent[0]["status"] == 400
        assert not [record for record in caplog.records if record.levelname == "ERROR"]

    async def test_says_when_to_come_back(self, visitor: Browser) -> None:
        flood = [visitor.send("POST", "/v1/sleep?seconds=0.1") for _ in range(60)]
        refused = [answer for answer in await asyncio.gather(*flood) if answer.status_code == 503]
        assert refused
        assert {answer.headers["retry-after"] for answer in refused} == {"3"}
        assert all(answer.json()["retryable"] for answer in refused)


class TestTheLine:
    async def test_is_first_come_first_served(self) -> None:
        line, order = Line(at_once=1, waiting=5, patience=5), []

        async def visit(number: int) -> None:
            async with line.place():
                order.append(number)
                await asyncio.sleep(0.01)

        await asyncio.gather(*(visit(number) for number in range(6)))
        assert order == list(range(6))

    async def test_is_left_after_a_while(self) -> None:
        line = Line(at_once=1, waiting=5, patience=0.05)
        async with line.place():
            with pytest.raises(Overloaded):
                async with line.place():
                    pass

    async def test_keeps_its_places_when_a_visitor_goes_away(self) -> None:
        line = Line(at_once=1, waiting=1, patience=5)

        async def visit(seconds: float) -> None:
            async with line.place():
                await asyncio.sleep(seconds)

        for _ in range(3):
            working = asyncio.create_task(visit(60))
            await asyncio.sleep(0)
            waiting = asyncio.create_task(visit(60))
            await asyncio.sleep(0)
            waiting.cancel()
            working.cancel()
            await asyncio.gather(working, waiting, return_exceptions=True)
        await asyncio.wait_for(visit(0), 1)


@pytest.mark.rule("K1")
class TestWhoWaitsForAVendor:
    async def test_lets_others_work_meanwhile(self) -> None:
        """A vendor that takes the connection and never answers: real sockets, one place."""
        line, hung = Line(at_once=1, waiting=5, patience=5), asyncio.Event()
        writers: list[asyncio.StreamWriter] = []

        async def say_nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            hung.set()

        server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
        door = HttpDoor(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", timeout=1.0)

        async def ask_vendor() -> str:
            async with line.place():
                with pytest.raises(HttpFailure):
                    await door.send("GET", "/")
            return "gave up"

        asking = asyncio.create_task(ask_vendor())
        await hung.wait()
        async with asyncio.timeout(0.5), line.place():
            assert not asking.done()
        assert await asking == "gave up"
        await door.close()
        for writer in writers:
            writer.close()
            await writer.wait_closed()
        server.close()

    async def test_takes_a_place_again_before_going_on(self) -> None:
        line, away = Line(at_once=1, waiting=5, patience=5), asyncio.Event()
        order = []

        async def ask() -> None:
            async with line.place():
                async with stepped_aside():
                    await away.wait()
                order.append("asked")

        asking = asyncio.create_task(ask())
        await asyncio.sleep(0)
        async with line.place():
            away.set()
            await asyncio.sleep(0.05)
            order.append("worked")
        await asking
        assert order == ["worked", "asked"]

    @pytest.mark.parametrize("ends", ["well", "cancelled"])
    async def test_in_many_tasks_at_once_leaves_as_many_places_as_there_were(self, ends: str) -> None:
        line = Line(at_once=2, waiting=100, patience=5)

        async def wait_outside(seconds: float) -> None:
            async with stepped_aside():
                await asyncio.sleep(seconds)

        async def ask() -> None:
            async with line.place():
                for _ in range(3):
                    await asyncio.gather(*(wait_outside(step / 500) for step in range(4)))

        asking = [asyncio.create_task(ask()) for _ in range(12)]
        if ends == "cancelled":
            await asyncio.sleep(0.01)
            for task in asking:
                task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        async with line.place(), line.place():
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(visit(line), 0.05)
        await asyncio.wait_for(visit(line), 0.5)


async def visit(line: Line) -> None:
    async with line.place():
        pass


def most_checked_out(app: FastAPI) -> list[int]:
    """How many connections were in use, each time one was taken."""
    found = [0]
    pool = app.state.database.engine.sync_engine.pool
    event.listen(pool, "checkout", lambda *_: found.append(pool.checkedout()))
    return found


async def count_marks(app: FastAPI) -> int:
    async with app.state.database.transaction(None) as session:
        return int(await session.scalar(text("SELECT count(*) FROM pacing")) or 0)
