"""Listing and reading orders through the port, against the sandbox's own truth over HTTP."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.connectors.inksoft.mapping.money import residual
from api.connectors.store_platform import OrderSnapshot, SummaryQuery
from tests.connectors.inksoft_desk import HARBOR, Facts, InkSoftDesk


def numbers(rows: Iterable[Any]) -> list[str]:
    return [row.external_id for row in rows]


def by_store(facts: list[Facts]) -> dict[tuple[str, str | None], Facts]:
    return {(str(each["order"]), str(each["store_id"]) if each["store_id"] else None): each for each in facts}


class TestTheList:
    @pytest.mark.rule("O1", "I9")
    @pytest.mark.parametrize("cap", [1000, 100, 7, 1])
    async def test_walked_whatever_the_cap_has_every_order_once(self, inksoft: InkSoftDesk, cap: int) -> None:
        inksoft.switch(max_results=cap)
        rows = await inksoft.walk(SummaryQuery(limit=100))
        truth = by_store([each for each in inksoft.all_facts() if not each["pending"]])
        assert sorted((row.external_id, row.store_external_id) for row in rows) == sorted(truth, key=str)
        assert len(rows) == len(truth)

    async def test_costs_one_call_a_page(self, inksoft: InkSoftDesk) -> None:
        rows = await inksoft.walk(SummaryQuery(limit=25))
        assert inksoft.calls() == {"GetOrderSummaries": -(-len(rows) // 25)}

    async def test_agrees_with_the_vendor_on_every_row(self, inksoft: InkSoftDesk) -> None:
        truth = by_store(inksoft.all_facts())
        for row in await inksoft.walk():
            facts = truth[row.external_id, row.store_external_id]
            assert (row.total_amount, row.due_amount) == (facts["total_cents"], facts["due_cents"])
            assert row.placed_at == datetime.fromisoformat(facts["created_at"]).replace(microsecond=0)
            assert (row.status == "cancelled") is facts["cancelled"]
            assert row.payment_status.replace("_", "") == facts["payment_status"].lower()
            assert row.email == (facts["email"] or None)

    @pytest.mark.rule("S3")
    async def test_shows_all_origins_and_the_proposal_without_a_store(self, inksoft: InkSoftDesk) -> None:
        rows = {row.external_id: row for row in await inksoft.walk()}
        origins = {
            shape: rows[inksoft.shape(shape)[0]].origin
            for shape in ("proposal_without_store", "proposal_in_store", "staff_invoice", "embedded_designer")
        }
        assert list(origins.values()) == ["proposal", "proposal", "staff", "store"]
        assert rows[inksoft.shape("proposal_without_store")[0]].store_external_id is None

    @pytest.mark.rule("S4")
    @pytest.mark.parametrize("visible", [True, False])
    async def test_may_or_may_not_show_orders_that_wait_for_approval(
        self, inksoft: InkSoftDesk, visible: bool
    ) -> None:
        inksoft.switch(pending_in_summaries=visible)
        number, _ = inksoft.shape("pending_approval")
        assert (number in numbers(await inksoft.walk())) is visible

    async def test_of_an_account_without_orders_ends_at_once(self, inksoft: InkSoftDesk) -> None:
        page = await inksoft.platform.list_summaries(
            HARBOR, SummaryQuery(created_since=datetime(2999, 1, 1, tzinfo=UTC))
        )
        assert (page.rows, page.total, page.next_offset) == ((), 0, None)


CLOCKS: list[dict[str, Any]] = [
    {},
    {"dates": "with_offset"},
    {"dates": "with_offset", "server_utc_offset_hours": -5.0},
    {"server_utc_offset_hours": -5.0, "utc_offset_hours": "javascript"},
    {"server_utc_offset_hours": 5.5, "range_offsets": "ignored"},
]


class TestTime:
    @pytest.mark.rule("L7")
    @pytest.mark.parametrize("clock", CLOCKS, ids=str)
    async def test_of_a_change_finds_the_change_whatever_the_server_thinks_of_offsets(
        self, inksoft: InkSoftDesk, clock: dict[str, Any]
    ) -> None:
        inksoft.switch(**clock)
        number, _ = inksoft.shape("one_piece")
        since = datetime.now(UTC).replace(microsecond=0)
        inksoft.act("set_production_status", order=int(number), production_status="Scheduled")
        assert numbers(await inksoft.walk(SummaryQuery(modified_since=since))) == [number]
        assert numbers(await inksoft.walk(SummaryQuery(modified_since=since + timedelta(hours=1)))) == []

    @pytest.mark.rule("L7")
    @pytest.mark.parametrize("clock", CLOCKS, ids=str)
    async def test_of_placing_is_the_instant_it_was(
        self, inksoft: InkSoftDesk, clock: dict[str, Any]
    ) -> None:
        inksoft.switch(**clock)
        hours = clock.get("server_utc_offset_hours", 0.0)
        inksoft.credentials = replace(inksoft.credentials, utc_offset=timedelta(hours=hours))
        truth = by_store(inksoft.all_facts())
        (order,) = await inksoft.read("approved_later")
        row = next(row for row in await inksoft.walk() if row.external_id == order.external_id)
        facts = truth[order.external_id, order.store_external_id]
        created = datetime.fromisoformat(facts["created_at"]).replace(microsecond=0)
        assert (row.placed_at, order.placed_at) == (created, created)
        assert order.approved_at == created + timedelta(hours=2)

    async def test_of_placing_bounds_the_list(self, inksoft: InkSoftDesk) -> None:
        rows = await inksoft.walk()
        middle = sorted(row.placed_at for row in rows)[len(rows) // 2]
        expected = [row.external_id for row in rows if row.placed_at >= middle]
        assert numbers(await inksoft.walk(SummaryQuery(created_since=middle))) == expected


class TestEveryOrder:
    @pytest.mark.rule("I15")
    async def test_has_the_pieces_and_the_money_that_the_vendor_has(self, inksoft: InkSoftDesk) -> None:
        truth = inksoft.all_facts()
        assert len(truth) > 100
        read: list[OrderSnapshot] = []
        for start in range(0, len(truth), 50):
            wanted = [(str(each["order"]), each["email"] or None) for each in truth[start : start + 50]]
            read += await inksoft.platform.get_orders(inksoft.credentials, wanted)
        # Twins come with each batch that asks for their number.
        orders = {(order.external_id, order.store_external_id): order for order in read}
        assert orders.keys() == by_store(truth).keys()
        for key, facts in by_store(truth).items():
            order = orders[key]
            assert sum(item.quantity for item in order.items if item.kind == "product") == facts["pieces"]
            assert order.money.total_amount == facts["total_cents"]
            assert order.money.due_amount == facts["due_cents"]
            assert order.money.refunded_amount == facts["refunded_cents"]
            assert residual(order.money) == 0
            paid_now = order.money.collected_amount - order.money.refunded_amount
            assert order.money.total_amount - order.money.refunded_amount - paid_now == order.money.due_amount
            assert (order.approval_required and order.approved_at is None) is facts["pending"]

    async def test_in_a_batch_of_fifty_costs_one_call(self, inksoft: InkSoftDesk) -> None:
        rows = await inksoft.walk()
        inksoft.calls()
        found = await inksoft.platform.get_orders(
            inksoft.credentials, [(row.external_id, row.email) for row in rows[-50:]]
        )
        assert len(found) == 50
        assert inksoft.calls() == {"GetOrderPackage": 1}

    async def test_is_asked_for_at_most_fifty_at_a_time(self, inksoft: InkSoftDesk) -> None:
        with pytest.raises(ValueError, match="at most 50"):
            await inksoft.platform.get_orders(inksoft.credentials, [(str(n), None) for n in range(51)])

    async def test_of_none_costs_no_call(self, inksoft: InkSoftDesk) -> None:
        assert await inksoft.platform.get_orders(inksoft.credentials, []) == []
        assert inksoft.calls() == {}


class TestAnOrder:
    async def test_printed_on_both_sides_counts_its_pieces_once(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("front_and_back")
        assert [(item.size, item.quantity) for item in order.items] == [("S", 2), ("L", 3)]
        assert [len(item.decorations) for item in order.items] == [2, 2]

    @pytest.mark.rule("B2")
    async def test_keeps_the_purchasing_texts_of_both_sides(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("purchasing_differs")
        assert [item.purchasing for item in order.items] == [
            ("Received", "Ordered"), ("waiting for Bob",), (),
        ]  # fmt: skip

    async def test_with_two_hundred_names_keeps_every_one(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("personalized_200")
        names = [name for item in order.items for name in item.personalizations]
        assert sum(name.quantity for name in names) == 200
        assert len({name.name for name in names}) > 10

    @pytest.mark.parametrize("form", ["one_per_size", "one_per_name"])
    async def test_with_names_reads_the_same_however_its_cards_are_cut(
        self, inksoft: InkSoftDesk, form: str
    ) -> None:
        inksoft.switch(card_items=form)
        (item,) = (await inksoft.read_one("names_and_numbers")).items
        assert item.quantity == 3
        assert [(name.name, name.number, name.quantity, name.values) for name in item.personalizations] == [
            ("REYES", "7", 2, (("Position", "Keeper"),)),
            ("OKAFOR", "12", 1, (("Position", "Keeper"),)),
        ]

    async def test_with_charged_extras_adds_up(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("charged_extras")
        (item,) = order.items
        assert item.total_amount == 2 * item.unit_price_amount + 2 * 600 + 2 * 250 + 399

    @pytest.mark.parametrize("sign", ["positive", "negative"])
    async def test_refunded_in_part_was_paid_in_full_before(self, inksoft: InkSoftDesk, sign: str) -> None:
        inksoft.switch(refund_adjustments=sign)
        order = await inksoft.read_one("partial_refund")
        assert order.money.refunded_amount == 600
        assert order.money.collected_amount == order.money.total_amount
        assert [(each.kind, each.amount) for each in order.adjustments] == [("refund", 600)]

    async def test_paid_twice_and_given_back_once_was_never_refunded(self, inksoft: InkSoftDesk) -> None:
        overpaid = await inksoft.read_one("refund_due")
        assert overpaid.money.due_amount < 0
        inksoft.act("refund", order=int(overpaid.external_id), amount_cents=-overpaid.money.due_amount)
        money = (await inksoft.read_one("refund_due")).money
        assert (money.refunded_amount, money.due_amount) == (0, 0)
        assert (money.collected_amount, money.total_amount) == (overpaid.money.total_amount,) * 2

    @pytest.mark.rule("I15")
    async def test_that_the_vendor_itself_adds_up_wrongly_shows_by_how_much(
        self, inksoft: InkSoftDesk
    ) -> None:
        before = await inksoft.read_one("upcharges")
        inksoft.act("misprice", order=int(before.external_id), cents=-77)
        after = await inksoft.read_one("upcharges")
        assert (residual(before.money), residual(after.money)) == (0, -77)

    @pytest.mark.parametrize("form", ["fraction", "percent"])
    async def test_is_taxed_by_what_it_collected(self, inksoft: InkSoftDesk, form: str) -> None:
        inksoft.switch(tax_rate=form)
        exempt, taxed = await inksoft.read("tax_exempt", "taxed_shipping")
        assert not any(item.taxed for item in exempt.items)
        assert all(item.taxed for item in taxed.items)
        assert (exempt.money.tax_amount, residual(taxed.money)) == (0, 0)

    async def test_without_cards_takes_names_from_the_catalogue(self, inksoft: InkSoftDesk) -> None:
        blank, waiting = await inksoft.read("blank_goods", "cards_not_made")
        assert [(item.item_number, item.size, item.decorations) for item in blank.items] == [
            ("BG090", "One Size", ()),
        ]  # fmt: skip
        assert [(item.item_number, item.size) for item in waiting.items] == [("MC100", "M"), ("MC100", "2XL")]
        assert all(item.color for item in (*blank.items, *waiting.items))
        assert [side.location for side in waiting.items[0].decorations] == ["front"]
        assert inksoft.calls()["GetProduct"] == 2

    async def test_asks_the_catalogue_once_for_each_product_of_a_batch(self, inksoft: InkSoftDesk) -> None:
        await inksoft.read("blank_goods", "blank_and_printed")
        assert inksoft.calls() == {"GetOrderPackage": 1, "GetProduct": 1}

    async def test_of_free_lines_only_is_an_order(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("only_custom_line_items")
        assert [(item.kind, item.name, item.quantity, item.total_amount) for item in order.items] == [
            ("custom", "Trophy plate", 12, 7800),
        ]  # fmt: skip

    @pytest.mark.rule("S3")
    async def test_from_a_proposal_may_have_no_store(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("proposal_without_store")
        assert (order.origin, order.proposal_id, order.store_external_id) == ("proposal", "5501", None)

    async def test_number_used_in_two_stores_is_two_orders(self, inksoft: InkSoftDesk) -> None:
        number, email = inksoft.shape_of_twin()
        found = await inksoft.platform.get_orders(inksoft.credentials, [(number, email)])
        assert {order.external_id for order in found} == {number}
        assert len({order.store_external_id for order in found}) == 2

    async def test_with_hostile_texts_is_carried_as_text(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("hostile_texts")
        assert order.customer_name.startswith("<script>alert(1)</script>")
        assert order.notes.startswith("=HYPERLINK(")


class TestAPackageThatSaysLittle:
    @pytest.mark.parametrize("answer", ["refuse", "leave_out"])
    async def test_for_an_id_that_is_gone_still_gives_the_others(
        self, inksoft: InkSoftDesk, answer: str
    ) -> None:
        inksoft.switch(package_unknown_ids=answer)
        there = [inksoft.shape(name) for name in ("one_piece", "upcharges", "embroidered")]
        found = await inksoft.platform.get_orders(inksoft.credentials, [there[0], ("1", None), *there[1:]])
        assert numbers(found) == [number for number, _ in there]

    async def test_of_its_orders_is_made_up_for_by_email(self, inksoft: InkSoftDesk) -> None:
        full = await inksoft.read("one_piece", "front_and_back")
        inksoft.switch(package_fields="thin")
        assert await inksoft.read("one_piece", "front_and_back") == full

    async def test_leaves_out_an_order_without_email(self, inksoft: InkSoftDesk) -> None:
        inksoft.switch(package_fields="thin")
        (found,) = await inksoft.read("no_email", "one_piece")
        assert found.external_id == inksoft.shape("one_piece")[0]

    async def test_of_cards_is_made_up_for_by_email(self, inksoft: InkSoftDesk) -> None:
        full = await inksoft.read("one_piece", "front_and_back", "blank_goods")
        inksoft.switch(package_cards="never")
        assert await inksoft.read("one_piece", "front_and_back", "blank_goods") == full

    async def test_with_a_wrong_email_is_not_made_up_for(self, inksoft: InkSoftDesk) -> None:
        inksoft.switch(package_fields="thin")
        one, (two, _) = inksoft.shape("one_piece"), inksoft.shape("front_and_back")
        wanted = [one, (two, "somebody.else@shopper.example")]
        assert numbers(await inksoft.platform.get_orders(inksoft.credentials, wanted)) == [one[0]]


ACTS: list[tuple[str, dict[str, Any]]] = [
    ("set_production_status", {"production_status": "Scheduled"}),
    ("cancel", {}),
    ("change_email", {"email": "new@shopper.example"}),
    ("change_address", {"street": "1 New Rd", "city": "Boise"}),
    ("write_notes", {"notes": "Leave at the door"}),
    ("edit_quantity", {"row": ..., "quantity": 7}),
    ("remove_item", {"row": ...}),
    ("change_price", {"row": ..., "unit_price_cents": 1}),
    ("set_names", {"row": ..., "names": [{"name": "REYES"}]}),
    ("set_purchasing", {"row": ..., "text": "Ordered", "side": "back"}),
    ("refund", {"amount_cents": 500}),
    ("require_approval", {}),
]


class TestTheContentHash:
    async def test_is_the_same_when_nothing_happened(self, inksoft: InkSoftDesk) -> None:
        first, second = await inksoft.read_one("front_and_back"), await inksoft.read_one("front_and_back")
        assert first == second

    @pytest.mark.parametrize(
        "switches",
        [
            {"dates": "with_offset", "server_utc_offset_hours": -5.0},
            {"package_fields": "thin"},
            {"package_cards": "never"},
            {"card_design_fields": "present"},
            {"gift_certificates_key": "GiftCertificates"},
        ],
        ids=str,
    )
    async def test_does_not_depend_on_how_the_vendor_tells_it(
        self, inksoft: InkSoftDesk, switches: dict[str, Any]
    ) -> None:
        before = await inksoft.read_one("front_and_back")
        inksoft.switch(**switches)
        assert (await inksoft.read_one("front_and_back")).content_hash == before.content_hash

    @pytest.mark.rule("I9")
    @pytest.mark.parametrize("moves", ["every_edit", "never"])
    @pytest.mark.parametrize(("act", "arguments"), ACTS, ids=[act for act, _ in ACTS])
    async def test_differs_after_everything_a_person_does(
        self, inksoft: InkSoftDesk, moves: str, act: str, arguments: dict[str, Any]
    ) -> None:
        inksoft.switch(modified_date=moves)
        before = await inksoft.read_one("front_and_back")
        row = int(before.items[0].external_id)
        filled = {name: row if value is ... else value for name, value in arguments.items()}
        inksoft.act(act, order=int(before.external_id), **filled)
        assert (await inksoft.read_one("front_and_back")).content_hash != before.content_hash

    @pytest.mark.rule("S4")
    async def test_differs_after_approval(self, inksoft: InkSoftDesk) -> None:
        before = await inksoft.read_one("pending_approval")
        inksoft.act("approve", order=int(before.external_id))
        after = await inksoft.read_one("pending_approval")
        assert (before.approved_at, after.approved_at is not None) == (None, True)
        assert after.content_hash != before.content_hash


class TestTheFingerprint:
    async def test_with_cards_sees_purchasing_that_the_thin_row_hides(self, inksoft: InkSoftDesk) -> None:
        order = await inksoft.read_one("front_and_back")

        async def fingerprint(*, with_cards: bool) -> str:
            rows = await inksoft.walk(SummaryQuery(with_cards=with_cards))
            return next(row.fingerprint for row in rows if row.external_id == order.external_id)

        thin, full = await fingerprint(with_cards=False), await fingerprint(with_cards=True)
        row = int(order.items[0].external_id)
        inksoft.act("set_purchasing", order=int(order.external_id), row=row, text="Ordered")
        assert await fingerprint(with_cards=False) == thin
        assert await fingerprint(with_cards=True) != full
