"""Walking the order list: what is asked for, and where the next page begins."""

import json
from datetime import UTC, datetime, timedelta
from typing import Final

from api.connectors.inksoft.mapping.summary import to_summary
from api.connectors.inksoft.wire.envelope import Envelope
from api.connectors.inksoft.wire.lenient import Unreadable, read
from api.connectors.inksoft.wire.summary import WireSummary
from api.connectors.store_platform import OrderSummary, SummaryPage, SummaryQuery
from api.connectors.vendor_errors import Unexpected, Unreachable

NEWEST_FIRST: Final = {"Index": "0", "MaxResults": "5", "OrderBy": "ID", "OrderByDirection": "Descending"}


def listing_params(query: SummaryQuery) -> dict[str, str]:
    """In id order, so that rows that are added while walking come last."""
    params = {
        "Index": str(query.offset),
        "MaxResults": str(query.limit),
        "OrderBy": "ID",
        "OrderByDirection": "Ascending",
    }
    if query.modified_since is not None:
        params["DateModifiedRange"] = _since(query.modified_since)
    if query.created_since is not None:
        params["DateCreatedRange"] = _since(query.created_since)
    if query.with_cards:
        params["IncludeProductionCards"] = "true"
    return params


def placed_since_params(moment: datetime) -> dict[str, str]:
    """The newest orders that were placed then or later."""
    return {**NEWEST_FIRST, "DateCreatedRange": _since(moment)}


def rows_of(answer: Envelope) -> tuple[WireSummary, ...]:
    """Raises `Unexpected` for anything but a list of orders: skipping a row would lose an order."""
    data = [] if answer.data is None else answer.data
    if not isinstance(data, list):
        raise Unexpected("inksoft", "the order list is no list")
    try:
        return tuple(read(WireSummary, row) for row in data)
    except Unreadable as error:
        raise Unexpected("inksoft", str(error)) from None


def to_page(answer: Envelope, query: SummaryQuery, *, offset: timedelta) -> SummaryPage:
    """The next page begins after the rows that came, however many were asked for: the server's cap is not published.

    A row that came twice counts once, else rows behind it would be skipped. An answer without rows ends the walk, or is
    `Unreachable` when the total says that rows are left.
    """
    rows = tuple({(row.id, row.store_id): row for row in rows_of(answer)}.values())
    reached = query.offset + len(rows)
    total = answer.pagination.total_results if answer.pagination else None
    if total is None:
        # No total: only an empty page is known to be the last.
        return SummaryPage(
            _summaries(rows, offset), reached, reached if rows else None, told_at=answer.told_at
        )
    if not rows and reached < total:
        raise Unreachable("inksoft", "an empty page before the end of the list", applied="no")
    return SummaryPage(
        _summaries(rows, offset), total, reached if reached < total else None, told_at=answer.told_at
    )


def _summaries(rows: tuple[WireSummary, ...], offset: timedelta) -> tuple[OrderSummary, ...]:
    return tuple(to_summary(row, offset=offset) for row in rows)


def _since(moment: datetime) -> str:
    """In UTC with offset 0, which reads the same under both conventions of the offset's sign."""
    begin = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({"UtcOffsetHours": 0, "Begin": begin}, separators=(",", ":"))
