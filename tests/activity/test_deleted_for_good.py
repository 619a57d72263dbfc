"""More orders deleted in InkSoft than Platen believes by itself: a person says so, and InkSoft is asked for each by number."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from api.sync.jobs import comparing
from api.sync.jobs.reader import Reader
from api.sync.rules.comparing import Lacking, are_deletions
from tests.make.exceptions import exceptions, reread, resolve, the_only
from tests.make.linking import share_everything
from tests.make.reading import Shop

Json = dict[str, Any]
CODE = "orders_vanished"
BY_NUMBER = "GetOrderPackage"


@pytest.fixture
async def shop(reading: Shop) -> Shop:
    """Linked, read, every store shared."""
    await reading.link()
    await reading.read()
    await share_everything(reading.browser)
    await reading.run_jobs()
    return reading


async def compare(shop: Shop) -> Json:
    """Compare everything; the report."""
    asked = await shop.browser.send("POST", "/v1/reconciliation")
    assert asked.status_code == 202, asked.text
    await shop.run_jobs()
    report: Json = (await shop.browser.get(asked.headers["Location"])).json()
    return report


async def delete_many(shop: Shop) -> list[UUID]:
    """One order more than anybody believes is deleted in InkSoft, by a person there; our ids of them."""
    (stored,) = await shop.rows("SELECT count(*) AS orders FROM store_order")
    most = next(n for n in range(stored.orders) if not are_deletions(n, stored=stored.orders))
    rows = await shop.rows(
        "SELECT o.id, o.external_id, s.external_id AS store FROM store_order o JOIN store s ON s.id = o.store_id "
        "WHERE o.external_id IN (SELECT external_id FROM store_order GROUP BY external_id HAVING count(*) = 1) "
        "ORDER BY o.id LIMIT :most",
        most=most,
    )
    assert len(rows) == most
    for row in rows:
        await shop.person("delete_order", order=int(row.external_id), account="northside")
    return [row.id for row in rows]


async def removed(shop: Shop) -> set[UUID]:
    return {row.id for row in await shop.rows("SELECT id FROM store_order WHERE removed_at IS NOT NULL")}


async def vanish(shop: Shop) -> tuple[list[UUID], Json]:
    """Many were deleted, and a comparison met that: nothing is taken out, and a person is told."""
    gone = await delete_many(shop)
    report = await compare(shop)
    assert (report["extra"], report["repaired"]) == (len(gone), 0)
    assert await removed(shop) == set()
    found = await the_only(shop.browser, CODE)
    assert [fix["kind"] for fix in found["fixes"]] == ["retry", "confirm_deleted", "dismiss"]
    return gone, found


async def say(shop: Shop, found: Json) -> Any:
    return await resolve(shop.browser, found, fix="confirm_deleted")


@pytest.mark.rule("E2", "Y3")
class TestOrdersThatSomebodyDeleted:
    async def test_leave_the_feed_once_a_person_says_so(self, shop: Shop) -> None:
        gone, found = await vanish(shop)
        await shop.calls()
        answer = await say(shop, found)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["resolution"], answer.json()["tried_at"] is not None) == (None, True)
        await shop.run_jobs()
        assert (await shop.calls())[BY_NUMBER] > len(gone) // 50, "InkSoft was asked for each by number"
        assert await removed(shop) == set(gone)
        end = (await reread(shop.browser, found))["resolution"]
        assert (end["code"], await exceptions(shop.browser, code=CODE)) == ("deleted_there", [])
        told = (await shop.browser.get("/v1/audit-events", type="exception.deletions_confirmed")).json()[
            "data"
        ]
        assert [one["sentence"] for one in told] == [
            "Dana Reyes said that the orders which InkSoft lists no more were deleted there."
        ]
        (last,) = (await shop.browser.get("/v1/reconciliation", limit=1)).json()["data"]
        assert (last["extra"], last["repaired"]) == (len(gone), len(gone))
        assert (await compare(shop))["extra"] == 0

    async def test_stay_where_inksoft_still_has_them(self, shop: Shop) -> None:
        """The key sees the orders of one store only: somebody took that for a deletion."""
        await shop.switch(summaries_scope="path_store")
        await compare(shop)
        found = await the_only(shop.browser, CODE)
        assert (await say(shop, found)).status_code == 200
        await shop.run_jobs()
        assert await removed(shop) == set()
        end = (await reread(shop.browser, found))["resolution"]
        assert end["code"] == "still_there"
        again = await the_only(shop.browser, CODE)
        assert (again["id"] != found["id"], again["sentence"]) == (True, found["sentence"])
        await shop.calls()
        await compare(shop)
        assert BY_NUMBER not in await shop.calls(), "their word counts for one comparison"
        assert await the_only(shop.browser, CODE) == again

    async def test_are_taken_out_once_however_many_say_so(self, shop: Shop) -> None:
        gone, found = await vanish(shop)
        answers = await asyncio.gather(*(say(shop, found) for _ in range(5)), shop.run_jobs())
        assert {answer.status_code for answer in answers[:5]} <= {200, 409}
        await shop.run_jobs()
        assert await removed(shop) == set(gone)
        (events,) = await shop.rows("SELECT count(*) AS told FROM event WHERE type = 'order.removed'")
        assert events.told == len(gone)
        assert await exceptions(shop.browser, code=CODE) == []

    async def test_are_asked_for_when_it_is_said_while_a_comparison_ends(
        self, shop: Shop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It has decided already that nobody deletes so many: the next one begins at once."""
        gone, found = await vanish(shop)
        find_lacking, answers = comparing.find_lacking, list[int]()

        async def then_say(reader: Reader, comparison_id: UUID) -> Lacking:
            lacking = await find_lacking(reader, comparison_id)
            if not answers:
                answers.append((await say(shop, found)).status_code)
            return lacking

        monkeypatch.setattr(comparing, "find_lacking", then_say)
        report = await compare(shop)
        assert (answers, report["repaired"]) == ([200], 0)
        assert await removed(shop) == set(gone)
        assert (await reread(shop.browser, found))["resolution"]["code"] == "deleted_there"

    async def test_cannot_be_said_once_somebody_has_seen_to_it(self, shop: Shop) -> None:
        _, found = await vanish(shop)
        seen = await resolve(shop.browser, found, fix="dismiss", reason="They come back tomorrow.")
        assert seen.status_code == 200, seen.text
        late = await say(shop, found)
        assert (late.status_code, late.json()["code"]) == (409, "already_resolved")
        await shop.run_jobs()
        assert await removed(shop) == set()
