"""Exceptions of reading, each opened by a real cause in the simulated InkSoft: trying again closes it once that is gone."""

from datetime import datetime
from typing import Any

import pytest

from tests.make.exceptions import exceptions, reread, retry, the_only
from tests.make.linking import share_everything
from tests.make.reading import Shop
from tests.make.tabs import choose_contact

Json = dict[str, Any]


@pytest.fixture
async def shop(reading: Shop) -> Shop:
    """Linked, read, every store shared; from now on no edit moves a modified date."""
    await reading.link()
    await reading.read()
    await share_everything(reading.browser)
    await reading.switch(modified_date="never")
    return reading


async def try_again(shop: Shop, found: Json) -> Json:
    """The exception after somebody had it tried again and everything due has run."""
    answer = await retry(shop.browser, found)
    assert answer.status_code == 202, answer.text
    tried = answer.json()
    assert tried["resolution"] is None
    assert datetime.fromisoformat(tried["tried_at"]) > datetime.fromisoformat(found["noted_at"])
    await shop.run_jobs()
    return await reread(shop.browser, found)


def ended(exception: Json) -> tuple[str, Any]:
    """How it ended by itself."""
    end = exception["resolution"]
    assert end is not None, exception["sentence"]
    return end["code"], end["resolved_by"]


@pytest.mark.rule("E2", "Y3")
class TestOrdersThatVanished:
    async def vanish(self, shop: Shop) -> Json:
        """InkSoft lists the orders of one store only, and a comparison meets that."""
        await shop.switch(summaries_scope="path_store")
        assert (await shop.browser.send("POST", "/v1/reconciliation")).status_code == 202
        await shop.run_jobs()
        found = await the_only(shop.browser, "orders_vanished")
        assert "orders fewer than there were" in found["sentence"]
        return found

    async def test_are_there_again_when_they_are_listed_again(self, shop: Shop) -> None:
        before = await shop.ours()
        found = await self.vanish(shop)
        await shop.switch(summaries_scope="account_from_main")
        assert ended(await try_again(shop, found)) == ("listed_again", None)
        assert (await exceptions(shop.browser), await shop.ours()) == ([], before)

    async def test_stay_told_as_long_as_they_are_not_listed(self, shop: Shop) -> None:
        before = await shop.ours()
        found = await self.vanish(shop)
        still = await try_again(shop, found)
        assert (still["resolution"], still["sentence"]) == (None, found["sentence"])
        assert await the_only(shop.browser, "orders_vanished") == still
        assert await shop.ours() == before


async def number_in_feed(shop: Shop) -> int:
    """An order that could go on an invoice."""
    rows = await shop.rows(
        "SELECT external_id FROM store_order WHERE open AND status = 'processing' AND has_detail AND external_id IN "
        "(SELECT external_id FROM store_order GROUP BY external_id HAVING count(*) = 1) ORDER BY id LIMIT 1"
    )
    return int(rows[0].external_id)


async def read_order(shop: Shop, number: int) -> None:
    """Have one order read: nothing else shows an edit that moves no date."""
    wanted = {"order_ids": [str((await shop.order(number)).id)]}
    assert (await shop.browser.effect("POST", "/v1/orders/bulk-refreshes", wanted)).status_code == 202
    await shop.run_jobs()


@pytest.mark.rule("E2", "I15")
class TestAnOrderThatDoesNotAddUp:
    async def misprice(self, shop: Shop) -> tuple[int, Json]:
        """InkSoft's total of an order that waits for its invoice says more than its parts, and a reading meets that."""
        number = await number_in_feed(shop)
        await shop.person("misprice", order=number, cents=700)
        await read_order(shop, number)
        found = await the_only(shop.browser, "does_not_add_up")
        assert f"The parts of order {number} and its total differ by 7.00" in found["sentence"]
        return number, found

    async def test_can_go_on_an_invoice_once_it_was_corrected_there(self, shop: Shop) -> None:
        number, found = await self.misprice(shop)
        order = await shop.order(number)
        await choose_contact(shop.browser, order.store_id, "501", "Lincoln Boosters")
        wanted = {"order_ids": [str(order.id)]}
        refused = await shop.browser.effect("POST", "/v1/invoices", wanted)
        assert (refused.status_code, refused.json()["code"]) == (409, "does_not_add_up")

        await shop.person("misprice", order=number, cents=0)
        assert ended(await try_again(shop, found)) == ("adds_up", None)
        made = await shop.browser.effect("POST", "/v1/invoices", wanted)
        assert made.status_code == 201, made.text

    async def test_stays_told_as_long_as_nobody_corrected_it(self, shop: Shop) -> None:
        _, found = await self.misprice(shop)
        still = await try_again(shop, found)
        assert (still["resolution"], still["sentence"]) == (None, found["sentence"])
        assert await the_only(shop.browser, "does_not_add_up") == still

    async def test_is_told_with_what_is_wrong_now(self, shop: Shop) -> None:
        number, found = await self.misprice(shop)
        await shop.person("misprice", order=number, cents=900)
        assert ended(await try_again(shop, found)) == ("changed_again", None)
        assert "differ by 9.00" in (await the_only(shop.browser, "does_not_add_up"))["sentence"]

    @pytest.mark.parametrize("verb", ["cancel", "delete_order"])
    async def test_is_over_when_it_is_for_no_invoice_any_more(self, shop: Shop, verb: str) -> None:
        number, found = await self.misprice(shop)
        await shop.person(verb, order=number)
        assert (await shop.browser.send("POST", "/v1/reconciliation")).status_code == 202
        await shop.run_jobs()
        assert (
            ended(await reread(shop.browser, found))[0]
            == {"cancel": "adds_up", "delete_order": "deleted"}[verb]
        )


@pytest.mark.rule("E2", "T10")
class TestAnOrderThatChangedOnItsInvoice:
    async def change(self, shop: Shop) -> tuple[Json, Json]:
        """Somebody edits an order in InkSoft that is on an invoice: the row edited, and what a person is told."""
        number = await number_in_feed(shop)
        order = await shop.order(number)
        await choose_contact(shop.browser, order.store_id, "501", "Lincoln Boosters")
        made = await shop.browser.effect("POST", "/v1/invoices", {"order_ids": [str(order.id)]})
        assert made.status_code == 201, made.text
        row = (await shop.sandboxes.inksoft("GET", f"/state/orders/{number}"))["rows"][0]
        await shop.person("edit_quantity", order=number, row=row["row"], quantity=row["quantity"] + 6)
        await read_order(shop, number)
        found = await the_only(shop.browser, "changed_after_attaching")
        pieces = order.piece_count
        assert f"it was {pieces} piece" in found["sentence"]
        assert f"and is {pieces + 6} pieces" in found["sentence"]
        return {"order": number, "row": row["row"], "quantity": row["quantity"]}, found

    async def test_is_over_once_it_is_as_it_was(self, shop: Shop) -> None:
        row, found = await self.change(shop)
        await shop.person("edit_quantity", **row)
        assert ended(await try_again(shop, found)) == ("as_attached", None)

    async def test_stays_told_as_long_as_it_is_not(self, shop: Shop) -> None:
        _, found = await self.change(shop)
        still = await try_again(shop, found)
        assert (still["resolution"], still["sentence"]) == (None, found["sentence"])
