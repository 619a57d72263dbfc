"""Nothing that was answered is lost, whatever dies; and what happens to answers on the wire."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from tests.sandbox.conftest import ROOT, StartSandbox
from tests.sandbox.printavo_shop import HARBOR, NORTHSIDE, QUOTE_CREATE, Books, line_input, quote_input

SCALED = ("--limit-scale", "0.001")
FEE = 'mutation { feeCreate(parentId: "900001", input: { amount: 1 }) { id amount } }'


def state(books: Books) -> dict[str, Any]:
    """Everything that can be seen from outside, of all accounts."""
    return {
        "orders": [books.order(each["id"]) for each in books.desk("state/orders")],
        "accounts": [books.words(account) for account in ("7001", "7002", "7003")],
        "merch": [books.desk(f"state/merch?account_id={account}") for account in ("7001", "7002")],
        "switches": books.desk("switches"),
        "violations": books.desk("violations"),
    }


def work(books: Books) -> str:
    """A bit of everything, under changing switches; returns a session token that still works."""
    quote = books.quote(fees=[{"amount": 3}], productionFiles=[{"publicFileUrl": "https://x.example/a.pdf"}])
    line, group = books.line_of(quote), books.group_of(quote)
    books.switch(sizes_update="merge", conversion_keeps_id="no")
    change = "mutation($l: ID!, $i: LineItemInput!) { lineItemUpdate(id: $l, input: $i) { id } }"
    books.data(change, l=line, i={"position": 1, "sizes": [{"size": "size_s", "count": 4}]})
    books.switch(sizes_update=None, batches="first_n")
    creates = "mutation($i: [LineItemCreatesInput!]!) { lineItemCreates(inputs: $i) { id } }"
    books.errors(
        creates, i=[{"lineItemGroupId": each, "input": line_input(position=2)} for each in (group, "1")]
    )
    books.act("order_goods", line_ids=[line])
    books.act("change_status", order_id=quote["id"], status_id=books.status("Completed"))
    books.act("rename_status", status_id=books.status("Approved"), name="Go")
    books.act("revoke_token", email=HARBOR[0])
    books.data(
        'mutation { emailMessageCreate(parentId: "900001", input: { subject: "a", text: "b", to: ["c@d.example"] }) { id } }'
    )
    login = 'mutation { login(email: "office@northside.example", password: "northside-print") { token } }'
    return str(books.data(login, ("", ""))["login"]["token"])


class TestARestart:
    def test_after_a_kill_finds_everything(self, start_sandbox: StartSandbox, tmp_path: Path) -> None:
        first = start_sandbox("printavo", *SCALED, data=tmp_path / "kept")
        with Books(first.url) as books:
            token = work(books)
            before, written = state(books), books.desk("ledger")
        first.kill()
        with Books(start_sandbox("printavo", *SCALED, data=tmp_path / "kept").url) as books:
            assert state(books) == before
            assert books.desk("ledger") == written
            assert books.call("{ user { id } }", who=(NORTHSIDE[0], token)).status_code == 200
            assert books.call("{ user { id } }", who=HARBOR).status_code == 401
            numbers = [int(each["visual_id"]) for each in before["orders"] if each["account_id"] == "7001"]
            assert int(books.quote()["visualId"]) == max(numbers) + 1

    def test_drops_a_last_line_that_was_cut_short(self, start_sandbox: StartSandbox, tmp_path: Path) -> None:
        first = start_sandbox("printavo", *SCALED, data=tmp_path / "kept")
        with Books(first.url) as books:
            books.data(FEE)
            before = books.order("900001")
        first.kill()
        with (tmp_path / "kept" / "printavo-ledger.jsonl").open("ab") as ledger:
            ledger.write(b'{"seq":2,"at":"2030-')
        with Books(start_sandbox("printavo", *SCALED, data=tmp_path / "kept").url) as books:
            assert books.order("900001") == before
            assert books.written() == ["feeCreate"]

    def test_is_refused_while_another_process_holds_the_folder(
        self, start_sandbox: StartSandbox, tmp_path: Path
    ) -> None:
        start_sandbox("printavo", data=tmp_path / "kept")
        command = [
            sys.executable,
            "-m",
            "api.sandbox",
            "printavo",
            "--port",
            "0",
            "--data",
            str(tmp_path / "kept"),
            "--seed",
            "tests",
        ]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - our own program
        assert second.returncode == 2
        assert "held by another sandbox process" in second.stderr


class TestTheSeed:
    def test_is_the_same_in_every_fresh_folder(self, start_sandbox: StartSandbox) -> None:
        shops = []
        for _ in range(2):
            with Books(start_sandbox("printavo", *SCALED).url) as books:
                orders = books.desk("state/orders")
                shops.append([{**order, "updated_at": "", "nickname": ""} for order in orders])
        assert shops[0] == shops[1]

    @pytest.mark.parametrize(
        ("seed", "orders", "merch"), [("demo", 40, 100), ("tests", 40, 100), ("empty", 0, 0)]
    )
    def test_has_accounts_words_and_customers_whatever_it_is(
        self, start_sandbox: StartSandbox, seed: str, orders: int, merch: int
    ) -> None:
        with Books(start_sandbox("printavo", *SCALED, seed=seed).url) as books:
            assert len(books.desk("state/orders?account_id=7001")) == orders
            assert sum(each["orders"] for each in books.desk("state/merch?account_id=7001")) == merch
            assert len(books.words()["contacts"]) == 75
            assert [each["token"] for each in books.desk("accounts")] == [
                "DEMO-NORTHSIDE-PRINTAVO-TOKEN",
                "DEMO-HARBOR-PRINTAVO-TOKEN",
                "DEMO-SMALLTOWN-PRINTAVO-TOKEN",
            ]

    def test_comes_back_with_a_reset(self, books: Books) -> None:
        before = state(books)
        work(books)
        books.fault("status_429", "orders")
        books.desk("reset", "POST")
        after = state(books)
        assert [each["totals"] for each in after["orders"]] == [each["totals"] for each in before["orders"]]
        assert (after["accounts"], after["switches"], after["violations"]) == (
            before["accounts"],
            before["switches"],
            before["violations"],
        )
        assert (books.desk("faults"), books.desk("ledger"), books.calls()) == ([], [], {})


class TestTheLedger:
    def test_says_who_did_what(self, books: Books) -> None:
        fee = books.data(FEE)["feeCreate"]["id"]
        books.act("delete_fee", fee_id=fee)
        first, second = books.desk("ledger")
        assert (first["seq"], first["by"], first["op"], first["result"]) == (
            1,
            "api",
            "feeCreate",
            {"id": fee},
        )
        assert first["args"] == {
            "account_id": "7001",
            "given": {"parent_id": "900001", "input": {"amount": 1.0}},
        }
        assert (second["seq"], second["by"], second["op"]) == (2, "person", "delete_fee")
        assert books.desk("ledger?after=1") == [second]

    def test_is_on_the_disk_before_the_answer(self, start_sandbox: StartSandbox) -> None:
        sandbox = start_sandbox("printavo", *SCALED)
        with Books(sandbox.url) as books:
            fee = books.data(FEE)["feeCreate"]["id"]
            lines = (sandbox.data / "printavo-ledger.jsonl").read_bytes().splitlines()
            assert orjson.loads(lines[-1])["result"] == {"id": fee}

    def test_holds_no_reads_but_they_are_counted(self, books: Books) -> None:
        books.data("{ user { id } account { id } again: user { name } }")
        assert books.written() == []
        assert books.calls() == {"requests": 1, "user": 2, "account": 1}
        books.desk("calls", "DELETE")
        assert books.calls() == {}


class TestSpoiledAnswers:
    @pytest.mark.parametrize("kind", ["lost_answer", "reset"])
    def test_may_be_lost_after_the_write(self, books: Books, kind: str) -> None:
        books.fault(kind, "quoteCreate")
        with pytest.raises(httpx.TransportError):
            books.call(QUOTE_CREATE, {"input": quote_input(tags=["lost"])})
        assert len(books.desk("state/orders?tag=lost")) == 1
        assert books.written() == ["quoteCreate"]

    @pytest.mark.parametrize(
        ("kind", "status", "written"),
        [
            ("status_429", 429, 0),
            ("status_500_before", 500, 0),
            ("status_500_after", 500, 1),
            ("status_502_html", 502, 1),
            ("html_200", 200, 0),
            ("redirect", 302, 0),
        ],
    )
    def test_may_be_something_else(self, books: Books, kind: str, status: int, written: int) -> None:
        books.fault(kind, "feeCreate")
        assert books.call(FEE).status_code == status
        assert books.written() == ["feeCreate"] * written
        assert books.call(FEE).status_code == 200, "a fault strikes once"

    @pytest.mark.parametrize(("applied", "written"), [(True, 1), (False, 0)])
    def test_may_be_a_timeout_with_200(self, books: Books, applied: bool, written: int) -> None:
        books.fault("timeout_error", "feeCreate", applied=applied)
        assert books.body(FEE) == {"data": None, "errors": [{"message": "Timeout on Mutation.feeCreate"}]}
        assert books.written() == ["feeCreate"] * written

    def test_may_be_partial(self, books: Books) -> None:
        books.fault("partial_data", "statusUpdate")
        status = books.status("Quote sent")
        body = books.body(
            f'mutation {{ a: feeCreate(parentId: "900001", input: {{ amount: 1 }}) {{ amount }} '
            f'b: statusUpdate(parentId: "900001", statusId: "{status}") {{ __typename }} }}'
        )
        assert body["data"] == {"a": {"amount": 1.0}, "b": None}
        assert body["errors"] == [{"message": "Record could not be saved", "path": ["b"]}]
        assert books.written() == ["feeCreate", "statusUpdate"]

    def test_may_leave_one_record_bare(self, books: Books) -> None:
        books.fault("bare_record", "order", record="900002")
        parts = "{ __typename ... on Quote { id } ... on Invoice { id } }"
        shown = books.data(f'{{ one: order(id: "900001") {parts} other: order(id: "900002") {parts} }}')
        assert shown["one"].keys() == {"__typename", "id"}
        assert shown["other"] == {"id": "900002"}

    def test_may_be_an_empty_page(self, books: Books) -> None:
        books.fault("empty_page", "contacts")
        query = "{ contacts(first: 5) { totalNodes nodes { id } pageInfo { hasNextPage } } }"
        assert books.data(query)["contacts"] == {
            "totalNodes": 75,
            "nodes": [],
            "pageInfo": {"hasNextPage": False},
        }
        assert len(books.data(query)["contacts"]["nodes"]) == 5

    def test_may_say_that_a_field_went_away(self, books: Books) -> None:
        books.fault("schema_drift", "feeCreate", field="taxable")
        assert books.errors(FEE) == ["Field 'taxable' doesn't exist on type 'Mutation'"]
        assert books.written() == []

    def test_may_be_unauthorized_once(self, books: Books) -> None:
        books.fault("unauthorized", "user")
        assert books.errors("{ user { id } }") == ["Unauthorized"]
        assert books.data("{ user { id } }")

    def test_may_be_cut_in_half(self, books: Books) -> None:
        books.fault("truncated", "user")
        with pytest.raises(httpx.RemoteProtocolError):
            books.call("{ user { id name email } }")

    def test_strike_the_call_they_were_told_to(self, books: Books) -> None:
        fault = {"kind": "status_429", "match": {"operation": "user", "nth": 2}}
        books.desk("faults", "POST", fault)
        codes = [books.call("{ user { id } }").status_code for _ in range(3)]
        assert codes == [200, 429, 200]
        assert books.call("{ account { id } }").status_code == 200
