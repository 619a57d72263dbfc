"""Every order of the simulated InkSoft, whatever its shape, through feed and invoice into the simulated Printavo's books."""

from collections import defaultdict
from typing import Any

import pytest

from api.core.db import Database
from tests.conftest import RunJobs
from tests.make.browser import Browser
from tests.make.linking import share_everything
from tests.make.pushing import marks_in
from tests.make.reading import Shop
from tests.make.sandboxes import Sandboxes
from tests.make.tabs import choose_contact

Facts = dict[str, Any]


async def feed(browser: Browser) -> list[Facts]:
    """Every new order of the feed, page by page."""
    orders: list[Facts] = []
    cursor = None
    while True:
        page = (await browser.get("/v1/order-feed", limit=100, cursor=cursor)).json()
        orders += page["data"]
        cursor = page["next_cursor"]
        if cursor is None:
            return orders


async def choose_contacts(browser: Browser, store_ids: set[str]) -> None:
    contact = (await browser.get("/v1/printavo/contacts")).json()["data"][0]
    for store_id in store_ids:
        await choose_contact(browser, store_id, contact["id"], contact["full_name"])


class TestEveryOrderOfTheFeed:
    @pytest.mark.rule("F3", "A1", "A3", "A5", "A6", "I15")
    async def test_is_in_the_books_once_and_to_the_cent(
        self, vendor_browser: Browser, sandboxes: Sandboxes, database: Database, run_jobs: RunJobs
    ) -> None:
        shop = Shop(vendor_browser, sandboxes, database, run_jobs)
        await shop.link()
        await shop.read()
        await share_everything(vendor_browser)
        orders = await feed(vendor_browser)
        await choose_contacts(vendor_browser, {order["store"]["id"] for order in orders})
        by_invoice = await attach_all(vendor_browser, orders)
        await run_jobs()
        theirs = {str(fact["order"]): fact for fact in await shop.theirs()}
        for invoice_id, attached in by_invoice.items():
            shown = (await vendor_browser.get(f"/v1/invoices/{invoice_id}")).json()
            assert (shown["push_state"], shown["differences"]) == ("in_printavo", [])
            record = await sandboxes.printavo("GET", f"/state/orders/{shown['external_id']}")
            assert_holds(record, [theirs[order["external_id"]] for order in attached])
            assert record["totals"]["pieces"] == shown["piece_count"]
        assert await feed(vendor_browser) == []
        assert await sandboxes.printavo("GET", "/violations") == []


async def attach_all(browser: Browser, orders: list[Facts]) -> dict[str, list[Facts]]:
    """The first half of each store's orders on a new invoice, the rest on that same one."""
    by_store: dict[str, list[Facts]] = defaultdict(list)
    for order in orders:
        by_store[order["store"]["id"]].append(order)
    attached = {}
    for found in by_store.values():
        ids = [order["id"] for order in found]
        half = (len(ids) + 1) // 2
        made = await browser.effect("POST", "/v1/invoices", {"order_ids": ids[:half]})
        assert made.status_code == 201, made.text
        invoice_id = made.json()["id"]
        if rest := ids[half:]:
            path = f"/v1/invoices/{invoice_id}/attachments"
            assert (await browser.effect("POST", path, {"order_ids": rest})).status_code == 201
        attached[invoice_id] = found
    return attached


def assert_holds(record: Facts, facts: list[Facts]) -> None:
    """The record against what InkSoft itself says of its orders. Printavo also counts custom lines as pieces."""
    totals = record["totals"]
    refunded = sum(fact["refunded_cents"] for fact in facts)
    assert record["kind"] == "invoice"
    assert totals["total_cents"] == sum(fact["total_cents"] for fact in facts) - refunded
    assert totals["paid_cents"] == sum(fact["total_cents"] - fact["due_cents"] for fact in facts) - refunded
    assert totals["pieces"] >= sum(fact["pieces"] for fact in facts)
    assert set(marks_in(record).values()) == {1}
