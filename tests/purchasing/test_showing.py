"""What stands under a line item group: what both sides say, as they say it over HTTP, and which of them is shown."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest

from api.orders.actions.news import tell_news
from api.purchasing.actions.looking import look_at_news
from tests.make.goods import MORE_TEES, POLOS, STORE, TEES, GoodsDesk, counted
from tests.make.queries import queries


class TestUnderEachGroup:
    @pytest.mark.rule("B1")
    async def test_stands_what_printavo_says_of_its_lines(self, desk: GoodsDesk) -> None:
        await desk.open(TEES, MORE_TEES)
        await desk.say("ordered", line=0)
        await desk.say("received", line=1)
        await desk.read_printavo()
        group = await desk.group()
        assert (group["status"], group["source"], group["piece_count"]) == ("ordered", "printavo", 9)
        assert sorted(counted(group).items()) == [("ordered", 4), ("received", 5)]
        assert [line["printavo_status"] for line in group["lines"]] == ["ordered", "received"]

    @pytest.mark.rule("B1")
    async def test_stands_what_inksoft_says_of_its_pieces(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.write("S", "Received")
        await desk.read_inksoft()
        group = await desk.group()
        assert (group["status"], group["source"]) == ("received", "inksoft")
        assert counted(group) == {"received": 2, None: 3}

    @pytest.mark.rule("B1")
    async def test_stands_the_same_on_the_invoice(self, desk: GoodsDesk) -> None:
        await desk.open(TEES, POLOS)
        await desk.write("S", "Ordered")
        await desk.say("received")
        await desk.read_inksoft()
        await desk.read_printavo()
        alone = (await desk.purchasing())["groups"]
        on_it = (await desk.invoice())["content"]["groups"]
        assert len(alone) == len(on_it) == 2
        for group, shown in zip(alone, on_it, strict=True):
            assert shown["purchasing"] == {name: group[name] for name in shown["purchasing"]}
            for line, of_line in zip(group["lines"], shown["lines"], strict=True):
                assert of_line["purchasing"] == {name: line[name] for name in of_line["purchasing"]}

    async def test_stands_nothing_before_anybody_said_anything(self, desk: GoodsDesk) -> None:
        await desk.open()
        group = await desk.group()
        assert (group["status"], group["source"], counted(group)) == (None, None, {None: 5})
        assert await desk.events() == []

    async def test_a_preview_has_none(self, desk: GoodsDesk) -> None:
        await desk.open()
        (second,) = await desk.shop.place(STORE, seed=None, goods=[TEES], approval_required=False)
        await desk.shop.read()
        order = str((await desk.shop.order(second)).id)
        shown = await desk.shop.browser.send("POST", "/v1/invoice-previews", {"order_ids": [order]})
        (group,) = shown.json()["content"]["groups"]
        assert (group["purchasing"], group["lines"][0]["purchasing"]) == (None, None)

    async def test_takes_the_same_few_questions_however_much_is_on_it(
        self, desk: GoodsDesk, vendor_app: object
    ) -> None:
        await desk.open(TEES, MORE_TEES, POLOS)
        with queries(vendor_app, 3):
            await desk.purchasing()
        with queries(vendor_app, 4):
            await desk.invoice()

    async def test_of_an_unknown_invoice_is_not_found(self, desk: GoodsDesk) -> None:
        unknown = "0192f0c4-7a10-7000-8000-00000000dead"
        assert (await desk.shop.browser.get(f"/v1/invoices/{unknown}/purchasing")).status_code == 404


class TestWhoIsShown:
    @pytest.mark.rule("B2")
    async def test_is_inksoft_and_printavos_stays_readable(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("received")
        await desk.read_printavo()
        await desk.write("S", "Ordered")
        await desk.read_inksoft()
        line = await desk.line()
        assert (line["status"], line["source"]) == ("ordered", "both")
        assert counted(line) == {"ordered": 2, "received": 3}
        assert (line["printavo_status"], line["overruled"], line["overruled_count"]) == (
            "received",
            "printavo",
            2,
        )
        assert line["inksoft"] == [{"texts": ["Ordered"], "status": "ordered", "pieces": 2}]

    @pytest.mark.rule("B2")
    async def test_falls_back_when_inksofts_is_cleared(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("received")
        await desk.read_printavo()
        await desk.write("S", "Ordered")
        await desk.read_inksoft()
        await desk.write("S", "")
        await desk.read_inksoft()
        line = await desk.line()
        assert (line["status"], line["source"], counted(line)) == ("received", "printavo", {"received": 5})
        assert (line["inksoft"], line["overruled"], line["overruled_count"]) == ([], None, 0)

    @pytest.mark.rule("B2")
    async def test_is_the_least_advanced_of_front_and_back(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.write("S", "Received", side="front")
        await desk.write("S", "Needs Ordering", side="back")
        await desk.read_inksoft()
        line = await desk.line()
        assert (line["status"], counted(line)) == ("need_ordering", {"need_ordering": 2, None: 3})

    @pytest.mark.rule("B2", "T12")
    async def test_is_printavo_where_the_shop_chose_so(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("received")
        await desk.read_printavo()
        await desk.write("S", "Ordered")
        await desk.read_inksoft()
        await desk.choose(purchasing_precedence="printavo_first")
        line = await desk.line()
        assert (line["status"], line["source"], counted(line)) == ("received", "printavo", {"received": 5})
        assert (line["overruled"], line["overruled_count"]) == ("inksoft", 2)
        assert line["inksoft"] == [{"texts": ["Ordered"], "status": "ordered", "pieces": 2}]
        assert (await desk.purchasing())["precedence"] == "printavo_first"

    @pytest.mark.rule("T12")
    async def test_is_what_the_shop_says_its_words_mean(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.write("M", "waiting for Bob")
        await desk.read_inksoft()
        line = await desk.line()
        assert (line["status"], counted(line)) == (None, {"waiting for Bob": 2, None: 3})
        await desk.choose(purchasing_map={"Waiting for  bob": "ordered"})
        line = await desk.line()
        assert (line["status"], counted(line)) == ("ordered", {"ordered": 2, None: 3})


class TestAGroup:
    @pytest.mark.rule("B3")
    async def test_shows_the_least_advanced_of_its_lines_with_counts_and_source(
        self, desk: GoodsDesk
    ) -> None:
        await desk.open(TEES, MORE_TEES)
        tees = next(
            n for n, line in enumerate((await desk.group())["lines"]) if line["item_number"] == "MC150"
        )
        await desk.say("received", line=tees)
        await desk.say("in", line=1 - tees)
        await desk.read_printavo()
        await desk.write("M", "Ordered")
        await desk.read_inksoft()
        group = await desk.group()
        assert (group["status"], group["source"]) == ("ordered", "both")
        assert group["counts"] == [
            {"status": "ordered", "text": "", "pieces": 2},
            {"status": "received", "text": "", "pieces": 3},
            {"status": "in", "text": "", "pieces": 4},
        ]
        assert group["lines"][tees]["printavo_status"] == "received"


class TestWhatIsTold:
    @pytest.mark.rule("B2")
    async def test_is_a_change_with_both_sides_and_who_is_shown(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("received")
        await desk.read_printavo()
        await desk.write("S", "Ordered")
        await desk.read_inksoft()
        first, second = await desk.events()
        assert first["printavo"] == {"before": None, "after": "received"}
        assert (first["shown"], first["source"]) == ({"before": None, "after": "received"}, "printavo")
        assert second["printavo"] == {"before": "received", "after": "received"}
        assert second["inksoft"] == {"before": [], "after": [{"texts": ["Ordered"], "pieces": 2}]}
        assert (second["shown"], second["source"]) == ({"before": "received", "after": "ordered"}, "both")

    async def test_is_nothing_when_nothing_changed(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.say("received")
        await desk.read_printavo()
        told = await desk.events()
        await desk.read_printavo()
        await desk.shop.person("write_notes", order=desk.order, notes="call before noon")
        await desk.read_inksoft()
        assert await desk.events() == told

    async def test_is_nothing_of_lines_that_shoppers_added_to(self, desk: GoodsDesk) -> None:
        """An order more on the invoice: its pieces have blank cards, and the line's own words stay."""
        await desk.open()
        await desk.write("S", "Ordered")
        await desk.read_inksoft()
        (more,) = await desk.shop.place(STORE, seed=None, goods=[TEES], approval_required=False)
        await desk.shop.read()
        ids = [str((await desk.shop.order(more)).id)]
        path = f"/v1/invoices/{desk.invoice_id}/attachments"
        added = await desk.shop.browser.effect("POST", path, {"order_ids": ids})
        assert added.status_code == 201, added.text
        await desk.work()
        line = await desk.line()
        assert counted(line) == {"ordered": 2, None: 8}
        assert len(await desk.events()) == 1

    @pytest.mark.rule("B1")
    async def test_while_somebody_looks_is_looked_at_again(self, desk: GoodsDesk) -> None:
        await desk.open()
        workspace, invoice = desk.shop.workspace_id, UUID(desk.invoice_id)

        async def tell() -> None:
            async with desk.shop.database.transaction(workspace) as telling:
                await tell_news(telling, workspace, [invoice], now=datetime.now(UTC))

        await tell()
        async with desk.shop.database.transaction(workspace) as looking:
            await look_at_news(looking, workspace, invoice)
            told = asyncio.create_task(tell())
            await asyncio.sleep(0.3)
            assert not told.done(), "what is told now must not be taken for what was looked at"
        await told
        assert len(await desk.shop.rows("SELECT invoice_id FROM invoice_news")) == 1
        await desk.work()
        assert await desk.shop.rows("SELECT invoice_id FROM invoice_news") == []
