"""Tables for what is written to Printavo. Pure."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from api.connectors.print_shop import (
    ColumnsChange,
    ContactDraft,
    FeeDraft,
    GroupDraft,
    HeaderChange,
    ImprintDraft,
    LineChange,
    LineDraft,
    PaymentDraft,
    QuoteDraft,
)
from api.connectors.printavo.mapping import writing
from api.connectors.printavo.mapping.sizes import SIZES

DRAFT = LineDraft(
    position=1,
    item_number="ST100",
    color="Navy",
    description="Hoodie ref P-1",
    unit_price_amount=1999,
    taxed=False,
    sizes=(("size_m", 6), ("size_other", 2)),
    mockup_urls=("https://cdn.example/m.png",),
)


class TestWritingAQuote:
    DRAFT = QuoteDraft(
        contact_id="501",
        customer_due_on=date(2030, 4, 18),
        nickname="Falcons, April",
        po_number="P-1",
        tag="P-1",
        discount_amount=1250,
        due_at=datetime(2030, 4, 16, 17, tzinfo=timezone(timedelta(hours=-5))),
    )

    @pytest.mark.rule("A5")
    def test_sends_the_header_with_its_marker(self) -> None:
        assert writing.quote_input(self.DRAFT) == {
            "contact": {"id": "501"},
            "customerDueAt": "2030-04-18",
            "dueAt": "2030-04-16T17:00:00-05:00",
            "nickname": "Falcons, April",
            "visualPoNumber": "P-1",
            "tags": ["P-1"],
            "salesTax": 0,
            "discount": 12.5,
            "discountAsPercentage": False,
        }

    def test_needs_a_due_time_that_knows_its_zone(self) -> None:
        naive = QuoteDraft(
            contact_id="501",
            customer_due_on=date(2030, 4, 18),
            nickname="",
            po_number="",
            tag="",
            discount_amount=0,
            due_at=datetime(2030, 4, 16, 17),  # noqa: DTZ001 - what is refused
        )
        with pytest.raises(ValueError, match="aware"):
            writing.quote_input(naive)

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (HeaderChange(), {}),
            (HeaderChange(nickname=""), {"nickname": ""}),
            (HeaderChange(discount_amount=0), {"discount": 0.0, "discountAsPercentage": False}),
            (
                HeaderChange(discount_amount=199, nickname="A"),
                {"discount": 1.99, "discountAsPercentage": False, "nickname": "A"},
            ),
        ],
        ids=str,
    )
    def test_changes_only_what_is_named(self, change: HeaderChange, expected: dict[str, Any]) -> None:
        assert writing.header_input(change) == expected


class TestWritingLinesAndGroups:
    def test_creates_a_line_with_its_sizes_and_mockups(self) -> None:
        assert writing.line_create_input(DRAFT) == {
            "position": 1,
            "itemNumber": "ST100",
            "color": "Navy",
            "description": "Hoodie ref P-1",
            "price": 19.99,
            "taxed": False,
            "sizes": [{"size": "size_m", "count": 6}, {"size": "size_other", "count": 2}],
            "mockups": [{"publicImageUrl": "https://cdn.example/m.png"}],
        }

    def test_changes_a_line_absolutely(self) -> None:
        sent = writing.line_update_input(LineChange("71", 9, DRAFT))
        counts = {entry["size"]: entry["count"] for entry in sent["sizes"]}
        assert sent["position"] == 9
        assert "mockups" not in sent
        assert set(counts) == set(SIZES)
        assert {size: count for size, count in counts.items() if count} == dict(DRAFT.sizes)

    def test_sets_a_status_and_nothing_else(self) -> None:
        assert writing.line_status_input("arrived", position=3) == {"position": 3, "productStatus": "arrived"}

    def test_creates_a_group_with_at_most_25_lines(self) -> None:
        imprint = ImprintDraft(
            details="Front", type_of_work_id=None, mockup_urls=("https://cdn.example/f.png",)
        )
        sent = writing.group_input(
            GroupDraft(
                position=2, enabled_sizes=("size_m", "size_other"), lines=(DRAFT,) * 40, imprints=(imprint,)
            )
        )
        assert len(sent["lineItems"]) == 25
        assert sent["enabledColumns"]["sizes"] == ["size_m", "size_other"]
        assert sent["imprints"] == [
            {
                "details": "Front",
                "typeOfWork": None,
                "mockups": [{"publicImageUrl": "https://cdn.example/f.png"}],
            }
        ]

    def test_changes_only_the_size_columns_of_a_group(self) -> None:
        assert writing.columns_input(ColumnsChange("7", 4, ("size_m",))) == {
            "position": 4,
            "enabledColumns": {"sizes": ["size_m"]},
        }


class TestWritingFeesPaymentsAndContacts:
    def test_a_fee_says_its_amount_twice_the_same(self) -> None:
        assert writing.fee_input(FeeDraft(description="Tax ref P-2", amount=833)) == {
            "description": "Tax ref P-2",
            "amount": 8.33,
            "quantity": 1,
            "unitPrice": 8.33,
            "unitPriceAsPercentage": False,
            "taxable": False,
        }

    def test_a_payment_names_its_order_only_when_it_is_new(self) -> None:
        draft = PaymentDraft(amount=10010, description="ref P-3", paid_on=date(2030, 4, 2))
        change = {
            "amount": 100.1,
            "category": "OTHER",
            "transactionDate": "2030-04-02",
            "description": "ref P-3",
        }
        assert writing.payment_update_input(draft) == change
        assert writing.payment_create_input(draft, external_id="9001") == {"order": {"id": "9001"}, **change}

    @pytest.mark.parametrize(
        ("email", "expected"), [("a@club.example", {"email": ["a@club.example"]}), (None, {})]
    )
    def test_a_contact_has_a_list_of_addresses(self, email: str | None, expected: dict[str, Any]) -> None:
        draft = ContactDraft(company_name="Club", first_name="Ada", last_name="Moss", email=email)
        assert writing.customer_input(draft) == {
            "companyName": "Club",
            "primaryContact": {"firstName": "Ada", "lastName": "Moss", **expected},
        }
