"""A repeated request has one effect and one answer (I10), under real concurrency too."""

import asyncio
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.connectors.doors import Tools
from api.core.auth import Permission
from api.core.db import Database
from api.core.edge import Session, StrictRoute
from api.core.idempotency import OnceOptional, OnceRequired
from api.core.problems import Problem
from api.core.schema import Wire
from api.permissions import PERMISSIONS
from tests.make.browser import make_browser

MARK = b"effects-counted:"
"""Begins each row that an effect leaves; the table is not this test's own."""


class Counted(Wire):
    """How often the effect happened, and what was asked."""

    value: str
    effects: int


class Asked(Wire):
    """What is asked."""

    value: str


class NotToday(Problem):
    """Not today."""

    status = 409


async def count_once(body: Asked, session: Session, once: OnceRequired) -> object:
    async def effect() -> Counted:
        if body.value == "refuse":
            raise NotToday
        await session.execute(
            text("INSERT INTO pacing (subject_hash) VALUES (:mark)"), {"mark": MARK + uuid4().bytes}
        )
        if body.value == "slow":
            await asyncio.sleep(0.4)
        effects = await session.scalar(
            text("SELECT count(*) FROM pacing WHERE substring(subject_hash FOR 16) = :mark"), {"mark": MARK}
        )
        return Counted(value=body.value, effects=int(effects or 0))

    return await once.run(session, effect, status=201, headers=lambda _: {"Location": "/v1/things/1"})


async def tell_once(session: Session, once: OnceOptional, tools: Tools) -> object:
    async def effect() -> Counted:
        return Counted(value=f"canary-{uuid4().hex}", effects=1)

    return await once.run(session, effect, sealer=tools.sealer)


def opened(app: FastAPI) -> FastAPI:
    PERMISSIONS.setdefault("count_once", Permission())
    PERMISSIONS.setdefault("tell_once", Permission(kind="personal"))
    app.router.add_api_route(
        "/v1/tell", tell_once, methods=["POST"], name="tell_once", response_model=Counted,
        route_class_override=StrictRoute,
    )  # fmt: skip
    app.router.add_api_route(
        "/v1/count", count_once, methods=["POST"], name="count_once", response_model=Counted,
        route_class_override=StrictRoute,
    )  # fmt: skip
    return app


@pytest.mark.rule("I10")
class TestARepeatedRequest:
    async def test_is_answered_byte_for_byte_and_done_once(self, app: FastAPI) -> None:
        async with make_browser(opened(app)) as browser:
            await browser.sign_up()
            first = await browser.effect("POST", "/v1/count", {"value": "a"}, key="key-0001")
            again = await browser.effect("POST", "/v1/count", {"value": "a"}, key="key-0001")
        assert (first.status_code, first.json()["effects"]) == (201, 1)
        assert again.content == first.content
        assert again.status_code == 201
        assert again.headers["idempotency-replayed"] == "true"
        assert again.headers["location"] == first.headers["location"] == "/v1/things/1"
        assert "idempotency-replayed" not in first.headers

    async def test_with_another_body_is_refused(self, app: FastAPI) -> None:
        async with make_browser(opened(app)) as browser:
            await browser.sign_up()
            await browser.effect("POST", "/v1/count", {"value": "a"}, key="key-0002")
            other = await browser.effect("POST", "/v1/count", {"value": "b"}, key="key-0002")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")

    async def test_needs_a_key_where_one_is_required(self, app: FastAPI) -> None:
        async with make_browser(opened(app)) as browser:
            await browser.sign_up()
            answer = await browser.send("POST", "/v1/count", {"value": "a"})
            short = await browser.effect("POST", "/v1/count", {"value": "a"}, key="short")
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing")
        assert short.status_code == 422

    async def test_that_was_refused_left_nothing_and_may_be_asked_again(self, app: FastAPI) -> None:
        async with make_browser(opened(app)) as browser:
            await browser.sign_up()
            refused = await browser.effect("POST", "/v1/count", {"value": "refuse"}, key="key-0003")
            again = await browser.effect("POST", "/v1/count", {"value": "fine"}, key="key-0003")
        assert (refused.status_code, again.status_code) == (409, 201)

    async def test_sent_eight_times_at_once_happens_once(self, app: FastAPI) -> None:
        async with make_browser(opened(app)) as browser:
            await browser.sign_up()
            answers = await asyncio.gather(
                *(browser.effect("POST", "/v1/count", {"value": "slow"}, key="key-0004") for _ in range(8))
            )
        assert {answer.status_code for answer in answers} == {201}
        assert {answer.content for answer in answers} == {answers[0].content}
        assert answers[0].json()["effects"] == 1

    async def test_of_another_workspace_is_another_request(self, app: FastAPI) -> None:
        async with make_browser(opened(app)) as one, make_browser(app) as two:
            await one.sign_up()
            await two.sign_up()
            first = await one.effect("POST", "/v1/count", {"value": "a"}, key="key-0005")
            other = await two.effect("POST", "/v1/count", {"value": "a"}, key="key-0005")
        assert (first.json()["effects"], other.json()["effects"]) == (1, 2)


@pytest.mark.rule("I10", "I13")
class TestAnAnswerThatHoldsASecret:
    async def test_is_repeated_byte_for_byte_and_kept_sealed(self, app: FastAPI) -> None:
        async with make_browser(opened(app)) as browser:
            await browser.sign_up()
            first = await browser.effect("POST", "/v1/tell", key="key-0006")
            again = await browser.effect("POST", "/v1/tell", key="key-0006")
        assert again.content == first.content
        assert again.headers["idempotency-replayed"] == "true"
        secret = first.json()["value"].encode()
        assert [secret in body for body in await kept_answers(app, browser.workspace_id)] == [False]

    async def test_is_the_persons_own_outside_of_any_workspace(self, app: FastAPI) -> None:
        headers = {"Idempotency-Key": "key-0007"}
        async with make_browser(opened(app)) as one, make_browser(app) as two:
            await one.sign_up()
            await two.sign_up()
            first, again = [await one.http.post("/v1/tell", headers=headers) for _ in range(2)]
            other = await two.http.post("/v1/tell", headers=headers)
        assert (first.status_code, other.status_code) == (200, 200)
        assert again.content == first.content
        assert other.content != first.content
        assert "idempotency-replayed" not in other.headers


async def kept_answers(app: FastAPI, workspace_id: str) -> list[bytes]:
    database: Database = app.state.database
    async with database.transaction(UUID(workspace_id)) as session:
        return list(await session.scalars(text("SELECT body FROM idempotency_key")))
