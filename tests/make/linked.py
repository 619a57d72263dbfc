"""A linked workspace with shared orders in its tables, no vendor behind it: attach over HTTP, look at what was written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import text

from api.connectors.store_platform import OrderItem, OrderSnapshot
from api.core.db import Database
from tests.make.browser import Browser
from tests.make.database import TestDatabase
from tests.make.intake import ACCOUNT, Intake
from tests.make.orders import make_link, set_mode
from tests.make.snapshots import PLACED, make_summary
from tests.make.tabs import choose_contact
from tests.make.wanted import make_pinned, tee

Json = dict[str, Any]
SCHOOL = "11500"
CLUB = "11501"
NAMES = {SCHOOL: "Lincoln High", CLUB: "Harbor Rowing"}
# What a request writes that is no effect: who was seen when.
_NO_EFFECT = ("public.browser_session", "public.attempt", "public.alembic_version")


def make_order(number: str, *items: OrderItem, store: str = SCHOOL, **money: int) -> OrderSnapshot:
    """A paid order of a store, of one tee unless said otherwise; its parts make its total."""
    order = make_pinned(number, *(items or (tee(),)), **money).snapshot
    return replace(order, unique_id=f"u-{number}", store_external_id=store, store_name=NAMES[store])


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who puts orders on invoices. Ids are as they cross the wire; `id_of` knows them by number."""

    browser: Browser
    app: Any
    urls: TestDatabase

    @property
    def database(self) -> Database:
        made: Database = self.app.state.database
        return made

    @property
    def workspace_id(self) -> UUID:
        return UUID(self.browser.workspace_id)

    @property
    def intake(self) -> Intake:
        return Intake(self.database, self.workspace_id)

    async def open(self, *orders: OrderSnapshot) -> None:
        """Link, take in these orders, share every store, and name the stores' contacts."""
        await make_link(self.database, self.workspace_id, account=ACCOUNT, share_from=PLACED.replace(day=1))
        await self.take_in(*orders)
        await self.share("all")
        for row in await self.intake.rows("SELECT id FROM store"):
            await self.choose_contact(row.id)

    async def take_in(self, *orders: OrderSnapshot, details: bool = True) -> None:
        """As the sync does: the list first, then whole orders."""
        await self.intake.listed(*map(_summary, orders))
        for _ in range(0, len(orders) if details else 0, 50):
            await self.intake.read(*orders)

    async def share(self, mode: str) -> None:
        await set_mode(self.database, self.workspace_id, mode, account=ACCOUNT)

    async def choose_contact(self, store_id: UUID) -> None:
        await choose_contact(self.browser, store_id, "501", "Lincoln Boosters")

    async def ids_of(self, *numbers: str) -> list[str]:
        rows = await self.intake.rows("SELECT number, id FROM store_order")
        known = {row.number: str(row.id) for row in rows}
        return [known[number] for number in numbers]

    async def store_id(self, external_id: str = SCHOOL) -> str:
        (row,) = await self.intake.rows("SELECT id FROM store WHERE external_id = :id", id=external_id)
        return str(row.id)

    async def create(self, *numbers: str, key: str | None = None, **more: Any) -> httpx.Response:
        """Ask for a new invoice with these orders."""
        body = {"order_ids": await self.ids_of(*numbers), **more}
        return await self.browser.effect("POST", "/v1/invoices", body, key=key)

    async def make(self, *numbers: str, **more: Any) -> Json:
        """A new invoice with these orders."""
        made = await self.create(*numbers, **more)
        assert made.status_code == 201, made.text
        shown: Json = made.json()
        return shown

    async def attach(self, invoice_id: str, *numbers: str, key: str | None = None) -> httpx.Response:
        return await self.attach_ids(invoice_id, await self.ids_of(*numbers), key=key)

    async def attach_ids(
        self, invoice_id: str, order_ids: Sequence[str], *, key: str | None = None
    ) -> httpx.Response:
        path = f"/v1/invoices/{invoice_id}/attachments"
        return await self.browser.effect("POST", path, {"order_ids": list(order_ids)}, key=key)

    async def invoice(self, invoice_id: str) -> Json:
        found = await self.browser.get(f"/v1/invoices/{invoice_id}")
        assert found.status_code == 200, found.text
        shown: Json = found.json()
        return shown

    async def change(self, sql: str, **values: Any) -> None:
        """Do what no route does yet, as the app's role."""
        async with self.database.transaction(self.workspace_id) as session:
            await session.execute(text(sql), values)

    async def contents(self) -> dict[str, str]:
        """Every table's rows as one hash, seen by a superuser: equal contents mean that nothing was done."""
        connection = await asyncpg.connect(self.urls.admin)
        try:
            tables = await connection.fetch(
                "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname IN ('public', 'queue')"
            )
            return {
                row["name"]: await connection.fetchval(
                    f"SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM {row['name']} t"  # noqa: S608 - from the catalog
                )
                for row in tables
                if row["name"] not in _NO_EFFECT
            }
        finally:
            await connection.close()


@pytest.fixture
def office(browser: Browser, app: Any, database_urls: TestDatabase) -> Office:
    """Signed in; `open` it with orders."""
    return Office(browser, app, database_urls)


def _summary(order: OrderSnapshot) -> Any:
    return make_summary(
        external_id=order.external_id, number=order.number, store_external_id=order.store_external_id,
        store_name=order.store_name, origin=order.origin, status=order.status, placed_at=order.placed_at,
        customer_name=order.customer_name, email=order.email, total_amount=order.money.total_amount,
    )  # fmt: skip
