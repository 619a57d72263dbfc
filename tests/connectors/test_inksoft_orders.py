"""Whole orders and summary rows in our words, and the hashes that say whether they changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from api.connectors.inksoft.mapping.digests import content_hash
from api.connectors.inksoft.mapping.summary import to_summary
from api.connectors.inksoft.wire.lenient import read
from api.connectors.inksoft.wire.summary import WireSummary
from api.connectors.store_platform import Address, OrderSummary
from tests.connectors.inksoft_payloads import Json, address, card, card_item, item, snapshot, summary


def row(*, offset_hours: float = 0, **changes: Any) -> OrderSummary:
    return to_summary(read(WireSummary, summary(**changes)), offset=timedelta(hours=offset_hours))


class TestASummaryRow:
    def test_is_the_order_in_short(self) -> None:
        found = row(AmountDue=Decimal("10.25"))
        assert replace(found, fingerprint="") == OrderSummary(
            external_id="880123",
            number="880123",
            store_external_id="5123",
            store_name="Falcons Shop",
            origin="store",
            status="processing",
            production_status="Open",
            payment_status="paid",
            customer_name="Dana Reyes",
            email="dana@example.test",
            placed_at=datetime(2030, 4, 1, 14, 3, 22, tzinfo=UTC),
            total_amount=6840,
            due_amount=1025,
            fingerprint="",
        )

    @pytest.mark.rule("S3")
    @pytest.mark.parametrize(
        ("changes", "origin"),
        [
            ({"OrderType": "WebOrder"}, "store"),
            ({"OrderType": "Proposals"}, "proposal"),
            ({"OrderType": "Proposal"}, "proposal"),
            ({"OrderType": "Invoice"}, "staff"),
            ({"OrderType": "weborder", "ProposalId": 5}, "store"),
            ({"OrderType": None, "ProposalId": 5}, "proposal"),
            ({"OrderType": "Something new"}, "store"),
        ],
    )
    def test_says_where_the_order_comes_from(self, changes: Json, origin: str) -> None:
        assert row(**changes).origin == origin

    @pytest.mark.rule("S3")
    @pytest.mark.parametrize("nothing", [0, None])
    def test_of_a_proposal_has_no_store(self, nothing: int | None) -> None:
        found = row(StoreId=nothing, StoreName="", OrderType="Proposals")
        assert (found.store_external_id, found.store_name) == (None, None)

    @pytest.mark.parametrize(
        ("changes", "name"),
        [
            ({"Customer": "  Dana   Reyes "}, "Dana Reyes"),
            ({"Customer": None}, "Dana Reyes"),
            ({"Customer": "", "FirstName": None, "LastName": "Reyes"}, "Reyes"),
            ({"Customer": "", "FirstName": "", "LastName": "", "CompanyName": "Falcons"}, "Falcons"),
            ({"Customer": "", "FirstName": "", "LastName": ""}, ""),
        ],
    )
    def test_names_the_customer_as_well_as_it_can(self, changes: Json, name: str) -> None:
        assert row(**changes).customer_name == name

    def test_of_a_shopper_without_email_has_none(self) -> None:
        assert row(Email="").email is None


class TestStatus:
    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"Status": "Processing"}, "processing"),
            ({"Status": "Fulfilled"}, "fulfilled"),
            ({"Status": "Shipped"}, "shipped"),
            ({"Status": "Canceled"}, "cancelled"),
            ({"Status": "Cancelled"}, "cancelled"),
            ({"Status": "Processing", "Cancelled": True}, "cancelled"),
            ({"Status": "Shipped", "Cancelled": True}, "cancelled"),
            ({"Status": "Canceled", "Cancelled": False}, "cancelled"),
            ({"Status": "On Hold"}, "processing"),
            ({"Status": "On Hold", "Shipped": True}, "shipped"),
            ({"Status": ""}, "processing"),
        ],
    )
    def test_is_read_from_text_and_flag_alike(self, changes: Json, status: str) -> None:
        assert row(**changes).status == status
        assert snapshot(**changes).status == status

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("Paid", "paid"),
            ("NotPaid", "not_paid"),
            ("PartiallyPaid", "partially_paid"),
            ("Partially Paid", "partially_paid"),
            ("RefundDue", "refund_due"),
            ("Refunded", "refunded"),
            ("Barter", "unknown"),
            (None, "unknown"),
        ],
    )
    def test_of_the_payment_is_read_or_unknown(self, text: str | None, status: str) -> None:
        assert row(PaymentStatus=text).payment_status == status
        assert snapshot(PaymentStatus=text).payment_status == status


class TestInstants:
    @pytest.mark.parametrize(
        ("text", "offset_hours", "expected"),
        [
            ("2030-04-01T14:03:22", 0, datetime(2030, 4, 1, 14, 3, 22, tzinfo=UTC)),
            ("2030-04-01T14:03:22", -5, datetime(2030, 4, 1, 19, 3, 22, tzinfo=UTC)),
            ("2030-04-01T14:03:22", 5.5, datetime(2030, 4, 1, 8, 33, 22, tzinfo=UTC)),
            ("2030-04-01T14:03:22-05:00", 0, datetime(2030, 4, 1, 19, 3, 22, tzinfo=UTC)),
            ("2030-04-01T14:03:22-05:00", 9, datetime(2030, 4, 1, 19, 3, 22, tzinfo=UTC)),
            ("2030-04-01T14:03:22Z", -5, datetime(2030, 4, 1, 14, 3, 22, tzinfo=UTC)),
            ("9999-12-31T23:59:59", -5, datetime(9999, 12, 31, tzinfo=UTC)),
        ],
    )
    def test_without_an_offset_are_the_accounts_time(
        self, text: str, offset_hours: float, expected: datetime
    ) -> None:
        assert row(DateCreated=text, offset_hours=offset_hours).placed_at == expected
        whole = snapshot(DateCreated=text, DueDate=text, ApprovalDate=text, offset_hours=offset_hours)
        assert (whole.placed_at, whole.due_at, whole.approved_at) == (expected, expected, expected)


class TestAWholeOrder:
    def test_says_who_and_where(self) -> None:
        order = snapshot(BillingAddress=address(Phone="555 0100", CompanyName="Reyes LLC"))
        home = Address(
            name="Dana Reyes", street1="9 Mill Rd", city="Boise", state="ID", post_code="83702", country="US"
        )
        assert (order.customer_name, order.email, order.phone) == (
            "Dana Reyes",
            "dana@example.test",
            "555 0100",
        )
        assert (order.ship_to, order.bill_to) == (home, replace(home, phone="555 0100", company="Reyes LLC"))
        assert (order.currency, order.shipping_method, order.unique_id) == ("USD", "Ground", "b1c2-made-up")

    @pytest.mark.parametrize("nowhere", [None, {}, {"ID": 71, "Business": False, "Street1": None}])
    def test_that_is_picked_up_has_no_address(self, nowhere: Json | None) -> None:
        assert snapshot(ShippingAddress=nowhere, ShippingMethod=None).ship_to is None

    @pytest.mark.parametrize(
        ("changes", "name", "phone", "email"),
        [
            (
                {"User": {"FirstName": "Ana", "LastName": "Li", "Phones": [{"Number": ""}, {"Number": "1"}]}},
                "Ana Li", "1", "dana@example.test",
            ),
            ({"User": {"FirstName": "", "LastName": "", "Phones": None}}, "Dana Reyes", "", "dana@example.test"),
            ({"ShippingAddress": None}, "", "", "dana@example.test"),
            ({"ShippingAddress": {"CompanyName": "Falcons", "Phone": "2"}}, "Falcons", "2", "dana@example.test"),
            ({"Email": None, "User": {"Email": "ana@example.test"}}, "Dana Reyes", "", "ana@example.test"),
            ({"Email": None}, "Dana Reyes", "", None),
        ],
    )  # fmt: skip
    def test_finds_the_person_where_it_can(
        self, changes: Json, name: str, phone: str, email: str | None
    ) -> None:
        order = snapshot(**changes)
        assert (order.customer_name, order.phone, order.email) == (name, phone, email)

    @pytest.mark.rule("S4")
    @pytest.mark.parametrize(
        ("required", "date", "pending"),
        [
            (True, None, True),
            (True, "", True),
            (True, "0001-01-01T00:00:00", True),
            (True, "2030-04-01T16:00:00", False),
            (False, None, False),
        ],
    )
    def test_waits_for_approval_until_there_is_a_date(
        self, required: bool, date: str | None, pending: bool
    ) -> None:
        order = snapshot(ApprovalRequired=required, ApprovalDate=date)
        assert (order.approval_required and order.approved_at is None) is pending

    @pytest.mark.rule("S3")
    @pytest.mark.parametrize(
        ("changes", "origin"),
        [
            ({}, "store"),
            ({"ProposalId": 5501}, "proposal"),
            ({"ProposalId": 5501, "OrderType": "Invoice"}, "staff"),
            ({"StoreId": 0, "StoreName": None}, "store"),
        ],
    )
    def test_has_no_order_type_so_a_proposal_is_known_by_its_id(self, changes: Json, origin: str) -> None:
        assert snapshot(**changes).origin == origin


class TestTheContentHash:
    def test_is_the_same_for_the_same_order(self) -> None:
        assert snapshot().content_hash == snapshot().content_hash
        assert len(snapshot().content_hash) == 64

    def test_covers_itself_not(self) -> None:
        order = snapshot()
        assert content_hash(replace(order, content_hash="x")) == order.content_hash

    def test_does_not_depend_on_the_order_of_lists(self) -> None:
        names: list[Json] = [{"Name": "A", "Quantity": 1}, {"Name": "B", "Quantity": 1}]
        sizes = [item(NameNumberValues=names), item(OrderRetailItemSizeId=41002)]
        shuffled = [sizes[1], item(NameNumberValues=names[::-1])]
        cards = [card(), card(ID=6105, Side="back", RegionName="Full Back")]
        one = snapshot(Items=sizes, ProductionCards=cards, TotalAmount=Decimal("128.4"))
        other = snapshot(Items=shuffled, ProductionCards=cards[::-1], TotalAmount=Decimal("128.4"))
        assert one.content_hash == other.content_hash

    def test_does_not_depend_on_how_the_vendor_writes_things(self) -> None:
        same = snapshot(
            TotalAmount=Decimal("68.40"),
            DateCreated="2030-04-01T09:03:22-05:00",
            CurrencyCode="usd",
            Email=" dana@example.test",
        )
        assert same.content_hash == snapshot().content_hash

    @pytest.mark.parametrize(
        "changes",
        [
            {"Status": "Shipped"},
            {"Cancelled": True},
            {"ProductionStatus": "Scheduled"},
            {"PaymentStatus": "RefundDue"},
            {"ApprovalDate": None},
            {"ApprovalRequired": False},
            {"Email": "other@example.test"},
            {"StoreName": "Falcons Store"},
            {"StoreId": 5124},
            {"Notes": "Leave at the door"},
            {"DueDate": "2030-05-01T00:00:00"},
            {"AmountDue": 1},
            {"ShippingAmount": Decimal("5.01")},
            {"ShippingAddress": address(Street1="10 Mill Rd")},
            {"ShippingMethod": {"Name": "Express"}},
            {"Items": []},
            {"Items": [item(Quantity=3)]},
            {"Items": [item(UnitPrice=Decimal("30.01"))]},
            {"Items": [item(NameNumberValues=[{"Name": "REYES", "Quantity": 1}])]},
            {"Items": [item(Notes="Fold")]},
            {"ProductionCards": [card()]},
            {"ProductionCards": [card(Items=[card_item(PurchasingStatus="Ordered")])]},
            {"ProductionCards": [card(Items=[card_item(Size="L")])]},
            {"TotalAdjustments": [{"ID": 1, "Type": "Refund", "Amount": 6}]},
            {"CustomLineItems": [{"ID": 1, "Name": "Banner", "UnitPrice": 1}]},
        ],
    )
    def test_differs_for_every_change_a_person_can_make(self, changes: Json) -> None:
        assert snapshot(**changes).content_hash != snapshot().content_hash

    def test_tells_purchasing_texts_apart(self) -> None:
        hashes = {
            snapshot(ProductionCards=[card(Items=[card_item(PurchasingStatus=text)])]).content_hash
            for text in ("", "Ordered", "Received")
        }
        assert len(hashes) == 3


class TestTheFingerprint:
    def test_is_the_same_for_the_same_row(self) -> None:
        assert row().fingerprint == row(TotalAmount=Decimal("68.400")).fingerprint

    @pytest.mark.parametrize(
        "changes",
        [
            *(
                {flag: True}
                for flag in ("Confirmed", "Ordered", "Received", "Prepared", "Shipped", "Cancelled")
            ),
            *({flag: False} for flag in ("Authorized", "Paid")),
            {"Status": "Shipped"},
            {"ProductionStatus": "Complete"},
            {"PaymentStatus": "Refunded"},
            {"TotalAmount": 1},
            {"AmountDue": 1},
            {"TotalDiscount": 1},
            {"ProcessAmount": 1},
            {"Customer": "Dana R."},
            {"Email": "d@example.test"},
            {"StoreId": 1},
            {"StoreName": "Falcons"},
            {"DateCreated": "2030-04-01T14:03:23"},
            {"ConfirmedShipDate": "2030-04-09T00:00:00"},
            {"ProductionCardCount": 3},
            {"OrderType": "Invoice"},
            {"ProductionCards": [card(Items=[card_item(PurchasingStatus="Ordered")])]},
        ],
    )
    def test_differs_when_the_row_does(self, changes: Json) -> None:
        assert row(**changes).fingerprint != row().fingerprint

    def test_follows_purchasing_texts_but_not_the_order_of_cards(self) -> None:
        cards = [card(), card(ID=6105)]
        assert row(ProductionCards=cards).fingerprint == row(ProductionCards=cards[::-1]).fingerprint
        ordered = [card(Items=[card_item(PurchasingStatus="Ordered")]), card(ID=6105)]
        assert row(ProductionCards=ordered).fingerprint != row(ProductionCards=cards).fingerprint
