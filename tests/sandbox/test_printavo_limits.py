"""Limits: calls in a window, complexity, depth, page size. The window is the real one here, unless a line says scaled."""

import time
from collections.abc import Iterator

import pytest

from api.sandbox.printavo.limiter import CALLS, PATIENCE, WINDOW_SECONDS, Limiter
from tests.sandbox.conftest import StartSandbox
from tests.sandbox.printavo_shop import HARBOR, NORTHSIDE, Books

ME = "{ user { id } }"
PAGE = "{ statuses(first: 3) { totalNodes nodes { id } pageInfo { hasNextPage } } }"


class Hands:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


class TestTheWindow:
    def test_slides(self) -> None:
        clock = Hands()
        limiter = Limiter(clock=clock)
        for _ in range(CALLS):
            assert limiter.admit(["a"], penalty_seconds=None) == 0
            clock.at += 0.1
        assert limiter.admit(["a"], penalty_seconds=None) == pytest.approx(WINDOW_SECONDS - 1.0)
        clock.at += WINDOW_SECONDS - 1.0
        assert limiter.admit(["a"], penalty_seconds=None) == 0
        assert limiter.admit(["a"], penalty_seconds=None) > 0

    def test_holds_for_every_key_and_counts_only_what_passed(self) -> None:
        limiter = Limiter(clock=Hands())
        for _ in range(CALLS):
            limiter.admit(["email a", "address x"], penalty_seconds=None)
        assert limiter.admit(["email b", "address x"], penalty_seconds=None) > 0
        assert limiter.admit(["email a", "address y"], penalty_seconds=None) > 0
        assert limiter.admit(["email b", "address y"], penalty_seconds=None) == 0

    def test_lasts_a_tenth_at_a_scale_of_a_tenth(self) -> None:
        limiter = Limiter(0.1, clock=Hands())
        for _ in range(CALLS):
            limiter.admit(["a"], penalty_seconds=None)
        assert limiter.admit(["a"], penalty_seconds=None) == pytest.approx(WINDOW_SECONDS / 10)

    def test_bans_those_who_hammer_when_told_to(self) -> None:
        clock = Hands()
        limiter = Limiter(clock=clock)
        for _ in range(CALLS + PATIENCE):
            limiter.admit(["a"], penalty_seconds=30)
        clock.at += WINDOW_SECONDS
        assert limiter.admit(["a"], penalty_seconds=30) == pytest.approx(25)
        clock.at += 25.1
        assert limiter.admit(["a"], penalty_seconds=30) == 0


class TestTenCallsInFiveSeconds:
    def test_pass_and_the_eleventh_waits(self, start_sandbox: StartSandbox) -> None:
        with Books(start_sandbox("printavo").url) as books:
            began = time.monotonic()
            assert [books.call(ME).status_code for _ in range(10)] == [200] * 10
            refused = books.call(ME)
            assert time.monotonic() - began < WINDOW_SECONDS, "this machine is too slow for this test"
            assert refused.status_code == 429
            assert 1 <= int(refused.headers["retry-after"]) <= 5
            assert refused.json()["errors"][0]["message"] == "Too many requests"
            assert books.call(ME, who=HARBOR).status_code == 429, "the address is counted as well"
            assert books.calls() | {"user": 0} == {"requests": 12, "rate_limited": 2, "user": 0}
            time.sleep(max(0.0, WINDOW_SECONDS - (time.monotonic() - began)) + 0.1)
            assert books.call(ME).status_code == 200

    def test_count_refused_credentials_too(self, start_sandbox: StartSandbox) -> None:
        with Books(start_sandbox("printavo").url) as books:
            codes = [books.call(ME, who=(NORTHSIDE[0], "wrong")).status_code for _ in range(11)]
            assert codes == [401] * 10 + [429]


class TestTooManyCalls:
    def exhausted(self, books: Books) -> None:
        for _ in range(10):
            books.call(ME)

    @pytest.fixture
    def slow(self, start_sandbox: StartSandbox) -> Iterator[Books]:
        with Books(start_sandbox("printavo").url) as books:
            yield books

    def test_may_be_told_without_retry_after_and_in_text(self, slow: Books) -> None:
        slow.switch(retry_after="absent", rate_limit_body="text")
        self.exhausted(slow)
        answer = slow.call(ME)
        assert (answer.status_code, answer.text) == (429, "Retry later\n")
        assert "retry-after" not in answer.headers

    @pytest.mark.parametrize(("total", "nodes"), [("real", 30), ("zero", 0)])
    def test_may_be_answered_by_an_empty_page_without_a_word(
        self, slow: Books, total: str, nodes: int
    ) -> None:
        slow.switch(rate_limit_answer="silent_empty", silent_total_nodes=total)
        self.exhausted(slow)
        assert slow.data(PAGE)["statuses"] == {
            "totalNodes": nodes,
            "nodes": [],
            "pageInfo": {"hasNextPage": False},
        }

    def test_never_silently_drop_a_write(self, slow: Books) -> None:
        slow.switch(rate_limit_answer="silent_empty")
        self.exhausted(slow)
        mutation = 'mutation { feeCreate(parentId: "900001", input: { amount: 1 }) { id } }'
        assert slow.call(mutation).status_code == 429
        assert "feeCreate" not in slow.written()


class TestAPenalty:
    def test_outlasts_the_window_when_it_is_switched_on(self, start_sandbox: StartSandbox) -> None:
        with Books(start_sandbox("printavo", "--limit-scale", "0.2").url) as books:
            books.switch(rate_penalty="on")
            codes = [books.call(ME).status_code for _ in range(CALLS + PATIENCE)]
            assert codes == [200] * CALLS + [429] * PATIENCE
            time.sleep(WINDOW_SECONDS * 0.2 + 0.1)
            assert int(books.call(ME).headers["retry-after"]) > WINDOW_SECONDS * 0.2


class TestComplexity:
    CARELESS = "{ invoices(first: 3) { nodes { lineItemGroups { nodes { lineItems { nodes { id sizes { size count } } } } } } } }"

    def test_counts_an_omitted_page_size_as_25(self, books: Books) -> None:
        # lines 1 + 25 x 2 + 1 = 52, groups 1 + 25 x 52 + 1 = 1302, orders 1 + 25 x 1302 + 1
        (said,) = books.errors(
            "{ orders { nodes { ...on Invoice { lineItemGroups { nodes { lineItems { nodes { id price } } } } } } } }"
        )
        assert said == "Query has complexity of 32552, which exceeds max complexity of 25000"

    def test_is_judged_before_anything_runs(self, books: Books) -> None:
        body = books.body(
            'mutation { a: feeCreate(parentId: "900001", input: { amount: 1 }) { id } '
            + "".join(
                f'x{n}: statusUpdate(parentId: "900001", statusId: "256601") {{ ... on Quote {{ lineItemGroups '
                "{ nodes { lineItems { nodes { id sizes { size } } } } } } } "
                for n in range(20)
            )
            + "}"
        )
        assert "complexity" in body["errors"][0]["message"]
        assert "data" not in body
        assert books.written() == []

    def test_is_bought_down_by_small_pages(self, books: Books) -> None:
        cheap = self.CARELESS.replace("lineItemGroups {", "lineItemGroups(first: 5) {").replace(
            "lineItems {", "lineItems(first: 25) {"
        )
        assert books.data(cheap)["invoices"]["nodes"]

    def test_reads_page_sizes_from_variables(self, books: Books) -> None:
        query = (
            "query($n: Int) { invoices(first: 25) { nodes { lineItemGroups(first: $n) { nodes { "
            "lineItems(first: $n) { nodes { id } } } } } } }"
        )
        assert "complexity" in books.errors(query, n=100)[0]
        assert books.data(query, n=5)

    def test_takes_the_dearest_member_of_a_union_not_both(self, books: Books) -> None:
        part = "lineItemGroups(first: 10) { nodes { lineItems(first: 25) { nodes { id price } } } }"
        both = (
            f"{{ orders(first: 25) {{ nodes {{ ... on Invoice {{ {part} }} ... on Quote {{ {part} }} }} }} }}"
        )
        assert books.data(both)["orders"]["nodes"]

    def test_counts_every_alias(self, books: Books) -> None:
        one = (
            "invoices(first: 25) { nodes { lineItemGroups(first: 10) { nodes { lineItems(first: 10) { nodes "
            "{ id color price } } } } } }"
        )
        assert books.data(f"{{ a: {one} }}")
        assert "complexity" in books.errors(f"{{ a: {one} b: {one} c: {one} d: {one} }}")[0]


class TestDepth:
    def nested(self, levels: int) -> str:
        """A query of this many levels, four a turn from group to order and back."""
        inner = "id"
        for level in range(levels - 1, 0, -1):
            inner = {
                0: 'lineItemGroup(id: "400001") { %s }' if level == 1 else "lineItemGroup { %s }",
                1: "lineItems(first: 1) { %s }",
                2: "nodes { %s }",
            }[(level - 1) % 3] % inner
        return f"{{ {inner} }}"

    def test_of_thirteen_passes(self, books: Books) -> None:
        assert books.data(self.nested(13))

    def test_of_fourteen_does_not(self, books: Books) -> None:
        assert books.errors(self.nested(14)) == ["Query has depth of 14, which exceeds max depth of 13"]
