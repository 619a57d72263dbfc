"""A status that Printavo did not take stays on the board until the line shows what is wanted, and can be tried again there."""

import asyncio
from typing import Any

import pytest

from tests.make.exceptions import exceptions, reread, retry, the_only
from tests.make.goods import MORE_TEES, TEES, GoodsDesk

CODE = "status_not_written"
WRITE = "lineItemUpdate"
Json = dict[str, Any]


async def choose(desk: GoodsDesk, status: str, *, line: int = 0) -> str:
    """Ask for it and let the worker try; how the operation ended."""
    asked = await desk.set_status(status, line=line)
    assert asked.status_code == 202, asked.text
    await desk.work()
    shown = await desk.operation(asked.headers["Location"])
    return str((shown["problem"] or {}).get("code") or shown["status"])


async def let_moves(desk: GoodsDesk, moves: str) -> None:
    await desk.sandboxes.printavo("PUT", "/switches", {"line_status_moves": moves})


async def be_refused(desk: GoodsDesk) -> Json:
    """Printavo lets a status move forward only, and somebody wants to go back; the exception that tells of it."""
    await desk.say("received")
    await desk.read_printavo()
    await let_moves(desk, "forward_only")
    assert await choose(desk, "ordered") == "refused"
    return await the_only(desk.shop.browser, CODE)


async def ended(desk: GoodsDesk, found: Json) -> str | None:
    end = (await reread(desk.shop.browser, found))["resolution"]
    return None if end is None else str(end["code"])


@pytest.mark.rule("B4", "E2")
class TestAStatusThatPrintavoRefused:
    async def test_is_told_with_its_line_and_its_cause(self, desk: GoodsDesk) -> None:
        await desk.open()
        found = await be_refused(desk)
        line, invoice = await desk.line(), await desk.invoice()
        assert found["sentence"].startswith(
            f"The status “ordered” was chosen here for {line['item_number']} {line['color']} on invoice {invoice['number']}. "
            "Printavo did not take this status; nothing was changed."
        )
        assert (found["area"], found["subject_id"], found["fact"]) == (
            "invoices",
            desk.invoice_id,
            line["line_item_id"],
        )
        assert {"type": "invoice", "id": desk.invoice_id, "name": invoice["number"]} in found["records"]
        assert [fix["kind"] for fix in found["fixes"]] == ["retry", "dismiss"]

    async def test_stands_while_nothing_moves_and_once_however_often_it_is_refused(
        self, desk: GoodsDesk
    ) -> None:
        await desk.open()
        found = await be_refused(desk)
        await desk.read_printavo()
        assert await choose(desk, "ordered") == "refused"
        assert await the_only(desk.shop.browser, CODE) == found
        assert len(await exceptions(desk.shop.browser, code=CODE, state="all")) == 1

    async def test_is_over_when_it_is_tried_again_and_taken(self, desk: GoodsDesk) -> None:
        await desk.open()
        found = await be_refused(desk)
        await let_moves(desk, "any")
        assert (await retry(desk.shop.browser, found)).status_code == 202
        await desk.work()
        assert await ended(desk, found) == "written"
        assert (await desk.line())["printavo_status"] == "ordered"

    async def test_is_over_when_another_one_is_chosen_and_taken(self, desk: GoodsDesk) -> None:
        await desk.open()
        found = await be_refused(desk)
        assert await choose(desk, "in") == "done"
        assert await ended(desk, found) == "written"

    @pytest.mark.parametrize(("theirs", "end"), [("in", "moved_on"), ("ordered", "written")])
    async def test_is_over_when_somebody_sets_one_in_printavo(
        self, desk: GoodsDesk, theirs: str, end: str
    ) -> None:
        await desk.open()
        found = await be_refused(desk)
        await desk.say(theirs)
        await desk.read_printavo()
        assert await ended(desk, found) == end

    async def test_is_not_over_because_another_line_was_written(self, desk: GoodsDesk) -> None:
        await desk.open(TEES, MORE_TEES)
        item = (await desk.line())["item_number"]
        theirs = [line["item_number"] for line in (await desk.books())["groups"][0]["lines"]]
        await desk.say("received", line=theirs.index(item))
        await desk.read_printavo()
        await let_moves(desk, "forward_only")
        assert await choose(desk, "ordered") == "refused"
        found = await the_only(desk.shop.browser, CODE)
        assert await choose(desk, "ordered", line=1) == "done"
        assert await the_only(desk.shop.browser, CODE) == found

    async def test_is_tried_by_many_at_once_and_written_once(self, desk: GoodsDesk) -> None:
        await desk.open()
        found = await be_refused(desk)
        await let_moves(desk, "any")
        await desk.sandboxes.printavo("DELETE", "/calls")
        answers = await asyncio.gather(*(retry(desk.shop.browser, found) for _ in range(5)))
        assert {answer.status_code for answer in answers} == {202}
        await desk.work()
        assert await ended(desk, found) == "written"
        assert (await desk.sandboxes.printavo("GET", "/calls"))[WRITE] == 1


@pytest.mark.rule("B4", "E2")
class TestAStatusThatNeverArrives:
    async def test_is_told_after_the_last_send(self, desk: GoodsDesk) -> None:
        await desk.open()
        await desk.fault(WRITE, "lost_answer", times=5, applied=False)
        asked = await desk.set_status("received")
        await desk.work()
        for _ in range(4):
            assert await exceptions(desk.shop.browser, code=CODE) == []
            await desk.later(minutes=3)
        await desk.later(minutes=3)
        assert (await desk.operation(asked.headers["Location"]))["problem"]["code"] == "not_confirmed"
        found = await the_only(desk.shop.browser, CODE)
        assert "sent several times, and Printavo still shows the one before" in found["sentence"]
        assert (await retry(desk.shop.browser, found)).status_code == 202
        await desk.work()
        assert await ended(desk, found) == "written"


class TestAStatusThatSomebodyElseOverruled:
    @pytest.mark.rule("B4")
    async def test_needs_nobody(self, desk: GoodsDesk) -> None:
        await desk.open()
        asked = await desk.set_status("ordered")
        await desk.fault(WRITE, "lost_answer", applied=False)
        await desk.work()
        await desk.say("received")
        await desk.later(minutes=3)
        assert (await desk.operation(asked.headers["Location"]))["problem"]["code"] == "overruled"
        assert await exceptions(desk.shop.browser, code=CODE) == []
