"""Putting orders on invoices (A2 to A5): one winner each, all or nothing, one effect and one answer, at a pinned version."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy.exc import DBAPIError

from tests.make.browser import make_browser
from tests.make.clock import SteerableClock
from tests.make.linked import CLUB, Office, make_order, office
from tests.make.orders import make_link
from tests.make.queries import queries
from tests.make.wanted import tee

__all__ = ["office"]
FIRST = make_order("870001", tee("L", 2), tee("2XL", 1, 2200), shipping=500)
SECOND = make_order("870002", tee("M", 3))
THIRD = make_order("870003", tee("S", 4))
ROWING = make_order("990001", tee("L", 5), store=CLUB)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.rule("A5")
class TestANewInvoice:
    async def test_holds_the_orders_and_waits_to_be_written(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        answer = await office.create("870001", "870002")
        assert answer.status_code == 201
        made = answer.json()
        assert answer.headers["Location"] == f"/v1/invoices/{made['id']}"
        assert [order["number"] for order in made["orders"]] == ["870001", "870002"]
        assert (made["push_state"], made["revision"], made["pushed_revision"]) == ("queued", 1, 0)
        assert (made["order_count"], made["piece_count"], made["total_amount"]) == (2, 6, 12700)
        assert made["content"]["proof"]["is_balanced"]
        assert made["created_by"] == "Dana Reyes"

    async def test_is_read_as_it_was_answered(self, office: Office) -> None:
        await office.open(FIRST)
        answer = await office.create("870001")
        read = await office.browser.get(answer.headers["Location"])
        assert read.json() == answer.json()
        assert read.headers["ETag"] == answer.headers["ETag"]

    async def test_is_named_and_dated_by_the_settings_in_the_shops_own_days(
        self, office: Office, clock: SteerableClock
    ) -> None:
        """At one in the morning in London it is still yesterday in Chicago."""
        await office.open(FIRST)
        clock.move(seconds=(datetime(2026, 11, 21, 1, 0, tzinfo=UTC) - clock.now()).total_seconds())
        made = await office.make("870001")
        assert made["nickname"] == "Lincoln High – 2026-11-20"
        assert made["customer_due_on"] == "2026-12-04"
        (revision,) = await office.intake.rows("SELECT wanted FROM invoice_revision")
        assert revision.wanted["payment"]["draft"]["paid_on"] == "2026-11-20"

    async def test_is_named_and_dated_by_hand(self, office: Office) -> None:
        await office.open(FIRST)
        made = await office.make("870001", nickname="Homecoming", customer_due_on="2027-01-15")
        assert (made["nickname"], made["customer_due_on"]) == ("Homecoming", "2027-01-15")

    async def test_is_made_out_to_the_stores_organisation(self, office: Office) -> None:
        await office.open(FIRST)
        assert (await office.make("870001"))["contact_name"] == "Lincoln Boosters"

    async def test_needs_to_know_whom_to_make_it_out_to(self, office: Office) -> None:
        await office.open(FIRST)
        await office.change("DELETE FROM store_settings")
        before = await office.contents()
        answer = await office.create("870001")
        assert problem(answer) == (409, "contact_required")
        assert (answer.json()["store_id"], answer.json()["store_name"]) == (
            await office.store_id(),
            "Lincoln High",
        )
        assert await office.contents() == before

    async def test_is_scheduled_to_be_pushed(self, office: Office) -> None:
        await office.open(FIRST)
        await office.make("870001")
        (work,) = await office.intake.rows("SELECT due_at FROM workspace_work WHERE kind = 'push'")
        assert work.due_at <= datetime.now(UTC) + timedelta(seconds=5)

    async def test_is_told_as_events_with_who_did_it(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001", "870002")
        rows = await office.intake.rows(
            "SELECT type, subject_id, data, actor FROM event WHERE type LIKE '%attached' OR type LIKE 'invoice.%'"
        )
        assert Counter(row.type for row in rows) == {
            "order.attached": 2,
            "invoice.created": 1,
            "invoice.changed": 1,
        }
        assert {row.actor["name"] for row in rows} == {"Dana Reyes"}
        attached = [row for row in rows if row.type == "order.attached"]
        assert {str(row.subject_id) for row in attached} == set(await office.ids_of("870001", "870002"))
        assert {row.data["invoice_id"] for row in attached} == {made["id"]}

    async def test_leaves_the_order_in_no_feed_and_says_attaching(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        feed = await office.browser.get("/v1/order-feed", store_id=await office.store_id())
        assert [order["number"] for order in feed.json()["data"]] == ["870002"]
        order = (await office.browser.get(f"/v1/orders/{(await office.ids_of('870001'))[0]}")).json()
        assert order["integration_state"] == "attaching"
        assert order["invoice"]["id"] == made["id"]


class TestAnExistingInvoice:
    async def test_takes_more_orders_of_its_store(self, office: Office) -> None:
        await office.open(FIRST, SECOND, THIRD)
        made = await office.make("870001")
        answer = await office.attach(made["id"], "870002", "870003")
        assert answer.status_code == 201
        grown = answer.json()
        assert [order["number"] for order in grown["orders"]] == ["870001", "870002", "870003"]
        assert (grown["revision"], grown["piece_count"]) == (2, 10)
        assert grown["created_at"] == made["created_at"]
        assert await office.invoice(made["id"]) == grown

    async def test_takes_fifty_at_once_in_as_many_statements_as_one(self, office: Office) -> None:
        many = [make_order(str(870100 + n), tee("L", 1 + n % 3)) for n in range(50)]
        await office.open(FIRST, SECOND, *many)
        made = await office.make("870001")
        two = await office.ids_of("870002")
        with queries(office.app, 30) as of_one:
            assert (await office.attach_ids(made["id"], two)).status_code == 201
        ids = await office.ids_of(*(order.number for order in many))
        with queries(office.app, len(of_one)):
            answer = await office.attach_ids(made["id"], ids)
        assert answer.status_code == 201
        assert answer.json()["order_count"] == 52

    @pytest.mark.rule("A3")
    @pytest.mark.parametrize("numbers", [("990001",), ("870002", "990001")])
    async def test_never_takes_orders_of_another_store(
        self, office: Office, numbers: tuple[str, ...]
    ) -> None:
        await office.open(FIRST, SECOND, ROWING)
        made = await office.make("870001")
        before = await office.contents()
        assert problem(await office.attach(made["id"], *numbers)) == (409, "different_store")
        assert await office.contents() == before

    @pytest.mark.rule("A3")
    async def test_is_never_made_of_two_stores(self, office: Office) -> None:
        await office.open(FIRST, ROWING)
        assert problem(await office.create("870001", "990001")) == (409, "different_store")

    @pytest.mark.rule("A3")
    async def test_keeps_its_store_whoever_asks(self, office: Office) -> None:
        """Beneath every check stand the keys and a trigger."""
        await office.open(FIRST, ROWING)
        await office.make("870001")
        club = await office.store_id(CLUB)
        with pytest.raises(DBAPIError, match="keeps its store"):
            await office.change("UPDATE invoice SET store_id = CAST(:club AS uuid)", club=club)

    async def test_that_is_closed_takes_nothing(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        await office.change("UPDATE invoice SET closed = true")
        before = await office.contents()
        assert problem(await office.attach(made["id"], "870002")) == (409, "invoice_closed")
        assert await office.contents() == before

    async def test_of_another_printavo_account_takes_nothing(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        await office.change("UPDATE invoice SET printavo_account = 'an earlier one'")
        assert problem(await office.attach(made["id"], "870002")) == (409, "invoice_closed")

    async def test_of_another_workspace_is_not_there(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        ids = await office.ids_of("870002")
        async with make_browser(office.app) as other:
            await other.sign_up(workspace="Harbor Stitch")
            await make_link(office.database, UUID(other.workspace_id), account="9002")
            stranger = replace(office, browser=other)
            assert problem(await stranger.attach_ids(made["id"], ids)) == (404, "not_found")
            assert (await other.get(f"/v1/invoices/{made['id']}")).status_code == 404


Spoil = Callable[[Office], Awaitable[None]]


async def unshare(office: Office) -> None:
    await office.share("none")


async def spoil_row(office: Office, assignment: str) -> None:
    await office.change(f"UPDATE store_order SET {assignment} WHERE number = '870002'")  # noqa: S608 - of this file


@pytest.mark.rule("F3")
class TestAnOrderThatMayNotBeAttached:
    REASONS = (
        ("store_not_shared", unshare),
        ("before_share_date", lambda office: spoil_row(office, "placed_at = '2020-01-01Z'")),
        ("source_off", lambda office: spoil_row(office, "origin = 'staff'")),
        ("approval_unknown", lambda office: spoil_row(office, "approval = 'unknown'")),
        ("pending_approval", lambda office: spoil_row(office, "approval = 'pending'")),
        ("cancelled", lambda office: spoil_row(office, "cancelled = true, status = 'cancelled'")),
        ("no_detail", lambda office: office.change(
            "DELETE FROM order_copy WHERE order_id = (SELECT id FROM store_order WHERE number = '870002')")),
    )  # fmt: skip

    @pytest.mark.parametrize(("reason", "spoil"), REASONS, ids=[reason for reason, _ in REASONS])
    async def test_refuses_all_and_leaves_no_trace(self, office: Office, reason: str, spoil: Spoil) -> None:
        await office.open(FIRST, SECOND, THIRD)
        made = await office.make("870003")
        await spoil(office)
        before = await office.contents()
        for answer in (
            await office.create("870001", "870002"),
            await office.attach(made["id"], "870001", "870002"),
        ):
            assert problem(answer) == (409, "order_not_shared")
            refused = {order["order_number"]: order["reason"] for order in answer.json()["orders"]}
            assert refused["870002"] == reason
            assert ("870001" in refused) == (reason == "store_not_shared")
        assert await office.contents() == before

    async def test_is_refused_when_it_is_not_there(self, office: Office) -> None:
        await office.open(FIRST)
        made = await office.make("870001")
        before = await office.contents()
        assert problem(await office.attach_ids(made["id"], [str(uuid4())])) == (404, "not_found")
        assert await office.contents() == before

    async def test_is_refused_when_it_does_not_add_up(self, office: Office) -> None:
        await office.open(FIRST, make_order("870009", residual=700), make_order("870010", residual=-700))
        before = await office.contents()
        answer = await office.create("870001", "870009", "870010")
        assert problem(answer) == (409, "does_not_add_up")
        assert (answer.json()["order_numbers"], answer.json()["difference_amount"]) == (
            ["870009", "870010"],
            0,
        )
        assert await office.contents() == before

    @pytest.mark.parametrize(
        "count",
        [0, 201],
    )
    async def test_is_refused_when_none_or_too_many_are_named(self, office: Office, count: int) -> None:
        await office.open(FIRST)
        made = await office.make("870001")
        answer = await office.attach_ids(made["id"], [str(uuid4()) for _ in range(count)])
        assert problem(answer) == (422, "invalid_input")

    async def test_is_refused_when_it_is_named_twice(self, office: Office) -> None:
        await office.open(FIRST)
        order_id = (await office.ids_of("870001"))[0]
        answer = await office.browser.effect("POST", "/v1/invoices", {"order_ids": [order_id, order_id]})
        assert problem(answer) == (422, "invalid_input")


class TestTheLink:
    async def test_must_be_there(self, office: Office) -> None:
        await office.open(FIRST)
        await office.change("UPDATE link SET ended_at = now()")
        assert problem(await office.create("870001")) == (409, "not_linked")

    @pytest.mark.parametrize(
        ("state", "code"), [("needs_reauth", "link_needs_reauth"), ("suspended", "link_suspended")]
    )
    async def test_must_work(self, office: Office, state: str, code: str) -> None:
        await office.open(FIRST)
        await office.change("UPDATE connection SET state = :state WHERE side = 'printavo'", state=state)
        before = await office.contents()
        assert problem(await office.create("870001")) == (409, code)
        assert await office.contents() == before


async def answered(send: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
    """Ask again while the service is busy, as clients do."""
    while (answer := await send()).status_code == 503:
        assert answer.json()["retryable"] is True
        await asyncio.sleep(0.2)
    return answer


@pytest.mark.rule("A2")
class TestARace:
    async def test_of_fifty_has_one_winner_whom_every_loser_is_told(self, office: Office) -> None:
        own = [make_order(str(871000 + n)) for n in range(50)]
        await office.open(FIRST, *own)
        invoices = [(await office.make(order.number))["id"] for order in own]
        (prize,) = await office.ids_of("870001")

        def run(invoice_id: str) -> Awaitable[httpx.Response]:
            key = uuid4().hex
            return answered(lambda: office.attach_ids(invoice_id, [prize], key=key))

        answers = await asyncio.gather(*map(run, invoices))
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 49}
        (winner,) = [answer.json() for answer in answers if answer.status_code == 201]
        for loser in (answer.json() for answer in answers if answer.status_code == 409):
            assert loser["code"] == "order_already_attached"
            (told,) = loser["orders"]
            assert (told["order_id"], told["order_number"]) == (prize, "870001")
            assert (told["invoice_id"], told["attached_by"]) == (winner["id"], "Dana Reyes")
            assert told["attached_at"] == next(o["attached_at"] for o in winner["orders"] if o["id"] == prize)
        live = await office.intake.rows(
            "SELECT order_id, count(*) FROM attachment WHERE detached_at IS NULL GROUP BY 1"
        )
        assert {row.count for row in live} == {1}

    async def test_for_overlapping_orders_gives_each_order_one_invoice(self, office: Office) -> None:
        """Clients that ask for the same orders in opposite sequence never lock each other out."""
        orders = [make_order(str(871000 + n)) for n in range(12)]
        await office.open(*orders)
        numbers = [order.number for order in orders]
        wishes = [numbers[start : start + 4] for start in range(9)]
        wishes += [list(reversed(wish)) for wish in wishes]
        ids = dict(zip(numbers, await office.ids_of(*numbers), strict=True))

        def run(wish: list[str]) -> Awaitable[httpx.Response]:
            key, body = uuid4().hex, {"order_ids": [ids[number] for number in wish]}
            return answered(lambda: office.browser.effect("POST", "/v1/invoices", body, key=key))

        answers = await asyncio.gather(*map(run, wishes))
        won = [
            order["number"]
            for answer in answers
            if answer.status_code == 201
            for order in answer.json()["orders"]
        ]
        assert len(won) == len(set(won))
        assert won
        assert {problem(a) for a in answers if a.status_code != 201} == {(409, "order_already_attached")}

    async def test_that_no_lock_saw_is_decided_by_the_index(self, office: Office) -> None:
        """An attachment whose order row knows nothing of it: no lock, no column, only the unique index."""
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        await office.change(
            "UPDATE store_order SET attach_state = NULL, invoice_id = NULL, attached_at = NULL, attached_by = NULL"
        )
        before = await office.contents()
        answer = await office.create("870002", "870001")
        assert problem(answer) == (409, "order_already_attached")
        (told,) = answer.json()["orders"]
        assert (told["order_number"], told["invoice_id"], told["attached_by"]) == (
            "870001",
            made["id"],
            "Dana Reyes",
        )
        assert "870001" in answer.json()["detail"]
        assert await office.contents() == before

    async def test_is_over_for_an_order_that_is_on_this_very_invoice(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        answer = await office.attach(made["id"], "870001", "870002")
        assert problem(answer) == (409, "order_already_attached")
        assert (await office.invoice(made["id"]))["order_count"] == 1

    async def test_names_the_invoice_by_the_number_that_people_see(self, office: Office) -> None:
        await office.open(FIRST)
        await office.make("870001")
        await office.change("UPDATE store_order SET invoice_number = '1042'")
        answer = await office.create("870001")
        assert answer.json()["detail"] == (
            "Order 870001 is on invoice 1042 already; Dana Reyes put it there. Nothing was changed."
        )


@pytest.mark.rule("I10")
class TestARepeatedRequest:
    async def test_is_answered_byte_for_byte_without_a_second_effect(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        first = await office.create("870001", key="once-and-only")
        after = await office.contents()
        again = await office.create("870001", key="once-and-only")
        assert again.content == first.content
        assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
        assert (again.headers["ETag"], again.headers["Location"]) == (
            first.headers["ETag"],
            first.headers["Location"],
        )
        assert await office.contents() == after

    async def test_by_eight_at_once_has_one_effect_and_one_answer(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        ids = await office.ids_of("870002")
        one = [answered(lambda: office.attach_ids(made["id"], ids, key="eight-times")) for _ in range(8)]
        answers = await asyncio.gather(*one)
        assert Counter(answer.status_code for answer in answers) == {201: 8}
        assert len({answer.content for answer in answers}) == 1
        assert sorted("Idempotency-Replayed" in answer.headers for answer in answers) == [False] + [True] * 7
        assert (await office.invoice(made["id"]))["revision"] == 2

    async def test_with_other_orders_is_refused(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        await office.create("870001", key="once-and-only")
        assert problem(await office.create("870002", key="once-and-only")) == (422, "idempotency_key_reused")

    async def test_after_a_refusal_asks_anew(self, office: Office) -> None:
        await office.open(FIRST)
        await office.share("none")
        assert (await office.create("870001", key="once-and-only")).status_code == 409
        await office.share("all")
        assert (await office.create("870001", key="once-and-only")).status_code == 201

    async def test_without_a_key_is_refused(self, office: Office) -> None:
        await office.open(FIRST)
        body = {"order_ids": await office.ids_of("870001")}
        assert problem(await office.browser.send("POST", "/v1/invoices", body)) == (
            400,
            "idempotency_key_missing",
        )


@pytest.mark.rule("A4")
class TestThePinnedVersion:
    async def test_stays_while_the_order_follows_the_platform(self, office: Office) -> None:
        await office.open(FIRST)
        made = await office.make("870001")
        edited = make_order("870001", tee("L", 9), shipping=500)
        await office.take_in(edited)
        order = (await office.browser.get(f"/v1/orders/{made['orders'][0]['id']}")).json()
        assert (order["piece_count"], order["total_amount"]) == (9, 18500)
        assert order["version"] > made["orders"][0]["version"]
        after = await office.invoice(made["id"])
        assert after["content"] == made["content"]
        assert (after["piece_count"], after["revision"]) == (3, 1)

    async def test_is_what_more_orders_are_added_to(self, office: Office) -> None:
        await office.open(FIRST, SECOND)
        made = await office.make("870001")
        await office.take_in(make_order("870001", tee("L", 9)))
        grown = (await office.attach(made["id"], "870002")).json()
        assert grown["piece_count"] == 3 + 3

    async def test_shows_the_pinned_figures_of_its_orders(self, office: Office) -> None:
        await office.open(FIRST)
        made = await office.make("870001")
        await office.take_in(make_order("870001", tee("L", 9)))
        (order,) = (await office.invoice(made["id"]))["orders"]
        assert order == made["orders"][0]

    @pytest.mark.parametrize("sql", ["UPDATE order_version SET snapshot = '{}'", "DELETE FROM order_version"])
    async def test_cannot_be_changed_by_anybody(self, office: Office, sql: str) -> None:
        await office.open(FIRST)
        await office.make("870001")
        with pytest.raises(DBAPIError, match=r"never change|permission denied"):
            await office.change(sql)

    async def test_is_the_one_that_was_read_last_before(self, office: Office) -> None:
        await office.open(FIRST)
        await office.take_in(make_order("870001", tee("XL", 7)))
        made = await office.make("870001")
        assert made["piece_count"] == 7
        (row,) = await office.intake.rows(
            "SELECT v.version = o.version AS same FROM order_version v JOIN store_order o ON o.id = v.order_id"
        )
        assert row.same


_RECOUNTED = """
SELECT o.store_id, count(*) AS orders, count(*) FILTER (WHERE open) AS open_orders,
       coalesce(sum(piece_count) FILTER (WHERE open), 0)::bigint AS open_pieces,
       coalesce(sum(total_amount) FILTER (WHERE open), 0)::bigint AS open_amount,
       count(*) FILTER (WHERE invoice_id IS NOT NULL) AS attached_orders
FROM store_order o GROUP BY o.store_id ORDER BY o.store_id
"""


@pytest.mark.rule("F2")
async def test_figures_of_stores_equal_what_is_counted_anew(office: Office) -> None:
    await office.open(FIRST, SECOND, THIRD, ROWING)
    made = await office.make("870001")
    await office.attach(made["id"], "870003")
    await office.make("990001")
    for row in await office.intake.rows(_RECOUNTED):
        shown = (await office.browser.get(f"/v1/stores/{row.store_id}")).json()["figures"]
        assert shown == {
            "order_count": row.orders, "open_order_count": row.open_orders, "open_piece_count": row.open_pieces,
            "open_amount": row.open_amount, "attached_order_count": row.attached_orders,
        }  # fmt: skip


async def test_what_a_person_should_look_at_is_noted_once(office: Office) -> None:
    odd = make_order("870006", tee("OSFA"), tee("32x30"), residual=3)
    await office.open(odd, SECOND)
    made = await office.make("870006")
    await office.attach(made["id"], "870002")
    rows = await office.intake.rows("SELECT code, fact, details FROM attention ORDER BY code, fact")
    known = [(row.code, row.fact) for row in rows if row.code != "unknown_method"]
    assert known == [("rounding", "870006"), ("unknown_size", "32x30"), ("unknown_size", "osfa")]
    assert [row.fact for row in rows if row.code == "unknown_method"] == ["screen print", "screen print"]
