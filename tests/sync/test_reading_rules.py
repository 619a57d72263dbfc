"""What is read next, how far it is, what went wrong: pure decisions of the sync."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from api.connectors.vendor_errors import LinkBroken, Refused, SlowDown, Unexpected, Unreachable
from api.orders.rules.due import DueOrder
from api.sync.rules import cursor as rules
from api.sync.rules.cursor import Cursor, Window
from api.sync.rules.matching import match_answers
from api.sync.rules.progress import entries_seen, progress
from api.sync.rules.trouble import TRIES, pause, trouble_of
from api.sync.rules.turns import comparison_is_due, reread_is_due
from api.sync.rules.walk import Walk
from tests.make.snapshots import make_snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
READ = Cursor(
    modified_through=NOW - HOUR,
    platform_through=NOW - 3 * HOUR,
    history=None,
    counted_at=NOW - 2 * HOUR,
    reread_at=NOW - MINUTE,
    compared_at=NOW - MINUTE,
)


class TestAFirstReading:
    def test_begins_with_a_page_of_the_history(self) -> None:
        assert Cursor().history_comes_first

    @pytest.mark.parametrize(("total", "first"), [(0, True), (1000, True), (1001, False), (2_000_000, False)])
    def test_goes_on_with_it_when_it_is_short(self, total: int, first: bool) -> None:
        assert Cursor(history=Walk(100, total)).history_comes_first is first

    def test_reads_what_is_shared_before_the_rest_of_a_long_one(self) -> None:
        window = rules.next_window(
            Cursor(history=Walk(100, 5000)), share_from=NOW - 30 * DAY, overlap=10 * MINUTE, now=NOW
        )
        assert (window.phase, window.since, window.started_at) == ("recent", NOW - 30 * DAY, NOW)

    def test_counts_changes_from_its_first_call_on(self) -> None:
        begun = rules.after_history_page(Cursor(), Walk(100, 150), told_at=NOW - HOUR, now=NOW - MINUTE)
        ended = rules.after_history(begun, total=150, stored=150, now=NOW)
        assert (ended.modified_through, ended.history, ended.missing) == (NOW - MINUTE, None, 0)
        assert ended.platform_through == NOW - HOUR


class TestTheWindow:
    def test_reaches_back_over_the_overlap(self) -> None:
        window = rules.next_window(READ, share_from=NOW, overlap=10 * MINUTE, now=NOW)
        assert (window.phase, window.since) == ("changes", NOW - 3 * HOUR - 10 * MINUTE)

    @pytest.mark.rule("Y1")
    def test_asks_since_when_the_platform_says_it_was_asked_before(self) -> None:
        first = Window("changes", NOW - HOUR, NOW + 20 * MINUTE)
        walked = rules.after_window(READ, first, Walk(100, 150), told_at=NOW)
        assert walked.window is not None
        ended = rules.after_window(walked, walked.window, None, told_at=NOW + MINUTE)
        assert (ended.modified_through, ended.platform_through) == (NOW + 20 * MINUTE, NOW)
        assert rules.next_window(ended, share_from=NOW, overlap=HOUR, now=NOW).since == NOW - HOUR

    @pytest.mark.rule("Y1")
    def test_follows_the_platform_when_its_clock_goes_back(self) -> None:
        ahead = rules.after_window(READ, Window("changes", NOW, NOW), None, told_at=NOW + DAY)
        back = rules.after_window(ahead, Window("changes", NOW, NOW), None, told_at=NOW)
        assert back.platform_through == NOW

    @pytest.mark.rule("Y1")
    def test_asks_for_all_that_is_shared_while_the_platform_never_told_its_time(self) -> None:
        ended = rules.after_window(
            replace(READ, platform_through=None), Window("recent", NOW, NOW), None, told_at=None
        )
        assert (
            rules.next_window(ended, share_from=NOW - 30 * DAY, overlap=HOUR, now=NOW).since == NOW - 30 * DAY
        )

    def test_goes_on_where_it_was_broken_off(self) -> None:
        half = Window("changes", NOW - DAY, NOW - HOUR, Walk(300, 900))
        assert rules.next_window(replace(READ, window=half), share_from=NOW, overlap=HOUR, now=NOW) == half

    def test_ends_at_the_moment_it_began(self) -> None:
        ended = rules.after_window(READ, Window("changes", NOW - HOUR, NOW - MINUTE), None, told_at=NOW)
        assert (ended.window, ended.modified_through) == (None, NOW - MINUTE)

    @pytest.mark.rule("I9")
    def test_never_moves_back(self) -> None:
        ended = rules.after_window(READ, Window("changes", NOW - DAY, NOW - DAY), None, told_at=NOW)
        assert ended.modified_through == READ.modified_through

    @pytest.mark.parametrize(
        ("cursor", "due"),
        [
            (Cursor(), True),
            (replace(READ, modified_through=NOW - MINUTE), False),
            (replace(READ, modified_through=NOW - 11 * MINUTE), True),
            (replace(READ, modified_through=NOW - 5 * MINUTE), True),
            (replace(READ, modified_through=NOW, window=Window("changes", NOW, NOW)), True),
        ],
    )
    def test_is_due_once_a_run_and_then_every_interval(self, cursor: Cursor, due: bool) -> None:
        began = NOW - 10 * MINUTE
        assert rules.window_is_due(cursor, run_started_at=began, interval=5 * MINUTE, now=NOW) is due


class TestCounting:
    @pytest.mark.parametrize(
        ("cursor", "asked_at", "due"),
        [
            (READ, None, True),
            (replace(READ, counted_at=NOW - MINUTE), None, False),
            (replace(READ, counted_at=NOW - MINUTE), NOW, True),
            (replace(READ, counted_at=NOW), NOW - MINUTE, False),
            (replace(READ, counted_at=None), None, True),
            (replace(READ, history=Walk()), NOW, False),
        ],
    )
    def test_is_due_hourly_and_when_somebody_asked(
        self, cursor: Cursor, asked_at: datetime | None, due: bool
    ) -> None:
        assert rules.count_is_due(cursor, asked_at=asked_at, now=NOW) is due

    @pytest.mark.rule("I9")
    @pytest.mark.parametrize(
        ("missing", "total", "stored", "again"),
        [
            (0, 100, 100, False),
            (0, 101, 100, True),
            (1, 101, 100, False),
            (1, 102, 100, True),
            (0, 99, 100, False),
        ],
    )
    def test_walks_all_again_when_more_is_missing_than_no_walk_found(
        self, missing: int, total: int, stored: int, again: bool
    ) -> None:
        counted = rules.after_count(replace(READ, missing=missing), total=total, stored=stored, now=NOW)
        assert (counted.history is not None) is again

    @pytest.mark.rule("I9")
    def test_forgets_what_was_found_since_so_that_nothing_hides_behind_it(self) -> None:
        found = rules.after_count(replace(READ, missing=5), total=100, stored=100, now=NOW)
        assert (found.missing, found.history) == (0, None)
        assert rules.after_count(found, total=103, stored=100, now=NOW).history == Walk()

    def test_looks_for_the_missing_once_more_and_then_remembers_them(self) -> None:
        first = rules.after_history(Cursor(), total=103, stored=100, now=NOW)
        second = rules.after_history(first, total=103, stored=100, now=NOW)
        assert (first.history, first.missing) == (Walk(), 3)
        assert (second.history, second.missing) == (None, 3)


WORKSPACE = UUID(int=500)


def night_is_due(compared_at: datetime | None, now: datetime, *, zone: str = "America/Chicago") -> bool:
    return comparison_is_due(
        replace(READ, compared_at=compared_at), every=DAY, time_zone=zone, workspace_id=WORKSPACE, now=now
    )


class TestTurns:
    @pytest.mark.parametrize(
        ("last", "due"),
        [
            (None, True),
            (NOW - 59 * MINUTE, False),
            (NOW - HOUR, True),
            (NOW + 59 * MINUTE, False),
            (NOW + DAY, True),
        ],
    )
    def test_of_open_orders_come_by_the_hour(self, last: datetime | None, due: bool) -> None:
        cursor = replace(READ, reread_at=last)
        assert reread_is_due(cursor, every=HOUR, now=NOW) is due
        assert not reread_is_due(replace(cursor, history=Walk()), every=HOUR, now=NOW)

    def test_of_everything_come_once_in_the_shops_night(self) -> None:
        # 1 a.m. in Chicago is 7 a.m. UTC; this workspace begins two hours later.
        before, after = NOW.replace(hour=8, minute=59), NOW.replace(hour=9, minute=1)
        assert [night_is_due(NOW - DAY, moment) for moment in (before, after)] == [False, True]
        assert not night_is_due(after, after + 20 * HOUR)
        assert night_is_due(after, after + DAY)
        assert night_is_due(None, before)
        assert night_is_due(NOW - DAY, before, zone="Europe/Berlin")

    def test_do_not_come_twice_in_a_short_time(self) -> None:
        evening = NOW.replace(hour=8)
        assert not night_is_due(evening, evening + 2 * HOUR)


class TestProgress:
    @pytest.mark.parametrize(
        ("state", "figures", "shown"),
        [
            ("running", (None, 0, 0, 0), 0.0),
            ("running", (1000, 250, 0, 0), 0.25),
            ("running", (1000, 1000, 1000, 500), 0.75),
            ("running", (1000, 1200, 10, 30), 0.99),
            ("failed", (1000, 500, 0, 0), 0.5),
            ("succeeded", (None, 0, 0, 0), 1.0),
        ],
    )
    def test_is_the_part_of_entries_and_details_that_was_read(
        self, state: str, figures: tuple[int | None, int, int, int], shown: float
    ) -> None:
        expected, seen, details_expected, details_read = figures
        assert shown == progress(
            state, expected=expected, seen=seen, details_expected=details_expected, details_read=details_read
        )

    def test_counts_an_order_once_that_two_walks_of_a_first_import_meet(self) -> None:
        placed = [NOW - 40 * DAY, NOW - DAY]
        since = NOW - 30 * DAY
        assert entries_seen(placed, "recent", is_first_import=True, recent_since=None) == 2
        assert entries_seen(placed, "history", is_first_import=True, recent_since=since) == 1
        assert entries_seen(placed, "history", is_first_import=True, recent_since=None) == 2
        assert entries_seen(placed, "changes", is_first_import=True, recent_since=since) == 0
        assert entries_seen(placed, "changes", is_first_import=False, recent_since=since) == 2


class TestTrouble:
    @pytest.mark.parametrize(
        ("error", "code", "passes"),
        [
            (Unreachable("inksoft", "timeout"), "partner_unavailable", True),
            (SlowDown("inksoft", "429"), "partner_unavailable", True),
            (LinkBroken("inksoft", "no"), "link_needs_reauth", False),
            (LinkBroken("inksoft", "no", reason="plan"), "link_suspended", False),
            (Refused("inksoft", "no"), "partner_not_understood", False),
            (Unexpected("inksoft", "?"), "partner_not_understood", False),
            (KeyError("x"), "internal_error", True),
        ],
    )
    def test_is_sorted(self, error: Exception, code: str, passes: bool) -> None:
        found = trouble_of(error)
        assert (found.code, found.passes) == (code, passes)
        assert str(error) not in found.detail

    @pytest.mark.rule("Y5")
    def test_is_tried_again_later_and_later(self) -> None:
        error = Unreachable("inksoft", "timeout")
        pauses = [pause(error, failures, passes=True, interval=5 * MINUTE) for failures in range(1, 12)]
        seconds = [5, 10, 20, 40, 80]
        assert pauses[: TRIES - 1] == [timedelta(seconds=each) for each in seconds]
        # Given up, it is looked at again at the usual time, and then less and less often.
        assert pauses[TRIES - 1 :] == [each * MINUTE for each in (5, 10, 20, 30, 30, 30)]
        assert pause(error, TRIES + 9, passes=True, interval=HOUR) == HOUR

    @pytest.mark.rule("Y5")
    @pytest.mark.parametrize("failures", [1, TRIES, TRIES + 20])
    def test_waits_as_long_as_the_vendor_asks(self, failures: int) -> None:
        error = SlowDown("inksoft", "429", retry_after=2700)
        assert pause(error, failures, passes=True, interval=5 * MINUTE) == 45 * MINUTE


def due(number: str, store: str) -> DueOrder:
    return DueOrder(uuid4(), number, store, None, None)


class TestMatchingAnswers:
    def test_goes_by_number_and_store(self) -> None:
        here, there = due("7", "1"), due("7", "2")
        answers = [make_snapshot(external_id="7", store_external_id=store) for store in ("2", "1")]
        found, lacking = match_answers([here, there], answers)
        assert (found, lacking) == ([(here, answers[1]), (there, answers[0])], [])

    def test_leaves_the_answer_of_another_store_alone(self) -> None:
        here = due("7", "1")
        answers = [make_snapshot(external_id="7", store_external_id=store) for store in ("2", "3")]
        assert match_answers([here], answers) == ([], [here])

    def test_knows_an_order_without_a_store(self) -> None:
        order, answer = due("7", "proposals"), make_snapshot(external_id="7", store_external_id=None)
        assert match_answers([order], [answer]) == ([(order, answer)], [])

    def test_takes_the_number_alone_when_it_can_only_be_one(self) -> None:
        order, answer = due("7", "proposals"), make_snapshot(external_id="7", store_external_id="99")
        assert match_answers([order], [answer]) == ([(order, answer)], [])

    def test_says_which_orders_got_no_answer(self) -> None:
        order, other = due("7", "1"), due("8", "1")
        answer = make_snapshot(external_id="8", store_external_id="1")
        assert match_answers([order, other], [answer]) == ([(other, answer)], [order])

    def test_takes_half_an_answer_for_none(self) -> None:
        order, answer = due("7", "1"), make_snapshot(external_id="7", store_external_id="1", items=())
        free = replace(answer, money=replace(answer.money, total_amount=0))
        assert match_answers([order], [answer]) == ([], [order])
        assert match_answers([order], [free]) == ([(order, free)], [])
