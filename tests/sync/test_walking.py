"""Walking a list that moves: what stays in it is read, whatever else comes and goes."""

from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.sync.rules.walk import MOST_STEPS_BACK, PAGE, PageSeen, Walk, advance, went_back


@dataclass
class Moving:
    """A list of numbers that somebody changes between two pages."""

    rows: list[int]

    def page(self, offset: int, most: int = PAGE) -> PageSeen:
        rows = self.rows[offset : offset + most]
        return PageSeen(rows, len(self.rows), is_last=offset + len(rows) >= len(self.rows))

    def remove(self, count: int, below: int, random: Random) -> None:
        for _ in range(min(count, below, len(self.rows))):
            del self.rows[random.randrange(min(below, len(self.rows)))]


def walk_all(moving: Moving, between: list[str], seed: int) -> set[int]:
    """Everything that a walk meets; `between` says what happens to the list after each page."""
    random = Random(seed)  # noqa: S311 - chance that repeats
    walk: Walk | None = Walk()
    met: set[int] = set()
    happenings, steps_back = iter(between), 0
    while walk is not None:
        page = moving.page(walk.offset)
        met |= {int(str(key)) for key in page.keys}
        after = advance(walk, page, steps_back=steps_back)
        steps_back += went_back(walk, page)
        match next(happenings, ""):
            case "leave":
                moving.remove(3, walk.offset + PAGE, random)
            case "come":
                moving.rows.append(max(moving.rows, default=0) + 1)
            case "appear":
                moving.rows.insert(random.randrange(len(moving.rows) + 1), 10**6 + len(moving.rows))
            case _:
                pass
        walk = after
    return met


class TestWalking:
    @pytest.mark.rule("I9")
    @given(
        st.integers(0, 950),
        st.lists(st.sampled_from(["", "come", "appear"]), max_size=12),
        st.integers(0, 1000),
    )
    def test_meets_every_row_while_rows_come(self, rows: int, between: list[str], seed: int) -> None:
        moving = Moving(list(range(rows)))
        assert walk_all(moving, between, seed) >= set(range(rows))

    @pytest.mark.rule("I9")
    @given(
        st.integers(0, 950),
        st.lists(st.booleans(), max_size=12).filter(lambda places: sum(places) <= MOST_STEPS_BACK),
        st.integers(0, 1000),
    )
    def test_meets_every_row_that_stays_while_others_leave(
        self, rows: int, places: list[bool], seed: int
    ) -> None:
        moving = Moving(list(range(rows)))
        met = walk_all(moving, ["leave" if place else "" for place in places], seed)
        assert met >= set(moving.rows)

    def test_takes_as_few_pages_as_there_are(self) -> None:
        for rows, pages in ((0, 1), (1, 1), (100, 1), (101, 2), (1000, 10)):
            moving, walk, asked = Moving(list(range(rows))), Walk(), 0
            after: Walk | None = walk
            while after is not None:
                asked += 1
                after = advance(after, moving.page(after.offset))
            assert asked == pages

    def test_follows_a_platform_that_gives_fewer_rows_than_were_asked_for(self) -> None:
        moving = Moving(list(range(95)))
        after: Walk | None = Walk()
        met: set[object] = set()
        while after is not None:
            page = moving.page(after.offset, most=10)
            met |= set(page.keys)
            after = advance(after, page)
        assert len(met) == 95

    def test_counts_a_doubled_row_once(self) -> None:
        doubled = PageSeen([1, 1, 2, 2], total=4, is_last=True)
        assert advance(Walk(), doubled) == Walk(2, 4)

    def test_goes_on_without_a_total(self) -> None:
        assert advance(Walk(), PageSeen([1, 2], total=2, is_last=False)) == Walk(2, 2)
        assert advance(Walk(2, 2), PageSeen([], total=2, is_last=True)) is None

    def test_ends_although_the_total_goes_up_and_down_with_every_call(self) -> None:
        walk: Walk | None = Walk()
        asked = steps_back = 0
        while walk is not None:
            asked += 1
            page = PageSeen(range(PAGE), total=1000 - asked % 2, is_last=walk.offset + PAGE >= 999)
            after = advance(walk, page, steps_back=steps_back)
            steps_back += went_back(walk, page)
            walk = after
            assert asked < 100
        assert steps_back >= MOST_STEPS_BACK
