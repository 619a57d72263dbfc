"""What the shop's books hold after a push: every piece and every cent once, and nothing that people did is undone."""

import asyncio

import pytest

from api.invoices.actions.push.leases import LeaseLostError, claim_invoice, extend_lease
from tests.make.pushing import CHEST, PushDesk, assert_exact, make_order, make_tees
from tests.make.snapshots import make_item


class TestPushingANewInvoice:
    @pytest.mark.rule("A5", "A6", "I6")
    async def test_writes_everything_once_and_moves_it_to_an_invoice_status(self, desk: PushDesk) -> None:
        orders = [make_order(1), make_order(2, discount_amount=300)]
        invoice = await desk.new_invoice(*orders)
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, orders)
        assert record["kind"] == "invoice"
        shown = await desk.show(invoice)
        assert (shown["push_state"], shown["differences"]) == ("in_printavo", [])
        assert (shown["external_id"], shown["number"]) == (record["id"], record["visual_id"])
        assert shown["public_url"].startswith("http")

    async def test_shows_its_number_on_its_orders_and_tells_of_it(self, desk: PushDesk) -> None:
        invoice = await desk.new_invoice(make_order(1))
        await desk.push()
        number = (await desk.show(invoice))["number"]
        (order,) = await desk.rows("SELECT attach_state, invoice_number FROM store_order")
        assert (order.attach_state, order.invoice_number) == ("attached", number)
        (event,) = await desk.rows("SELECT data FROM event WHERE type = 'invoice.pushed'")
        assert (event.data["number"], event.data["revision"]) == (number, 1)

    async def test_moves_to_the_status_that_the_shop_chose(self, desk: PushDesk) -> None:
        chosen = await desk.choose_status()
        invoice = await desk.new_invoice(make_order(1))
        await desk.push()
        (record,) = await desk.records()
        assert record["status"]["id"] == chosen["id"]
        assert (await desk.show(invoice))["status_name"] == chosen["name"]

    async def test_leaves_every_operation_confirmed(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.push()
        operations = await desk.operations()
        assert [row.verb for row in operations] == [
            "create_quote", "create_group", "create_payment", "set_status",
        ]  # fmt: skip
        assert {(row.state, row.attempts) for row in operations} == {("confirmed", 1)}

    async def test_sends_nothing_that_the_shop_forbids_itself(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.push()
        assert await desk.books("/violations") == []


class TestPushingAgain:
    @pytest.mark.rule("A6")
    async def test_writes_only_what_is_new(self, desk: PushDesk) -> None:
        first = make_order(1)
        invoice = await desk.new_invoice(first)
        await desk.push()
        more = make_order(
            2, items=[make_tees(2, style="G500"), make_tees(2, style="NEW", decorations=(CHEST,))]
        )
        await desk.attach(invoice, await desk.take_in(more))
        await desk.sandboxes.printavo("DELETE", "/calls")
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [first, more])
        assert (await desk.show(invoice))["differences"] == []
        assert "quoteCreate" not in await desk.calls()

    async def test_has_nothing_to_do_when_nothing_changed(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.push()
        await desk.sandboxes.printavo("DELETE", "/calls")
        await desk.push()
        assert await desk.calls() == {}

    @pytest.mark.rule("A6")
    async def test_takes_along_what_is_attached_while_it_writes(self, desk: PushDesk) -> None:
        orders = [make_order(1), make_order(2)]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        invoice = await desk.invoice(ids[:1])
        await desk.fault("slow", "transactionPaymentCreate", seconds=1.0)
        pushing = asyncio.create_task(desk.push())
        await desk.wait_for("create_payment", state="sending")
        await desk.attach(invoice, ids[1:])
        await pushing
        (record,) = await desk.records()
        assert_exact(record, orders)
        shown = await desk.show(invoice)
        assert (shown["push_state"], shown["pushed_revision"]) == ("in_printavo", 2)

    @pytest.mark.rule("A6")
    async def test_calls_pushed_only_the_revision_that_was_read_back(self, desk: PushDesk) -> None:
        orders = [make_order(1), make_order(2)]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        invoice = await desk.invoice(ids[:1])
        await desk.fault("slow", "order", seconds=1.0)
        pushing = asyncio.create_task(desk.push())
        await desk.wait_for("set_status", state="confirmed")
        await asyncio.sleep(0.3)
        await desk.attach(invoice, ids[1:])
        await pushing
        pushed = await desk.rows("SELECT data FROM event WHERE type = 'invoice.pushed' ORDER BY id")
        assert [event.data["revision"] for event in pushed] == [1, 2]
        (record,) = await desk.records()
        assert_exact(record, orders)
        assert {row.attach_state for row in await desk.rows("SELECT attach_state FROM store_order")} == {
            "attached"
        }


class TestWhatPeopleDidInTheShop:
    async def test_is_kept_and_shown(self, desk: PushDesk) -> None:
        invoice = await desk.new_invoice(make_order(1))
        await desk.push()
        (record,) = await desk.records()
        line = record["groups"][0]["lines"][0]
        await desk.person("edit_line", line_id=line["id"], price_cents=1)
        await desk.attach(invoice, await desk.take_in(make_order(2)))
        await desk.push()
        (record,) = await desk.records()
        assert record["groups"][0]["lines"][0]["price_cents"] == 1
        shown = await desk.show(invoice)
        assert shown["push_state"] == "in_printavo"
        edits = {each["field"]: each["remote"] for each in shown["differences"] if each["kind"] == "edited"}
        assert edits["unit_price_amount"] == 1

    async def test_is_not_undone_by_writing_a_removed_line_again(self, desk: PushDesk) -> None:
        items = [make_tees(1, style="KEEP"), make_tees(1, style="GONE")]
        invoice = await desk.new_invoice(make_order(1, items=items))
        await desk.push()
        (record,) = await desk.records()
        (gone,) = (line for line in record["groups"][0]["lines"] if line["item_number"] == "GONE")
        await desk.person("delete_line", line_id=gone["id"])
        await desk.attach(invoice, await desk.take_in(make_order(2)))
        await desk.push()
        (record,) = await desk.records()
        assert "GONE" not in {line["item_number"] for line in record["groups"][0]["lines"]}
        assert "removed" in {each["kind"] for each in (await desk.show(invoice))["differences"]}

    async def test_is_respected_when_they_deleted_the_invoice(self, desk: PushDesk) -> None:
        invoice = await desk.new_invoice(make_order(1))
        await desk.push()
        (record,) = await desk.records()
        await desk.attach(invoice, await desk.take_in(make_order(2)))
        await desk.person("delete_order", order_id=record["id"])
        await desk.push()
        shown = await desk.show(invoice)
        assert (shown["push_state"], shown["closed"]) == ("needs_human", True)
        assert shown["push_problem"]["code"] == "removed_in_shop"
        assert await desk.records() == []
        (noted,) = await desk.rows("SELECT fact FROM attention WHERE code = 'push_stopped'")
        assert noted.fact == "removed_in_shop"
        asked = await desk.browser.effect("POST", f"/v1/invoices/{invoice['id']}/push")
        assert (asked.status_code, asked.json()["code"]) == (409, "invoice_closed")


class TestAStatusThatIsRefused:
    @pytest.mark.rule("A5")
    async def test_leaves_a_whole_quote_and_says_so(self, desk: PushDesk) -> None:
        await desk.switch(quote_to_invoice="refused")
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert record["kind"] == "quote"
        shown = await desk.show(invoice)
        assert (shown["push_state"], shown["push_problem"]["code"]) == ("refused", "status_refused")
        assert {"kind": "missing", "field": "kind", "wanted": "invoice", "remote": "quote"} in shown[
            "differences"
        ]

    @pytest.mark.rule("A5")
    async def test_is_tried_again_when_a_person_asks(self, desk: PushDesk) -> None:
        await desk.switch(quote_to_invoice="refused")
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.push()
        await desk.switch(quote_to_invoice="allowed")
        asked = await desk.browser.effect("POST", f"/v1/invoices/{invoice['id']}/push")
        assert asked.status_code == 202, asked.text
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        shown = await desk.show(invoice)
        assert (record["kind"], shown["push_state"]) == ("invoice", "in_printavo")
        (noted,) = await desk.rows("SELECT resolution FROM attention WHERE code = 'push_stopped'")
        assert noted.resolution == "pushed"

    @pytest.mark.rule("A5", "A6")
    async def test_is_not_thought_of_one_that_gave_the_record_another_id(self, desk: PushDesk) -> None:
        await desk.switch(conversion_keeps_id="no")
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        shown = await desk.show(invoice)
        assert (shown["push_state"], shown["external_id"]) == ("in_printavo", record["id"])


class TestManyWorkers:
    @pytest.mark.rule("A6")
    async def test_leave_an_invoice_to_the_one_that_holds_it(self, desk: PushDesk) -> None:
        invoice = await desk.new_invoice(make_order(1))
        account = await desk.account()
        async with desk.database.transaction(desk.workspace_id) as session:
            held = await claim_invoice(session, desk.workspace_id, account, seconds=30)
        assert held is not None
        await desk.push()
        assert await desk.records() == []
        await desk.let_time_pass(31)
        await desk.push()
        assert (await desk.show(invoice))["push_state"] == "in_printavo"
        async with desk.database.transaction(desk.workspace_id) as session:
            with pytest.raises(LeaseLostError):
                await extend_lease(session, held)

    @pytest.mark.rule("A6", "I7")
    async def test_push_every_invoice_once_between_them(self, desk: PushDesk) -> None:
        orders = [make_order(number, items=[make_item(external_id=f"{number}1")]) for number in range(1, 7)]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        invoices = [await desk.invoice([id_]) for id_ in ids]
        await asyncio.gather(*(desk.push() for _ in range(4)))
        records = await desk.records()
        assert len(records) == len(orders)
        for record in records:
            assert_exact(record, orders[:1])
        assert {(await desk.show(each))["push_state"] for each in invoices} == {"in_printavo"}
        assert {row.attempts for row in await desk.operations()} == {1}
