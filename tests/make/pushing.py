"""A linked workspace with shared orders and the simulated Printavo behind it: attach, push, and look into the shop's books."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import text

from api.connectors.registry import Toolbox
from api.connectors.store_platform import Decoration, OrderItem, OrderSnapshot
from api.core.db import Database
from api.invoices.jobs.push import push
from api.invoices.rules.texts import mark_of
from tests.make.browser import Browser
from tests.make.intake import Intake
from tests.make.linking import link
from tests.make.sandboxes import Sandboxes
from tests.make.snapshots import make_item, make_snapshot, make_summary
from tests.make.tabs import choose_contact

Facts = dict[str, Any]
FRONT = Decoration("Screen Print", "Full Front", "Lincoln Lions", ("White", "Gold"))
CHEST = Decoration("Embroidery", "Left Chest", "Lincoln Crest", ("Gold",))

# Everything in the tables by which a push measures time.
_INSTANTS = {
    "invoice": ("push_due_at", "push_lease_until"),
    "remote_operation": ("sent_at", "lease_until", "last_negative_at"),
    "workspace_work": ("due_at",),
}


def make_order(number: int, *, items: Sequence[OrderItem] | None = None, **money: int) -> OrderSnapshot:
    """A paid order of two tees with $5.00 shipping and $1.20 tax, unless changed; its total is what its parts make."""
    chosen = tuple(items if items is not None else [make_item(external_id=f"{number}1")])
    parts = {"shipping_amount": 500, "tax_amount": 120, "fee_amount": 0, "discount_amount": 0, **money}
    worth = sum(item.total_amount for item in chosen)
    added = parts["shipping_amount"] + parts["tax_amount"] + parts["fee_amount"]
    total = worth + added - parts["discount_amount"]
    plain = make_snapshot(
        external_id=str(number), unique_id=f"u-{number}", number=str(number), items=chosen,
        customer_name=f"Shopper {number}", email=f"s{number}@shopper.example",
    )  # fmt: skip
    sums = {"items_amount": worth, "total_amount": total, "collected_amount": total, "due_amount": 0}
    return replace(plain, money=replace(plain.money, **parts, **sums))


def make_tees(number: int, *, style: str, size: str = "M", price: int = 2000, **more: Any) -> OrderItem:
    """One tee of a style of its own, so that it makes a line of its own."""
    return make_item(
        external_id=f"{number}-{style}-{size}", item_number=style, size=size, quantity=1,
        unit_price_amount=price, total_amount=price, **more,
    )  # fmt: skip


@dataclass(slots=True)
class PushDesk:
    """`push` runs the product's own job; `person`, `switch` and `fault` act on the simulated Printavo."""

    browser: Browser
    sandboxes: Sandboxes
    tools: Toolbox
    database: Database
    store_id: str = ""

    @property
    def workspace_id(self) -> UUID:
        return UUID(self.browser.workspace_id)

    async def open(self) -> None:
        """Link, share everything from now on, and leave reading InkSoft to other tests."""
        await link(self.browser, share_orders_from="2020-01-01")
        sharing = await self.browser.get("/v1/sharing")
        shared = await self.browser.send(
            "PUT",
            "/v1/sharing",
            {"mode": "all", "selected_store_ids": [], "excluded_store_ids": []},
            headers={"If-Match": sharing.headers["ETag"]},
        )
        assert shared.status_code == 200, shared.text
        await self.sql("DELETE FROM workspace_work WHERE kind = 'sync'")

    async def take_in(self, *orders: OrderSnapshot) -> list[str]:
        """Store these orders as the sync does; their ids in the order given."""
        (linked,) = await self.rows("SELECT inksoft_account FROM link WHERE ended_at IS NULL")
        intake = Intake(self.database, self.workspace_id, account=linked.inksoft_account)
        summaries = [
            make_summary(external_id=order.external_id, number=order.number, email=order.email)
            for order in orders
        ]
        await intake.listed(*summaries)
        for start in range(0, len(orders), 50):
            await intake.read(*orders[start : start + 50])
        found = await self.rows("SELECT id, store_id, external_id FROM store_order")
        self.store_id = str(found[0].store_id)
        ids = {row.external_id: str(row.id) for row in found}
        return [ids[order.external_id] for order in orders]

    async def choose_contact(self) -> None:
        """The store's invoices go to the shop's first contact."""
        books = await self.books("/state/accounts/" + await self.account())
        contact = books["contacts"][0]
        await choose_contact(self.browser, self.store_id, contact["id"], contact["name"])

    async def choose_status(self) -> Facts:
        """New invoices go to the last of the shop's invoice statuses."""
        words = await self.books(f"/state/accounts/{await self.account()}")
        chosen: Facts = [each for each in words["statuses"] if each["type"] == "INVOICE"][-1]
        settings = await self.browser.get("/v1/storefront-settings/inksoft")
        changed = await self.browser.send(
            "PATCH",
            "/v1/storefront-settings/inksoft",
            {"new_invoice_status_id": chosen["id"]},
            headers={"If-Match": settings.headers["ETag"]},
        )
        assert changed.status_code == 200, changed.text
        return chosen

    async def account(self) -> str:
        (linked,) = await self.rows("SELECT printavo_account FROM link WHERE ended_at IS NULL")
        account: str = linked.printavo_account
        return account

    async def invoice(self, order_ids: Sequence[str]) -> Facts:
        """A new invoice with these orders, not pushed yet."""
        made = await self.browser.effect("POST", "/v1/invoices", {"order_ids": list(order_ids)})
        assert made.status_code == 201, made.text
        shown: Facts = made.json()
        return shown

    async def attach(self, invoice: Facts, order_ids: Sequence[str]) -> Facts:
        path = f"/v1/invoices/{invoice['id']}/attachments"
        added = await self.browser.effect("POST", path, {"order_ids": list(order_ids)})
        assert added.status_code == 201, added.text
        shown: Facts = added.json()
        return shown

    async def new_invoice(self, *orders: OrderSnapshot) -> Facts:
        """Take these orders in and put them on a new invoice."""
        ids = await self.take_in(*orders)
        await self.choose_contact()
        return await self.invoice(ids)

    async def push(self) -> None:
        await push(self.tools, workspace_id=str(self.workspace_id))

    async def show(self, invoice: Facts) -> Facts:
        shown: Facts = (await self.browser.get(f"/v1/invoices/{invoice['id']}")).json()
        return shown

    async def let_time_pass(self, seconds: float) -> None:
        """Move every stored instant back: the database's clock, which the push goes by, cannot be moved."""
        for table, columns in _INSTANTS.items():
            moves = ", ".join(f"{name} = {name} - make_interval(secs => :seconds)" for name in columns)
            await self.sql(f"UPDATE {table} SET {moves}", seconds=seconds)  # noqa: S608 - constants

    async def operations(self, **only: str) -> list[Any]:
        found = await self.rows("SELECT * FROM remote_operation ORDER BY id")
        return [row for row in found if all(getattr(row, name) == value for name, value in only.items())]

    async def wait_for(self, verb: str, *, state: str) -> None:
        """Until an operation of this verb is in this state, as another task brings it there."""
        async with asyncio.timeout(20):
            while not await self.operations(verb=verb, state=state):  # noqa: ASYNC110 - a row tells nobody that it changed
                await asyncio.sleep(0.02)

    async def books(self, path: str) -> Any:
        return await self.sandboxes.printavo("GET", path)

    async def records(self) -> list[Facts]:
        """Every record of ours in the shop's books, whole: exactly one an invoice if nothing was doubled."""
        heads = await self.books(f"/state/orders?account_id={await self.account()}")
        ours = [head for head in heads if any(tag.startswith("P-") for tag in head["tags"])]
        return [await self.books(f"/state/orders/{head['id']}") for head in ours]

    async def ledger_counts(self) -> Counter[str]:
        """How many writes of each kind the vendor made, whatever became of their answers."""
        counted: Counter[str] = Counter()
        after = 0
        while entries := await self.books(f"/ledger?after={after}"):
            counted.update(entry["op"] for entry in entries)
            after = entries[-1]["seq"]
        return counted

    async def person(self, verb: str, **arguments: Any) -> Any:
        return await self.sandboxes.printavo("POST", f"/{verb}", arguments)

    async def switch(self, **settings: Any) -> None:
        await self.sandboxes.printavo("PUT", "/switches", settings)

    async def fault(self, kind: str, operation: str | None = None, **more: Any) -> None:
        match = {"nth": more.pop("nth", 1)} | ({"operation": operation} if operation else {})
        wanted = {"match": match, "kind": kind, "times": more.pop("times", 1), "params": more}
        await self.sandboxes.printavo("POST", "/faults", wanted)

    async def calls(self) -> dict[str, int]:
        counted: dict[str, int] = await self.books("/calls")
        return counted

    async def rows(self, sql: str, **values: Any) -> list[Any]:
        async with self.database.transaction(self.workspace_id) as session:
            return list(await session.execute(text(sql), values))

    async def sql(self, sql: str, **values: Any) -> None:
        async with self.database.transaction(self.workspace_id) as session:
            await session.execute(text(sql), values)


def sizes_in(record: Facts) -> Counter[str]:
    """Pieces by size code in the shop's books; sizes of 0 are none."""
    lines = (line for group in record["groups"] for line in group["lines"])
    return +sum((Counter(line["sizes"]) for line in lines), Counter())


def marks_in(record: Facts) -> Counter[str | None]:
    """How often each of our markers stands in a record: once, whatever happened."""
    lines = [line["description"] for group in record["groups"] for line in group["lines"]]
    sides = [imprint["details"] for group in record["groups"] for imprint in group["imprints"]]
    others = [each["description"] for each in (*record["fees"], *record["payments"])]
    return Counter(mark_of(words) for words in (*lines, *sides, *others))


def assert_exact(record: Facts, orders: Sequence[OrderSnapshot]) -> None:
    """The books hold these orders' pieces and money exactly once, to the cent (A6)."""
    totals = record["totals"]
    assert totals["pieces"] == sum(item.quantity for order in orders for item in order.items)
    assert totals["total_cents"] == sum(order.money.total_amount for order in orders)
    assert totals["paid_cents"] == sum(order.money.collected_amount for order in orders)
    marks = marks_in(record)
    assert None not in marks
    assert set(marks.values()) == {1}
