"""Groups, lines, imprints, fees and payments in Printavo's books. Against the sandbox over HTTP."""

from dataclasses import replace
from datetime import date

import pytest

from api.connectors.print_shop import (
    ColumnsChange,
    HeaderChange,
    LineChange,
    PaymentDraft,
    RemoteFee,
    RemoteImprint,
    RemotePayment,
)
from api.connectors.record_entries import (
    FeeChanges,
    ImprintChange,
    NewFees,
    NewImprint,
    NewPayment,
    PaymentChange,
)
from api.connectors.vendor_errors import Refused, Unexpected
from tests.connectors.printavo_desk import FEE, GROUP, IMPRINT, LINE, PAYMENT, PrintavoDesk, in_group, lines


class TestGroupsAndLines:
    async def test_are_made_in_one_call_and_read_back_the_same(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        printavo.requests()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        assert printavo.requests() == 1
        (line,), (imprint,) = group.lines, group.imprints
        assert (line.item_number, line.color, line.unit_price_amount, line.taxed) == (
            "ST100",
            "Navy",
            2150,
            False,
        )
        assert line.sizes == (("size_m", 6), ("size_2xl", 2))
        assert (line.description, imprint.details) == (LINE.description, IMPRINT.details)
        assert set(group.enabled_sizes) >= {"size_m", "size_2xl"}
        record = await printavo.read(made)
        assert record.groups == (group,)
        assert (record.subtotal_amount, record.total_quantity) == (17_200, 8)
        (stored,) = printavo.facts(made)["groups"][0]["lines"]
        assert [mockup["source_url"] for mockup in stored["mockups"]] == list(LINE.mockup_urls)

    @pytest.mark.parametrize("update", ["replace", "merge"])
    @pytest.mark.parametrize("zeros", ["dropped", "listed"])
    async def test_change_absolutely_whatever_printavo_does_with_sizes(
        self, printavo: PrintavoDesk, update: str, zeros: str
    ) -> None:
        printavo.switch(sizes_update=update, zero_sizes=zeros)
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        draft = replace(LINE, sizes=(("size_l", 1), ("size_m", 2)), unit_price_amount=2399, color="Black")
        change = LineChange(group.lines[0].id, 4, draft)
        (line,) = await printavo.shop.change_lines(printavo.keys, changes=[change])
        assert dict(line.sizes) == {"size_l": 1, "size_m": 2}
        assert (line.unit_price_amount, line.color, line.position) == (2399, "Black", 4)
        record = await printavo.read(made)
        assert record.groups[0].lines == (line,)
        assert (record.total_quantity, record.subtotal_amount) == (3, 7197)

    async def test_can_be_emptied(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        change = LineChange(group.lines[0].id, 1, replace(LINE, sizes=()))
        (line,) = await printavo.shop.change_lines(printavo.keys, changes=[change])
        assert line.sizes == ()

    async def test_show_more_sizes_when_the_columns_are_changed(self, printavo: PrintavoDesk) -> None:
        printavo.switch(sizes_outside_columns="hidden")
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        line = replace(LINE, sizes=(("size_m", 1), ("size_3xl", 1)))
        change = LineChange(group.lines[0].id, 1, line)
        await printavo.shop.change_lines(printavo.keys, changes=[change])
        assert (await printavo.read(made)).groups[0].lines[0].sizes == (("size_m", 1),)
        columns = ColumnsChange(group.id, 1, ("size_m", "size_2xl", "size_3xl"))
        await printavo.shop.change_group_columns(printavo.keys, changes=[columns])
        (read,) = (await printavo.read(made)).groups
        assert dict(read.lines[0].sizes) == {"size_m": 1, "size_3xl": 1}
        assert set(read.enabled_sizes) == {"size_m", "size_2xl", "size_3xl"}

    async def test_are_added_25_at_once(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(
            printavo.keys, external_id=made, draft=replace(GROUP, lines=lines(30))
        )
        assert len(group.lines) == 25
        printavo.requests()
        rest = await printavo.shop.create_lines(printavo.keys, drafts=in_group(group, lines(25, start=26)))
        assert printavo.requests() == 1
        (read,) = (await printavo.read(made)).groups
        assert read.lines == group.lines + tuple(rest)
        with pytest.raises(ValueError, match="25"):
            await printavo.shop.create_lines(printavo.keys, drafts=in_group(group, lines(26)))

    async def test_are_deleted(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(
            printavo.keys, external_id=made, draft=replace(GROUP, lines=lines(3))
        )
        ids = [line.id for line in group.lines]
        await printavo.shop.delete_lines(printavo.keys, line_ids=ids[:2])
        assert [line.id for line in (await printavo.read(made)).groups[0].lines] == ids[2:]
        await printavo.shop.delete_group(printavo.keys, group_id=group.id)
        assert (await printavo.read(made)).groups == ()

    @pytest.mark.rule("B4")
    async def test_carry_a_purchasing_status_and_keep_the_rest(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        line = await printavo.shop.set_line_status(
            printavo.keys, line_id=group.lines[0].id, position=1, status="arrived"
        )
        assert line == replace(group.lines[0], status="arrived")

    @pytest.mark.rule("B4")
    async def test_are_read_one_by_one_until_they_are_gone(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        line = group.lines[0]
        await printavo.shop.set_line_status(printavo.keys, line_id=line.id, position=1, status="received")
        printavo.requests()
        shown = await printavo.shop.read_line(printavo.keys, line_id=line.id)
        assert (shown, printavo.requests()) == (replace(line, status="received"), 1)
        await printavo.shop.delete_lines(printavo.keys, line_ids=[line.id])
        assert await printavo.shop.read_line(printavo.keys, line_id=line.id) is None

    @pytest.mark.rule("B5")
    async def test_are_not_gone_because_the_question_is_not_taken_any_more(
        self, printavo: PrintavoDesk
    ) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        printavo.fault("schema_drift", "lineItem")
        with pytest.raises(Unexpected, match="doesn't exist"):
            await printavo.shop.read_line(printavo.keys, line_id=group.lines[0].id)

    @pytest.mark.rule("B4")
    async def test_say_when_a_purchasing_status_is_refused(self, printavo: PrintavoDesk) -> None:
        printavo.switch(attached_to_po_by_hand="refused")
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        with pytest.raises(Refused):
            await printavo.shop.set_line_status(
                printavo.keys, line_id=group.lines[0].id, position=1, status="attached_to_po"
            )

    async def test_of_no_known_group_are_refused(self, printavo: PrintavoDesk) -> None:
        with pytest.raises(Refused) as caught:
            await printavo.shop.create_lines(printavo.keys, drafts=[("999999999", LINE)])
        assert caught.value.applied == "no"


class TestImprintsFeesAndPayments:
    async def test_imprints_are_made_changed_and_deleted(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        work = (await printavo.shop.list_types_of_work(printavo.keys))[0]
        draft = replace(IMPRINT, details="Full back ref P-BACK0001", type_of_work_id=work.id)
        ((imprint,),) = await printavo.enter(made, NewImprint(group.id, draft))
        assert isinstance(imprint, RemoteImprint)
        assert (imprint.details, imprint.type_of_work_id) == ("Full back ref P-BACK0001", work.id)
        other = replace(draft, details="Upper back", type_of_work_id=None)
        ((changed,),) = await printavo.enter(made, ImprintChange(imprint.id, other))
        assert changed == RemoteImprint(imprint.id, "Upper back", None)
        assert (await printavo.read(made)).groups[0].imprints == (*group.imprints, changed)
        await printavo.shop.delete_imprint(printavo.keys, imprint_id=imprint.id)
        assert (await printavo.read(made)).groups[0].imprints == group.imprints

    @pytest.mark.rule("I15")
    @pytest.mark.parametrize("counts", ["amount_first", "unit_price_first"])
    async def test_fees_are_made_changed_and_deleted(self, printavo: PrintavoDesk, counts: str) -> None:
        printavo.switch(fee_amount=counts)
        made = await printavo.quote()
        printavo.requests()
        fee, other = await printavo.charge(made, FEE, replace(FEE, amount=1))
        assert fee == RemoteFee(fee.id, FEE.description, 833, taxable=False)
        changes = FeeChanges(((fee.id, replace(FEE, amount=1999)), (other.id, replace(FEE, amount=2))))
        (changed,) = await printavo.enter(made, changes)
        assert printavo.requests() == 2
        assert changed == [replace(fee, amount=1999), replace(fee, id=other.id, amount=2)]
        record = await printavo.read(made)
        assert (record.fees, record.total_amount) == (tuple(changed), 2001)
        await printavo.shop.delete_fee(printavo.keys, fee_id=fee.id)
        assert (await printavo.read(made)).fees == tuple(changed[1:])

    async def test_more_than_25_fees_are_not_sent_in_one_mutation(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        with pytest.raises(ValueError, match="at most 25"):
            await printavo.charge(made, *[FEE] * 26)

    @pytest.mark.rule("I15")
    async def test_entries_of_every_kind_are_written_in_one_call(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        group = await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        (fee,) = await printavo.charge(made, FEE)
        ((paid,),) = await printavo.enter(made, NewPayment(PAYMENT))
        printavo.requests()
        more, less = replace(FEE, amount=1999), replace(PAYMENT, amount=9000)
        shown = await printavo.enter(
            made,
            ImprintChange(group.imprints[0].id, replace(IMPRINT, details="Upper back")),
            NewImprint(group.id, IMPRINT),
            FeeChanges(((fee.id, more),)),
            NewFees((FEE, FEE)),
            PaymentChange(paid.id, less),
            NewPayment(PAYMENT),
            HeaderChange(discount_amount=500),
        )
        assert printavo.requests() == 1
        assert [len(each) for each in shown] == [1, 1, 1, 2, 1, 1, 0]
        (first,), (second,), changed, new, *payments, _ = shown
        record = await printavo.read(made)
        assert (record.groups[0].imprints, record.discount_amount) == ((first, second), 500)
        assert (record.fees, record.payments) == ((*changed, *new), (payments[0][0], payments[1][0]))
        assert [fee.amount for fee in record.fees] == [1999, 833, 833]
        assert [payment.amount for payment in record.payments] == [9000, 10010]

    @pytest.mark.rule("I15")
    async def test_payments_are_made_changed_and_deleted(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        await printavo.shop.create_group(printavo.keys, external_id=made, draft=GROUP)
        ((payment,),) = await printavo.enter(made, NewPayment(PAYMENT))
        assert payment == RemotePayment(payment.id, 10010, PAYMENT.description)
        draft = PaymentDraft(amount=9000, description=PAYMENT.description, paid_on=date(2030, 4, 3))
        ((changed,),) = await printavo.enter(made, PaymentChange(payment.id, draft))
        record = await printavo.read(made)
        assert (record.payments, record.paid_amount) == ((changed,), 9000)
        (stored,) = printavo.facts(made)["payments"]
        assert (stored["category"], stored["date"], stored["amount_cents"]) == ("OTHER", "2030-04-03", 9000)
        await printavo.shop.delete_payment(printavo.keys, payment_id=payment.id)
        assert (await printavo.read(made)).payments == ()
