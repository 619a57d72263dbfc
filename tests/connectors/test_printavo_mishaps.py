"""What the Printavo connector makes of mishaps, and whether it is right about a write having taken effect. Over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from api.connectors.pacing import Unpaced
from api.connectors.print_shop import HeaderChange
from api.connectors.printavo import client
from api.connectors.printavo.adapter import Printavo
from api.connectors.record_entries import FeeChanges, NewFees, PaymentChange
from api.connectors.vendor_errors import LinkBroken, Refused, SlowDown, Unexpected, Unreachable, VendorError
from api.core.http import HttpDoor
from api.core.pacing import PacingRow
from api.core.transactions import CalledInsideTransactionError, transaction_marked
from tests.connectors.printavo_desk import FEE, GROUP, LINE, NORTHSIDE, PAYMENT, PrintavoDesk, in_group, lines
from tests.sandbox.conftest import launch

# kind, its parameters, the error, whether it may have been applied
MISHAPS = [
    ("status_429", {"retry_after": 0}, SlowDown, "no"),
    ("status_503", {}, Unreachable, "unknown"),
    ("status_500_before", {}, Unreachable, "unknown"),
    ("status_500_after", {}, Unreachable, "unknown"),
    ("status_502_html", {}, Unreachable, "unknown"),
    ("html_200", {}, Unreachable, "unknown"),
    ("redirect", {}, Unreachable, "unknown"),
    ("lost_answer", {}, Unreachable, "unknown"),
    ("hang", {"seconds": 500}, Unreachable, "unknown"),
    ("reset", {}, Unreachable, "unknown"),
    ("truncated", {}, Unreachable, "unknown"),
    ("gzip_bomb", {"megabytes": 64}, Unreachable, "unknown"),
    ("timeout_error", {}, Unreachable, "unknown"),
    ("unauthorized", {}, LinkBroken, "no"),
    ("schema_drift", {}, Refused, "no"),
]
each_mishap = pytest.mark.parametrize(
    ("kind", "params", "error", "applied"), MISHAPS, ids=[mishap[0] for mishap in MISHAPS]
)


@pytest.fixture
async def unpaced(tmp_path: Path) -> AsyncIterator[PrintavoDesk]:
    """A sandbox with the vendor's real limit, called without any pace."""
    running = launch("printavo", tmp_path)
    try:
        async with HttpDoor(running.url) as door:
            yield PrintavoDesk(Printavo(door, Unpaced()), running)
    finally:
        running.stop()


class TestAMishap:
    @pytest.mark.rule("A6")
    @each_mishap
    async def test_of_a_write_is_told_with_the_truth_about_it(
        self,
        printavo: PrintavoDesk,
        kind: str,
        params: dict[str, int],
        error: type[VendorError],
        applied: str,
    ) -> None:
        made = await printavo.quote()
        before = printavo.writes()
        printavo.fault(kind, "feeCreates", **params)
        with pytest.raises(VendorError) as caught:
            await printavo.charge(made, FEE)
        assert type(caught.value) is error
        assert caught.value.applied == applied
        assert NORTHSIDE.token not in f"{caught.value!r} {caught.value}"
        if applied == "no":
            assert printavo.writes() == before

    @each_mishap
    async def test_of_a_read_is_never_taken_for_an_answer(
        self,
        printavo: PrintavoDesk,
        kind: str,
        params: dict[str, int],
        error: type[VendorError],
        applied: str,
    ) -> None:
        del applied
        made = await printavo.quote()
        printavo.fault(kind, "order", **params)
        with pytest.raises(error):
            await printavo.shop.read_invoice(printavo.keys, external_id=made)

    async def test_is_over_when_it_is_over(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        printavo.fault("reset", "feeCreates")
        with pytest.raises(Unreachable):
            await printavo.charge(made, FEE)
        (fee,) = await printavo.charge(made, FEE)
        assert fee in (await printavo.read(made)).fees

    @pytest.mark.rule("A6")
    async def test_before_the_first_byte_was_not_applied(self, pace: PacingRow) -> None:
        async with HttpDoor("http://127.0.0.1:9", timeout=2.0) as door:
            with pytest.raises(Unreachable) as caught:
                await Printavo(door, pace).write_entries(
                    NORTHSIDE, external_id="1", is_invoice=False, entries=[NewFees((FEE,))]
                )
        assert caught.value.applied == "no"

    async def test_cannot_hold_a_database_transaction_open(self, printavo: PrintavoDesk) -> None:
        with transaction_marked(), pytest.raises(CalledInsideTransactionError):
            await printavo.shop.verify(printavo.keys)


class TestABatch:
    @pytest.mark.rule("A6")
    @pytest.mark.parametrize("batches", ["all_or_nothing", "first_n"])
    async def test_that_fails_leaves_open_what_was_done(self, printavo: PrintavoDesk, batches: str) -> None:
        printavo.switch(batches=batches)
        made = await printavo.quote()
        group = await printavo.shop.create_group(
            printavo.keys, external_id=made, draft=replace(GROUP, lines=lines(3))
        )
        ids = [line.id for line in group.lines]
        with pytest.raises(Unexpected) as caught:
            await printavo.shop.delete_lines(printavo.keys, line_ids=[ids[0], "999999999", ids[1]])
        assert caught.value.applied == "unknown"
        left = len((await printavo.read(made)).groups[0].lines)
        assert left == (3 if batches == "all_or_nothing" else 2)

    @pytest.mark.rule("A6")
    async def test_that_is_answered_in_part_leaves_it_open_too(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        printavo.fault("partial_data", "lineItemCreates")
        with pytest.raises(Unexpected) as caught:
            await printavo.shop.create_lines(printavo.keys, drafts=in_group(group, lines(2)))
        assert caught.value.applied == "unknown"

    @pytest.mark.rule("A6")
    async def test_of_entries_is_done_in_part_and_leaves_that_open(self, printavo: PrintavoDesk) -> None:
        """Each mutation of a document is whatever becomes of the others."""
        made = await printavo.quote()
        (fee,) = await printavo.charge(made, FEE)
        with pytest.raises(Unexpected) as caught:
            await printavo.enter(
                made,
                FeeChanges(((fee.id, replace(FEE, amount=1999)),)),
                PaymentChange("999999999", PAYMENT),
                HeaderChange(discount_amount=500),
            )
        assert caught.value.applied == "unknown"
        record = await printavo.read(made)
        assert (record.fees[0].amount, record.payments, record.discount_amount) == (1999, (), 500)

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize("batches", ["all_or_nothing", "first_n"])
    async def test_of_fees_that_fails_leaves_open_what_was_done(
        self, printavo: PrintavoDesk, batches: str
    ) -> None:
        printavo.switch(batches=batches)
        made = await printavo.quote()
        (fee,) = await printavo.charge(made, FEE)
        more = replace(FEE, amount=1999)
        with pytest.raises(Unexpected) as caught:
            await printavo.enter(made, FeeChanges(((fee.id, more), ("999999999", more))))
        assert caught.value.applied == "unknown"
        (left,) = (await printavo.read(made)).fees
        assert left.amount == (FEE.amount if batches == "all_or_nothing" else 1999)

    async def test_of_one_entry_is_refused_whole(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        with pytest.raises(Refused) as caught:
            await printavo.enter(made, PaymentChange("999999999", PAYMENT))
        assert caught.value.applied == "no"

    async def test_of_one_is_refused_whole(self, printavo: PrintavoDesk) -> None:
        with pytest.raises(Refused) as caught:
            await printavo.shop.delete_lines(printavo.keys, line_ids=["999999999"])
        assert caught.value.applied == "no"


class TestASilentThrottle:
    @pytest.mark.rule("A6")
    @pytest.mark.parametrize("totals", ["real", "zero"])
    async def test_is_seen_behind_every_kind_of_list(self, printavo: PrintavoDesk, totals: str) -> None:
        printavo.switch(silent_total_nodes=totals)
        made = await printavo.quote("P-SILENT01")
        await printavo.charge(made, FEE)
        shop, keys = Printavo(printavo.shop._client._door, Unpaced()), printavo.keys
        asks: dict[str, Callable[[], Awaitable[object]]] = {
            "order": lambda: shop.read_invoice(keys, external_id=made),
            "orders": lambda: shop.find_by_tag(keys, tag="P-SILENT01"),
            "contacts": lambda: shop.list_contacts(keys, query="a"),
            "statuses": lambda: shop.list_statuses(keys),
            "account": lambda: shop.list_types_of_work(keys),
        }
        for field, ask in asks.items():
            printavo.fault("empty_page", field)
            with pytest.raises(Unreachable):
                await ask()

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize("totals", ["real", "zero"])
    async def test_never_makes_a_record_look_smaller(self, unpaced: PrintavoDesk, totals: str) -> None:
        """A storm without any pace: every answer is the whole record or an error, never less."""
        unpaced.switch(rate_limit_answer="silent_empty", silent_total_nodes=totals)
        made = await unpaced.quote("P-STORM001")
        await unpaced.shop.create_group(
            unpaced.keys, external_id=made, draft=replace(GROUP, lines=(LINE, LINE))
        )
        await unpaced.charge(made, FEE)
        whole = await unpaced.read(made)
        reads = [unpaced.shop.read_invoice(unpaced.keys, external_id=made) for _ in range(20)]
        searches = [unpaced.shop.find_by_tag(unpaced.keys, tag="P-STORM001") for _ in range(10)]
        seen = await asyncio.gather(*reads, *searches, return_exceptions=True)
        assert sum(isinstance(entry, Unreachable) for entry in seen) >= 20
        for entry in seen:
            assert isinstance(entry, Unreachable) or entry in (whole, [made])

    async def test_holds_the_user_back(self, printavo: PrintavoDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(client, "DEFAULT_PAUSE", 0.5)
        printavo.fault("empty_page", "statuses")
        with pytest.raises(Unreachable):
            await printavo.shop.list_statuses(printavo.keys)
        began = monotonic()
        await printavo.shop.list_statuses(printavo.keys)
        assert monotonic() - began > 0.4


class TestTooManyRequests:
    @pytest.mark.rule("I14")
    async def test_hold_the_user_back_as_long_as_asked(self, printavo: PrintavoDesk) -> None:
        printavo.fault("status_429", "user", retry_after=1)
        with pytest.raises(SlowDown) as caught:
            await printavo.shop.verify(printavo.keys)
        assert caught.value.retry_after == 1
        began = monotonic()
        await printavo.shop.verify(printavo.keys)
        assert monotonic() - began > 0.9

    @pytest.mark.rule("I14")
    async def test_without_a_turn_in_time_say_so_and_send_nothing(
        self, printavo: PrintavoDesk, pace: PacingRow, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(client._PATIENCE, "background", 0.1)
        await pace.push_back((f"printavo:user:{NORTHSIDE.email}",), seconds=30)
        printavo.requests()
        with pytest.raises(SlowDown) as caught:
            await printavo.shop.verify(printavo.keys)
        assert caught.value.applied == "no"
        assert printavo.requests() == 0
