"""Tables for money and time zones of Printavo. Pure."""

import json
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from api.connectors.printavo.mapping.money import cents, dollars
from api.connectors.printavo.mapping.zones import _RAILS, iana_zone


class TestMoney:
    @pytest.mark.rule("I15")
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("0", 0),
            ("0.0", 0),
            ("-0.0", 0),
            ("1", 100),
            ("21.5", 2150),
            ("19.99", 1999),
            ("0.01", 1),
            ("0.1", 10),
            ("-3.25", -325),
            ("12.370000000000001", 1237),
            ("12.369999999999999", 1237),
            ("0.30000000000000004", 30),
            ("1.005e1", 1005),
            ("262.0000999", 26200),
            ("261.9999001", 26200),
            ("999999999999.99", 99999999999999),
            ("1E+3", 100000),
        ],
    )
    def test_is_read_into_cents(self, text: str, expected: int) -> None:
        assert cents(json.loads(text, parse_float=Decimal) if "E+" not in text else Decimal(text)) == expected

    @pytest.mark.rule("I15")
    @pytest.mark.parametrize(
        "value",
        [
            Decimal("1.005"),
            Decimal("3.333"),
            Decimal("0.0002"),
            Decimal("12.3702"),
            Decimal("NaN"),
            Decimal("Infinity"),
            Decimal("1e12"),
            Decimal("1e999999"),
            10**12,
            True,
            None,
            "12.37",
            12.37,
            [1],
        ],
        ids=str,
    )
    def test_that_is_no_whole_cent_or_no_number_is_refused(self, value: object) -> None:
        with pytest.raises(ValueError, match=r"."):
            cents(value)

    @pytest.mark.rule("I15")
    def test_survives_the_wire_form_both_ways(self) -> None:
        for amount in [*range(-1000, 20_000), 123_456_789, 99_999_999_999]:
            text = json.dumps(dollars(amount))
            assert cents(json.loads(text, parse_float=Decimal)) == amount
            assert len(text.partition(".")[2]) <= 2


class TestTimeZones:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("America/Chicago", "America/Chicago"),
            (" America/New_York ", "America/New_York"),
            ("Central Time (US & Canada)", "America/Chicago"),
            ("Eastern Time (US & Canada)", "America/New_York"),
            ("Pacific Time (US & Canada)", "America/Los_Angeles"),
            ("Hawaii", "Pacific/Honolulu"),
            ("UTC", "UTC"),
            ("Middle Earth", "UTC"),
            ("", "UTC"),
        ],
    )
    def test_are_named_as_iana_does(self, name: str, expected: str) -> None:
        assert iana_zone(name) == expected

    def test_of_rails_all_exist(self) -> None:
        for zone in _RAILS.values():
            assert ZoneInfo(zone).key == zone
