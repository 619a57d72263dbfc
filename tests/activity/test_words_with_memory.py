"""Sizes and methods that nobody knew: said, kept, and remembered by the invoices that are there and those to come (T7)."""

import asyncio
from typing import Any

import pytest

from api.activity.jobs.remake import remake_invoices
from api.core.ids import new_id
from api.settings.actions import WordNotKept, remember_method, remember_size
from api.settings.queries import get_inksoft_settings
from tests.make.exceptions import exceptions, reread, resolve, the_only
from tests.make.pushing import FRONT, PushDesk, assert_exact, make_order, make_tees, sizes_in
from tests.make.tabs import choose

ACTOR = {"name": "Dana Reyes"}


async def learn_now(desk: PushDesk) -> None:
    """The job that is due since the word was taught."""
    assert await work(desk)
    await remake_invoices(desk.tools, workspace_id=str(desk.workspace_id))


async def work(desk: PushDesk) -> list[Any]:
    return await desk.rows("SELECT due_at FROM workspace_work WHERE kind = 'remake'")


@pytest.mark.rule("T7")
class TestAnUnknownSize:
    ORDERS = (
        make_order(
            1, items=[make_tees(1, style="G500", size="Mens Lrg"), make_tees(1, style="G9", size="OSFA")]
        ),
        make_order(2, items=[make_tees(2, style="G500", size="MENS  LRG")]),
    )

    async def test_stands_under_other_with_its_text_and_is_said_for_each_order(self, desk: PushDesk) -> None:
        await desk.new_invoice(*self.ORDERS)
        await desk.push()
        (record,) = await desk.records()
        assert sizes_in(record) == {"size_other": 3}
        assert_exact(record, self.ORDERS)
        texts = [line["description"] for group in record["groups"] for line in group["lines"]]
        assert sum("Size: Mens Lrg" in text or "Size: MENS LRG" in text for text in texts) == 1
        told = await exceptions(desk.browser, code="unknown_size")
        assert sorted(each["fact"] for each in told) == ["mens lrg", "mens lrg", "osfa"]

    async def test_that_is_mapped_closes_every_exception_of_its_text(self, desk: PushDesk) -> None:
        """On the settings page; the invoices that are there take the size, to the piece and the cent."""
        invoice = await desk.new_invoice(*self.ORDERS)
        await desk.push()
        await choose(desk.browser, size_map={"Mens Lrg": "size_l"})
        await learn_now(desk)
        assert (await the_only(desk.browser, "unknown_size"))["fact"] == "osfa"
        await desk.push()
        (record,) = await desk.records()
        assert sizes_in(record) == {"size_l": 2, "size_other": 1}
        assert_exact(record, self.ORDERS)
        assert (await desk.show(invoice))["differences"] == []
        assert await work(desk) == []

    async def test_that_is_mapped_is_known_to_later_orders(self, desk: PushDesk) -> None:
        await choose(desk.browser, size_map={"mens lrg": "size_l"})
        await desk.new_invoice(self.ORDERS[1])
        await desk.push()
        (record,) = await desk.records()
        assert sizes_in(record) == {"size_l": 1}
        assert await exceptions(desk.browser, code="unknown_size") == []

    async def test_that_a_person_left_as_it_is_stays(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1, items=[make_tees(1, style="G9", size="OSFA")]))
        found = await the_only(desk.browser, "unknown_size")
        await resolve(desk.browser, found, fix="dismiss", reason="Hats have one size.")
        await choose(desk.browser, size_map={"osfa": "size_m"})
        await learn_now(desk)
        (row,) = await desk.rows("SELECT revision FROM invoice")
        assert row.revision == 1
        assert (await reread(desk.browser, found))["resolution"]["code"] == "dismissed"

    async def test_waits_while_the_link_does_not_work(self, desk: PushDesk) -> None:
        await desk.new_invoice(*self.ORDERS)
        await desk.sql("UPDATE connection SET state = 'needs_reauth' WHERE side = 'printavo'")
        await choose(desk.browser, size_map={"mens lrg": "size_l"})
        await learn_now(desk)
        assert len(await exceptions(desk.browser, code="unknown_size")) == 3
        (due,) = await work(desk)
        await desk.sql("UPDATE connection SET state = 'active' WHERE side = 'printavo'")
        await learn_now(desk)
        assert len(await exceptions(desk.browser, code="unknown_size")) == 1
        assert (due.due_at is not None, await work(desk)) == (True, [])


@pytest.mark.rule("T7")
class TestAnUnknownMethod:
    async def test_that_is_mapped_closes_its_exceptions_and_is_remembered(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.push()
        assert (await the_only(desk.browser, "unknown_method"))["fact"] == FRONT.method.lower()
        chosen = (await desk.browser.get("/v1/printavo/types-of-work")).json()[0]
        await choose(desk.browser, method_map={FRONT.method: chosen["id"]})
        await learn_now(desk)
        await desk.push()
        (record,) = await desk.records()
        works = {imprint["type_of_work"] for group in record["groups"] for imprint in group["imprints"]}
        assert works == {chosen["name"]}
        await desk.invoice(await desk.take_in(make_order(2)))
        assert await exceptions(desk.browser, code="unknown_method") == []

    async def test_cannot_be_mapped_as_a_size(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        found = await the_only(desk.browser, "unknown_method")
        refused = await resolve(desk.browser, found, fix="map_size", size="size_l")
        assert (refused.status_code, refused.json()["code"]) == (409, "fix_not_offered")
        unheard = await resolve(desk.browser, found, fix="map_size", size="size_huge")
        assert unheard.status_code == 422


@pytest.mark.rule("T7")
class TestRemembering:
    async def test_many_words_at_once_loses_none(self, desk: PushDesk) -> None:
        async def teach(number: int) -> None:
            async with desk.database.transaction(desk.workspace_id) as session:
                await remember_size(session, desk.workspace_id, f"W{number}", "size_m", actor=ACTOR)

        await asyncio.gather(*(teach(number) for number in range(8)))
        async with desk.database.transaction(desk.workspace_id) as session:
            known = (await get_inksoft_settings(session, desk.workspace_id)).size_map
        assert known == {f"w{number}": "size_m" for number in range(8)}

    @pytest.mark.parametrize("text", ["x" * 201, "a\x01b"])
    async def test_refuses_what_the_map_cannot_hold(self, desk: PushDesk, text: str) -> None:
        async with desk.database.transaction(desk.workspace_id) as session:
            with pytest.raises(WordNotKept):
                await remember_method(session, desk.workspace_id, text, str(new_id()), actor=ACTOR)
