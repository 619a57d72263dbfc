"""When a line is read again, and what a reading means for a status that was sent."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest

from api.connectors.print_shop import LineStatus
from api.purchasing.rules import (
    MOST_SENDS,
    Ending,
    Sent,
    Verdict,
    judge_reading,
    problem_of,
    wait_after,
)

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUARANTINE = timedelta(seconds=120)
STATUSES: tuple[LineStatus, ...] = get_args(LineStatus)
SHOWN: tuple[LineStatus | None, ...] = (None, *STATUSES)


def judge(sent: Sent, shown: LineStatus | None, *, after: float = 0) -> Verdict:
    return judge_reading(sent, shown, read_at=AT + timedelta(seconds=after), quarantine=QUARANTINE)


class TestAReading:
    @pytest.mark.rule("B4")
    @pytest.mark.parametrize(("status", "sends"), list(product(STATUSES, (0, 1, MOST_SENDS))))
    def test_that_shows_the_status_is_the_end_of_it(self, status: LineStatus, sends: int) -> None:
        for before in SHOWN:
            assert judge(Sent(status, before, sends, AT), status) == Verdict("done")

    @pytest.mark.rule("B4")
    @pytest.mark.parametrize("shown", [shown for shown in SHOWN if shown != "received"])
    def test_before_the_first_send_lets_it_be_sent(self, shown: LineStatus | None) -> None:
        assert judge(Sent("received", None, 0, None), shown) == Verdict("send")

    @pytest.mark.rule("B4")
    @pytest.mark.parametrize(
        ("before", "shown"),
        [pair for pair in product(SHOWN, SHOWN) if pair[0] != pair[1] and pair[1] != "received"],
    )
    def test_that_shows_a_third_status_leaves_it_alone(
        self, before: LineStatus | None, shown: LineStatus | None
    ) -> None:
        for after in (0, 500):
            assert judge(Sent("received", before, 1, AT), shown, after=after) == Verdict("overruled")

    @pytest.mark.rule("B4")
    @pytest.mark.parametrize(
        ("after", "decision"), [(0, "wait"), (119, "wait"), (120, "send"), (900, "send")]
    )
    def test_that_shows_the_old_one_waits_for_what_may_arrive_late(self, after: float, decision: str) -> None:
        verdict = judge(Sent("received", "ordered", 1, AT), "ordered", after=after)
        assert verdict.decision == decision
        assert verdict.due_at == (AT + QUARANTINE if decision == "wait" else None)

    @pytest.mark.parametrize(("sends", "decision"), [(MOST_SENDS - 1, "send"), (MOST_SENDS, "give_up")])
    def test_gives_up_after_the_last_send(self, sends: int, decision: str) -> None:
        assert judge(Sent("received", None, sends, AT), None, after=500).decision == decision


class TestTheNextReading:
    def test_comes_ever_later_while_nothing_changes(self) -> None:
        minutes = [wait_after(quiet).total_seconds() / 60 for quiet in range(9)]
        assert minutes == [15, 30, 60, 120, 240, 480, 720, 720, 720]

    def test_is_never_further_away_than_half_a_day(self) -> None:
        assert wait_after(1_000_000) == timedelta(hours=12)


@pytest.mark.parametrize("ending", get_args(Ending))
def test_every_ending_has_its_words(ending: Ending) -> None:
    problem = problem_of(ending)
    assert problem.code == ending
    assert problem.detail.endswith(".")
