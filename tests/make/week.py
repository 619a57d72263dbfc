"""A week of a shop's life against both simulated vendors: shoppers and organisers, staff on the other side, mishaps between."""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.make.clock import SteerableClock
from tests.make.linking import inksoft
from tests.make.owner import Owner

Json = dict[str, Any]
HOURS = 3
STEPS = 7 * 24 // HOURS
ORDERS = 500
# Hours since the week began: a key is revoked and given again, and each vendor is away for three hours.
REVOKED, RESTORED = 51, 57
INKSOFT_AWAY, PRINTAVO_AWAY = 81, 105
METHODS = ("GetOrderSummaries", "GetOrderPackage", "GetOrder", "GetStoreData")
PURCHASING = ("Ordered", "Received", "Backordered from the mill", "")
REFUND = 500
WORKDAY = range(9, 18)


@dataclass
class Week:
    """`live` plays it hour by hour. `run` does what is due on our side; `history` is what staff were told as they attached.

    `looks` are the lengths of InkSoft's ledger at which it could be read; `chosen` the purchasing statuses set from Platen.
    """

    owner: Owner
    clock: SteerableClock
    run: Callable[[], Awaitable[None]]
    chance: random.Random = field(default_factory=lambda: random.Random(20261123))  # noqa: S311 - a story, no secret
    refusals: dict[str, int] = field(default_factory=dict)
    placed: list[int] = field(default_factory=list)
    history: list[Json] = field(default_factory=list)
    looks: list[int] = field(default_factory=list)
    chosen: list[Json] = field(default_factory=list)

    async def live(self) -> None:
        """Seven days in steps of three hours; at the end everybody is back and all is calm."""
        for step in range(STEPS):
            hour = step * HOURS
            await self._mishaps(hour)
            await self._shoppers(ORDERS * (step + 1) // STEPS - len(self.placed))
            await self._organisers()
            await self._forward(HOURS)
            await self.run()
            if not (REVOKED <= hour < RESTORED or INKSOFT_AWAY <= hour < INKSOFT_AWAY + HOURS):
                await self._note_look()
            if hour % 24 in WORKDAY:
                await self._attach()
                await self.run()
                await self._receive()
                await self.run()

    async def _note_look(self) -> None:
        read = self.looks[-1] if self.looks else 0
        while more := await self.owner.sandboxes.inksoft("GET", f"/ledger?after={read}"):
            read += len(more)
        self.looks.append(read)

    async def rest(self, *, hours: int) -> None:
        """Time goes by and nobody does anything."""
        for _ in range(hours // HOURS):
            await self._forward(HOURS)
            await self.run()

    async def _forward(self, hours: int) -> None:
        self.clock.move(hours=hours)
        for vendor in (self.owner.sandboxes.inksoft, self.owner.sandboxes.printavo):
            ahead = (await vendor("GET", "/clock"))["ahead_seconds"]
            await vendor("PUT", "/clock", {"ahead_seconds": ahead + hours * 3600})

    async def _mishaps(self, hour: int) -> None:
        sandboxes = self.owner.sandboxes
        if hour == REVOKED:
            await self.owner.person("revoke_key", account="northside")
        if hour == RESTORED:
            await self.owner.person("restore_key", account="northside")
            again = await self.owner.browser.effect(
                "POST", "/v1/link/reauthentication", {"inksoft": inksoft()}
            )
            assert again.status_code == 200, again.text
        if hour == INKSOFT_AWAY:
            for method in METHODS:
                away = {"match": {"method": method}, "kind": "status_503", "times": 100_000}
                await sandboxes.inksoft("POST", "/faults", away)
        if hour == INKSOFT_AWAY + HOURS:
            await sandboxes.inksoft("DELETE", "/faults")
        if hour == PRINTAVO_AWAY:
            away = {"match": {}, "kind": "status_503", "times": 100_000}
            await sandboxes.printavo("POST", "/faults", away)
        if hour == PRINTAVO_AWAY + HOURS:
            await sandboxes.printavo("DELETE", "/faults")

    async def _shoppers(self, count: int) -> None:
        stores = [store for store in await self._stores() if not store["closed"] and store["store_id"]]
        for _ in range(count):
            store = self.chance.choice(stores)
            wants_approval = self.chance.random() < 0.2
            self.placed.append(
                await self.owner.place(
                    store["store_id"], seed=self.chance.randrange(1, 10**6), approval_required=wants_approval
                )
            )

    async def _organisers(self) -> None:
        """Whoever looks after the stores approves, mends, refunds, cancels, and buys blanks."""
        acts: Mapping[str, float] = {
            "approve": 4,
            "edit": 3,
            "refund": 1,
            "cancel": 1,
            "purchase": 4,
            "stage": 2,
        }
        for act in self.chance.choices(list(acts), weights=list(acts.values()), k=6):
            number = self.chance.choice(self.placed)
            order = await self.owner.sandboxes.inksoft("GET", f"/state/orders/{number}?account=northside")
            if not order["cancelled"]:
                await self._do(act, order)

    async def _do(self, act: str, order: Json) -> None:
        at = {"order": order["order"], "account": "northside"}
        row = self.chance.choice(order["rows"]) if order["rows"] else None
        match act:
            case "approve" if order["pending"]:
                await self.owner.person("approve", **at)
            case "edit" if row:
                quantity = row["quantity"] + self.chance.choice([1, 2, 3])
                await self.owner.person("edit_quantity", **at, row=row["row"], quantity=quantity)
            case "refund" if order["total_cents"] - order["due_cents"] - order["refunded_cents"] >= REFUND:
                await self.owner.person("refund", **at, amount_cents=REFUND)
            case "cancel":
                await self.owner.person("cancel", **at)
            case "purchase" if row:
                await self.owner.person(
                    "set_purchasing", **at, row=row["row"], text=self.chance.choice(PURCHASING)
                )
            case "stage":
                await self.owner.person("set_production_status", **at, production_status="In Production")
            case _:
                pass  # nothing to do on this order

    async def _attach(self) -> None:
        """Staff empty the New view of two stores: onto the store's newest invoice, or a new one."""
        stores = (await self.owner.show("/v1/storefronts/inksoft", limit=100))["data"]
        waiting = [store for store in stores if store["new_order_count"]]
        for store in self.chance.sample(waiting, min(2, len(waiting))):
            page = await self.owner.show("/v1/order-feed", store_id=store["id"], limit=30)
            orders = [await self.owner.show(f"/v1/orders/{order['id']}") for order in page["data"]]
            invoices = (await self.owner.show("/v1/invoices", store_id=store["id"]))["data"]
            invoice_id = invoices[0]["id"] if invoices and self.chance.random() < 0.5 else None
            answer = await self._put(orders, invoice_id)
            if answer.is_success:
                self._remember(answer.json()["id"], orders)
            elif answer.json()["code"] == "contact_required":
                await self.owner.choose_contact(store["id"])
            else:
                code = answer.json()["code"]
                self.refusals[code] = self.refusals.get(code, 0) + 1

    async def _put(self, orders: list[Json], invoice_id: str | None) -> httpx.Response:
        order_ids = [order["id"] for order in orders]
        if invoice_id is None:
            return await self.owner.invoice(*order_ids)
        return await self.owner.attach(invoice_id, *order_ids)

    async def _receive(self) -> None:
        """Goods move: somebody says so of one line in Printavo, and somebody else of another one from Platen."""
        for act in (self._say_in_printavo, self._choose_here):
            if not self.history:
                return
            shown = await self.owner.show(f"/v1/invoices/{self.chance.choice(self.history)['invoice_id']}")
            if shown["push_state"] == "in_printavo":
                await act(shown)

    async def _say_in_printavo(self, shown: Json) -> None:
        record = await self.owner.sandboxes.printavo("GET", f"/state/orders/{shown['external_id']}")
        lines = [line for group in record["groups"] for line in group["lines"] if not line["product_status"]]
        if lines:
            said = {"line_id": self.chance.choice(lines)["id"], "status": "arrived"}
            await self.owner.sandboxes.printavo("POST", "/set_line_status", said)

    async def _choose_here(self, shown: Json) -> None:
        groups = (await self.owner.show(f"/v1/invoices/{shown['id']}/purchasing"))["groups"]
        ids = [
            line["line_item_id"] for group in groups for line in group["lines"] if not line["printavo_status"]
        ]
        if ids:
            path = f"/v1/line-items/{self.chance.choice(ids)}/purchasing-status"
            status = self.chance.choice(["ordered", "received"])
            answer = await self.owner.browser.effect("PUT", path, {"status": status})
            if answer.is_success:
                self.chosen.append({"status": status, "operation": answer.headers["Location"]})

    def _remember(self, invoice_id: str, orders: list[Json]) -> None:
        told = [
            {name: order[name] for name in ("id", "number", "total_amount", "piece_count")}
            for order in orders
        ]
        for order, kept in zip(orders, told, strict=True):
            kept["refunded"] = order["money"]["refunded_amount"]
            kept["lines"] = {line["external_id"]: line["quantity"] for line in order["lines"]}
        self.history.append({"invoice_id": invoice_id, "orders": told})

    @property
    def attached(self) -> int:
        """Orders that staff put on invoices."""
        return sum(len(one["orders"]) for one in self.history)

    async def _stores(self) -> list[Json]:
        stores: list[Json] = await self.owner.sandboxes.inksoft("GET", "/state/stores?account=northside")
        return stores
