"""The exceptions board: what needs a person, in plain words, kept with who saw to it and why."""

import asyncio
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from api.core.attention import AttentionCode, Note, note_all
from api.core.ids import new_id
from tests.make.exceptions import exceptions, reread, resolve, retry, the_only
from tests.make.orders import OrderDraft, make_orders, make_store
from tests.make.queries import queries
from tests.stores.conftest import Shop


async def note(shop: Shop, code: str, subject: tuple[str, UUID], fact: str = "", **details: Any) -> None:
    async with shop.database.transaction(shop.id) as session:
        await note_all(session, shop.id, [Note(cast("AttentionCode", code), *subject, fact, details)])


@pytest.fixture
async def rounded(shop: Shop) -> dict[str, UUID]:
    """An order three cents of which were made up for."""
    store = await make_store(shop.database, shop.id, "Alder Team Store")
    (order,) = await make_orders(shop.database, shop.id, store, OrderDraft("2041"))
    await note(shop, "rounding", ("order", order), "2041", order_number="2041", amount=-3)
    return {"store": store, "order": order}


@pytest.mark.rule("E2")
class TestAnException:
    async def test_says_the_cause_what_it_concerns_and_what_to_do(
        self, shop: Shop, rounded: dict[str, UUID]
    ) -> None:
        shown = await the_only(shop.browser, "rounding")
        assert shown["sentence"] == (
            "The parts of order 2041 and its total differ by 0.03. "
            "A fee “Rounding” on the invoice makes up for it."
        )
        assert (shown["area"], shown["title"]) == ("orders", "A few cents made up for")
        assert shown["records"] == [
            {"type": "order", "id": str(rounded["order"]), "name": "2041"},
            {"type": "store", "id": str(rounded["store"]), "name": "Alder Team Store"},
        ]
        assert shown["fixes"] == [{"kind": "dismiss", "label": "Leave it as it is"}]
        assert await reread(shop.browser, shown) == shown

    @pytest.mark.usefixtures("rounded")
    async def test_that_somebody_dismissed_stays_listed_with_who_and_why(self, shop: Shop) -> None:
        found = await the_only(shop.browser, "rounding")
        answer = await resolve(shop.browser, found, fix="dismiss", reason="  Three cents are fine.  ")
        assert answer.status_code == 200, answer.text
        assert await exceptions(shop.browser) == []
        (kept,) = await exceptions(shop.browser, state="resolved")
        assert kept == answer.json()
        assert kept["fixes"] == []
        end = kept["resolution"]
        assert (end["code"], end["reason"]) == ("dismissed", "Three cents are fine.")
        assert (end["resolved_by"]["kind"], end["resolved_by"]["name"]) == ("person", "Dana Reyes")

    @pytest.mark.usefixtures("rounded")
    async def test_is_resolved_once_when_many_do_it_at_once(self, shop: Shop) -> None:
        found = await the_only(shop.browser, "rounding")
        answers = await asyncio.gather(
            *(resolve(shop.browser, found, fix="dismiss", reason=f"because {each}") for each in range(6))
        )
        assert sorted(each.status_code for each in answers) == [200] + [409] * 5
        assert {each.json()["code"] for each in answers if each.status_code == 409} == {"already_resolved"}
        (winner,) = (each.json() for each in answers if each.status_code == 200)
        assert await reread(shop.browser, found) == winner
        async with shop.database.transaction(shop.id) as session:
            told = await session.connection()
            rows = await told.exec_driver_sql("SELECT 1 FROM event WHERE type = 'exception.resolved'")
            assert len(rows.all()) == 1

    @pytest.mark.usefixtures("rounded")
    async def test_takes_no_fix_that_it_does_not_offer(self, shop: Shop) -> None:
        found = await the_only(shop.browser, "rounding")
        contact = {"contact_id": "501", "contact_name": "Falcons"}
        for answer in (
            await retry(shop.browser, found),
            await resolve(shop.browser, found, fix="choose_contact", **contact),
        ):
            assert (answer.status_code, answer.json()["code"]) == (409, "fix_not_offered")
        assert await reread(shop.browser, found) == found

    @pytest.mark.rule("I10")
    @pytest.mark.usefixtures("rounded")
    async def test_needs_a_key_and_answers_a_repeat_with_the_same(self, shop: Shop) -> None:
        found = await the_only(shop.browser, "rounding")
        path, body = f"/v1/exceptions/{found['id']}/resolution", {"fix": "dismiss", "reason": "It is fine."}
        bare = await shop.browser.send("POST", path, body)
        assert (bare.status_code, bare.json()["code"]) == (400, "idempotency_key_missing")
        first = await shop.browser.effect("POST", path, body, key="one-and-the-same")
        again = await shop.browser.effect("POST", path, body, key="one-and-the-same")
        assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")

    @pytest.mark.parametrize(
        "body",
        [{}, {"fix": "dismiss"}, {"fix": "dismiss", "reason": " x "}, {"fix": "burn", "reason": "because"},
         {"fix": "choose_contact", "contact_id": "501"}],
    )  # fmt: skip
    @pytest.mark.usefixtures("rounded")
    async def test_wants_what_a_fix_needs(self, shop: Shop, body: dict[str, str]) -> None:
        found = await the_only(shop.browser, "rounding")
        answer = await resolve(shop.browser, found, **body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")

    async def test_of_a_newer_service_can_be_seen_to(self, shop: Shop) -> None:
        await note(shop, "folded_twice", ("workspace", shop.id))
        found = await the_only(shop.browser, "folded_twice")
        assert found["sentence"] == "Something needs a person to look at it."
        assert (await resolve(shop.browser, found, fix="dismiss", reason="unfolded")).status_code == 200

    @pytest.mark.rule("I12")
    @pytest.mark.usefixtures("rounded")
    async def test_of_another_workspace_is_not_there(self, shop: Shop) -> None:
        found = await the_only(shop.browser, "rounding")
        await shop.browser.sign_up(name="Harper Lund", workspace="Harbor Stitch")
        assert await exceptions(shop.browser, state="all") == []
        for id_ in (found["id"], str(uuid4())):
            for answer in (
                await shop.browser.get(f"/v1/exceptions/{id_}"),
                await retry(shop.browser, {"id": id_}),
                await resolve(shop.browser, {"id": id_}, fix="dismiss", reason="because"),
            ):
                assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


class TestTheBoard:
    async def test_is_paged_newest_first_both_ways_and_counted(self, shop: Shop) -> None:
        for number in range(5):
            await note(shop, "doubled_in_shop", ("invoice", new_id()), str(number))
        everything = await exceptions(shop.browser)
        assert [one["fact"] for one in everything] == ["4", "3", "2", "1", "0"]
        first = (await shop.browser.get("/v1/exceptions", limit=2, include="total_count")).json()
        second = (await shop.browser.get("/v1/exceptions", limit=2, cursor=first["next_cursor"])).json()
        third = (await shop.browser.get("/v1/exceptions", limit=2, cursor=second["next_cursor"])).json()
        back = (await shop.browser.get("/v1/exceptions", limit=2, cursor=second["prev_cursor"])).json()
        assert [*first["data"], *second["data"], *third["data"]] == everything
        assert (first["total_count"], second["total_count"], back["data"]) == (5, None, first["data"])

    async def test_is_narrowed_by_state_area_code_and_subject(
        self, shop: Shop, rounded: dict[str, UUID]
    ) -> None:
        await note(shop, "doubled_in_shop", ("invoice", new_id()))
        for filters, expected in (
            ({}, ["doubled_in_shop", "rounding"]),
            ({"area": "orders"}, ["rounding"]),
            ({"area": "orders", "code": "doubled_in_shop"}, []),
            ({"code": ["rounding", "doubled_in_shop"]}, ["doubled_in_shop", "rounding"]),
            ({"subject_id": str(rounded["order"])}, ["rounding"]),
            ({"state": "resolved"}, []),
        ):
            found = await exceptions(shop.browser, **filters)
            assert [one["code"] for one in found] == expected, filters

    async def test_takes_one_statement_however_many_there_are(
        self, shop: Shop, rounded: dict[str, UUID]
    ) -> None:
        for _ in range(5):
            await note(shop, "order_unreadable", ("order", rounded["order"]), str(new_id()))
        with queries(shop.app, 1):
            assert len(await exceptions(shop.browser)) == 6
