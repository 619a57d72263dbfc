"""What becomes of a push when Printavo fails in the middle of it: nothing lost, nothing doubled, and never sent again at once."""

import asyncio

import pytest

from api.connectors.print_shop import LineChange, ShopCredentials
from api.connectors.record_entries import FeeChanges, NewFees
from api.invoices.actions.push.leases import claim_invoice
from api.invoices.actions.push.operations import LinkChangedError, open_operation
from api.invoices.jobs.apply import make_group_draft
from api.invoices.queries.pushing import get_push
from api.invoices.rules.intents import Intent, Target
from api.linking.queries import get_active_link
from tests.make.linking import link
from tests.make.pushing import PushDesk, assert_exact, make_order, make_tees

CREATES = ("quoteCreate", "lineItemGroupCreate", "transactionPaymentCreate", "statusUpdate")
# Kind, parameters: refused before it can have an effect, of unknown effect, or answered with a riddle.
MISHAPS = [
    ("status_429", {"retry_after": 1}),
    ("status_503", {}),
    ("status_500_before", {}),
    ("status_500_after", {}),
    ("status_502_html", {}),
    ("html_200", {}),
    ("redirect", {}),
    ("lost_answer", {}),
    ("reset", {}),
    ("hang", {"seconds": 0.5}),
    ("truncated", {}),
    ("gzip_bomb", {"megabytes": 32}),
    ("timeout_error", {}),
    ("partial_data", {}),
]
QUARANTINE, GAP = 120, 60


async def push_until_settled(desk: PushDesk, invoice: dict[str, object], *, most: int = 12) -> None:
    """Push, and let the quarantine and the gap pass, as often as it takes."""
    for _ in range(most):
        await desk.push()
        if (await desk.show(invoice))["push_state"] == "in_printavo":
            return
        await desk.let_time_pass(QUARANTINE + 1)
    shown = await desk.show(invoice)
    pytest.fail(f"{shown['push_state']} {shown['push_problem']}")


class TestAMishap:
    @pytest.mark.rule("A6", "I6")
    @pytest.mark.parametrize(("kind", "params"), MISHAPS, ids=[kind for kind, _ in MISHAPS])
    async def test_of_any_kind_loses_nothing_and_doubles_nothing(
        self, desk: PushDesk, kind: str, params: dict[str, float]
    ) -> None:
        orders = [make_order(1), make_order(2)]
        invoice = await desk.new_invoice(*orders)
        await desk.fault(kind, "lineItemGroupCreate", **params)
        await push_until_settled(desk, invoice)
        (record,) = await desk.records()
        assert_exact(record, orders)
        assert (await desk.show(invoice))["differences"] == []

    @pytest.mark.rule("A6", "I6")
    @pytest.mark.parametrize("kind", ["lost_answer", "status_500_before"])
    @pytest.mark.parametrize("operation", CREATES)
    async def test_of_any_step_loses_nothing_and_doubles_nothing(
        self, desk: PushDesk, operation: str, kind: str
    ) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault(kind, operation)
        await push_until_settled(desk, invoice)
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert record["kind"] == "invoice"

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize("kind", ["lost_answer", "status_500_before"])
    async def test_of_a_change_is_settled_by_what_the_books_show(self, desk: PushDesk, kind: str) -> None:
        orders = [make_order(1), make_order(2)]
        invoice = await desk.new_invoice(orders[0])
        await desk.push()
        await desk.attach(invoice, await desk.take_in(orders[1]))
        for operation in ("lineItemUpdates", "feeUpdates", "transactionPaymentUpdate"):
            await desk.fault(kind, operation)
        await push_until_settled(desk, invoice)
        (record,) = await desk.records()
        assert_exact(record, orders)
        assert (await desk.show(invoice))["differences"] == []

    @pytest.mark.rule("A6")
    async def test_of_a_batch_that_was_taken_in_part_is_not_taken_for_a_person_s_edit(
        self, desk: PushDesk
    ) -> None:
        """What was changed of it is ours: it changes again with the next order."""
        orders = [
            make_order(number, items=[make_tees(number, style=style) for style in ("G500", "PC61")])
            for number in range(1, 4)
        ]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        invoice = await desk.invoice(ids[:1])
        await desk.push()
        await desk.switch(batches="first_n")
        await desk.fault("status_500_before", "lineItemUpdates")
        await desk.attach(invoice, ids[1:2])
        await desk.push()
        await change_one_line_late(desk)
        await push_until_settled(desk, invoice)
        await desk.attach(invoice, ids[2:])
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, orders)
        assert (await desk.show(invoice))["differences"] == []

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(("kind", "params"), MISHAPS, ids=[kind for kind, _ in MISHAPS])
    async def test_of_what_is_written_together_loses_nothing_and_doubles_nothing(
        self, desk: PushDesk, kind: str, params: dict[str, float]
    ) -> None:
        """A fee that is new, one that changes, the payment and a discount."""
        orders = [make_order(1, tax_amount=0), make_order(2, discount_amount=300)]
        invoice = await desk.new_invoice(orders[0])
        await desk.push()
        await desk.attach(invoice, await desk.take_in(orders[1]))
        await desk.fault(kind, "feeCreates", **params)
        await push_until_settled(desk, invoice)
        (record,) = await desk.records()
        assert_exact(record, orders)
        assert (await desk.show(invoice))["differences"] == []
        assert {row.state for row in await desk.operations()} == {"confirmed"}

    @pytest.mark.rule("A6")
    async def test_of_what_is_written_together_sends_only_what_was_not_taken(self, desk: PushDesk) -> None:
        """The fees were taken: they are ours, and change again with the next order; the payment follows alone."""
        orders = [make_order(1, tax_amount=0), *map(make_order, (2, 3))]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        invoice = await desk.invoice(ids[:1])
        await desk.push()
        await desk.fault("status_500_before", "feeCreates")
        await desk.attach(invoice, ids[1:2])
        await desk.push()
        await charge_late(desk)
        await push_until_settled(desk, invoice)
        again = (await desk.operations())[-1]
        assert (again.verb, again.state, again.attempts) == ("change_payment", "confirmed", 2)
        await desk.attach(invoice, ids[2:])
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, orders)
        assert (await desk.show(invoice))["differences"] == []

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize("kind", ["lost_answer", "status_500_before"])
    async def test_of_a_fee_that_is_new_is_settled_by_its_marker(self, desk: PushDesk, kind: str) -> None:
        orders = [make_order(1, shipping_amount=0, tax_amount=0), make_order(2)]
        invoice = await desk.new_invoice(orders[0])
        await desk.push()
        await desk.attach(invoice, await desk.take_in(orders[1]))
        await desk.fault(kind, "feeCreates")
        await push_until_settled(desk, invoice)
        (record,) = await desk.records()
        assert_exact(record, orders)

    @pytest.mark.rule("A6")
    async def test_of_the_quote_that_lost_a_fee_sends_that_fee_alone(self, desk: PushDesk) -> None:
        """Somebody deleted it before we knew of it, or Printavo took the quote without it: nobody can tell."""
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("lost_answer", "quoteCreate")
        await desk.fault("status_503", "orders")
        await desk.push()
        (record,) = await desk.records()
        await desk.person("delete_fee", fee_id=record["fees"][0]["id"])
        await push_until_settled(desk, invoice)
        (record,) = await desk.records()
        assert_exact(record, [order])
        calls = await desk.calls()
        assert (calls["quoteCreate"], calls["feeCreates"]) == (1, 1)

    @pytest.mark.rule("A6")
    async def test_at_every_call_still_ends_well(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        for operation in CREATES:
            await desk.fault("lost_answer", operation)
        await desk.push()
        assert (await desk.show(invoice))["push_state"] == "in_printavo"
        (record,) = await desk.records()
        assert_exact(record, [order])


class TestAnUnknownOutcome:
    @pytest.mark.rule("A6")
    async def test_that_the_books_show_is_settled_at_once(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("lost_answer", "lineItemGroupCreate")
        await desk.push()
        assert (await desk.show(invoice))["push_state"] == "in_printavo"
        assert (await desk.calls())["lineItemGroupCreate"] == 1

    @pytest.mark.rule("A6")
    async def test_is_sent_again_only_after_the_quarantine_and_two_readings(self, desk: PushDesk) -> None:
        invoice = await desk.new_invoice(make_order(1))
        await desk.fault("status_500_before", "lineItemGroupCreate")

        async def sends() -> int:
            await desk.push()
            return (await desk.calls())["lineItemGroupCreate"]

        assert await sends() == 1
        assert (await desk.show(invoice))["push_state"] == "checking"
        await desk.let_time_pass(QUARANTINE - 20)
        assert await sends() == 1
        await desk.let_time_pass(30)
        assert await sends() == 1
        assert [row.negative_reads for row in await desk.operations(state="unknown")] == [1]
        await desk.let_time_pass(GAP - 20)
        assert await sends() == 1
        await desk.let_time_pass(30)
        assert await sends() == 2
        assert (await desk.show(invoice))["push_state"] == "in_printavo"

    @pytest.mark.rule("A6")
    async def test_that_arrives_late_is_found_and_not_sent_again(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("status_500_before", "lineItemGroupCreate")
        await desk.push()
        await desk.let_time_pass(QUARANTINE + 1)
        await desk.push()
        await write_the_group_late(desk)
        await desk.let_time_pass(GAP + 1)
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert (await desk.show(invoice))["push_state"] == "in_printavo"

    @pytest.mark.rule("A6")
    async def test_is_not_judged_by_empty_pages(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("lost_answer", "transactionPaymentCreate")
        await desk.fault("empty_page", "order", times=6)
        for _ in range(6):
            await desk.push()
            await desk.let_time_pass(QUARANTINE + 1)
        await push_until_settled(desk, invoice)
        (record,) = await desk.records()
        assert_exact(record, [order])

    @pytest.mark.rule("A6")
    async def test_that_never_clears_up_is_handed_to_a_person(self, desk: PushDesk) -> None:
        invoice = await desk.new_invoice(make_order(1))
        await desk.fault("status_500_before", "lineItemGroupCreate", times=100)
        for _ in range(12):
            await desk.push()
            await desk.let_time_pass(QUARANTINE + 1)
        shown = await desk.show(invoice)
        assert (shown["push_state"], shown["push_problem"]["code"]) == ("needs_human", "unclear")
        assert (await desk.calls())["lineItemGroupCreate"] == 5

    @pytest.mark.rule("A6")
    async def test_of_the_quote_is_looked_up_before_a_person_s_retry_sends_it(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("lost_answer", "quoteCreate")
        await desk.fault("status_503", "orders")
        await desk.push()
        await desk.sql("UPDATE remote_operation SET state = 'needs_human'")
        await desk.sql("UPDATE invoice SET push_state = 'needs_human', push_due_at = NULL")
        await desk.browser.effect("POST", f"/v1/invoices/{invoice['id']}/push")
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])


class TestARefusal:
    async def test_stops_the_push_in_our_words(self, desk: PushDesk) -> None:
        invoice = await desk.new_invoice(make_order(1))
        await desk.fault("schema_drift", "lineItemGroupCreate", field="secretField")
        await desk.push()
        shown = await desk.show(invoice)
        assert (shown["push_state"], shown["push_problem"]["code"]) == ("refused", "refused")
        assert "secretField" not in shown["push_problem"]["detail"]
        assert (await desk.calls())["lineItemGroupCreate"] == 1

    async def test_is_over_when_a_person_tries_again(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("schema_drift", "lineItemGroupCreate")
        await desk.push()
        await desk.browser.effect("POST", f"/v1/invoices/{invoice['id']}/push")
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert (await desk.show(invoice))["push_state"] == "in_printavo"

    async def test_of_one_invoice_does_not_hold_up_the_others(self, desk: PushDesk) -> None:
        ids = await desk.take_in(make_order(1), make_order(2))
        await desk.choose_contact()
        invoices = [await desk.invoice([id_]) for id_ in ids]
        await desk.fault("schema_drift", "lineItemGroupCreate")
        await desk.push()
        states = sorted([(await desk.show(each))["push_state"] for each in invoices])
        assert states == ["in_printavo", "refused"]


class TestABrokenLink:
    @pytest.mark.rule("L6")
    async def test_stops_the_push_until_somebody_signs_in_again(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.fault("unauthorized", "lineItemGroupCreate")
        await desk.push()
        assert (await desk.browser.get("/v1/link")).json()["state"] == "needs_reauth"
        assert await desk.rows("SELECT 1 FROM workspace_work WHERE kind = 'push'") == []
        await desk.sandboxes.printavo("DELETE", "/calls")
        await desk.push()
        assert await desk.calls() == {}

    @pytest.mark.rule("L6", "A6")
    async def test_goes_on_where_it_stopped(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("unauthorized", "transactionPaymentCreate")
        await desk.push()
        again = {"printavo": {"email": "office@northside.example", "password": "northside-print"}}
        renewed = await desk.browser.effect("POST", "/v1/link/reauthentication", again)
        assert renewed.status_code == 200, renewed.text
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert (await desk.show(invoice))["push_state"] == "in_printavo"

    @pytest.mark.rule("L5", "I8")
    async def test_lets_nothing_be_written_after_unlinking(self, desk: PushDesk) -> None:
        await desk.new_invoice(make_order(1))
        await desk.fault("status_429", "lineItemGroupCreate", retry_after=1)
        await desk.push()
        ended = await desk.browser.effect("DELETE", "/v1/link")
        assert ended.status_code == 204, ended.text
        await desk.sandboxes.printavo("DELETE", "/calls")
        await desk.let_time_pass(600)
        await desk.push()
        assert await desk.calls() == {}

    @pytest.mark.rule("L5", "I8")
    async def test_cannot_be_unlinked_while_something_is_being_sent(self, desk: PushDesk) -> None:
        order = make_order(1)
        await desk.new_invoice(order)
        await desk.fault("slow", "transactionPaymentCreate", seconds=1.0)
        pushing = asyncio.create_task(desk.push())
        await desk.wait_for("create_payment", state="sending")
        refused = await desk.browser.effect("DELETE", "/v1/link")
        assert (refused.status_code, refused.json()["code"]) == (409, "push_in_progress")
        await pushing
        (record,) = await desk.records()
        assert_exact(record, [order])

    @pytest.mark.rule("I8")
    async def test_that_was_made_again_is_not_written_for_by_the_push_of_the_old_one(
        self, desk: PushDesk
    ) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        async with desk.database.transaction(desk.workspace_id) as session:
            old = await get_active_link(session, desk.workspace_id)
        await desk.browser.effect("DELETE", "/v1/link")
        await link(desk.browser)
        intent = Intent("create_quote", (Target("quote", "quote", "P-AAAAAAAA", {}),))
        async with desk.database.transaction(desk.workspace_id) as session:
            lease = await claim_invoice(session, desk.workspace_id, old.printavo_account, seconds=30)
            assert lease is not None
            with pytest.raises(LinkChangedError):
                await open_operation(session, lease, old, intent, revision=1)
        await desk.let_time_pass(31)
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert (await desk.show(invoice))["push_state"] == "in_printavo"


async def write_the_group_late(desk: PushDesk) -> None:
    """What the vendor does with a request that it answered with 500 and still had in a queue: it writes it after all."""
    (row,) = await desk.rows("SELECT id, external_id FROM invoice")
    async with desk.database.transaction(desk.workspace_id) as session:
        push = await get_push(session, desk.workspace_id, row.id)
    keys = ShopCredentials("office@northside.example", "DEMO-NORTHSIDE-PRINTAVO-TOKEN")
    draft = make_group_draft(push.wanted.groups[0])
    await desk.tools.vendors.print_shop.create_group(keys, external_id=row.external_id, draft=draft)


async def charge_late(desk: PushDesk) -> None:
    """What the vendor may do with several mutations in one call: it does the first of them, and says nothing."""
    (row,) = await desk.rows("SELECT id, external_id FROM invoice")
    async with desk.database.transaction(desk.workspace_id) as session:
        push = await get_push(session, desk.workspace_id, row.id)
    keys = ShopCredentials("office@northside.example", "DEMO-NORTHSIDE-PRINTAVO-TOKEN")
    known = {
        fee.key: push.written[fee.key].external_id for fee in push.wanted.fees if fee.key in push.written
    }
    there = tuple((known[fee.key], fee.draft) for fee in push.wanted.fees if fee.key in known)
    new = tuple(fee.draft for fee in push.wanted.fees if fee.key not in known)
    assert there, "no fee changes"
    assert new, "no fee is new"
    await desk.tools.vendors.print_shop.write_entries(
        keys, external_id=row.external_id, is_invoice=True, entries=[FeeChanges(there), NewFees(new)]
    )


async def change_one_line_late(desk: PushDesk) -> None:
    """What the vendor may do with a batch: it takes the first of it, and says nothing."""
    (row,) = await desk.rows("SELECT id FROM invoice")
    async with desk.database.transaction(desk.workspace_id) as session:
        push = await get_push(session, desk.workspace_id, row.id)
    line = push.wanted.lines()[0]
    keys = ShopCredentials("office@northside.example", "DEMO-NORTHSIDE-PRINTAVO-TOKEN")
    change = LineChange(push.written[line.key].external_id, line.draft.position, line.draft)
    await desk.tools.vendors.print_shop.change_lines(keys, changes=[change])
