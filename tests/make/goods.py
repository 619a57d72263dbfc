"""A shop that orders blanks: people who write beside InkSoft's cards and into Printavo's lines, and what Platen makes of it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from tests.make.reading import Shop
from tests.make.sandboxes import Sandboxes
from tests.make.tabs import choose_contact

Facts = dict[str, Any]
STORE = "shapes_test_shop"
TEES = {"sku": "MC150", "kit": "front and back", "sizes": {"S": 2, "M": 2, "L": 1}}
MORE_TEES = {"sku": "MC100", "kit": "front and back", "sizes": {"L": 4}}
POLOS = {"sku": "NB220", "kit": "left chest", "sizes": {"M": 3}}


@dataclass(slots=True)
class GoodsDesk:
    """Linked, everything shared, InkSoft and Printavo over HTTP. `invoice_id` is the invoice that the tests look at."""

    shop: Shop
    sandboxes: Sandboxes
    invoice_id: str = ""
    order: int = 0

    async def open(self, *goods: Facts) -> None:
        """An order of these goods (five tees unless said otherwise), on an invoice that Printavo holds."""
        await self.shop.link()
        tag = (await self.shop.browser.get("/v1/sharing")).headers["ETag"]
        shared = {"mode": "all"}
        await self.shop.browser.send("PUT", "/v1/sharing", shared, headers={"If-Match": tag})
        (self.order,) = await self.shop.place(
            STORE, seed=None, goods=list(goods or (TEES,)), approval_required=False
        )
        await self.shop.read()
        self.invoice_id = await self.attach(self.order)

    async def attach(self, number: int) -> str:
        """The order on a new invoice, pushed; the invoice's id."""
        order = await self.shop.order(number)
        contact = (await self.shop.browser.get("/v1/printavo/contacts")).json()["data"][0]
        await choose_contact(self.shop.browser, order.store_id, contact["id"], contact["full_name"])
        made = await self.shop.browser.effect("POST", "/v1/invoices", {"order_ids": [str(order.id)]})
        assert made.status_code == 201, made.text
        await self.work()
        invoice_id: str = made.json()["id"]
        assert (await self.invoice(invoice_id))["push_state"] == "in_printavo"
        return invoice_id

    async def work(self) -> None:
        """What is due, and what that makes due."""
        for _ in range(3):
            await self.shop.run_jobs()

    async def work_once(self) -> None:
        """What is due now."""
        await self.shop.run_jobs()

    async def read_inksoft(self) -> None:
        """Let the time come at which open orders are read again whole: their list does not tell of words on cards."""
        await self.shop.sql("UPDATE store_order SET detail_due = true WHERE invoice_id IS NOT NULL")
        await self.shop.read()
        await self.work()

    async def read_printavo(self) -> None:
        """Let the time come at which the invoices are read again."""
        await self.shop.sql("UPDATE purchasing_watch SET due_at = now() - interval '1 second'")
        await self.shop.sql("UPDATE workspace_work SET due_at = now() WHERE kind = 'purchasing'")
        await self.work()

    async def begin_slow_reading(self) -> asyncio.Task[None]:
        """Printavo has looked at the invoice, and takes its time to say so."""
        await self.sandboxes.printavo("DELETE", "/calls")
        await self.fault("order", "slow", seconds=8)
        reading = asyncio.create_task(self.read_printavo())
        while "order" not in await self.sandboxes.printavo("GET", "/calls"):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
        return reading

    async def write(self, size: str, text: str, *, side: str | None = None, nth: int = 0) -> None:
        """Somebody writes beside the cards of a size, in InkSoft; `nth` tells rows of one size apart."""
        facts = await self.sandboxes.inksoft("GET", f"/state/orders/{self.order}?store={STORE}")
        row = [row["row"] for row in facts["rows"] if row["size"] == size][nth]
        await self.shop.person("set_purchasing", order=self.order, row=row, text=text, side=side)

    async def say(self, status: str | None, *, line: int = 0) -> None:
        """Somebody sets a line's status in Printavo."""
        line_id = (await self.books())["groups"][0]["lines"][line]["id"]
        await self.sandboxes.printavo("POST", "/set_line_status", {"line_id": line_id, "status": status})

    async def books(self) -> Facts:
        """Printavo's own record of the invoice."""
        external_id = (await self.invoice())["external_id"]
        record: Facts = await self.sandboxes.printavo("GET", f"/state/orders/{external_id}")
        return record

    async def invoice(self, invoice_id: str = "") -> Facts:
        shown: Facts = (await self.shop.browser.get(f"/v1/invoices/{invoice_id or self.invoice_id}")).json()
        return shown

    async def purchasing(self) -> Facts:
        answer = await self.shop.browser.get(f"/v1/invoices/{self.invoice_id}/purchasing")
        assert answer.status_code == 200, answer.text
        shown: Facts = answer.json()
        return shown

    async def group(self) -> Facts:
        """The one group of the invoice, as it is shown."""
        (group,) = (await self.purchasing())["groups"]
        shown: Facts = group
        return shown

    async def line(self, number: int = 0) -> Facts:
        shown: Facts = (await self.group())["lines"][number]
        return shown

    async def choose(self, **settings: Any) -> None:
        tag = (await self.shop.browser.get("/v1/storefront-settings/inksoft")).headers["ETag"]
        headers = {"If-Match": tag}
        path = "/v1/storefront-settings/inksoft"
        changed = await self.shop.browser.send("PATCH", path, settings, headers=headers)
        assert changed.status_code == 200, changed.text

    async def events(self) -> list[Facts]:
        """What was told of purchasing, oldest first."""
        sql = "SELECT data, actor FROM event WHERE type = 'purchasing.changed' ORDER BY id"
        return [{**row.data, "actor": row.actor} for row in await self.shop.rows(sql)]

    async def set_status(self, status: str, *, line: int = 0) -> httpx.Response:
        """Ask for a status from Platen."""
        id_ = (await self.line(line))["line_item_id"]
        return await self.shop.browser.effect(
            "PUT", f"/v1/line-items/{id_}/purchasing-status", {"status": status}
        )

    async def operation(self, address: str) -> Facts:
        """Long work as it is shown at its address."""
        answer = await self.shop.browser.get(address)
        assert answer.status_code == 200, answer.text
        shown: Facts = answer.json()
        return shown

    async def fault(self, operation: str, kind: str, *, nth: int = 1, times: int = 1, **params: Any) -> None:
        """A mishap at the next call of this name in Printavo, or at the nth, so many times."""
        wanted = {
            "match": {"operation": operation, "nth": nth},
            "kind": kind,
            "times": times,
            "params": params,
        }
        await self.sandboxes.printavo("POST", "/faults", wanted)

    async def later(self, *, minutes: float = 1) -> None:
        """Let time pass for what is to be written, and work."""
        past = timedelta(minutes=minutes)
        columns = {"purchasing_write": ("sent_at", "due_at"), "invoice": ("push_lease_until", "push_due_at")}
        for table, instants in columns.items():
            moved = ", ".join(f"{column} = {column} - CAST(:past AS interval)" for column in instants)
            await self.shop.sql(f"UPDATE {table} SET {moved}", past=past)  # noqa: S608 - constants
        await self.shop.sql("UPDATE workspace_work SET due_at = now() WHERE kind LIKE 'pu%'")
        await self.work()


def counted(purchasing: Facts) -> dict[str | None, int]:
    """Pieces by status, or by the words that nobody explained."""
    return {one["status"] or one["text"] or None: one["pieces"] for one in purchasing["counts"]}
