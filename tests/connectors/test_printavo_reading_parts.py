"""Tables for fees, payments, imprints, accounts and contacts as Printavo tells them. Pure."""

from decimal import Decimal
from typing import Any

import pytest

from api.connectors.printavo import wire
from api.connectors.printavo.mapping import reading

FEE = {
    "id": "5",
    "description": "Shipping",
    "amount": Decimal("9.95"),
    "quantity": 1,
    "unitPrice": Decimal("9.95"),
    "taxable": False,
}


class TestReadingFeesPaymentsAndImprints:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, 995),
            ({"amount": None}, 995),
            ({"amount": None, "quantity": 3, "unitPrice": Decimal("2.5")}, 750),
            ({"amount": None, "quantity": None}, 995),
            ({"amount": None, "quantity": 0}, 0),
            ({"amount": None, "unitPrice": None}, 0),
            ({"amount": Decimal(-4)}, -400),
            ({"amount": Decimal("13.1"), "unitPrice": Decimal("5.005"), "unitPriceAsPercentage": True}, 1310),
        ],
        ids=str,
    )
    def test_a_fee_is_its_amount_or_quantity_times_unit_price(
        self, fields: dict[str, Any], expected: int
    ) -> None:
        assert reading.to_fee(wire.Fee.model_validate({**FEE, **fields})).amount == expected

    def test_a_fee_in_percent_without_an_amount_cannot_be_told(self) -> None:
        fee = wire.Fee.model_validate({**FEE, "amount": None, "unitPriceAsPercentage": True})
        with pytest.raises(ValueError, match="percent"):
            reading.to_fee(fee)

    def test_only_payments_are_read_of_the_transactions(self) -> None:
        page = wire.Page[wire.Transaction].model_validate(
            {
                "pageInfo": {"hasNextPage": False},
                "nodes": [
                    {"__typename": "Payment", "id": "1", "amount": Decimal("12.5"), "description": "ref P-1"},
                    None,
                    {"__typename": "Refund", "id": "2"},
                    {"__typename": "Payment", "id": "3", "amount": 7, "description": None},
                ],
            }
        )
        payments = reading.to_payments(page.nodes)
        assert [(payment.id, payment.amount, payment.description) for payment in payments] == [
            ("1", 1250, "ref P-1"),
            ("3", 700, ""),
        ]

    @pytest.mark.parametrize(("work", "expected"), [({"id": "77"}, "77"), (None, None)])
    def test_an_imprint_may_have_no_type_of_work(self, work: Any, expected: str | None) -> None:
        imprint = reading.to_imprint(
            wire.Imprint.model_validate({"id": "8", "details": None, "typeOfWork": work})
        )
        assert (imprint.details, imprint.type_of_work_id) == ("", expected)


class TestReadingAccountsAndContacts:
    USER: dict[str, Any] = {  # noqa: RUF012 - never changed
        "email": "office@shop.example",
        "timeZone": "America/Chicago",
        "account": {
            "id": "7",
            "companyName": "Shop",
            "companyEmail": "info@shop.example",
            "invoiceInformation": {"currency": "usd"},
        },
    }

    @pytest.mark.rule("L2")
    def test_an_account_that_answers_has_the_plan_with_the_api(self) -> None:
        account = reading.to_account(wire.User.model_validate(self.USER), email="x@shop.example")
        assert (account.external_id, account.account_name, account.plan) == ("7", "Shop", "premium")
        assert (account.currency, account.time_zone, account.user_email) == (
            "USD",
            "America/Chicago",
            "office@shop.example",
        )

    def test_an_account_without_names_is_called_by_its_addresses(self) -> None:
        nameless = {**self.USER, "email": None, "account": {**self.USER["account"], "companyName": None}}
        account = reading.to_account(wire.User.model_validate(nameless), email="x@shop.example")
        assert (account.account_name, account.user_email) == ("info@shop.example", "x@shop.example")

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"fullName": "Ada Moss"}, "Ada Moss"),
            ({"firstName": "Ada", "lastName": None}, "Ada"),
            ({"firstName": "Ada", "lastName": "Moss"}, "Ada Moss"),
            ({"email": "ada@club.example"}, "ada@club.example"),
            ({}, "Falcons"),
        ],
        ids=str,
    )
    def test_a_contact_always_has_a_name(self, fields: dict[str, Any], expected: str) -> None:
        raw = {"id": "3", "customer": {"id": "4", "companyName": "Falcons"}, **fields}
        contact = reading.to_contact(wire.Contact.model_validate(raw))
        assert (contact.full_name, contact.customer_id, contact.company_name) == (expected, "4", "Falcons")
