"""What a shop chose, through the whole path: preview, attaching, the push, and Printavo's books to the cent."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from api.connectors.store_platform import OrderSnapshot, Personalization
from tests.make.pushing import CHEST, Facts, PushDesk, assert_exact, make_order, make_tees
from tests.make.tabs import choose, choose_contact
from tests.make.texts import without_marks

LINE = ("item_number", "price_cents", "taxed", "sizes")


async def through(desk: PushDesk, *orders: OrderSnapshot) -> tuple[Facts, Facts]:
    """Preview, a new invoice, its push: the invoice as Platen shows it, and the record in the books, which are equal."""
    ids = await desk.take_in(*orders)
    await desk.choose_contact()
    preview = await desk.browser.send("POST", "/v1/invoice-previews", {"order_ids": ids})
    assert preview.status_code == 200, preview.text
    made = await desk.invoice(ids)
    assert without_marks(preview.json()["content"]) == without_marks(made["content"])
    await desk.push()
    (record,) = await desk.records()
    shown = await desk.show(made)
    assert (shown["push_state"], shown["content"]["proof"]["is_balanced"]) == ("in_printavo", True)
    return shown, record


def lines(record: Facts) -> list[Facts]:
    return [line for group in record["groups"] for line in group["lines"]]


def fees(record: Facts) -> list[tuple[str, int]]:
    """Without their markers."""
    return [(fee["description"].partition(" · ref")[0], fee["amount_cents"]) for fee in record["fees"]]


@pytest.mark.rule("T3")
class TestANewInvoice:
    async def test_is_named_by_the_pattern(self, desk: PushDesk) -> None:
        await choose(desk.browser, nickname_pattern="{date}: {store}")
        shown, record = await through(desk, make_order(1))
        today = await _today(desk)
        assert record["nickname"] == shown["nickname"] == f"{today.isoformat()}: Shapes Test Shop"

    async def test_is_due_as_many_days_later_as_chosen(self, desk: PushDesk) -> None:
        """Counted in the shop's own days."""
        await choose(desk.browser, customer_due_days=21, production_due_days=3)
        _, record = await through(desk, make_order(1))
        today = await _today(desk)
        dates = {name: date.fromisoformat(moment[:10]) for name, moment in record["dates"].items() if moment}
        assert dates["customer_due_at"] == today + timedelta(days=21)
        assert dates["due_at"] == today + timedelta(days=3)

    async def test_goes_to_the_status_that_was_chosen(self, desk: PushDesk) -> None:
        chosen = await desk.choose_status()
        shown, record = await through(desk, make_order(1))
        assert (record["status"]["id"], shown["status_name"]) == (chosen["id"], chosen["name"])

    async def test_is_made_out_to_the_contact_of_its_store(self, desk: PushDesk) -> None:
        (order_id,) = await desk.take_in(make_order(1))
        refused = await desk.browser.effect("POST", "/v1/invoices", {"order_ids": [order_id]})
        assert (refused.status_code, refused.json()["code"]) == (409, "contact_required")
        assert (refused.json()["store_id"], refused.json()["store_name"]) == (
            desk.store_id, "Shapes Test Shop",
        )  # fmt: skip
        contact = (await desk.books(f"/state/accounts/{await desk.account()}"))["contacts"][1]
        await choose_contact(desk.browser, refused.json()["store_id"], contact["id"], contact["name"])
        await desk.invoice([order_id])
        await desk.push()
        (record,) = await desk.records()
        assert record["contact_id"] == contact["id"]

    async def test_names_orders_with_the_prefix(self, desk: PushDesk) -> None:
        await choose(desk.browser, order_number_prefix="WEB-")
        named = make_tees(1, style="G500", personalizations=(Personalization("Zoë", "7"),))
        _, record = await through(desk, make_order(1, items=[named]))
        assert "(WEB-1)" in lines(record)[0]["description"]
        assert fees(record)[0] == ("Shipping (WEB-1 5.00)", 500)


@pytest.mark.rule("T4")
class TestGrouping:
    @pytest.mark.parametrize(
        ("grouping", "groups"),
        [
            ("decoration", ["G1 G2", "G3"]),
            ("product", ["G1", "G2", "G3"]),
            ("order", ["G1", "G1 G2", "G3"]),
        ],
    )
    async def test_makes_the_groups_that_were_chosen(
        self, desk: PushDesk, grouping: str, groups: list[str]
    ) -> None:
        await choose(desk.browser, grouping=grouping)
        orders = [
            make_order(1, items=[make_tees(1, style="G1"), make_tees(1, style="G2")]),
            make_order(2, items=[make_tees(2, style="G1"), make_tees(2, style="G3", decorations=(CHEST,))]),
        ]
        shown, record = await through(desk, *orders)
        found = [" ".join(line["item_number"] for line in group["lines"]) for group in record["groups"]]
        assert sorted(found) == groups
        assert_exact(record, orders)
        assert shown["differences"] == []


@pytest.mark.rule("T4")
class TestPersonalization:
    ITEM = make_tees(1, style="G500", personalizations=(Personalization("Zoë", "7"),))

    async def test_stands_on_the_line(self, desk: PushDesk) -> None:
        _, record = await through(desk, make_order(1, items=[self.ITEM]))
        assert "M Zoë #7 (1)" in lines(record)[0]["description"]

    async def test_stands_on_the_list_only_when_that_was_chosen(self, desk: PushDesk) -> None:
        await choose(desk.browser, personalization="list")
        shown, record = await through(desk, make_order(1, items=[self.ITEM]))
        assert "Zoë" not in lines(record)[0]["description"]
        (named,) = shown["content"]["groups"][0]["lines"][0]["personalizations"]
        assert (named["name"], named["number"]) == ("Zoë", "7")


@pytest.mark.rule("T5")
class TestMoney:
    ORDERS = (
        make_order(1, items=[make_tees(1, style="G500", taxed=True), make_tees(1, style="G9", taxed=False)]),
        make_order(2, items=[make_tees(2, style="G500", taxed=True)], discount_amount=200),
    )

    async def test_tax_that_was_collected_is_carried(self, desk: PushDesk) -> None:
        shown, record = await through(desk, *self.ORDERS)
        assert ("Sales tax collected (1 1.20, 2 1.20)", 240) in fees(record)
        assert (record["sales_tax_percent"], record["totals"]["tax_cents"]) == (0, 0)
        assert not any(line["taxed"] for line in lines(record))
        assert_exact(record, self.ORDERS)
        assert shown["differences"] == []

    async def test_tax_is_computed_by_printavo_when_that_was_chosen(self, desk: PushDesk) -> None:
        """At the rate at which it was collected the books come to the same: 6 percent of $20.00."""
        await desk.person("set_sales_tax", account_id=await desk.account(), percent=6)
        await choose(desk.browser, tax="recompute")
        order = make_order(1, items=[make_tees(1, style="G500", taxed=True)], tax_amount=120)
        shown, record = await through(desk, order)
        assert fees(record) == [("Shipping (1 5.00)", 500)]
        assert [line["taxed"] for line in lines(record)] == [True]
        assert record["totals"]["tax_cents"] == 120
        assert_exact(record, [order])
        assert (record["totals"]["outstanding_cents"], shown["differences"]) == (0, [])
        proof = shown["content"]["proof"]
        assert (proof["recomputed_tax_amount"], proof["invoice_amount"], proof["due_amount"]) == (
            120,
            2500,
            0,
        )

    async def test_tax_of_another_rate_is_shown_as_the_difference_that_it_is(self, desk: PushDesk) -> None:
        await desk.person("set_sales_tax", account_id=await desk.account(), percent=10)
        await choose(desk.browser, tax="recompute")
        shown, record = await through(desk, make_order(1, items=[make_tees(1, style="G500", taxed=True)]))
        assert record["totals"]["tax_cents"] == 200
        assert [(d["field"], d["wanted"], d["remote"]) for d in shown["differences"]] == [
            ("sales_tax_amount", 120, 200)
        ]

    async def test_shipping_is_a_fee_for_each_order_when_that_was_chosen(self, desk: PushDesk) -> None:
        await choose(desk.browser, shipping="fee_per_order")
        shown, record = await through(desk, *self.ORDERS)
        assert [fee for fee in fees(record) if fee[0].startswith("Shipping")] == [
            ("Shipping (1 5.00)", 500),
            ("Shipping (2 5.00)", 500),
        ]
        assert_exact(record, self.ORDERS)
        more = make_order(3)
        await desk.attach(shown, await desk.take_in(more))
        await desk.push()
        (record,) = await desk.records()
        assert len([fee for fee in fees(record) if fee[0].startswith("Shipping")]) == 3
        assert_exact(record, [*self.ORDERS, more])
        assert (await desk.show(shown))["differences"] == []

    async def test_a_discount_is_in_the_prices_when_that_was_chosen(self, desk: PushDesk) -> None:
        await choose(desk.browser, discount="in_prices")
        shown, record = await through(desk, *self.ORDERS)
        assert sorted(line["price_cents"] for line in lines(record)) == [1800, 2000, 2000]
        assert record["totals"]["discount_cents"] == 0
        assert_exact(record, self.ORDERS)
        assert shown["differences"] == []

    async def test_a_discount_stands_on_the_invoice_otherwise(self, desk: PushDesk) -> None:
        _, record = await through(desk, *self.ORDERS)
        assert {line["price_cents"] for line in lines(record)} == {2000}
        assert record["totals"]["discount_cents"] == 200

    async def test_payments_are_left_to_the_shop_when_that_was_chosen(self, desk: PushDesk) -> None:
        await choose(desk.browser, record_payments=False)
        shown, record = await through(desk, *self.ORDERS)
        total = sum(order.money.total_amount for order in self.ORDERS)
        assert (record["payments"], record["totals"]["outstanding_cents"]) == ([], total)
        assert (shown["content"]["proof"]["due_amount"], shown["differences"]) == (total, [])


OTHER_TERMS: dict[str, Any] = {
    "grouping": "order",
    "order_number_prefix": "NEW-",
    "personalization": "list",
    "tax": "recompute",
    "shipping": "fee_per_order",
    "discount": "in_prices",
    "record_payments": False,
}


@pytest.mark.rule("T6")
class TestAnInvoiceThatIsThere:
    async def test_keeps_the_terms_it_was_made_with(self, desk: PushDesk) -> None:
        """One more order rewrites nothing of what stands in the books; a new invoice takes the new terms."""
        named = make_tees(1, style="G500", personalizations=(Personalization("Zoë", "7"),))
        orders = [make_order(1, items=[named], discount_amount=100), make_order(2), make_order(3)]
        ids = await desk.take_in(*orders)
        await desk.choose_contact()
        first = await desk.invoice(ids[:1])
        await desk.push()
        (before,) = await desk.records()
        await choose(desk.browser, **OTHER_TERMS)
        await desk.attach(first, ids[1:2])
        await desk.push()
        (after,) = await desk.records()
        assert_exact(after, orders[:2])
        kept = {line["id"]: line["description"] for line in lines(before)}
        assert kept.items() <= {line["id"]: line["description"] for line in lines(after)}.items()
        assert len(after["groups"]) == len(before["groups"])
        assert fees(after)[0] == ("Shipping (1 5.00, 2 5.00)", 1000)
        second = await desk.invoice(ids[2:])
        assert second["content"]["payment_amount"] == 0
        assert second["content"]["fees"][0]["description"].startswith("Shipping (NEW-3 5.00)")


async def _today(desk: PushDesk) -> date:
    """The shop's own."""
    (row,) = await desk.rows("SELECT details ->> 'time_zone' AS zone FROM connection WHERE side = 'printavo'")
    return datetime.now(UTC).astimezone(ZoneInfo(row.zone)).date()
