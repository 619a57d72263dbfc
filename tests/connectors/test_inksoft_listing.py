"""Walking the order list: what is asked for, and where the next page begins or the walk ends."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from api.connectors.inksoft.listing import listing_params, to_page
from api.connectors.inksoft.wire.envelope import read_envelope
from api.connectors.store_platform import SummaryPage, SummaryQuery
from api.connectors.vendor_errors import Unexpected, Unreachable


def page(
    rows: Any, *, offset: int = 0, pagination: dict[str, int] | None = None, limit: int = 100
) -> SummaryPage:
    body = json.dumps({"OK": True, "Data": rows, "Pagination": pagination}).encode()
    return to_page(read_envelope(body), SummaryQuery(offset=offset, limit=limit), offset=timedelta(0))


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {"ID": number + 1, "DateCreated": "2030-04-01T14:03:22", "TotalAmount": 1, "AmountDue": 0}
        for number in range(count)
    ]


def total(results: int, included: int, index: int = 0) -> dict[str, int]:
    return {"TotalResults": results, "IncludedResults": included, "Index": index}


class TestTheNextPage:
    @pytest.mark.parametrize(
        ("count", "offset", "pagination", "next_offset"),
        [
            (0, 0, total(0, 0), None),
            (3, 0, total(3, 3), None),
            (3, 0, total(10, 3), 3),
            (3, 7, total(10, 3, 7), None),
            (25, 0, total(100, 25), 25),  # a cap lower than asked
            (3, 0, total(10, 0), 3),  # a count that is wrong: the rows are there
            (3, 9, total(10, 3), None),  # the list shrank while walking
            (0, 10, total(10, 0, 10), None),
            (0, 12, total(10, 0, 12), None),
            (3, 0, None, 3),  # no total: walk until a page is empty
            (0, 3, None, None),
        ],
    )
    def test_begins_after_the_rows_that_came(
        self, count: int, offset: int, pagination: dict[str, int] | None, next_offset: int | None
    ) -> None:
        found = page(rows(count), offset=offset, pagination=pagination)
        assert (len(found.rows), found.next_offset) == (count, next_offset)

    @pytest.mark.rule("I9")
    @pytest.mark.parametrize("nothing", [[], None])
    def test_after_an_empty_page_in_the_middle_is_not_the_end(self, nothing: Any) -> None:
        with pytest.raises(Unreachable):
            page(nothing, offset=5, pagination=total(10, 0, 5))

    def test_is_always_further_on_or_none(self) -> None:
        for count in range(4):
            for offset in range(4):
                for results in range(offset + count + 1):
                    following = page(rows(count), offset=offset, pagination=total(results, count)).next_offset
                    assert following is None or following > offset


class TestRows:
    @pytest.mark.rule("I9")
    def test_that_came_twice_count_once(self) -> None:
        doubled = [row for row in rows(3) for _ in range(2)]
        found = page(doubled, pagination=total(9, 6))
        assert ([row.external_id for row in found.rows], found.next_offset) == (["1", "2", "3"], 3)

    def test_of_two_stores_that_count_alike_are_two(self) -> None:
        twins = [{**row, "StoreId": store} for row in rows(1) for store in (1, 2)]
        assert [row.store_external_id for row in page(twins, pagination=total(2, 2)).rows] == ["1", "2"]

    @pytest.mark.parametrize("data", [{"ID": 1}, "x", 5, False, [5], [{"ID": 1}], [None]])
    def test_that_are_no_orders_stop_the_walk(self, data: Any) -> None:
        with pytest.raises(Unexpected):
            page(data, pagination=total(1, 1))


class TestTheQuery:
    def test_asks_in_id_order(self) -> None:
        assert listing_params(SummaryQuery(offset=50, limit=25)) == {
            "Index": "50",
            "MaxResults": "25",
            "OrderBy": "ID",
            "OrderByDirection": "Ascending",
        }

    def test_gives_instants_in_utc_so_that_the_sign_of_an_offset_cannot_matter(self) -> None:
        since = datetime(2030, 4, 1, 9, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=-5)))
        params = listing_params(
            SummaryQuery(modified_since=since, created_since=since.astimezone(UTC), with_cards=True)
        )
        expected = {"UtcOffsetHours": 0, "Begin": "2030-04-01T14:00:00Z"}
        assert json.loads(params["DateModifiedRange"]) == expected
        assert json.loads(params["DateCreatedRange"]) == expected
        assert params["IncludeProductionCards"] == "true"
