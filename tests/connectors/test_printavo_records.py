"""Reading a record of Printavo's books whole. Against the sandbox over HTTP."""

from dataclasses import replace
from datetime import UTC

import pytest

from api.connectors.print_shop import FeeDraft
from api.connectors.record_entries import NewFees, NewPayment
from api.connectors.vendor_errors import Refused
from tests.connectors.printavo_desk import GROUP, IMPRINT, PAYMENT, PrintavoDesk, in_group, lines


async def long_record(printavo: PrintavoDesk) -> str:
    """A quote that has more of everything than one page holds."""
    made = await printavo.quote()
    for number in range(1, 13):
        group = replace(GROUP, position=number, imprints=(IMPRINT,) * (13 if number == 12 else 1))
        await printavo.shop.create_group(printavo.keys, external_id=made, draft=group)
    first = (await printavo.read(made)).groups[0]
    for start in (2, 27, 52):
        await printavo.shop.create_lines(printavo.keys, drafts=in_group(first, lines(25, start=start)))
    for number in range(27):
        paid = NewPayment(replace(PAYMENT, amount=100 + number))
        await printavo.enter(made, NewFees((FeeDraft(f"Fee {number}", 100),)), paid)
    return made


class TestTheWholeRecord:
    @pytest.mark.rule("I15")
    async def test_agrees_with_the_books_to_the_cent(self, printavo: PrintavoDesk) -> None:
        """Prices, fees and a discount that leave binary noise in every sum."""
        made = await printavo.quote(discount_amount=1237)
        odd = tuple(replace(line, unit_price_amount=1999 + 7 * index) for index, line in enumerate(lines(9)))
        await printavo.shop.create_group(printavo.keys, external_id=made, draft=replace(GROUP, lines=odd))
        fees = tuple(FeeDraft(f"Fee {amount}", amount) for amount in (1, 10, 33, 995))
        await printavo.enter(made, NewFees(fees), NewPayment(PAYMENT))
        record, totals = await printavo.read(made), printavo.facts(made)["totals"]
        wanted = sum(line.unit_price_amount * 8 for line in odd)
        assert record.subtotal_amount == totals["subtotal_cents"] == wanted
        assert record.total_amount == totals["total_cents"] == wanted + 1039 - 1237
        assert (record.paid_amount, record.discount_amount) == (totals["paid_cents"], 1237)
        assert (record.sales_tax_amount, record.total_quantity) == (0, 72)

    # The record; what it says is missing; the imprints of a group of which that told.
    @pytest.mark.parametrize(("cursors", "calls"), [("place", 3), ("opaque", 4), ("numbers", 4)])
    async def test_is_read_over_all_pages(self, printavo: PrintavoDesk, cursors: str, calls: int) -> None:
        made = await long_record(printavo)
        printavo.switch(cursors=cursors)
        printavo.requests()
        record = await printavo.read(made)
        assert printavo.requests() == calls
        facts = printavo.facts(made)
        assert [group.id for group in record.groups] == [group["id"] for group in facts["groups"]]
        assert [len(group.lines) for group in record.groups] == [76] + [1] * 11
        assert len(record.groups[11].imprints) == 13
        assert [fee.id for fee in record.fees] == [fee["id"] for fee in facts["fees"]]
        assert {payment.id for payment in record.payments} == {payment["id"] for payment in facts["payments"]}
        assert sum(fee.amount for fee in record.fees) == facts["totals"]["fees_cents"]

    async def test_is_read_in_smaller_parts_where_a_large_one_is_refused(
        self, printavo: PrintavoDesk
    ) -> None:
        made = await long_record(printavo)
        whole = await printavo.read(made)
        printavo.requests()
        printavo.fault("schema_drift", "lineItemGroup", times=2)
        assert await printavo.read(made) == whole
        assert printavo.requests() > 4
        printavo.fault("schema_drift", "lineItemGroup", times=100)
        with pytest.raises(Refused):
            await printavo.read(made)

    async def test_is_read_for_every_invoice_that_people_made(self, printavo: PrintavoDesk) -> None:
        heads = printavo.look(f"state/orders?account_id={printavo.account()['id']}")
        assert len(heads) > 20
        for head in heads:
            record = await printavo.read(head["id"])
            assert (record.kind, record.total_amount) == (head["kind"], head["totals"]["total_cents"])
            assert record.paid_amount == head["totals"]["paid_cents"]
            assert record.updated_at.tzinfo is UTC

    async def test_shows_what_people_changed(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        before = await printavo.read(made)
        printavo.act("edit_line", line_id=group.lines[0].id, price_cents=1, sizes={"size_s": 3})
        printavo.act(
            "add_line", group_id=group.id, item_number="HAND", price_cents=500, sizes={"size_other": 1}
        )
        after = await printavo.read(made)
        assert [line.unit_price_amount for line in after.groups[0].lines] == [1, 500]
        assert after.groups[0].lines[0].sizes == (("size_s", 3),)
        assert after.updated_at > before.updated_at

    async def test_never_acts_outside_the_books(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        await printavo.shop.set_status(
            printavo.keys, external_id=made, status_id=printavo.status_id("INVOICE")
        )
        assert printavo.look("violations") == []
