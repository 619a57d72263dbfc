"""Long work: one row that says how far it is, and what is ended stays ended."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.core.ids import new_id
from api.core.operations import (
    OperationProblem,
    OperationRead,
    Subject,
    advance_operation,
    fail_operation,
    finish_operation,
    location_of,
    start_operation,
)
from api.core.problems import Busy
from tests.make.queries import queries
from tests.stores.conftest import Shop

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
BUSY = OperationProblem.of(Busy())


async def start(shop: Shop, kind: str = "orders.reread", **more: Any) -> OperationRead:
    async with shop.database.transaction(shop.id) as session:
        return await start_operation(
            session, kind, workspace_id=shop.id, actor={"name": "Dana"},
            **{"subject": Subject("store", new_id()), **more},
        )  # fmt: skip


async def change(shop: Shop, verb: Any, operation_id: UUID, **values: Any) -> bool:
    async with shop.database.transaction(shop.id) as session:
        done: bool = await verb(session, shop.id, operation_id, now=NOW, **values)
        return done


async def show(shop: Shop, operation_id: UUID) -> dict[str, Any]:
    answer = await shop.browser.get(f"/v1/operations/{operation_id}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


class TestAnOperation:
    async def test_is_queued_and_says_where_it_is(self, shop: Shop) -> None:
        started = await start(shop, total_count=200)
        assert location_of(started) == {"Location": f"/v1/operations/{started.id}"}
        shown = await show(shop, started.id)
        assert (shown["kind"], shown["status"]) == ("orders.reread", "queued")
        assert shown["progress"] == {"done_count": 0, "total_count": 200}
        assert (shown["problem"], shown["result"], shown["finished_at"]) == (None, None, None)

    async def test_goes_on_and_ends_with_what_came_of_it(self, shop: Shop) -> None:
        started = await start(shop)
        assert await change(shop, advance_operation, started.id, done_count=2)
        assert (await show(shop, started.id))["progress"] == {"done_count": 2, "total_count": None}
        assert await change(shop, advance_operation, started.id, done_count=3, total_count=5)
        assert (await show(shop, started.id))["progress"] == {"done_count": 3, "total_count": 5}
        assert await change(shop, finish_operation, started.id, result={"read": 5})
        shown = await show(shop, started.id)
        assert (shown["status"], shown["result"], shown["version"]) == ("done", {"read": 5}, 4)
        assert shown["progress"] == {"done_count": 5, "total_count": 5}
        assert shown["finished_at"] == "2026-11-20T16:00:00.000Z"

    async def test_fails_in_the_words_of_a_problem(self, shop: Shop) -> None:
        started = await start(shop)
        await change(shop, fail_operation, started.id, problem=BUSY)
        shown = await show(shop, started.id)
        assert shown["status"] == "failed"
        assert shown["problem"] == {
            "code": "busy",
            "title": "Busy",
            "detail": "The service is busy. Nothing was done; try again in a moment.",
        }

    async def test_that_waits_for_a_person_goes_on_afterwards(self, shop: Shop) -> None:
        started = await start(shop)
        await change(shop, fail_operation, started.id, problem=BUSY, needs_you=True)
        shown = await show(shop, started.id)
        assert (shown["status"], shown["finished_at"]) == ("needs_you", None)
        assert await change(shop, advance_operation, started.id, done_count=1)
        shown = await show(shop, started.id)
        assert (shown["status"], shown["problem"]) == ("running", None)

    @pytest.mark.parametrize("late", [advance_operation, finish_operation, fail_operation])
    async def test_that_ended_is_not_changed_by_who_comes_late(self, shop: Shop, late: Any) -> None:
        started = await start(shop)
        await change(shop, finish_operation, started.id, result={"read": 1})
        before = await show(shop, started.id)
        values: dict[Any, Any] = {
            advance_operation: {"done_count": 9}, finish_operation: {"result": {}}, fail_operation: {"problem": BUSY},
        }  # fmt: skip
        assert not await change(shop, late, started.id, **values[late])
        assert await show(shop, started.id) == before

    async def test_keeps_the_greatest_count_when_workers_report_at_once(self, shop: Shop) -> None:
        started = await start(shop, total_count=8)
        reports = (change(shop, advance_operation, started.id, done_count=count) for count in range(1, 9))
        assert all(await asyncio.gather(*reports))
        shown = await show(shop, started.id)
        assert (shown["progress"]["done_count"], shown["version"]) == (8, 9)

    async def test_ends_once_when_two_end_it_at_once(self, shop: Shop) -> None:
        started = await start(shop)
        ends = [change(shop, finish_operation, started.id, result={"by": each}) for each in range(6)]
        assert sorted(await asyncio.gather(*ends)) == [False] * 5 + [True]

    async def test_of_another_workspace_is_not_there(self, shop: Shop) -> None:
        started = await start(shop)
        await shop.browser.sign_up(name="Harper Lund", workspace="Harbor Stitch")
        for operation_id in (started.id, uuid4()):
            answer = await shop.browser.get(f"/v1/operations/{operation_id}")
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert (await shop.browser.get("/v1/operations")).json()["data"] == []


class TestTheListOfOperations:
    async def test_is_paged_newest_first_both_ways(self, shop: Shop) -> None:
        made = [str((await start(shop)).id) for _ in range(5)]
        first = (await shop.browser.get("/v1/operations", limit=2)).json()
        second = (await shop.browser.get("/v1/operations", limit=2, cursor=first["next_cursor"])).json()
        third = (await shop.browser.get("/v1/operations", limit=2, cursor=second["next_cursor"])).json()
        back = (await shop.browser.get("/v1/operations", limit=2, cursor=second["prev_cursor"])).json()
        assert [one["id"] for page in (first, second, third) for one in page["data"]] == made[::-1]
        assert (third["has_more"], back["data"]) == (False, first["data"])

    async def test_is_narrowed_by_status_kind_and_subject(self, shop: Shop) -> None:
        subject = Subject("order", new_id())
        wanted = await start(shop, "sync.again", subject=subject)
        done = await start(shop, "orders.reread")
        await change(shop, finish_operation, done.id)
        for filters, expected in (
            ({"status": "queued"}, [wanted.id]),
            ({"status": ["queued", "done"]}, [done.id, wanted.id]),
            ({"kind": "orders.reread"}, [done.id]),
            ({"subject_id": str(subject.id)}, [wanted.id]),
            ({"status": "failed"}, []),
        ):
            shown = (await shop.browser.get("/v1/operations", **filters)).json()["data"]
            assert [one["id"] for one in shown] == [str(each) for each in expected], filters

    async def test_takes_one_statement(self, shop: Shop) -> None:
        for _ in range(3):
            await start(shop)
        with queries(shop.app, 1):
            assert len((await shop.browser.get("/v1/operations")).json()["data"]) == 3
