"""A push whose link ends, whose worker is late, or whose refusal was none: nothing for a dead pair, nothing twice (I6, I8)."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.invoices.actions.push.leases import Lease, claim_invoice, extend_lease, lock_leased
from api.invoices.actions.push.operations import (
    confirm_sent,
    find_unknown,
    hold_orphans,
    hold_sent,
    open_operation,
    reject_sent,
    settle_unknown,
    withdraw_sent,
)
from api.invoices.rules.intents import Evidence, Intent, Target
from api.invoices.rules.patience import Patience
from api.invoices.rules.steps import Written
from api.linking.queries import ActiveLink, get_active_link
from tests.make.linking import link
from tests.make.pushing import PushDesk, assert_exact, make_order

INTENT = Intent("create_quote", (Target("quote", "quote", "P-AAAAAAAA", {}),))


async def begin_push(session: AsyncSession, desk: PushDesk) -> tuple[ActiveLink, Lease]:
    """The link, and its invoice in a worker's hands for half a minute."""
    linked = await get_active_link(session, desk.workspace_id)
    lease = await claim_invoice(session, desk.workspace_id, linked.printavo_account, seconds=30)
    assert lease is not None
    return linked, lease


class TestALinkThatEnds:
    @pytest.mark.rule("L5", "I8")
    async def test_parks_what_waits_and_the_same_pair_takes_it_up(self, desk: PushDesk) -> None:
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("status_429", "transactionPaymentCreate", retry_after=1)
        await desk.push()
        assert [each.verb for each in await desk.operations(state="pending")] == ["create_payment"]
        assert (await desk.browser.effect("DELETE", "/v1/link")).status_code == 204
        assert [each.verb for each in await desk.operations(state="parked")] == ["create_payment"]
        assert await desk.operations(state="pending") == []
        await link(desk.browser)
        await desk.let_time_pass(31)
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        assert (await desk.show(invoice))["push_state"] == "in_printavo"
        assert await desk.operations(state="parked") == []

    @pytest.mark.rule("L5", "I8")
    async def test_keeps_the_printavo_account_from_being_written_to_for_another_store_account(
        self, desk: PushDesk
    ) -> None:
        """The same books, but not the same pair: nobody asked for these orders under the new link."""
        await desk.new_invoice(make_order(1))
        await desk.browser.effect("DELETE", "/v1/link")
        await link(desk.browser)
        await desk.sql("UPDATE link SET inksoft_account = 'another' WHERE ended_at IS NULL")
        await desk.push()
        assert await desk.records() == []
        await desk.sql("UPDATE link SET inksoft_account = '41001' WHERE ended_at IS NULL")
        await desk.push()
        assert len(await desk.records()) == 1

    @pytest.mark.rule("I8")
    async def test_waits_for_a_write_that_takes_longer_than_a_lease(self, desk: PushDesk) -> None:
        """A write may wait for its turn at Printavo for minutes; who holds the lease holds what is being sent, too."""
        await desk.new_invoice(make_order(1))
        async with desk.database.transaction(desk.workspace_id) as session:
            linked, lease = await begin_push(session, desk)
            await open_operation(session, lease, linked, INTENT, revision=1)
        for _ in range(3):
            await desk.let_time_pass(20)
            async with desk.database.transaction(desk.workspace_id) as session:
                await extend_lease(session, lease)
        refused = await desk.browser.effect("DELETE", "/v1/link")
        assert (refused.status_code, refused.json()["code"]) == (409, "push_in_progress")


class TestAWorkerThatIsLate:
    @pytest.mark.rule("A6", "I6")
    @pytest.mark.parametrize("settle", [reject_sent, withdraw_sent, hold_sent])
    async def test_settles_nothing_of_a_later_send(self, desk: PushDesk, settle: object) -> None:
        await desk.new_invoice(make_order(1))
        async with desk.database.transaction(desk.workspace_id) as session:
            linked, lease = await begin_push(session, desk)
            first = await open_operation(session, lease, linked, INTENT, revision=1)
        await desk.sql("UPDATE remote_operation SET state = 'pending'")
        async with desk.database.transaction(desk.workspace_id) as session:
            await open_operation(session, lease, linked, INTENT, revision=1)
        async with desk.database.transaction(desk.workspace_id) as session:
            await settle(session, lease, first)  # type: ignore[operator] # one of the three
        (operation,) = await desk.operations()
        assert (operation.state, operation.attempts) == ("sending", 2)

    @pytest.mark.rule("A6", "I6")
    async def test_and_the_one_that_follows_do_not_wait_for_each_other(self, desk: PushDesk) -> None:
        """Its answer comes just when the other weighs a reading of the books."""
        await desk.new_invoice(make_order(1))
        async with desk.database.transaction(desk.workspace_id) as session:
            linked, lease = await begin_push(session, desk)
            sent = await open_operation(session, lease, linked, INTENT, revision=1)
            await hold_orphans(session, lease)

        async def confirm() -> None:
            async with desk.database.transaction(desk.workspace_id) as late:
                await confirm_sent(late, lease, sent, {"quote": Written("quote", "1", None, {})})

        async with desk.database.transaction(desk.workspace_id) as session:
            await lock_leased(session, lease)
            unknown = await find_unknown(session, lease)
            assert unknown is not None
            confirming = asyncio.create_task(confirm())
            await asyncio.sleep(0.3)
            patience = Patience(quarantine=timedelta(0), gap=timedelta(0))
            await settle_unknown(
                session, lease, unknown, Evidence((), INTENT), credible=True, patience=patience
            )
        await confirming
        (operation,) = await desk.operations()
        assert (operation.state, operation.external_id) == ("confirmed", "1")


class TestARefusalThatWasNone:
    @pytest.mark.rule("A5", "A6")
    @pytest.mark.parametrize("operation", ["quoteCreate", "transactionPaymentCreate", "statusUpdate"])
    async def test_is_seen_in_the_books_before_anything_is_sent_again(
        self, desk: PushDesk, operation: str
    ) -> None:
        """The field is null with an error at its path, and the write was made all the same."""
        order = make_order(1)
        invoice = await desk.new_invoice(order)
        await desk.fault("partial_data", operation)
        await desk.push()
        (record,) = await desk.records()
        assert_exact(record, [order])
        shown = await desk.show(invoice)
        assert (record["kind"], shown["push_state"], shown["differences"]) == ("invoice", "in_printavo", [])


class TestAnUnclearWrite:
    @pytest.mark.rule("A6")
    async def test_is_given_to_a_person_together_with_its_invoice(
        self, desk: PushDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A worker that dies between the two would leave an invoice that sends once more what a person should judge."""

        async def die(*_: object) -> None:
            raise ConnectionResetError

        monkeypatch.setattr("api.invoices.jobs.turn.Turn.stop", die)
        invoice = await desk.new_invoice(make_order(1))
        await desk.fault("status_500_before", "transactionPaymentCreate")
        await desk.push()
        await desk.sql(
            "UPDATE remote_operation SET attempts = 5, negative_reads = 1, last_negative_at = now() - interval '1 hour' "
            "WHERE state = 'unknown'"
        )
        await desk.let_time_pass(200)
        await desk.push()
        assert (await desk.show(invoice))["push_state"] == "needs_human"
        (given,) = await desk.operations(state="needs_human")
        assert given.verb == "create_payment"
