"""What the InkSoft sandbox remembers across restarts and kills, and what it refuses to start from."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.sandbox.anchor import SeedMismatch, drop_anchor, open_anchor
from api.sandbox.clock import now
from api.sandbox.ledger import FolderInUse, Ledger, LedgerDamaged
from tests.sandbox.conftest import ROOT, RunningSandbox, StartSandbox
from tests.sandbox.inksoft_shop import Shop


def truth(sandbox: RunningSandbox) -> Any:
    """Every order's facts and every row id: what must be equal after a replay."""
    with Shop(sandbox.url) as shop:
        facts = shop.state("orders")
        details = [
            shop.state(f"orders/{o['order']}", store=o["store_id"], account=o["account"]) for o in facts[-30:]
        ]
        return facts, details, shop.state("stores"), shop.http.get("/_control/switches").json()


def live(sandbox: RunningSandbox) -> None:
    """A bit of everything, with refusals in between."""
    with Shop(sandbox.url) as shop:
        order = shop.shape("upcharges")
        row = shop.state(f"orders/{order}")["rows"][0]["row"]
        shop.switch(modified_date="status_edits")
        shop.act("place_order", store="shapes_test_shop", seed=5, count=20)
        goods = [{"sku": "MC100", "sizes": {"M": 1}}, {"sku": "NOPE", "sizes": {"M": 1}}]
        assert shop.refused("place_order", store="shapes_test_shop", goods=goods) == 400
        shop.act("edit_quantity", order=order, row=row, quantity=9)
        shop.act("refund", order=shop.shape("coupon"), amount_cents=100)
        shop.act("create_store", account="harbor", name="Later Store")
        shop.act("place_order", store="later_store", seed=9)
        shop.call(
            "CreateOrderShipments", post=True, OrderIds=[order], TrackingNumber="T", NotifyCustomer=True
        )
        shop.act("cancel", order=shop.shape("embroidered"))


class TestARestart:
    def test_after_a_kill_shows_the_same_world_down_to_every_id(
        self, start_sandbox: StartSandbox, tmp_path: Path
    ) -> None:
        first = start_sandbox("inksoft", data=tmp_path / "same")
        live(first)
        before = truth(first)
        first.kill()
        assert truth(start_sandbox("inksoft", data=tmp_path / "same")) == before

    def test_drops_a_last_line_cut_short(self, start_sandbox: StartSandbox, tmp_path: Path) -> None:
        first = start_sandbox("inksoft", data=tmp_path / "torn")
        live(first)
        before = truth(first)
        first.kill()
        with (tmp_path / "torn" / "inksoft-ledger.jsonl").open("ab") as file:
            file.write(b'{"seq":99,"at":"2030-01-01T00')
        second = start_sandbox("inksoft", data=tmp_path / "torn")
        assert truth(second) == before
        second.act("cancel", order=870002)
        second.kill()
        assert start_sandbox("inksoft", data=tmp_path / "torn").act("close_store", store="shapes_test_shop")[
            "closed"
        ]

    def test_keeps_acknowledged_writes_of_a_process_killed_at_once(
        self, start_sandbox: StartSandbox, tmp_path: Path
    ) -> None:
        placed: list[int] = []
        for _ in range(5):
            sandbox = start_sandbox("inksoft", data=tmp_path / "kills")
            answer: Any = sandbox.act("place_order", store="shapes_test_shop", seed=1)
            placed.append(answer["orders"][0]["order"])
            sandbox.kill()
        with Shop(start_sandbox("inksoft", data=tmp_path / "kills").url) as shop:
            assert set(placed) <= {order["order"] for order in shop.state("orders")}
        assert len(set(placed)) == 5

    def test_keeps_what_many_callers_were_told_before_a_kill_in_the_middle(
        self, start_sandbox: StartSandbox, tmp_path: Path
    ) -> None:
        sandbox = start_sandbox("inksoft", data=tmp_path / "storm")
        told: list[int] = []

        def place(caller: int) -> None:
            with Shop(sandbox.url) as shop:
                for seed in range(10_000):
                    try:
                        placed = shop.act(
                            "place_order", store="shapes_test_shop", seed=caller * 10_000 + seed
                        )
                    except httpx.TransportError:
                        return
                    told.append(placed["orders"][0]["order"])

        with ThreadPoolExecutor(8) as callers:
            running = [callers.submit(place, caller) for caller in range(8)]
            while len(told) < 200:
                time.sleep(0.01)
            sandbox.process.kill()
            for each in running:
                each.result()
        sandbox.kill()
        with Shop(start_sandbox("inksoft", data=tmp_path / "storm").url) as shop:
            kept = [entry["result"]["orders"][0]["order"] for entry in shop.ledger()]
            present = {order["order"] for order in shop.state("orders", account="northside")}
        assert len(set(told)) == len(told) >= 200
        assert set(told) <= set(kept) <= present
        assert len(kept) - len(told) <= 8  # at most one unanswered write for each caller

    def test_keeps_a_session(self, start_sandbox: StartSandbox, tmp_path: Path) -> None:
        first = start_sandbox("inksoft", data=tmp_path / "session")
        with Shop(first.url) as shop:
            signed = shop.data(
                "SignIn",
                key=None,
                post=True,
                Email="owner@harbor.example",
                Password="harbor-ink",
                store="harbor_main",
            )
        first.kill()
        with Shop(start_sandbox("inksoft", data=tmp_path / "session").url) as shop:
            assert (
                shop.data("GetSession", key=None, store="harbor_main", SessionToken=signed["Token"])[
                    "IsAdmin"
                ]
                is True
            )

    def test_is_refused_on_another_seed_and_on_a_folder_in_use(
        self, start_sandbox: StartSandbox, tmp_path: Path
    ) -> None:
        sandbox = start_sandbox("inksoft", data=tmp_path / "busy")

        def start(seed: str) -> subprocess.CompletedProcess[str]:
            command = [
                sys.executable,
                "-m",
                "api.sandbox",
                "inksoft",
                "--port",
                "0",
                "--data",
                str(tmp_path / "busy"),
            ]
            return subprocess.run(  # noqa: S603 - our own program
                [*command, "--seed", seed], cwd=ROOT, capture_output=True, text=True, check=False, timeout=20
            )

        in_use, mismatch = start("tests"), start("demo")
        assert (in_use.returncode, mismatch.returncode) == (2, 2)
        assert "held by another sandbox process" in in_use.stderr
        assert "was seeded with 'tests', not 'demo'" in mismatch.stderr
        port = sandbox.url.rsplit(":", 1)[1]
        taken = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "api.sandbox", "inksoft", "--port", port, "--data", str(tmp_path / "other")],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=20,
        )  # fmt: skip
        assert "cannot listen on" in taken.stderr

    def test_from_a_reset_is_a_fresh_world(self, start_sandbox: StartSandbox, tmp_path: Path) -> None:
        sandbox = start_sandbox("inksoft", data=tmp_path / "reset")
        with Shop(sandbox.url) as shop:
            fresh = shop.state("totals")
            live(sandbox)
            shop.reset()
            assert shop.state("totals") | {"seeded_at": 0} == fresh | {"seeded_at": 0}
            assert shop.ledger() == []
        sandbox.kill()
        with Shop(start_sandbox("inksoft", data=tmp_path / "reset").url) as shop:
            assert shop.state("totals")["orders"] == fresh["orders"]


class TestTheLedger:
    def test_is_on_the_disk_before_append_returns(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ledger, path, synced = Ledger(tmp_path / "l.jsonl"), tmp_path / "l.jsonl", []
        monkeypatch.setattr(os, "fsync", lambda _: synced.append(path.read_bytes().count(b"\n")))
        for expected in (1, 2, 3):
            ledger.append("op", {"n": expected}, None, by="person", at=now())
            assert synced[-1] == expected
        ledger.close()

    def test_counts_from_one_without_gaps_and_pages(self, tmp_path: Path) -> None:
        ledger = Ledger(tmp_path / "l.jsonl")
        for number in range(5):
            ledger.append("op", {"n": number}, {"ok": True}, by="api", at=now())
        assert [entry.seq for entry in ledger.after(2, limit=2)] == [3, 4]
        entries = ledger.entries
        ledger.close()
        again = Ledger(tmp_path / "l.jsonl")
        assert again.entries == entries
        again.close()

    def test_has_one_owner(self, tmp_path: Path) -> None:
        ledger = Ledger(tmp_path / "l.jsonl")
        with pytest.raises(FolderInUse):
            Ledger(tmp_path / "l.jsonl")
        ledger.close()

    @pytest.mark.parametrize(
        "line",
        [b"not json\n", b'{"seq":7,"at":"2030-01-01T00:00:00Z","by":"","op":"","args":{},"result":1}\n'],
    )
    def test_refuses_a_damaged_middle(self, tmp_path: Path, line: bytes) -> None:
        (tmp_path / "l.jsonl").write_bytes(line)
        with pytest.raises(LedgerDamaged, match="line 1"):
            Ledger(tmp_path / "l.jsonl")


class TestTheAnchor:
    def test_keeps_its_instant_and_its_seed(self, tmp_path: Path) -> None:
        made = drop_anchor(tmp_path / "a.json", "tests")
        assert open_anchor(tmp_path / "a.json", "tests") == made
        with pytest.raises(SeedMismatch):
            open_anchor(tmp_path / "a.json", "demo")
        with pytest.raises(SeedMismatch):
            drop_anchor(tmp_path / "a.json", "nonsense")
