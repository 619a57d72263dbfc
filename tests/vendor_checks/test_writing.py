"""`--write`: one marked quote is written, looked at and deleted again, also when the check is interrupted."""

import asyncio
import os
import signal
import sys
from typing import Any

import pytest

from api.vendor_checks.report import Report, check_vendors
from api.vendor_checks.writing import TAG
from tests.conftest import PROJECT
from tests.make.sandboxes import Sandboxes
from tests.vendor_checks.conftest import Look, make_access, nobody
from tests.vendor_checks.test_looking import point, switch

SWITCHES: list[tuple[str, Any, str]] = [
    ("sizes_update", "merge", "written_sizes"),
    ("discount_covers", "lines", "written_total"),
    ("search_delay_covers", "query_and_tags", "written_tag"),
    ("sizes_outside_columns", "hidden", "written_columns"),
    ("batches", "first_n", "written_batch"),
    ("line_status_moves", "forward_only", "written_status"),
    ("attached_to_po_by_hand", "refused", "written_po"),
]


async def ours(boxes: Sandboxes) -> list[Any]:
    found: list[Any] = await boxes.printavo("GET", f"/state/orders?account_id=7001&tag={TAG}")
    return found


async def until_written(boxes: Sandboxes) -> None:
    while not await ours(boxes):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.05)


class TestWriting:
    async def test_nothing_unless_it_is_asked_for(self, look: Look, boxes: Sandboxes) -> None:
        before = await boxes.printavo("GET", "/ledger?after=0")
        await look()
        assert await boxes.printavo("GET", "/ledger?after=0") == before

    async def test_leaves_the_books_as_they_were(self, look: Look, boxes: Sandboxes) -> None:
        before = await boxes.printavo("GET", "/state/orders?account_id=7001")
        report = await look("printavo", write=True)
        assert (report.exit_code, report.left.ids) == (0, []), report.text()
        assert {each.key for each in report.points} >= {
            "written_tag",
            "written_tax",
            "written_total",
            "written_sizes",
        }
        assert await boxes.printavo("GET", "/state/orders?account_id=7001") == before
        assert await boxes.printavo("GET", "/violations") == []

    @pytest.mark.parametrize(("name", "other", "key"), SWITCHES)
    async def test_tells_both_positions_apart(
        self, look: Look, boxes: Sandboxes, name: str, other: Any, key: str
    ) -> None:
        before = point(await look("printavo", write=True), key)
        await switch(boxes, "printavo", **{name: other}, search_delay_seconds=1.5)
        after = point(await look("printavo", write=True), key)
        assert (before.verdict, after.verdict) == ("holds", "differs"), (before.seen, after.seen)

    async def test_cleans_up_when_a_part_of_it_fails(self, look: Look, boxes: Sandboxes) -> None:
        fault = {"match": {"operation": "lineItemGroupCreate"}, "kind": "status_500_after", "times": 1}
        await boxes.printavo("POST", "/faults", fault)
        report = await look("printavo", write=True)
        assert (report.exit_code, await ours(boxes)) == (2, [])
        told = report.text()
        assert "holds           The time zone is written as an IANA name." in told, "what was seen before"
        assert "could not be looked at any further: it gave no usable answer" in told

    async def test_finds_a_quote_whose_creation_was_never_answered(
        self, look: Look, boxes: Sandboxes
    ) -> None:
        fault = {"match": {"operation": "quoteCreate"}, "kind": "lost_answer", "times": 1}
        await boxes.printavo("POST", "/faults", fault)
        report = await look("printavo", write=True)
        assert (report.exit_code, await ours(boxes)) == (2, [])

    async def test_says_what_it_could_not_delete(self, look: Look, boxes: Sandboxes) -> None:
        await boxes.printavo(
            "POST",
            "/faults",
            {"match": {"operation": "quoteDelete"}, "kind": "status_500_before", "times": 100},
        )
        report = await look("printavo", write=True)
        (left,) = await ours(boxes)
        assert (report.exit_code, report.left.ids) == (3, [left["id"]])
        assert f"These quotes stayed in Printavo, delete them there: {left['id']}" in report.text()
        await boxes.printavo("DELETE", "/faults")
        assert (await look("printavo", write=True)).exit_code == 0
        assert await ours(boxes) == []

    async def test_cleans_up_when_it_is_cancelled_in_the_middle(self, boxes: Sandboxes) -> None:
        slow = {
            "match": {"operation": "lineItemUpdate"},
            "kind": "slow",
            "times": 1,
            "params": {"seconds": 5},
        }
        await boxes.printavo("POST", "/faults", slow)
        report = Report()
        check = asyncio.ensure_future(
            check_vendors(make_access(boxes), nobody, report, sides=["printavo"], write=True)
        )
        await until_written(boxes)
        check.cancel()
        with pytest.raises(asyncio.CancelledError):
            await check
        assert (await ours(boxes), report.left.ids) == ([], [])


def _heed_ctrl_c() -> None:
    """A shell that starts things in the background lets them ignore it, and their children too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class TestTheCommand:
    async def run(self, boxes: Sandboxes, *options: str, **changes: str) -> asyncio.subprocess.Process:
        access = make_access(boxes)
        environment = {
            "PATH": os.environ["PATH"],
            "INKSOFT_URL": boxes.inksoft_url,
            "PRINTAVO_URL": boxes.printavo_url,
            "PRINTAVO_INTERVAL": "0.05",
            "PRINTAVO_EMAIL": access.printavo_email,
            "PRINTAVO_TOKEN": "DEMO-NORTHSIDE-PRINTAVO-TOKEN",
            **changes,
        }
        pipe = asyncio.subprocess.PIPE
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "api.cli", "check-vendors", *options, cwd=PROJECT,
            env=environment, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, preexec_fn=_heed_ctrl_c,
        )  # fmt: skip

    async def test_needs_no_database_and_answers_with_its_exit_code(self, boxes: Sandboxes) -> None:
        process = await self.run(boxes, "--side", "printavo")
        out, err = await process.communicate()
        assert (process.returncode, err) == (0, b""), err.decode()
        assert b"holds           The time zone is written as an IANA name." in out
        assert b"TOKEN" not in out

    async def test_says_what_is_missing_when_nobody_can_be_asked(self, boxes: Sandboxes) -> None:
        process = await self.run(boxes, "--side", "inksoft")
        _, err = await process.communicate()
        assert process.returncode == 2
        assert b"INKSOFT_STORE" in err

    async def test_names_what_it_cannot_understand_and_never_its_value(self, boxes: Sandboxes) -> None:
        process = await self.run(boxes, VENDOR_TIMEOUT="soon", INKSOFT_URL="http://[very-secret")
        _, err = await process.communicate()
        assert (process.returncode, err) == (
            2,
            b"Nothing was asked: INKSOFT_URL, VENDOR_TIMEOUT cannot be understood.\n",
        )

    async def test_deletes_what_it_wrote_on_ctrl_c(self, boxes: Sandboxes) -> None:
        slow = {
            "match": {"operation": "lineItemUpdate"},
            "kind": "slow",
            "times": 1,
            "params": {"seconds": 20},
        }
        await boxes.printavo("POST", "/faults", slow)
        process = await self.run(boxes, "--side", "printavo", "--write")
        await until_written(boxes)
        process.send_signal(signal.SIGINT)
        _, err = await asyncio.wait_for(process.communicate(), 20)
        assert (process.returncode, b"Nothing of the check stayed behind." in err) == (130, True), (
            err.decode()
        )
        assert await ours(boxes) == []
