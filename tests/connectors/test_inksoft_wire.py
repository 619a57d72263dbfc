"""How InkSoft's JSON is read: either key case, nulls, odd values, and what is not believed."""

import json
from decimal import Decimal
from typing import Any

import pytest

from api.connectors.inksoft.wire.envelope import NotJson, read_envelope
from api.connectors.inksoft.wire.item import WireItem
from api.connectors.inksoft.wire.lenient import Unreadable, read
from api.connectors.inksoft.wire.order import WireOrder
from api.connectors.inksoft.wire.summary import WireSummary
from tests.connectors.inksoft_payloads import item, order, summary


def camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {key[:1].lower() + key[1:]: camel(each) for key, each in value.items()}
    return [camel(each) for each in value] if isinstance(value, list) else value


class TestKeys:
    @pytest.mark.parametrize("spell", [camel, lambda data: {key.upper(): each for key, each in data.items()}])
    def test_any_case_is_the_same_key(self, spell: Any) -> None:
        assert read(WireSummary, spell(summary())) == read(WireSummary, summary())

    def test_a_whole_order_in_camel_case_is_the_same_order(self) -> None:
        assert read(WireOrder, camel(order())) == read(WireOrder, order())

    def test_unknown_keys_are_ignored(self) -> None:
        assert read(WireItem, item(SomethingNew={"a": [1]})) == read(WireItem, item())


class TestValues:
    @pytest.mark.parametrize(
        ("field", "value", "attribute", "expected"),
        [
            ("UnitPrice", Decimal("30.10"), "unit_price", Decimal("30.10")),
            ("UnitPrice", "12.5", "unit_price", Decimal("12.5")),
            ("ItemTotal", None, "item_total", None),
            ("Quantity", Decimal("2.0"), "quantity", 2),
            ("ProductId", 0, "product_id", ""),
            ("ProductId", None, "product_id", ""),
            ("ProductId", Decimal("700.0"), "product_id", "700"),
            ("ProductId", 9_007_199_254_740_993, "product_id", "9007199254740993"),
            ("FullName", None, "full_name", ""),
            ("FullName", "  Tee - Red \n", "full_name", "Tee - Red"),
            ("FullName", 7, "full_name", "7"),
            ("FullName", "a\x00b\ud800c", "full_name", "a\ufffdb\ufffdc"),
            ("AddOns", None, "add_ons", ()),
            ("AddOns", [None], "add_ons", ()),
        ],
    )
    def test_are_read_as_meant(self, field: str, value: Any, attribute: str, expected: Any) -> None:
        assert getattr(read(WireItem, item(**{field: value})), attribute) == expected

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("OrderRetailItemSizeId", 0),
            ("OrderRetailItemSizeId", None),
            ("OrderRetailItemSizeId", {"a": 1}),
            ("Quantity", None),
            ("UnitPrice", None),
            ("Quantity", -1),
            ("Quantity", Decimal("1.5")),
            ("Quantity", True),
            ("Quantity", 10**9),
            ("UnitPrice", "many"),
            ("UnitPrice", True),
            ("UnitPrice", Decimal("1e999999")),
            ("UnitPrice", "NaN"),
            ("FullName", ["x"]),
            ("NameNumberValues", {"Name": "x"}),
            ("NameNumberValues", ["x"]),
        ],
    )
    def test_of_a_wrong_kind_are_named_but_not_shown(self, field: str, value: Any) -> None:
        with pytest.raises(Unreadable) as caught:
            read(WireItem, item(**{field: value}))
        assert field.lower() in str(caught.value)
        assert "many" not in str(caught.value)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("2030-04-01T14:03:22", "2030-04-01T14:03:22"),
            ("2030-04-01T14:03:22.1234567", "2030-04-01T14:03:22.123456"),
            ("2030-04-01T14:03:22-05:00", "2030-04-01T14:03:22-05:00"),
            ("2030-04-01T14:03:22Z", "2030-04-01T14:03:22+00:00"),
            ("2030-04-01", "2030-04-01T00:00:00"),
        ],
    )
    def test_dates_keep_what_they_say_about_their_zone(self, text: str, expected: str) -> None:
        assert read(WireSummary, summary(DateCreated=text)).date_created.isoformat() == expected

    @pytest.mark.parametrize("nothing", [None, "", "0001-01-01T00:00:00"])
    def test_no_date_has_several_spellings(self, nothing: str | None) -> None:
        assert read(WireOrder, order(DueDate=nothing)).due_date is None
        with pytest.raises(Unreadable, match="datecreated"):
            read(WireOrder, order(DateCreated=nothing))

    @pytest.mark.parametrize("broken", ["yesterday", 1_900_000_000, "2030-13-01T00:00:00"])
    def test_a_date_that_is_none_is_not_guessed(self, broken: Any) -> None:
        with pytest.raises(Unreadable, match="datecreated"):
            read(WireOrder, order(DateCreated=broken))


class TestAWholeOrder:
    @pytest.mark.rule("S4")
    @pytest.mark.parametrize(
        "field",
        [
            "ApprovalRequired",
            "CurrencyCode",
            "TotalAmount",
            "AmountDue",
            "Items",
            "ProductionCards",
            "Status",
        ],
    )
    def test_must_say_what_may_not_be_guessed(self, field: str) -> None:
        thin = order()
        del thin[field]
        with pytest.raises(Unreadable, match=field.lower()):
            read(WireOrder, thin)

    @pytest.mark.parametrize("field", ["CurrencyCode", "TotalAmount", "AmountDue", "Items"])
    def test_does_not_take_null_for_nothing(self, field: str) -> None:
        with pytest.raises(Unreadable, match=field.lower()):
            read(WireOrder, order(**{field: None}))

    @pytest.mark.rule("S4")
    def test_does_not_take_null_for_no_approval_needed(self) -> None:
        with pytest.raises(Unreadable, match="approvalrequired"):
            read(WireOrder, order(ApprovalRequired=None))

    def test_may_lack_everything_else(self) -> None:
        full = order()
        needed = {
            "ID",
            "Status",
            "ApprovalRequired",
            "DateCreated",
            "CurrencyCode",
            "TotalAmount",
            "AmountDue",
        }
        for field in full.keys() - needed - {"Items", "ProductionCards"}:
            read(WireOrder, {**full, field: None})
            read(WireOrder, {key: value for key, value in full.items() if key != field})

    def test_with_one_size_row_twice_is_not_an_order(self) -> None:
        with pytest.raises(Unreadable, match="items"):
            read(WireOrder, order(Items=[item(), item()]))


class TestTheEnvelope:
    def test_keeps_money_exact(self) -> None:
        envelope = read_envelope(b'{"OK": true, "Data": {"TotalAmount": 1234567.10}}')
        assert envelope.data == {"TotalAmount": Decimal("1234567.10")}

    def test_reads_a_byte_order_mark_and_camel_case(self) -> None:
        assert read_envelope(b'\xef\xbb\xbf{"ok": true, "statusCode": "OK"}').ok

    @pytest.mark.parametrize("key", ["Severity", "Serverity", "severity"])
    def test_finds_the_error_among_messages(self, key: str) -> None:
        messages = [{"Content": "By the way", key: "Info"}, {"Content": "No such order", key: "Error"}]
        body = json.dumps({"OK": False, "Data": False, "Messages": messages}).encode()
        assert read_envelope(body).complaint == "No such order"

    @pytest.mark.parametrize("messages", [None, [], [{"Content": None}], [None]])
    def test_may_come_without_a_word(self, messages: Any) -> None:
        assert read_envelope(json.dumps({"OK": False, "Messages": messages}).encode()).complaint == ""

    @pytest.mark.parametrize(
        "body", [b"", b"<html>", b'{"OK": tr', b"\xff\xfe\x00", b'{"OK": true, "Data": NaN}', b"9" * 5000]
    )
    def test_is_not_found_in_what_is_no_json(self, body: bytes) -> None:
        with pytest.raises(NotJson):
            read_envelope(body)

    @pytest.mark.parametrize("body", [b"null", b"[]", b'"OK"', b"{}", b'{"OK": "perhaps"}', b"[" * 200_000])
    def test_is_not_found_in_other_json(self, body: bytes) -> None:
        with pytest.raises((Unreadable, NotJson)):
            read_envelope(body)
