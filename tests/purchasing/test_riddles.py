"""A line about which Printavo answers what nobody understands: it waits alone, and not for ever. An outage ends nothing."""

import pytest

from api.purchasing.rules import MOST_RIDDLES
from tests.make.exceptions import the_only
from tests.make.goods import MORE_TEES, TEES, GoodsDesk

READ, WRITE = "lineItem", "lineItemUpdate"
FOR_EVER = 1000


async def choose_both(desk: GoodsDesk) -> tuple[str, str]:
    """A status for the first line and for the second; the addresses of the operations."""
    first, second = [await desk.set_status("received", line=line) for line in (0, 1)]
    return first.headers["Location"], second.headers["Location"]


async def first_line(desk: GoodsDesk) -> str:
    """Printavo's id of the first line that Platen shows, about which it is going to answer oddly."""
    item = (await desk.line(0))["item_number"]
    lines = (await desk.books())["groups"][0]["lines"]
    (line_id,) = [line["id"] for line in lines if line["item_number"] == item]
    return str(line_id)


async def status_of(desk: GoodsDesk, operation: str) -> tuple[str, str | None]:
    shown = await desk.operation(operation)
    return shown["status"], (shown["problem"] or {}).get("code")


@pytest.mark.rule("B5")
class TestALineThatNobodyUnderstands:
    async def test_ends_unsent_and_holds_up_no_other(self, desk: GoodsDesk) -> None:
        await desk.open(TEES, MORE_TEES)
        await desk.fault(READ, "bare_record", times=FOR_EVER, record=await first_line(desk))
        odd, other = await choose_both(desk)
        await desk.work_once()
        assert await status_of(desk, other) == ("done", None), "in the same turn, without a pause"
        for _ in range(MOST_RIDDLES - 2):
            await desk.later(minutes=5)
        assert await status_of(desk, odd) == ("queued", None)
        await desk.later(minutes=5)
        assert await status_of(desk, odd) == ("failed", "not_sent")
        told = await the_only(desk.shop.browser, "status_not_written")
        assert "was not sent, and nothing was changed" in told["sentence"]
        assert "was not sent" in (await desk.operation(odd))["problem"]["detail"]
        calls = await desk.sandboxes.printavo("GET", "/calls")
        assert calls[WRITE] == 1, "the other line's"
        assert calls[READ] == MOST_RIDDLES + 2
        await desk.later(minutes=5)
        assert await desk.sandboxes.printavo("GET", "/calls") == calls, "nobody asks for it any more"

    async def test_that_was_sent_ends_without_saying_that_it_was_not(self, desk: GoodsDesk) -> None:
        await desk.open(TEES, MORE_TEES)
        line_id = await first_line(desk)
        await desk.fault(WRITE, "bare_record", times=FOR_EVER, record=line_id)
        await desk.fault(READ, "bare_record", nth=2, times=FOR_EVER, record=line_id)
        asked = await desk.set_status("received")
        for _ in range(MOST_RIDDLES):
            assert await status_of(desk, asked.headers["Location"]) in {("queued", None), ("running", None)}
            await desk.later(minutes=5)
        assert await status_of(desk, asked.headers["Location"]) == ("failed", "not_understood")
        told = await the_only(desk.shop.browser, "status_not_written")
        assert "nobody here knows whether it has the status now" in told["sentence"]
        assert (await desk.sandboxes.printavo("GET", "/calls"))[WRITE] == 1
        assert (await desk.set_status("ordered")).status_code == 202, "another one can be chosen now"

    async def test_is_written_when_it_is_understood_again_in_time(self, desk: GoodsDesk) -> None:
        await desk.open(TEES, MORE_TEES)
        await desk.fault(READ, "bare_record", times=2, record=await first_line(desk))
        asked = await desk.set_status("received")
        await desk.work()
        await desk.later(minutes=5)
        assert await status_of(desk, asked.headers["Location"]) == ("queued", None)
        await desk.later(minutes=5)
        assert await status_of(desk, asked.headers["Location"]) == ("done", None)

    @pytest.mark.parametrize(
        ("kind", "params"), [("status_503", {}), ("status_429", {"retry_after": 0}), ("timeout_error", {})]
    )
    async def test_is_not_one_that_printavo_is_down_for(
        self, desk: GoodsDesk, kind: str, params: dict[str, int]
    ) -> None:
        """As often as it takes to end the other: nothing is lost."""
        await desk.open(TEES, MORE_TEES)
        await desk.fault(READ, kind, times=FOR_EVER, **params)
        both = await choose_both(desk)
        for _ in range(MOST_RIDDLES + 1):
            await desk.later(minutes=5)
        assert {await status_of(desk, one) for one in both} == {("queued", None)}
        assert (await desk.sandboxes.printavo("GET", "/calls"))[READ] > MOST_RIDDLES
        await desk.sandboxes.printavo("DELETE", "/faults")
        await desk.later(minutes=5)
        assert {await status_of(desk, one) for one in both} == {("done", None)}
