"""Cursors are signed, belong to one list and one filter, and walk both ways without gap or repeat."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.paging import Cursors, InvalidCursor, Position

CURSORS = Cursors("a key that is used only by this test")
FILTERS = {"q": "falcons", "view": "new"}


def fetch(numbers: Sequence[int], position: Position | None, limit: int) -> list[int]:
    """What a keyset statement would give: ascending, `limit + 1` rows, reversed when going back."""
    if position is None:
        return list(numbers[: limit + 1])
    (start,) = position.values
    if position.direction == "next":
        return [number for number in numbers if number > start][: limit + 1]
    return [number for number in reversed(numbers) if number < start][: limit + 1]


def page(numbers: Sequence[int], text: str | None, limit: int) -> Any:
    position = CURSORS.read(text, listing="numbers", filters=FILTERS)
    return CURSORS.page(
        fetch(numbers, position, limit), limit=limit, position=position, listing="numbers", filters=FILTERS,
        key=lambda row: (row,), show=lambda row: row,
    )  # fmt: skip


@given(st.integers(0, 60), st.integers(1, 10))
def test_walking_there_and_back_sees_every_row_once(count: int, limit: int) -> None:
    numbers = list(range(count))
    seen: list[int] = []
    first = current = page(numbers, None, limit)
    while True:
        seen += current.data
        if current.next_cursor is None:
            break
        current = page(numbers, current.next_cursor, limit)
    assert seen == numbers
    assert not current.has_more
    while current.prev_cursor is not None:
        current = page(numbers, current.prev_cursor, limit)
        seen = current.data + [number for number in seen if number not in current.data]
    assert seen == numbers
    assert current.data[:1] == first.data[:1]


@pytest.mark.parametrize(
    "text", ["", "x", "AAAA", "é", "A" * 900, "bm90IGEgY3Vyc29yIGF0IGFsbCwganVzdCB0ZXh0"]
)
def test_what_is_not_a_cursor_is_refused(text: str) -> None:
    with pytest.raises(InvalidCursor):
        CURSORS.read(text, listing="numbers", filters=FILTERS)


def test_a_cursor_works_in_its_own_list_with_its_own_filters_only() -> None:
    text = CURSORS.write("next", (5,), listing="numbers", filters=FILTERS)
    assert CURSORS.read(text, listing="numbers", filters=FILTERS) == Position("next", (5,))
    for listing, filters in (("others", FILTERS), ("numbers", {**FILTERS, "q": "hawks"})):
        with pytest.raises(InvalidCursor):
            CURSORS.read(text, listing=listing, filters=filters)
    with pytest.raises(InvalidCursor):
        Cursors("another key, of another installation").read(text, listing="numbers", filters=FILTERS)
