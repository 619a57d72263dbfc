"""Faults on the wire and in the answers, and what they leave behind."""

import time
from typing import Any

import httpx
import pytest

from tests.sandbox.inksoft_shop import Shop


def ship(shop: Shop) -> Any:
    return shop.call(
        "CreateOrderShipments", post=True, OrderIds=[shop.shape("one_piece")], TrackingNumber="T"
    )


def shipments(shop: Shop) -> int:
    return len(shop.state(f"orders/{shop.shape('one_piece')}")["wire"]["Shipments"])


class TestAFaultOnTheWire:
    @pytest.mark.parametrize(
        ("kind", "status", "applied"),
        [
            ("status_429", 429, False), ("status_503", 503, False), ("status_500_before", 500, False),
            ("status_500_after", 500, True), ("status_502_html", 502, True), ("html_200", 200, False),
            ("redirect", 302, False),
        ],
    )  # fmt: skip
    def test_answers_with_its_status_and_applies_the_write_or_not(
        self, shop: Shop, kind: str, status: int, applied: bool
    ) -> None:
        shop.fault(kind, "CreateOrderShipments")
        answer = ship(shop)
        assert answer.status_code == status
        assert "OK" not in answer.text or status == 500
        assert shipments(shop) == int(applied)
        assert len(shop.ledger()) == int(applied)
        assert ship(shop).status_code == 200  # it strikes once

    @pytest.mark.parametrize("kind", ["lost_answer", "reset", "hang"])
    def test_loses_the_answer_of_a_write_that_happened(self, shop: Shop, kind: str) -> None:
        shop.fault(kind, "CreateOrderShipments", **({"seconds": 5} if kind == "hang" else {}))
        with pytest.raises(httpx.TransportError):
            ship(shop)
        assert shipments(shop) == 1

    @pytest.mark.parametrize("kind", ["lost_answer", "reset"])
    def test_may_lose_the_question_instead(self, shop: Shop, kind: str) -> None:
        shop.fault(kind, "CreateOrderShipments", applied=False)
        with pytest.raises(httpx.TransportError):
            ship(shop)
        assert shipments(shop) == 0

    def test_cuts_an_answer_in_the_middle(self, shop: Shop) -> None:
        shop.fault("truncated", "GetOrderSummaries")
        with pytest.raises(httpx.RemoteProtocolError):
            shop.call("GetOrderSummaries")

    def test_answers_late(self, shop: Shop) -> None:
        shop.fault("slow", "GetStoreData", seconds=20)  # 0.2 s at this time scale
        began = time.monotonic()
        assert shop.call("GetStoreData").status_code == 200
        assert time.monotonic() - began > 0.19

    def test_packs_a_bomb(self, shop: Shop) -> None:
        shop.fault("gzip_bomb", "GetStoreData", megabytes=32)
        with shop.http.stream("GET", "/northside_main/Api2/GetStoreData?Format=JSON") as answer:
            packed = sum(len(chunk) for chunk in answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert packed < 64 * 1024

    def test_redirects_to_where_it_is_told(self, shop: Shop) -> None:
        shop.fault("redirect", "GetStoreData", location="http://127.0.0.1:1/inward")
        assert shop.call("GetStoreData").headers["location"] == "http://127.0.0.1:1/inward"

    def test_asks_for_patience(self, shop: Shop) -> None:
        shop.fault("status_429", retry_after=7)
        assert shop.call("GetStoreData").headers["retry-after"] == "7"

    def test_strikes_the_nth_call_and_so_many_after_it(self, shop: Shop) -> None:
        shop.fault("status_503", "GetStoreData", nth=2, times=2)
        assert [shop.call("GetStoreData").status_code for _ in range(5)] == [200, 503, 503, 200, 200]

    def test_leaves_other_methods_alone(self, shop: Shop) -> None:
        shop.fault("status_503", "GetProduct")
        assert shop.call("GetStoreData").status_code == 200
        (fault,) = shop.http.get("/_control/faults").json()
        assert (fault["seen"], fault["struck"]) == (0, 0)


class TestAFaultInTheAnswer:
    def test_empties_a_page_that_says_there_is_more(self, shop: Shop) -> None:
        shop.fault("empty_page", "GetOrderSummaries")
        envelope = shop.envelope("GetOrderSummaries")
        assert (envelope["OK"], envelope["Data"]) == (True, [])
        assert envelope["Pagination"]["IncludedResults"] == 0
        assert envelope["Pagination"]["TotalResults"] > 0

    def test_doubles_or_drops_rows(self, shop: Shop) -> None:
        calm = [row["ID"] for row in shop.data("GetOrderSummaries", MaxResults=10)]
        shop.fault("duplicate_rows", "GetOrderSummaries")
        assert [row["ID"] for row in shop.data("GetOrderSummaries", MaxResults=10)] == sorted(calm * 2)
        shop.fault("missing_rows", "GetOrderSummaries")
        assert [row["ID"] for row in shop.data("GetOrderSummaries", MaxResults=10)] == calm[::2]

    def test_renames_a_field(self, shop: Shop) -> None:
        shop.fault("schema_drift", "GetOrderSummaries", field="TotalAmount")
        row = shop.data("GetOrderSummaries", MaxResults=1)[0]
        assert "TotalAmountV2" in row
        assert "TotalAmount" not in row

    def test_leaves_holes(self, shop: Shop) -> None:
        shop.fault("partial_data", times=2)
        rows = shop.data("GetOrderSummaries", MaxResults=2)
        assert (rows[0]["Email"] is None, rows[1]["Email"]) == (False, None)
        assert shop.detail(shop.shape("one_piece"))["Items"] is None

    @pytest.mark.parametrize(
        ("kind", "status", "applied"), [("timeout_error", 500, 1), ("ok_false_200", 200, 0)]
    )
    def test_says_failed_whether_or_not_it_was(
        self, shop: Shop, kind: str, status: int, applied: int
    ) -> None:
        shop.fault(kind, "CreateOrderShipments")
        answer = ship(shop)
        assert (answer.status_code, answer.json()["OK"]) == (status, False)
        assert shipments(shop) == applied


class TestPlanningAFault:
    @pytest.mark.parametrize(
        "wanted",
        [
            {"kind": "meteor"}, {"kind": "reset", "times": 0}, {"kind": "reset", "match": {"nth": 0}}, {},
            {"kind": "reset", "match": {"path": "x"}}, {"kind": "reset", "params": {"color": 1}}, [],
            {"kind": "slow", "params": {"seconds": "5"}},
        ],
    )  # fmt: skip
    def test_is_refused_when_it_makes_no_sense(self, shop: Shop, wanted: Any) -> None:
        answer = shop.http.post("/_control/faults", json=wanted)
        assert answer.status_code == 400
        assert answer.json()["error"]

    def test_is_undone_one_by_one_or_at_once(self, shop: Shop) -> None:
        for name in ("a", "b", "c"):
            shop.http.post("/_control/faults", json={"id": name, "kind": "status_503"})
        assert shop.http.delete("/_control/faults/b").json() == {"lifted": 1}
        assert shop.http.delete("/_control/faults/b").status_code == 404
        assert shop.http.delete("/_control/faults").json() == {"lifted": 2}
        assert shop.call("GetStoreData").status_code == 200
