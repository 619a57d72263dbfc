"""The purchasing status of pieces, lines and groups: every pair of both sides' words, and what holds for any set of them."""

from collections import Counter
from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.connectors.print_shop import LineStatus
from api.invoices.rules.goods import goods_status
from api.invoices.rules.purchasing import (
    CardNote,
    GoodsChoices,
    GoodsCount,
    LineGoods,
    Mark,
    count_overruled,
    mark_of_cards,
    mark_of_piece,
    total_of_group,
    total_of_line,
)

STATUSES: tuple[LineStatus, ...] = get_args(LineStatus)
SAID: dict[LineStatus, str] = {
    "need_ordering": "Needs Ordering", "attached_to_po": "Attached to PO", "ordered": "Ordered", "arrived": "Arrived",
    "partially_received": "Partially Received", "received": "Received", "in": "In",
}  # fmt: skip
INKSOFT_FIRST = GoodsChoices()
PRINTAVO_FIRST = GoodsChoices(precedence="printavo_first")
# Every pair of statuses, none among them.
PAIRS = list(product((None, *STATUSES), repeat=2))


def said(status: LineStatus | None) -> tuple[str, ...]:
    return () if status is None else (SAID[status],)


def noted(*pairs: tuple[str, int]) -> tuple[CardNote, ...]:
    return tuple(CardNote((text,), pieces) for text, pieces in pairs)


class TestTheWordsOfAShop:
    @pytest.mark.parametrize("status", STATUSES)
    def test_are_understood_as_the_sides_write_them(self, status: LineStatus) -> None:
        forms = (status, SAID[status], SAID[status].upper(), f"  {SAID[status].replace(' ', '   ')} ")
        assert {goods_status(form, {}) for form in forms} == {status}

    @pytest.mark.parametrize("text", ["waiting for Bob", "Backordered", "", "receivedd", "in stock?"])
    def test_are_not_guessed_at(self, text: str) -> None:
        assert goods_status(text, {}) is None

    def test_come_before_ours(self) -> None:
        own: dict[str, LineStatus] = {"waiting for bob": "ordered", "received": "arrived"}
        assert [goods_status(text, own) for text in ("Waiting  for BOB", "Received")] == [
            "ordered",
            "arrived",
        ]


class TestAPiece:
    @pytest.mark.rule("B2")
    @pytest.mark.parametrize(("inksoft", "printavo"), PAIRS)
    def test_shows_inksofts_status_and_otherwise_printavos(
        self, inksoft: LineStatus | None, printavo: LineStatus | None
    ) -> None:
        shown = mark_of_piece(said(inksoft), printavo, INKSOFT_FIRST)
        source = "inksoft" if inksoft else "printavo" if printavo else None
        assert (shown.status, shown.source) == (inksoft or printavo, source)

    @pytest.mark.rule("B2")
    @pytest.mark.parametrize(("inksoft", "printavo"), PAIRS)
    def test_shows_printavos_first_where_the_shop_chose_so(
        self, inksoft: LineStatus | None, printavo: LineStatus | None
    ) -> None:
        shown = mark_of_piece(said(inksoft), printavo, PRINTAVO_FIRST)
        source = "printavo" if printavo else "inksoft" if inksoft else None
        assert (shown.status, shown.source) == (printavo or inksoft, source)

    @pytest.mark.rule("B2")
    @pytest.mark.parametrize(("front", "back"), list(product(STATUSES, repeat=2)))
    def test_shows_the_least_advanced_of_its_cards(self, front: LineStatus, back: LineStatus) -> None:
        shown = mark_of_piece((*said(front), *said(back)), "in", INKSOFT_FIRST)
        assert shown.status == min(front, back, key=STATUSES.index)

    @pytest.mark.rule("B2")
    @pytest.mark.parametrize("texts", [(), ("",), ("  ", "\t")])
    def test_falls_back_when_its_cards_are_cleared(self, texts: tuple[str, ...]) -> None:
        assert mark_of_piece(texts, "received", INKSOFT_FIRST) == Mark("received", "", "printavo")

    @pytest.mark.rule("B2")
    @pytest.mark.parametrize("printavo", [None, *STATUSES])
    def test_shows_a_text_that_nobody_explained_as_it_is(self, printavo: LineStatus | None) -> None:
        assert mark_of_piece((" waiting for Bob ",), printavo, INKSOFT_FIRST) == Mark(
            None, "waiting for Bob", "inksoft"
        )

    @pytest.mark.parametrize("known", STATUSES)
    def test_claims_nothing_when_one_card_is_not_understood(self, known: LineStatus) -> None:
        assert mark_of_cards((SAID[known], "waiting for Bob"), {}) == Mark(
            None, f"{SAID[known]} / waiting for Bob", "inksoft"
        )


class TestALine:
    @pytest.mark.rule("B2")
    @pytest.mark.parametrize(("some", "others"), list(product(STATUSES, repeat=2)))
    def test_shows_the_least_advanced_of_its_pieces_with_counts(
        self, some: LineStatus, others: LineStatus
    ) -> None:
        shown = total_of_line(LineGoods(5, None, noted((SAID[some], 3), (SAID[others], 2))), INKSOFT_FIRST)
        assert shown.status == min(some, others, key=STATUSES.index)
        counted: Counter[LineStatus | None] = Counter()
        counted[some] += 3
        counted[others] += 2
        assert {count.status: count.pieces for count in shown.counts} == counted

    @pytest.mark.rule("B2")
    @pytest.mark.parametrize("printavo", STATUSES)
    def test_mixes_both_sides_piece_by_piece(self, printavo: LineStatus) -> None:
        shown = total_of_line(LineGoods(3, printavo, noted(("Ordered", 1))), INKSOFT_FIRST)
        assert shown.source == "both"
        assert shown.status == min("ordered", printavo, key=STATUSES.index)
        assert shown.pieces == sum(count.pieces for count in shown.counts) == 3

    def test_does_not_rank_what_it_does_not_know(self) -> None:
        line = LineGoods(6, None, noted(("Received", 3), ("waiting for Bob", 2)))
        shown = total_of_line(line, INKSOFT_FIRST)
        assert shown.status == "received"
        assert shown.counts == (
            GoodsCount("received", "", 3), GoodsCount(None, "waiting for Bob", 2), GoodsCount(None, "", 1),
        )  # fmt: skip

    def test_says_how_many_pieces_one_side_was_overruled_on(self) -> None:
        line = LineGoods(6, "ordered", noted(("Received", 2), ("Ordered", 1), ("waiting for Bob", 1)))
        assert count_overruled(line, INKSOFT_FIRST) == 3
        assert count_overruled(LineGoods(6, None, line.inksoft), INKSOFT_FIRST) == 0

    def test_never_counts_more_pieces_than_it_has(self) -> None:
        shown = total_of_line(LineGoods(4, "in", noted(("Received", 3), ("Ordered", 3))), INKSOFT_FIRST)
        assert shown.counts == (GoodsCount("ordered", "", 3), GoodsCount("received", "", 1))


class TestAGroup:
    @pytest.mark.rule("B3")
    def test_shows_the_least_advanced_of_its_lines_with_counts(self) -> None:
        lines = [LineGoods(3, "received"), LineGoods(2, "ordered")]
        shown = total_of_group(lines, INKSOFT_FIRST)
        assert (shown.status, shown.source, shown.pieces) == ("ordered", "printavo", 5)
        assert shown.counts == (GoodsCount("ordered", "", 2), GoodsCount("received", "", 3))

    @pytest.mark.rule("B3")
    @pytest.mark.parametrize(("first", "second"), PAIRS)
    def test_leaves_out_of_the_ranking_what_nobody_said(
        self, first: LineStatus | None, second: LineStatus | None
    ) -> None:
        shown = total_of_group([LineGoods(1, first), LineGoods(1, second)], INKSOFT_FIRST)
        told = [status for status in (first, second) if status]
        assert shown.status == min(told, key=STATUSES.index, default=None)
        assert shown.source == ("printavo" if told else None)

    @pytest.mark.rule("B3")
    def test_says_both_when_both_sides_have_their_part_in_it(self) -> None:
        lines = [LineGoods(2, "received"), LineGoods(1, "in", noted(("Ordered", 1)))]
        assert total_of_group(lines, INKSOFT_FIRST).source == "both"
        assert total_of_group(lines, PRINTAVO_FIRST).source == "printavo"

    def test_of_nothing_shows_nothing(self) -> None:
        shown = total_of_group([], INKSOFT_FIRST)
        assert (shown.status, shown.source, shown.pieces, shown.counts) == (None, None, 0, ())


TEXTS = st.sampled_from([*SAID.values(), "waiting for Bob", "Backordered", "  "])
NOTES = st.builds(CardNote, st.lists(TEXTS, max_size=3).map(tuple), st.integers(min_value=0, max_value=9))
LINES = st.builds(
    LineGoods,
    st.integers(min_value=0, max_value=30),
    st.sampled_from((None, *STATUSES)),
    st.lists(NOTES, max_size=4).map(tuple),
)
CHOICES = st.sampled_from([INKSOFT_FIRST, PRINTAVO_FIRST])


@pytest.mark.rule("B3")
@given(lines=st.lists(LINES, max_size=6), choices=CHOICES)
def test_every_piece_is_counted_once(lines: list[LineGoods], choices: GoodsChoices) -> None:
    shown = total_of_group(lines, choices)
    assert sum(count.pieces for count in shown.counts) == shown.pieces == sum(line.pieces for line in lines)
    assert all(count.pieces > 0 for count in shown.counts)
    assert len({(count.status, count.text) for count in shown.counts}) == len(shown.counts)


@pytest.mark.rule("B3")
@given(lines=st.lists(LINES, max_size=6), choices=CHOICES)
def test_a_group_is_as_advanced_as_its_least_advanced_line(
    lines: list[LineGoods], choices: GoodsChoices
) -> None:
    of_lines = [total_of_line(line, choices).status for line in lines]
    told = [STATUSES.index(status) for status in of_lines if status is not None]
    shown = total_of_group(lines, choices).status
    assert shown == (STATUSES[min(told)] if told else None)


@given(line=LINES, choices=CHOICES)
def test_the_order_of_the_notes_says_nothing(line: LineGoods, choices: GoodsChoices) -> None:
    turned = LineGoods(line.pieces, line.printavo, tuple(reversed(line.inksoft)))
    assert total_of_line(turned, choices) == total_of_line(line, choices)


@pytest.mark.rule("B2")
@given(line=LINES)
def test_what_inksoft_does_not_say_is_printavos(line: LineGoods) -> None:
    cleared = LineGoods(line.pieces, line.printavo)
    shown = total_of_line(cleared, INKSOFT_FIRST)
    assert shown.status == (line.printavo if line.pieces else None)
