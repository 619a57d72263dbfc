"""When a write of unknown outcome is sent again, and when it is handed to a person."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.invoices.rules.patience import Judgement, Patience, Unknown, judge

SENT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATIENCE = Patience(quarantine=timedelta(seconds=120), gap=timedelta(seconds=60))


def at(seconds: float) -> datetime:
    return SENT + timedelta(seconds=seconds)


def read_at(unknown: Unknown, seconds: float, *, credible: bool = True) -> Judgement:
    return judge(unknown, read_at=at(seconds), credible=credible, patience=PATIENCE)


class TestAReadingThatDoesNotShowIt:
    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(
        ("seconds", "credible", "negatives", "due"),
        [
            (0, True, 0, 120),
            (119, True, 0, 120),
            (120, True, 1, 180),
            (120, False, 0, 180),
            (500, True, 1, 560),
        ],
    )
    def test_counts_only_after_the_quarantine_and_if_it_is_credible(
        self, seconds: float, credible: bool, negatives: int, due: float
    ) -> None:
        judged = read_at(Unknown(SENT, 1), seconds, credible=credible)
        assert (judged.decision, judged.unknown.negative_reads, judged.due_at) == ("wait", negatives, at(due))

    @pytest.mark.rule("A6")
    @pytest.mark.parametrize(("seconds", "decision"), [(150, "wait"), (189, "wait"), (190, "send_again")])
    def test_is_the_second_one_only_a_gap_after_the_first(self, seconds: float, decision: str) -> None:
        once = read_at(Unknown(SENT, 1), 130).unknown
        assert read_at(once, seconds).decision == decision

    @pytest.mark.rule("A6")
    def test_hands_it_over_after_the_fifth_send(self) -> None:
        once = read_at(Unknown(SENT, 5), 130).unknown
        assert read_at(once, 200).decision == "hand_over"

    @pytest.mark.rule("A6")
    def test_hands_it_over_when_nothing_could_be_learnt_from_fifty(self) -> None:
        unknown, decisions = Unknown(SENT, 1), []
        for number in range(50):
            judged = read_at(unknown, 200 + 60 * number, credible=False)
            unknown = judged.unknown
            decisions.append(judged.decision)
        assert decisions == ["wait"] * 49 + ["hand_over"]


class TestAnySequenceOfReadings:
    @pytest.mark.rule("A6")
    @given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=40))
    def test_sends_again_only_after_two_credible_ones_a_gap_apart_behind_the_quarantine(
        self, steps: list[tuple[int, bool]]
    ) -> None:
        unknown, now, credible_at = Unknown(SENT, 1), 0, []
        for seconds, credible in steps:
            now += seconds
            if credible and now >= 120:
                credible_at.append(now)
            judged = read_at(unknown, now, credible=credible)
            assert judged.due_at >= at(now)
            if judged.decision == "send_again":
                assert any(later - now_ >= 60 for now_ in credible_at for later in credible_at)
                return
            unknown = judged.unknown
