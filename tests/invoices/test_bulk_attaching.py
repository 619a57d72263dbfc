"""Orders of many stores on invoices at once: one invoice a store, each store all or nothing by itself."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.make.linked import CLUB, Json, Office, make_order, office

__all__ = ["office"]
PATH = "/v1/invoices/bulk-attachments"


async def bulk(office: Office, *numbers: str, key: str | None = None, **more: Any) -> httpx.Response:
    body = {"order_ids": await office.ids_of(*numbers), **more}
    return await office.browser.effect("POST", PATH, body, key=key)


async def results(office: Office, *numbers: str, **more: Any) -> list[Json]:
    answer = await bulk(office, *numbers, **more)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["results"]
    return found


async def on_invoice(office: Office) -> dict[str, str | None]:
    """Each order's invoice, by number."""
    rows = await office.intake.rows("SELECT number, invoice_id FROM store_order")
    return {row.number: str(row.invoice_id) if row.invoice_id else None for row in rows}


@pytest.fixture
async def opened(office: Office) -> Office:
    """Two stores with two orders each."""
    await office.open(
        make_order("1"), make_order("2"), make_order("91", store=CLUB), make_order("92", store=CLUB)
    )
    return office


@pytest.mark.rule("A1", "A3")
class TestAttachingInBulk:
    async def test_makes_a_new_invoice_for_each_store(self, opened: Office) -> None:
        club, school = await results(opened, "91", "1", "2", "92")
        assert [(one["index"], one["status"], one["problem"]) for one in (club, school)] == [
            (0, 201, None),
            (1, 201, None),
        ]
        assert club["order_ids"] == await opened.ids_of("91", "92")
        assert school["order_ids"] == await opened.ids_of("1", "2")
        for one in (club, school):
            assert one["data"]["store"] == one["store"]
            assert one["data"]["order_count"] == 2
            shown = await opened.invoice(one["data"]["id"])
            assert {order["id"] for order in shown["orders"]} == set(one["order_ids"])

    async def test_puts_a_stores_orders_on_the_invoice_given_for_it(self, opened: Office) -> None:
        there = await opened.make("1")
        given = [{"store_id": there["store"]["id"], "invoice_id": there["id"]}]
        school, club = await results(opened, "2", "91", invoices=given)
        assert (school["data"]["id"], school["data"]["order_count"]) == (there["id"], 2)
        assert (club["status"], club["data"]["order_count"]) == (201, 1)

    async def test_refuses_one_store_and_attaches_the_other(self, opened: Office) -> None:
        await opened.make("1")
        before = await on_invoice(opened)
        school, club = await results(opened, "1", "2", "91")
        assert (school["status"], school["data"], school["problem"]["code"]) == (
            409,
            None,
            "order_already_attached",
        )
        assert "Dana Reyes" in school["problem"]["detail"], "A2: the loser is told who"
        after = await on_invoice(opened)
        assert (after["1"], after["2"]) == (before["1"], None), "nothing of the refused store was changed"
        assert after["91"] == club["data"]["id"]
        invoices = await opened.intake.rows("SELECT order_count FROM invoice")
        assert [row.order_count for row in invoices] == [1, 1], (
            "the refused store left no empty invoice behind"
        )

    async def test_takes_back_all_that_was_written_for_a_store_before_it_was_refused(
        self, office: Office
    ) -> None:
        """Only the finished invoice shows that it does not add up: its row, attachments and pinned copies are there by then."""
        await office.open(make_order("1"), make_order("2", residual=700), make_order("91", store=CLUB))
        refused, club = await results(office, "1", "2", "91")
        assert (refused["status"], refused["problem"]["code"]) == (409, "does_not_add_up")
        assert await on_invoice(office) == {"1": None, "2": None, "91": club["data"]["id"]}
        for table in ("invoice", "attachment", "order_version", "event WHERE type = 'order.attached'"):
            assert len(await office.intake.rows(f"SELECT 1 FROM {table}")) == 1, table  # noqa: S608 - a test's own name

    async def test_never_mixes_stores_on_a_given_invoice(self, opened: Office) -> None:
        club = await opened.make("91")
        school_id = await opened.store_id()
        (refused,) = await results(opened, "1", invoices=[{"store_id": school_id, "invoice_id": club["id"]}])
        assert (refused["status"], refused["problem"]["code"]) == (409, "different_store")
        assert (await on_invoice(opened))["1"] is None

    async def test_says_which_orders_are_not_there(self, opened: Office) -> None:
        nobody = "0192f0c4-7a10-7000-8000-000000000999"
        body = {"order_ids": [nobody, *await opened.ids_of("1")]}
        answer = await opened.browser.effect("POST", PATH, body)
        found, missing = answer.json()["results"]
        assert (found["status"], found["data"]["order_count"]) == (201, 1)
        assert (missing["status"], missing["store"], missing["order_ids"]) == (404, None, [nobody])

    async def test_takes_all_that_match_and_may_be_attached(self, opened: Office) -> None:
        await opened.make("1")
        await opened.change("UPDATE store_order SET approval = 'pending' WHERE number = '92'")
        answer = await opened.browser.effect("POST", PATH, {"matching": {"status": ["open"]}})
        shown = answer.json()
        assert shown["has_more"] is False
        taken = {order_id for one in shown["results"] for order_id in one["order_ids"]}
        assert taken == set(await opened.ids_of("2", "91"))
        assert [one["status"] for one in shown["results"]] == [201, 201]

    async def test_is_done_once_however_often_it_is_asked(self, opened: Office) -> None:
        first = await bulk(opened, "1", "91", key="bulk-0001")
        again = await bulk(opened, "1", "91", key="bulk-0001")
        assert again.content == first.content
        assert again.headers["Idempotency-Replayed"] == "true"
        assert len(await opened.intake.rows("SELECT 1 FROM invoice")) == 2
        without = await opened.browser.send("POST", PATH, {"order_ids": await opened.ids_of("2")})
        assert (without.status_code, without.json()["code"]) == (400, "idempotency_key_missing")

    @pytest.mark.rule("A2")
    async def test_of_many_at_once_puts_every_order_on_one_invoice_without_deadlock(
        self, office: Office
    ) -> None:
        school, club = [str(n) for n in range(1, 9)], [str(n) for n in range(91, 99)]
        await office.open(*map(make_order, school), *(make_order(number, store=CLUB) for number in club))
        ways = (
            school + club,
            club + school,
            [*reversed(school), *club],
            [*reversed(club), *reversed(school)],
        )
        answers = await asyncio.gather(*(bulk(office, *way) for way in ways for _ in range(2)))
        assert {answer.status_code for answer in answers} <= {200, 503}
        won = [
            one
            for answer in answers
            if answer.status_code == 200
            for one in answer.json()["results"]
            if one["status"] == 201
        ]
        assert sorted(one["data"]["order_count"] for one in won) == [8, 8]
        rows = await office.intake.rows("SELECT order_id FROM attachment WHERE detached_at IS NULL")
        assert len(rows) == len({row.order_id for row in rows}) == 16

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"order_ids": []},
            {"order_ids": ["0192f0c4-7a10-7000-8000-000000000101"] * 2},
            {"order_ids": ["0192f0c4-7a10-7000-8000-000000000101"], "matching": {}},
            {"matching": {"status": ["odd"]}},
            {"matching": {"unknown": 1}},
        ],
    )
    async def test_refuses_what_does_not_say_which_orders(self, opened: Office, body: Json) -> None:
        answer = await opened.browser.effect("POST", PATH, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")
