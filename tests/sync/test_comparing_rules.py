"""What a comparison makes of what it finds: pure decisions."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from api.sync.rules.comparing import LackingOrder, are_deletions, findings_of, gone
from tests.make.snapshots import PLACED, make_summary


def lacking(number: str, store: str = "11500") -> LackingOrder:
    return LackingOrder(uuid4(), number, store)


@pytest.mark.rule("Y3")
class TestWhatIsGone:
    def test_is_what_is_not_there_when_asked_for_by_number(self) -> None:
        here, there = lacking("7"), lacking("8")
        assert gone([here, there], {("8", "11500"), ("1", "11500")}, listed={("1", "11500")}) == [here]

    def test_is_not_an_order_whose_answer_names_another_store_or_none(self) -> None:
        order = lacking("7")
        assert gone([order], {("7", "99")}, listed=set()) == []
        assert gone([order], {("7", None)}, listed=set()) == []

    def test_is_an_order_whose_number_is_left_to_another_store(self) -> None:
        order = lacking("7")
        assert gone([order], {("7", "11501")}, listed={("7", "11501")}) == [order]

    def test_may_be_a_proposal_without_a_store(self) -> None:
        order = lacking("7")
        assert gone([order], {("7", None)}, listed={("7", "proposals")}) == [order]

    @pytest.mark.parametrize(
        ("lacks", "stored", "credible"),
        [
            (0, 0, True),
            (10, 10, True),
            (11, 40, False),
            (11, 44, True),
            (200, 150_000, True),
            (201, 150_000, False),
        ],
    )
    def test_is_believed_while_people_can_have_done_it(self, lacks: int, stored: int, credible: bool) -> None:
        assert are_deletions(lacks, stored=stored) is credible


class TestWhatIsMissing:
    def test_is_what_was_placed_before_the_last_look_and_not_what_came_since(self) -> None:
        old, new, known = uuid4(), uuid4(), uuid4()
        entry = make_summary()
        came = replace(entry, placed_at=PLACED + timedelta(hours=2))
        found = findings_of({old: entry, new: came}, {known: entry}, since=PLACED + timedelta(hours=1))
        assert [(finding.order_id, finding.kind) for finding in found] == [
            (old, "missing"),
            (known, "different"),
        ]
