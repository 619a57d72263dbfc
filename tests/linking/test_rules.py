"""The pure decisions of linking, as tables."""

from datetime import UTC, date, datetime

import pytest

from api.connectors.vendor_errors import Side
from api.linking.rules import (
    ConnectionState,
    LinkState,
    have_one_currency,
    link_state,
    share_from,
    troubled_side,
)

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
EARLIER = datetime(2025, 6, 1, 5, tzinfo=UTC)


class TestSharingFrom:
    @pytest.mark.rule("L7", "L5")
    @pytest.mark.parametrize(
        ("chosen", "earlier", "zone", "expected"),
        [
            (None, None, "UTC", datetime(2026, 2, 18, tzinfo=UTC)),
            (None, None, "America/Chicago", datetime(2026, 2, 18, 6, tzinfo=UTC)),
            (None, EARLIER, "America/Chicago", EARLIER),
            (date(2026, 1, 5), EARLIER, "America/Chicago", datetime(2026, 1, 5, 6, tzinfo=UTC)),
            # The day after the clocks changed: midnight is an hour earlier in UTC.
            (date(2026, 3, 9), None, "America/Chicago", datetime(2026, 3, 9, 5, tzinfo=UTC)),
            (date(2026, 3, 9), None, "Pacific/Auckland", datetime(2026, 3, 8, 11, tzinfo=UTC)),
            # Midnight does not exist on that day in Santiago: the day still has one beginning.
            (date(2026, 9, 6), None, "America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),
        ],
    )
    def test_begins_at_midnight_of_the_shop(
        self, chosen: date | None, earlier: datetime | None, zone: str, expected: datetime
    ) -> None:
        assert share_from(chosen, earlier, time_zone=zone, now=NOON) == expected


class TestTheStateOfALink:
    @pytest.mark.rule("L6")
    @pytest.mark.parametrize(
        ("inksoft", "printavo", "state", "side"),
        [
            ("active", "active", "linked", None),
            ("needs_reauth", "active", "needs_reauth", "inksoft"),
            ("active", "needs_reauth", "needs_reauth", "printavo"),
            ("suspended", "active", "suspended", "inksoft"),
            ("active", "suspended", "suspended", "printavo"),
            ("suspended", "needs_reauth", "needs_reauth", "printavo"),
            ("needs_reauth", "suspended", "needs_reauth", "inksoft"),
            ("needs_reauth", "needs_reauth", "needs_reauth", "inksoft"),
            ("suspended", "suspended", "suspended", "inksoft"),
        ],
    )
    def test_is_that_of_the_side_on_which_a_person_must_act_first(
        self, inksoft: ConnectionState, printavo: ConnectionState, state: LinkState, side: Side | None
    ) -> None:
        assert link_state((inksoft, printavo)) == state
        assert troubled_side(inksoft, printavo) == side


class TestCurrencies:
    @pytest.mark.rule("L8")
    @pytest.mark.parametrize(
        ("inksoft", "printavo", "fits"),
        [("USD", "USD", True), ("CAD", "USD", False), (None, "USD", True), (None, "CAD", True)],
    )
    def test_must_be_one_where_both_are_known(self, inksoft: str | None, printavo: str, fits: bool) -> None:
        assert have_one_currency(inksoft, printavo) is fits
