"""The seeds: volumes, mixes, shapes, and money that adds up on every order, on the wire."""

import time
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from api.sandbox.anchor import SEED_NUMBER, Anchor
from api.sandbox.inksoft.seed.build import build_world
from api.sandbox.inksoft.seed.calendar import MONTHS
from api.sandbox.inksoft.switches import SWITCHES
from api.sandbox.inksoft.wire.detail import detail
from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.wire.summary import summary
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.world import World
from api.sandbox.switches import Switches
from tests.sandbox.conftest import StartSandbox
from tests.sandbox.inksoft_shop import Shop

NORTHSIDE, HARBOR, MAPLE = 41001, 41002, 41004
AT = datetime(2030, 4, 1, 12, tzinfo=UTC)

SHAPES = """
    one_piece four_hundred_pieces all_24_sizes upcharges size_synonyms unknown_sizes front_and_back three_sides
    embroidered odd_print_method two_decoration_sets edited_to_zero blank_goods blank_and_printed cards_not_made
    custom_line_items only_custom_line_items personalized_200 names_and_numbers charged_extras purchasing_differs
    zero_total fully_discounted coupon quantity_discount staff_discount partial_refund full_refund refund_due
    tax_exempt taxed_shipping not_paid purchase_order partially_paid gift_certificate process_and_fee
    pending_approval pending_approval_too approved_later proposal_without_store proposal_in_store staff_invoice
    embedded_designer no_email ship_abroad hostile_texts cancelled cancelled_not_refunded shipped picked_up
    waiting_for_pickup late_order_in_closed_store stores_with_one_name same_number_in_two_stores store_without_orders
"""


@cache
def built(seed: str) -> World:
    """A world to look at, never to change."""
    return build(seed)


def build(seed: str) -> World:
    return build_world(Anchor(seed, SEED_NUMBER, AT), Switches(SWITCHES))


@pytest.fixture(scope="module")
def demo() -> World:
    return built("demo")


def every_order(world: World) -> list[Order]:
    return [order for orders in world.orders.values() for order in orders]


def cents(amount: float) -> int:
    return int(Decimal(repr(amount)) * 100)


def adds_up(order: dict[str, Any]) -> bool:
    """The sandbox's own rule, computed again from the wire form alone."""
    items = [line for line in order["Items"] if line["ItemTotal"] is not None]
    goods = sum(cents(line["ItemTotal"]) for line in items)
    custom = sum(cents(line["UnitPrice"]) * line["Quantity"] for line in order["CustomLineItems"])
    changes: Counter[str] = Counter()
    for change in order["TotalAdjustments"]:
        changes[change["Type"]] += cents(change["Amount"])
    total = (
        goods + custom - cents(order["TotalDiscount"]) + cents(order["ShippingAmount"]) + cents(order["TaxAmount"])
        + cents(order["ProcessAmount"]) + changes["Fee"] - changes["Discount"]
    )  # fmt: skip
    paid = sum(cents(payment["Amount"]) for payment in order["Payments"])
    due = cents(order["TotalAmount"]) - changes["Refund"] - paid
    return (
        cents(order["RetailAmount"]) == goods + custom
        and cents(order["TotalAmount"]) == total
        and cents(order["AmountDue"]) == due
    )


@pytest.mark.parametrize("seed", ["demo", "tests"])
class TestEverySeed:
    def test_has_every_shape(self, seed: str) -> None:
        assert set(built(seed).shapes) == set(SHAPES.split())

    def test_adds_up_on_the_wire_to_the_cent(self, seed: str) -> None:
        world = built(seed)
        pen = Pen.of(world.switches)
        wrong = [o.id for o in every_order(world) if not adds_up(detail(world, o, pen, with_cards=False))]
        assert wrong == []

    def test_is_the_same_world_each_time(self, seed: str) -> None:
        one, other = built(seed), build(seed)
        assert one.orders == other.orders
        assert one.stores == other.stores

    def test_shows_a_person_of_one_account_in_no_other(self, seed: str) -> None:
        world = built(seed)
        owners: dict[str, set[int]] = {}
        for order in every_order(world):
            owners.setdefault(order.person.email, set()).add(order.publisher_id)
        assert all(len(accounts) == 1 for accounts in owners.values())

    def test_has_no_date_in_the_future_and_none_before_its_store(self, seed: str) -> None:
        world = built(seed)
        for order in every_order(world):
            assert world.store_of(order).created_at < order.created_at <= order.modified_at <= AT
            assert all(shipment.at <= AT for shipment in order.shipments)
            assert order.approved_at is None or order.created_at <= order.approved_at <= AT

    def test_counts_front_and_back_over_the_same_rows(self, seed: str) -> None:
        world, pen = built(seed), Pen(0, offset=False, percent=False)
        for order in every_order(world)[:400]:
            row = summary(world, order, pen, with_cards=True)
            assert len(row["ProductionCards"]) == row["ProductionCardCount"]
            for card in row["ProductionCards"]:
                assert sum(item["Quantity"] for item in card["Items"]) == card["Quantity"]


class TestTheDemo:
    def test_has_the_volume_of_a_medium_shop(self, demo: World) -> None:
        orders = demo.orders[NORTHSIDE]
        stores = Counter(order.store_id for order in orders)
        assert 95 <= len(demo.stores_of(NORTHSIDE)) <= 105
        assert 11_900 <= len(orders) <= 12_100
        assert 38_000 <= sum(len(order.rows()) for order in orders) <= 42_000
        assert stores.most_common(1)[0][1] == 700
        assert max(Counter(order.created_at.date() for order in orders).values()) <= 330
        assert (len(demo.stores_of(HARBOR)), len(demo.orders[HARBOR])) == (5, 60)

    def test_has_the_size_mix_of_the_trade(self, demo: World) -> None:
        names = {"XXL": "2XL", "XXXL": "3XL"}
        sizes: Counter[str] = Counter()
        for order in demo.orders[NORTHSIDE]:
            for row in order.rows():
                sizes[names.get(row.size, row.size)] += row.quantity
        adult = {size: sizes[size] for size in ("S", "M", "L", "XL", "2XL", "3XL")}
        shares = {size: 100 * count / sum(adult.values()) for size, count in adult.items()}
        for size, share in {"S": 15, "M": 25, "L": 25, "XL": 20, "2XL": 10, "3XL": 5}.items():
            assert abs(shares[size] - share) < 1.5, shares

    def test_has_the_year_of_a_spirit_wear_shop(self, demo: World) -> None:
        """A whole year back from the anchor, without the rush of the busy store, against the mix by month."""
        busy = max(Counter(o.store_id for o in demo.orders[NORTHSIDE]).items(), key=lambda pair: pair[1])[0]
        dates = [o.created_at for o in demo.orders[NORTHSIDE] if o.store_id != busy and o.id >= 880_001]
        months = Counter(
            date.month
            for date in dates
            if datetime(2029, 4, 1, tzinfo=UTC) <= date < datetime(2030, 4, 1, tzinfo=UTC)
        )
        shares = [100 * months[month] / sum(months.values()) for month in range(1, 13)]
        assert all(abs(share - wanted) < 1.5 for share, wanted in zip(shares, MONTHS, strict=True)), shares

    def test_raises_prices_by_size(self, demo: World) -> None:
        for order in demo.orders[NORTHSIDE][:2000]:
            for item in order.items:
                prices = {row.size: row.unit_price for row in item.rows}
                if {"M", "2XL"} <= prices.keys():
                    assert prices["2XL"] - prices["M"] == 200
                if {"L", "3XL"} <= prices.keys():
                    assert prices["3XL"] - prices["L"] == 300

    def test_has_every_state_of_an_order(self, demo: World) -> None:
        orders = demo.orders[NORTHSIDE]
        assert {order.status for order in orders} == {"Canceled", "Processing", "Fulfilled", "Shipped"}
        assert len({order.production_status for order in orders}) == 6
        assert {o.totals.payment_status for o in orders} == {
            "Paid",
            "NotPaid",
            "PartiallyPaid",
            "RefundDue",
            "Refunded",
        }
        assert sum(order.pending for order in orders) > 20

    def test_is_made_within_four_seconds(self) -> None:
        began = time.process_time()
        build("demo")
        assert time.process_time() - began < 4

    def test_runs_within_400_megabytes_when_read_in_large_pages(self, start_sandbox: StartSandbox) -> None:
        sandbox = start_sandbox("inksoft", "--limit-scale", "0.01", seed="demo")
        with Shop(sandbox.url) as shop:
            shop.switch(max_results=1000)
            for index in range(0, 3000, 1000):
                page = shop.data(
                    "GetOrderSummaries", Index=index, MaxResults=1000, IncludeProductionCards=True
                )
                assert len(page) == 1000
        status = Path(f"/proc/{sandbox.process.pid}/status").read_text(encoding="utf-8")
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        assert peak < 400 * 1024


class TestTheTestsSeed:
    def test_is_small_and_keeps_its_numbers(self) -> None:
        world = build("tests")
        counts = {
            account: (len(world.stores_of(account)), len(world.orders[account]))
            for account in (NORTHSIDE, HARBOR, MAPLE)
        }
        assert counts == {NORTHSIDE: (12, 122), HARBOR: (2, 10), MAPLE: (1, 2)}
        assert world.shapes["one_piece"][0]["order"] == 870_001
        assert world.shapes == built("demo").shapes


class TestTheEmptySeed:
    def test_has_accounts_and_main_stores_only(self) -> None:
        world = build("empty")
        assert [store.uri for store in world.stores.values()] == [
            "northside_main",
            "harbor_main",
            "smalltown_main",
            "maple_main",
        ]
        assert every_order(world) == []
