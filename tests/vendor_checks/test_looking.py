"""Each unproven point, in both positions of its switch: the report must say which one the account is in."""

from typing import Any

import pytest
from pydantic import SecretStr

from api.connectors.inksoft.adapter import InkSoft
from api.connectors.pacing import Unpaced
from api.connectors.store_platform import PlatformCredentials
from api.core.http import HttpDoor
from api.vendor_checks.report import Report
from tests.make.sandboxes import Sandboxes
from tests.vendor_checks.conftest import Look

SECRETS = ("DEMO-NORTHSIDE-INKSOFT-KEY", "DEMO-NORTHSIDE-PRINTAVO-TOKEN")

# Switch, the value that is not the default, the point that tells, its verdict in both positions.
INKSOFT: list[tuple[str, Any, str, str, str]] = [
    ("dates", "with_offset", "dates", "holds", "differs"),
    ("server_utc_offset_hours", -5.0, "ranges", "holds", "differs"),
    ("max_results", 50, "page", "holds", "differs"),
    ("package_ids", 20, "batch", "holds", "differs"),
    ("package_unknown_ids", "leave_out", "unknown_ids", "holds", "differs"),
    ("package_fields", "thin", "fields", "holds", "differs"),
    ("package_cards", "never", "cards", "holds", "differs"),
    ("tax_rate", "percent", "tax_rate", "holds", "differs"),
]
PRINTAVO: list[tuple[str, Any, str, str, str]] = [
    ("time_zone_form", "rails", "time_zone", "holds", "differs"),
    ("page_cap_orders", "clamp", "order_pages", "holds", "differs"),
    ("page_cap_others", "reject", "other_pages", "holds", "differs"),
    ("money_noise", "off", "money", "holds", "differs"),
]
# Every position of these is recognised; what was seen says which one it is.
RECOGNISED = [
    ("inksoft", "bad_key", "bad_key", ("400", "401", "200_not_ok")),
    ("inksoft", "unknown_path", "unknown_store", ("envelope", "html")),
    ("printavo", "auth_failure", "bad_token", ("http_401", "http_403", "graphql")),
]


def point(report: Report, key: str) -> Any:
    (found,) = [each for each in report.points if each.key == key]
    return found


async def switch(boxes: Sandboxes, side: str, **settings: Any) -> None:
    await getattr(boxes, side)("PUT", "/switches", settings)


class TestAPoint:
    @pytest.mark.parametrize(
        ("side", "name", "other", "key", "usually", "then"),
        [("inksoft", *each) for each in INKSOFT] + [("printavo", *each) for each in PRINTAVO],
    )
    async def test_tells_both_positions_apart(
        self,
        look: Look,
        boxes: Sandboxes,
        side: str,
        name: str,
        other: Any,
        key: str,
        usually: str,
        then: str,
    ) -> None:
        before = point(await look(side), key)
        await switch(boxes, side, **{name: other})
        after = point(await look(side), key)
        assert (before.verdict, after.verdict) == (usually, then), (before.seen, after.seen)

    @pytest.mark.parametrize(("side", "name", "key", "positions"), RECOGNISED)
    async def test_that_is_recognised_anyway_says_what_it_looked_like(
        self, look: Look, boxes: Sandboxes, side: str, name: str, key: str, positions: tuple[str, ...]
    ) -> None:
        seen = set()
        for position in positions:
            await switch(boxes, side, **{name: position})
            found = point(await look(side), key)
            assert found.verdict == "holds", found
            seen.add(found.seen)
        assert len(seen) == len(positions)

    async def test_about_waiting_orders_needs_one_to_tell(self, look: Look, boxes: Sandboxes) -> None:
        assert point(await look("inksoft"), "pending").verdict == "unclear"
        await boxes.inksoft(
            "POST", "/place_order", {"store": "shapes_test_shop", "seed": 7, "approval_required": True}
        )
        assert point(await look("inksoft"), "pending").verdict == "unclear"
        await switch(boxes, "inksoft", pending_in_summaries=True)
        assert point(await look("inksoft"), "pending").verdict == "differs"

    async def test_about_pages_notices_rows_that_move(self, look: Look, boxes: Sandboxes) -> None:
        assert point(await look("inksoft"), "walking").verdict == "holds"
        for shift in ("skip", "repeat"):
            await switch(boxes, "inksoft", pages_shift=shift)
            assert point(await look("inksoft"), "walking").verdict == "differs"

    async def test_about_stores_needs_orders_of_more_than_one(self, look: Look, boxes: Sandboxes) -> None:
        assert point(await look("inksoft"), "scope").verdict == "holds"
        await switch(boxes, "inksoft", summaries_scope="path_store")
        report = await look("inksoft")
        assert (report.exit_code, "covers the main store only" in report.text()) == (2, True)
        for seed in (7, 8):
            await boxes.inksoft(
                "POST", "/place_order", {"store": "northside_main", "seed": seed, "approval_required": False}
            )
        assert point(await look("inksoft"), "scope").verdict == "differs"

    async def test_about_changes_needs_an_older_order_that_changed(
        self, look: Look, boxes: Sandboxes
    ) -> None:
        assert point(await look("inksoft", name="harbor"), "modified").verdict == "unclear"
        oldest = (await boxes.inksoft("GET", "/state/orders?account=harbor"))[0]["order"]
        edit = {"order": oldest, "account": "harbor", "amount_cents": 100}
        await switch(boxes, "inksoft", modified_date="never")
        await boxes.inksoft("POST", "/refund", edit)
        assert point(await look("inksoft", name="harbor"), "modified").verdict == "unclear"
        await switch(boxes, "inksoft", modified_date="every_edit")
        await boxes.inksoft("POST", "/refund", edit)
        assert point(await look("inksoft", name="harbor"), "modified").verdict == "holds"

    async def test_about_order_numbers_finds_one_that_two_stores_use(
        self, look: Look, boxes: Sandboxes
    ) -> None:
        assert point(await look("inksoft"), "numbers").verdict == "differs"
        assert point(await look("inksoft", name="maple"), "numbers").verdict == "unclear"
        seen = set[int]()
        for order in await boxes.inksoft("GET", "/state/orders?account=northside"):
            if order["order"] in seen:
                twin = {"order": order["order"], "store": order["store_id"], "account": "northside"}
                await boxes.inksoft("POST", "/delete_order", twin)
            seen.add(order["order"])
        assert point(await look("inksoft"), "numbers").verdict == "holds"

    async def test_about_merch_says_when_it_is_refused(self, look: Look, boxes: Sandboxes) -> None:
        assert point(await look("printavo"), "merch").verdict == "holds"
        refused = {"match": {"operation": "merchStores"}, "kind": "partial_data", "times": 1}
        await boxes.printavo("POST", "/faults", refused)
        assert point(await look("printavo"), "merch").verdict == "differs"

    @pytest.mark.parametrize("key", ["conversion", "mails"])
    async def test_that_would_act_on_the_shop_is_not_tried_and_says_why(
        self, look: Look, boxes: Sandboxes, key: str
    ) -> None:
        before = await boxes.printavo("GET", "/state/orders?account_id=7001")
        found = point(await look("printavo", write=True), key)
        assert (found.verdict, "never moved to another status" in found.seen) == ("unclear", True)
        assert await boxes.printavo("GET", "/state/orders?account_id=7001") == before

    async def test_about_totals_notices_an_order_that_does_not_add_up(
        self, look: Look, boxes: Sandboxes
    ) -> None:
        newest = await boxes.inksoft(
            "POST", "/place_order", {"store": "shapes_test_shop", "seed": 7, "approval_required": False}
        )
        assert point(await look("inksoft"), "totals").verdict == "holds"
        await boxes.inksoft("POST", "/misprice", {"order": newest["orders"][0]["order"], "cents": 300})
        assert point(await look("inksoft"), "totals").verdict == "differs"

    async def test_that_gets_no_usable_answer_stops_no_other(self, look: Look, boxes: Sandboxes) -> None:
        fault = {"match": {"method": "GetStoreData", "nth": 2}, "kind": "status_502_html", "times": 1}
        await boxes.inksoft("POST", "/faults", fault)
        report = await look("inksoft")
        assert len(report.points) == 18
        await boxes.inksoft(
            "POST",
            "/faults",
            {"match": {"method": "GetOrderPackage", "nth": 2}, "kind": "html_200", "times": 1000},
        )
        report = await look("inksoft")
        assert point(report, "fields").verdict == "unclear"
        assert point(report, "dates").verdict == "holds"


class TestAnAccount:
    async def test_that_is_as_documented_ends_well_and_tells_no_secret(self, look: Look) -> None:
        report = await look("printavo")
        assert (report.exit_code, report.troubles) == (0, {}), report.text()
        both = (await look()).text()
        assert not any(secret in both for secret in SECRETS)
        assert "@" not in both, "somebody's address"

    async def test_that_differs_says_so_in_text_and_exit_code(self, look: Look, boxes: Sandboxes) -> None:
        await switch(boxes, "printavo", time_zone_form="rails")
        report = await look("printavo")
        assert report.exit_code == 1
        assert "does not hold   The time zone is written as an IANA name." in report.text()
        assert "seen: Central Time (US & Canada)" in report.text()
        assert report.as_json()["exit_code"] == 1

    @pytest.mark.parametrize(
        ("side", "changes", "because"),
        [("inksoft", {"inksoft_api_key": SecretStr("WRONG")}, "does not accept these credentials"),
         ("printavo", {"printavo_token": SecretStr("WRONG")}, "does not accept these credentials"),
         ("inksoft", {"name": "smalltown"}, "plan"), ("printavo", {"name": "smalltown"}, "plan"),
         ("printavo", {"printavo_url": "http://127.0.0.1:9"}, "no usable answer")],
    )  # fmt: skip
    async def test_that_cannot_be_looked_at_says_why(
        self, look: Look, side: Any, changes: dict[str, Any], because: str
    ) -> None:
        report = await look(side, **changes)
        assert (report.exit_code, report.points) == (2, [])
        assert because in report.text()

    async def test_whose_list_breaks_off_says_so(self, look: Look, boxes: Sandboxes) -> None:
        """The key was accepted; the list, the first thing that is read raw, never came."""
        key = PlatformCredentials(store_uri="northside_main", api_key="DEMO-NORTHSIDE-INKSOFT-KEY")
        await boxes.inksoft("DELETE", "/calls")
        async with HttpDoor(boxes.inksoft_url) as door:
            await InkSoft(door, Unpaced()).verify(key)
        listed = (await boxes.inksoft("GET", "/calls"))["GetOrderSummaries"]
        match = {"method": "GetOrderSummaries", "nth": listed + 1}
        await boxes.inksoft("POST", "/faults", {"match": match, "kind": "reset", "times": 1})
        report = await look("inksoft")
        assert (report.exit_code, report.points) == (2, [])
        assert "it gave no whole answer" in report.text()

    async def test_can_sign_in_by_password(self, look: Look) -> None:
        by_password = {
            "inksoft_api_key": None, "inksoft_email": "owner@northside.example",
            "inksoft_password": SecretStr("northside-ink"), "printavo_token": None,
            "printavo_password": SecretStr("northside-print"),
        }  # fmt: skip
        assert (await look(**by_password)).troubles == {}
