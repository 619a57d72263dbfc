"""Quotes and invoices in Printavo's books: made, found again, moved. Against the sandbox over HTTP."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from api.connectors.print_shop import HeaderChange
from api.connectors.vendor_errors import Refused, Unexpected
from tests.connectors.printavo_desk import FEE, HARBOR, PrintavoDesk


class TestAQuote:
    @pytest.mark.rule("A5")
    async def test_is_made_with_its_marker_and_without_tax(self, printavo: PrintavoDesk) -> None:
        due_at = datetime(2030, 4, 16, 17, tzinfo=ZoneInfo("America/Chicago"))
        draft = printavo.draft("P-MARKER01", due_at=due_at, production_note="From the web store")
        made = await printavo.shop.create_quote(printavo.keys, draft)
        facts = printavo.facts(made.external_id)
        assert (made.kind, made.tags, made.po_number) == ("quote", ("P-MARKER01",), "P-MARKER01")
        assert made.visual_id == facts["visual_id"]
        assert facts["contact_id"] == draft.contact_id
        assert facts["sales_tax_percent"] == 0
        assert facts["production_note"] == "From the web store"
        assert facts["dates"]["customer_due_at"] == "2030-04-18"
        assert datetime.fromisoformat(facts["dates"]["due_at"]) == due_at

    @pytest.mark.rule("I15")
    async def test_is_made_with_its_fees_in_one_call(self, printavo: PrintavoDesk) -> None:
        fees = (FEE, replace(FEE, description="Shipping ref P-FEE00002", amount=500))
        draft = printavo.draft("P-FEES0001", fees=fees)
        printavo.requests()
        made = await printavo.shop.create_quote(printavo.keys, draft)
        assert printavo.requests() == 1
        assert [(fee.description, fee.amount, fee.taxable) for fee in made.fees] == [
            (fee.description, fee.amount, False) for fee in fees
        ]
        record = await printavo.read(made.external_id)
        assert (record.fees, record.total_amount) == (made.fees, 1333)

    @pytest.mark.rule("A6")
    async def test_is_found_again_by_exactly_its_tag(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote("P-SAME0001")
        await printavo.quote("P-SAME00011")
        twin = await printavo.quote("P-SAME0001")
        assert set(await printavo.shop.find_by_tag(printavo.keys, tag="P-SAME0001")) == {made, twin}
        assert await printavo.shop.find_by_tag(printavo.keys, tag="P-SAME") == []
        assert await printavo.shop.find_by_tag(HARBOR, tag="P-SAME0001") == []

    @pytest.mark.rule("A5")
    async def test_becomes_an_invoice_and_keeps_its_id(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote("P-MOVED001")
        status = printavo.status_id("INVOICE")
        kind = await printavo.shop.set_status(printavo.keys, external_id=made, status_id=status)
        record = await printavo.read(made)
        assert (kind, record.kind, record.status_id) == ("invoice", "invoice", status)
        assert await printavo.shop.find_by_tag(printavo.keys, tag="P-MOVED001") == [made]

    @pytest.mark.rule("A5")
    async def test_stays_a_quote_where_the_move_is_refused(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        printavo.switch(quote_to_invoice="refused")
        with pytest.raises(Refused) as caught:
            await printavo.shop.set_status(
                printavo.keys, external_id=made, status_id=printavo.status_id("INVOICE")
            )
        assert caught.value.applied == "no"
        assert (await printavo.read(made)).kind == "quote"

    async def test_that_changes_its_id_on_the_way_is_reported(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote("P-RENUMBER")
        printavo.switch(conversion_keeps_id="no")
        with pytest.raises(Unexpected) as caught:
            await printavo.shop.set_status(
                printavo.keys, external_id=made, status_id=printavo.status_id("INVOICE")
            )
        (found,) = await printavo.shop.find_by_tag(printavo.keys, tag="P-RENUMBER")
        assert found != made
        assert found in caught.value.detail

    @pytest.mark.parametrize("is_invoice", [False, True])
    async def test_changes_only_what_is_named_of_its_header(
        self, printavo: PrintavoDesk, is_invoice: bool
    ) -> None:
        made = await printavo.quote()
        if is_invoice:
            await printavo.shop.set_status(
                printavo.keys, external_id=made, status_id=printavo.status_id("INVOICE")
            )
        before = printavo.facts(made)
        await printavo.enter(made, HeaderChange(nickname="Falcons, May"), is_invoice=is_invoice)
        after = printavo.facts(made)
        assert after["nickname"] == "Falcons, May"
        changed = {name for name in before if before[name] != after[name]}
        assert changed == {"nickname", "updated_at"}

    async def test_that_is_gone_reads_as_none(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        printavo.act("delete_order", order_id=made)
        assert await printavo.shop.read_invoice(printavo.keys, external_id=made) is None
        assert await printavo.shop.read_invoice(printavo.keys, external_id="999999999") is None

    async def test_of_another_account_reads_as_none(self, printavo: PrintavoDesk) -> None:
        made = await printavo.quote()
        assert await printavo.shop.read_invoice(HARBOR, external_id=made) is None
