"""A shop's owner who does the whole job over HTTP, with running doors and both simulated vendors behind them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any

import httpx

from tests.make.browser import Browser
from tests.make.linking import link, share_everything
from tests.make.reading import LONG_AGO
from tests.make.sandboxes import Sandboxes
from tests.make.tabs import choose_contact

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Owner:
    """`person` acts in InkSoft. What the worker does by itself is waited for, never called."""

    browser: Browser
    sandboxes: Sandboxes

    async def link(self, account: str = "northside") -> Facts:
        linked: Facts = await link(self.browser, account, account, share_orders_from=LONG_AGO)
        return linked

    async def share_all(self) -> None:
        await share_everything(self.browser)

    async def begin(self, account: str = "northside") -> Facts:
        """Link, share everything, and wait until all that is there was read; returns the link."""
        linked = await self.link(account)
        await self.share_all()
        await self.until(
            "/v1/sync-runs", lambda runs: any(run["state"] == "succeeded" for run in runs["data"])
        )
        return linked

    async def unlink(self) -> None:
        """End the link, if there is one; asked again while something is being written to Printavo."""
        while True:
            answer = await self.browser.effect("DELETE", "/v1/link")
            if answer.is_success or not answer.json()["retryable"]:
                break
            await asyncio.sleep(0.2)
        assert answer.is_success or answer.json()["code"] == "not_linked", answer.text

    async def show(self, path: str, **params: Any) -> Facts:
        answer = await self.browser.get(path, **params)
        assert answer.status_code == 200, answer.text
        shown: Facts = answer.json()
        return shown

    async def until(
        self, path: str, ready: Callable[[Facts], bool], *, seconds: float = 30, **params: Any
    ) -> Facts:
        """What is shown there as soon as it is so."""
        end = monotonic() + seconds
        while not ready(shown := await self.show(path, **params)):
            assert monotonic() < end, f"waited in vain on {path}: {str(shown)[:1000]}"
            await asyncio.sleep(0.1)
        return shown

    async def until_in_feed(self, number: int, **params: Any) -> Facts:
        """The order as the feed shows it, once it is there."""
        page = await self.until(
            "/v1/order-feed", lambda shown: _find(shown, number) is not None, q=str(number), **params
        )
        found = _find(page, number)
        assert found is not None
        return found

    async def cycles(self, count: int) -> None:
        """Wait until orders were read this often anew."""
        for _ in range(count):
            seen = (await self.show("/v1/link"))["last_synced_at"]
            await self.until("/v1/link", partial(_differs, "last_synced_at", seen))

    async def person(self, verb: str, **arguments: Any) -> Any:
        return await self.sandboxes.inksoft("POST", f"/{verb}", arguments)

    async def place(self, store: str | int, **arguments: Any) -> int:
        """A shopper places an order; its number."""
        wanted = {"store": store, "seed": 7, "approval_required": False, **arguments}
        number: int = (await self.person("place_order", **wanted))["orders"][0]["order"]
        return number

    async def choose_contact(self, store_id: str) -> None:
        """The store's invoices go to the shop's first contact."""
        first = (await self.browser.get("/v1/printavo/contacts")).json()["data"][0]
        await choose_contact(self.browser, store_id, first["id"], first["full_name"])

    async def invoice(self, *order_ids: str) -> httpx.Response:
        return await self.browser.effect("POST", "/v1/invoices", {"order_ids": list(order_ids)})

    async def attach(self, invoice_id: str, *order_ids: str) -> httpx.Response:
        """Asked again while the service is busy, as clients do."""
        path = f"/v1/invoices/{invoice_id}/attachments"
        while True:
            answer = await self.browser.effect("POST", path, {"order_ids": list(order_ids)})
            if answer.status_code != 503:
                return answer
            await asyncio.sleep(0.2)

    async def until_in_books(self, invoice_id: str) -> tuple[Facts, Facts]:
        """The invoice once Printavo has its newest revision, and Printavo's own record of it."""
        shown = await self.until(
            f"/v1/invoices/{invoice_id}",
            lambda one: one["push_state"] == "in_printavo" and one["pushed_revision"] == one["revision"],
        )
        return shown, await self.sandboxes.printavo("GET", f"/state/orders/{shown['external_id']}")


def _find(page: Facts, number: int) -> Facts | None:
    return next((order for order in page["data"] if order["number"] == str(number)), None)


def _differs(name: str, value: object, shown: Facts) -> bool:
    return bool(shown[name] != value)
