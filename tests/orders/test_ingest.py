"""What the platform says becomes rows, documents, search texts, figures and events, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson
import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter

from api.core.db import Database
from api.orders.actions.removing import remove_orders
from api.orders.rules.snapshot_json import snapshot_from_json
from api.orders.rules.states import Window
from api.orders.schemas import OrderFacts, OrderLine
from tests.make.browser import Browser
from tests.make.intake import ALWAYS, Intake
from tests.make.snapshots import PLACED, make_item, make_snapshot, make_summary


@pytest.fixture
def intake(app: FastAPI, browser: Browser) -> Intake:
    database: Database = app.state.database
    return Intake(database, UUID(browser.workspace_id))


class TestAListedOrder:
    async def test_is_there_with_what_the_list_says(self, intake: Intake) -> None:
        done = await intake.listed(make_summary())
        row = await intake.order()
        assert (done.added, done.changed, done.unchanged) == (1, frozenset(), 0)
        assert (row.number, row.status, row.total_amount, row.currency) == (
            "870001",
            "processing",
            5000,
            "USD",
        )
        assert await intake.events() == [
            ("order.received", {"number": "870001", "store_id": str(row.store_id), "version": 1})
        ]

    @pytest.mark.rule("S4")
    async def test_is_hidden_until_its_detail_is_read(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        before = await intake.order()
        await intake.read(make_snapshot())
        after = await intake.order()
        assert (before.approval, before.open, before.detail_due) == ("unknown", False, True)
        assert (after.approval, after.open, after.detail_due) == ("approved", True, False)

    @pytest.mark.rule("I9")
    async def test_of_one_number_in_two_stores_is_two_orders(self, intake: Intake) -> None:
        twin = make_summary(store_external_id="11513", store_name="Lincoln Eagles")
        assert (await intake.listed(make_summary(), twin)).added == 2

    @pytest.mark.rule("S3")
    async def test_without_a_store_belongs_to_the_system_store(self, intake: Intake) -> None:
        await intake.listed(make_summary(store_external_id=None, store_name=None, origin="proposal"))
        (store,) = await intake.rows(
            "SELECT s.kind, s.name, o.origin FROM store s JOIN store_order o ON o.store_id = s.id"
        )
        assert tuple(store) == ("proposals", "Proposals", "proposal")

    async def test_that_changes_before_it_was_read_shows_it_at_once(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        done = await intake.listed(make_summary(production_status="Scheduled", customer_name="Ana Diaz"))
        row = await intake.order()
        assert (row.production_status, row.version, len(done.changed)) == ("Scheduled", 2, 1)
        (document,) = await intake.rows("SELECT summary FROM order_document")
        assert '"customer_name":"Ana Diaz"' in document.summary
        assert (await intake.events())[-1][1]["changed"] == ["production_status"]


class TestAWholeOrder:
    async def test_is_kept_as_it_is(self, intake: Intake) -> None:
        order = make_snapshot()
        await intake.listed(make_summary())
        await intake.read(order)
        (copy,) = await intake.rows("SELECT snapshot FROM order_copy")
        row = await intake.order()
        assert snapshot_from_json(copy.snapshot) == order
        assert (row.item_count, row.piece_count, row.content_hash.hex()) == (1, 2, order.content_hash)

    async def test_counts_as_many_pieces_as_an_invoice_will(self, intake: Intake) -> None:
        charge = make_item(external_id="9", kind="custom", name="Art fee", quantity=7)
        await intake.listed(make_summary())
        less_than_none = make_item(external_id="10", quantity=-2)
        await intake.read(make_snapshot(items=(make_item(quantity=3), charge, less_than_none)))
        assert (await intake.order()).piece_count == 10

    async def test_read_for_the_first_time_is_no_change(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        done = await intake.read(make_snapshot())
        assert done.changed == frozenset()
        assert [name for name, _ in await intake.events()] == ["order.received"]

    async def test_that_changed_is_one_new_version_and_one_event(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot())
        version = (await intake.order()).version
        await intake.listed(make_summary(production_status="Scheduled"))
        await intake.read(make_snapshot(production_status="Scheduled", items=(make_item(quantity=5),)))
        row = await intake.order()
        assert row.version == version + 1
        assert (await intake.events())[-1] == (
            "order.changed",
            {
                "number": "870001",
                "store_id": str(row.store_id),
                "version": row.version,
                "changed": ["production_status", "piece_count", "content"],
            },
        )

    @pytest.mark.rule("S3")
    async def test_by_staff_keeps_the_origin_that_only_the_list_tells(self, intake: Intake) -> None:
        await intake.listed(make_summary(origin="staff"))
        await intake.read(make_snapshot(origin="store"))
        (copy,) = await intake.rows("SELECT snapshot ->> 'origin' AS origin FROM order_copy")
        assert ((await intake.order()).origin, copy.origin) == ("staff", "staff")

    @pytest.mark.parametrize("said", ["", "us dollars", "usd"])
    async def test_with_a_strange_currency_keeps_the_links(self, intake: Intake, said: str) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot(currency=said))
        assert (await intake.order()).currency == "USD"


class TestApproval:
    @pytest.mark.rule("S4")
    async def test_pending_stays_hidden_and_is_asked_for_again(self, intake: Intake) -> None:
        pending = make_snapshot(approval_required=True)
        await intake.listed(make_summary())
        await intake.read(pending)
        row = await intake.order()
        assert (row.approval, row.open, row.detail_due) == ("pending", False, True)

    @pytest.mark.rule("S4")
    async def test_given_later_opens_the_order_and_says_so(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot(approval_required=True))
        await intake.read(make_snapshot(approval_required=True, approved_at=PLACED + timedelta(hours=2)))
        row = await intake.order()
        assert (row.approval, row.open, row.detail_due) == ("approved", True, False)
        assert (await intake.events())[-1][0] == "order.approved"

    async def test_given_before_the_first_reading_is_told_too(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot(approval_required=True, approved_at=PLACED))
        assert [name for name, _ in await intake.events()] == ["order.received", "order.approved"]


class TestCancelling:
    async def test_takes_an_order_out_at_once(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot())
        await intake.listed(make_summary(status="cancelled"))
        row = await intake.order()
        assert (row.cancelled, row.open, row.detail_due) == (True, False, True)
        await intake.read(make_snapshot(status="cancelled"))
        assert [name for name, _ in await intake.events() if name == "order.cancelled"] == ["order.cancelled"]

    async def test_of_an_order_that_waits_for_approval_ends_the_asking(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot(approval_required=True, status="cancelled"))
        assert await intake.due() == []


class TestNothingNew:
    @pytest.mark.rule("I9")
    async def test_writes_nothing(self, intake: Intake) -> None:
        listed, order = make_summary(), make_snapshot()
        pending, waiting = (
            make_summary(external_id="2"),
            make_snapshot(external_id="2", approval_required=True),
        )
        await intake.listed(listed, pending)
        await intake.read(order, waiting)
        before = await intake.fingerprint()
        done = await intake.listed(listed, pending)
        read = await intake.read(waiting)
        assert (done.unchanged, done.added, done.changed) == (2, 0, frozenset())
        assert (read.unchanged, read.changed) == (1, frozenset())
        assert await intake.fingerprint() == before

    async def test_but_the_end_of_the_asking_writes_the_row_alone(self, intake: Intake) -> None:
        order = make_snapshot()
        await intake.listed(make_summary())
        await intake.read(order)
        await intake.listed(make_summary())
        before = await intake.fingerprint()
        await intake.read(order)
        after = await intake.fingerprint()
        assert {table for table in before if before[table] != after[table]} == {"store_order"}
        assert ((await intake.order()).detail_due, await intake.due()) == (False, [])


class TestWhoseDetailIsWanted:
    @pytest.mark.rule("L7")
    async def test_not_that_of_orders_before_the_share_date(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        window = Window(PLACED + timedelta(seconds=1), ALWAYS.sources)
        assert await intake.due(window) == []
        assert await intake.due(replace(window, share_from=PLACED)) == ["870001"]

    @pytest.mark.rule("S3")
    async def test_not_that_of_sources_that_are_off(self, intake: Intake) -> None:
        await intake.listed(make_summary(origin="staff"), make_summary(external_id="2"))
        assert await intake.due(replace(ALWAYS, sources={"store", "proposal"})) == ["2"]

    @pytest.mark.rule("S3")
    async def test_orders_of_a_marked_store_are_those_of_an_embedded_designer(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.rows("UPDATE store SET is_embedded = true RETURNING 1")
        assert await intake.due(replace(ALWAYS, sources={"store"})) == []
        assert await intake.due(replace(ALWAYS, sources={"embedded_designer"})) == ["870001"]

    async def test_what_was_read_once_is_followed_whatever_the_window(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot())
        await intake.listed(make_summary())
        assert await intake.due(Window(PLACED + timedelta(days=1), frozenset())) == ["870001"]

    async def test_the_newest_comes_first(self, intake: Intake) -> None:
        days = [make_summary(external_id=str(n), placed_at=PLACED + timedelta(days=n)) for n in (2, 3, 1)]
        await intake.listed(*days)
        assert await intake.due() == ["3", "2", "1"]


class TestTheReadyDocuments:
    async def test_are_what_the_schema_would_write(self, intake: Intake) -> None:
        odd = make_item(name='Te"e \u202e <b>', purchasing=("Ordered", "Received"))
        await intake.listed(make_summary())
        await intake.read(make_snapshot(customer_name="Åsa\tÖberg", email=None, items=(odd, make_item())))
        (document,) = await intake.rows("SELECT summary, lines FROM order_document")
        facts = OrderFacts.model_validate_json("{" + document.summary + "}")
        lines = TypeAdapter(list[OrderLine])
        assert facts.model_dump_json() == "{" + document.summary + "}"
        assert lines.dump_json(lines.validate_json(document.lines)).decode() == document.lines
        assert facts.id == (await intake.order()).id

    async def test_of_an_order_without_detail_have_no_lines(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        (document,) = await intake.rows("SELECT lines FROM order_document")
        assert orjson.loads(document.lines) == []

    async def test_are_searched_by_number_customer_mail_and_item(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot(customer_name="ÅSA Öberg"))
        for word in ("870001", "åsa ö", "ana@shopper", "heavy cotton", "g500"):
            found = await intake.rows("SELECT * FROM search_orders(:word, NULL, 10)", word=word)
            assert len(found) == 1, word


class TestTheFiguresOfAStore:
    async def test_agree_with_its_orders_through_a_whole_life(self, intake: Intake) -> None:
        approved = make_snapshot(external_id="2", approval_required=True, approved_at=PLACED)
        for step in (
            intake.listed(make_summary(), make_summary(external_id="2"), make_summary(external_id="3")),
            intake.read(make_snapshot(), make_snapshot(external_id="2", approval_required=True)),
            intake.read(approved),
            intake.listed(make_summary()),
            intake.read(make_snapshot(items=(make_item(quantity=11),))),
            intake.listed(make_summary(external_id="3", origin="proposal")),
            intake.read(make_snapshot(external_id="3", money=replace(make_snapshot().money, total_amount=0))),
            intake.listed(make_summary(external_id="2", status="cancelled")),
        ):
            await step
            told = await intake.rows(
                "SELECT origin, is_free, sum(orders), sum(open_orders), sum(open_pieces), sum(open_amount) "
                "FROM store_counter_delta GROUP BY 1, 2 HAVING sum(orders) <> 0 ORDER BY 1, 2"
            )
            real = await intake.rows(
                "SELECT origin, total_amount = 0, count(*), count(*) FILTER (WHERE open), "
                "coalesce(sum(piece_count) FILTER (WHERE open), 0), "
                "coalesce(sum(total_amount) FILTER (WHERE open), 0) FROM store_order GROUP BY 1, 2 ORDER BY 1, 2"
            )
            assert [tuple(row) for row in told] == [tuple(row) for row in real]


@pytest.mark.rule("Y3")
class TestADeletedOrder:
    async def remove(self, intake: Intake) -> int:
        async with intake.database.transaction(intake.workspace_id) as session:
            (order,) = await intake.rows("SELECT id FROM store_order")
            removed = await remove_orders(session, intake.workspace_id, [order.id], now=datetime.now(UTC))
        return len(removed)

    async def test_counts_as_cancelled_and_is_told_once(self, intake: Intake) -> None:
        await intake.listed(make_summary())
        await intake.read(make_snapshot())
        assert [await self.remove(intake), await self.remove(intake)] == [1, 0]
        row = await intake.order()
        assert (row.open, row.status, row.detail_due) == (False, "cancelled", False)
        assert [name for name, _ in await intake.events()] == ["order.received", "order.removed"]
        (told,) = await intake.rows("SELECT sum(open_orders) AS open FROM store_counter_delta")
        assert told.open == 0

    async def test_comes_back_whole_when_it_is_listed_again(self, intake: Intake) -> None:
        order = make_snapshot()
        await intake.listed(make_summary())
        await intake.read(order)
        before = await intake.order()
        await self.remove(intake)
        done = await intake.listed(make_summary())
        assert list(done.different) == [before.id]
        await intake.read(order)
        after = await intake.order()
        assert (after.open, after.cancelled, after.removed_at) == (True, False, None)
        assert after.content_hash == before.content_hash
        (told,) = await intake.rows("SELECT sum(open_orders) AS open FROM store_counter_delta")
        assert told.open == 1
