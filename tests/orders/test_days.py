"""Orders per day: counts that follow every change of an order are what counting the orders themselves gives (F2)."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, text

from api.core.ids import new_id
from api.linking.queries import get_active_link
from api.orders.actions.attaching import mark_attaching
from api.orders.actions.changes import Change, write_changes
from api.orders.actions.days import append_day_deltas, fold_days
from api.orders.queries import states
from api.orders.queries.days import count_days
from api.orders.queries.ingest import lock_rows
from api.orders.rules.days import DayDelta
from tests.make.orders import ACCOUNT, OrderDraft, make_link, make_orders, make_store, set_mode
from tests.stores.conftest import Shop

CHICAGO, KOLKATA = ZoneInfo("America/Chicago"), ZoneInfo("Asia/Kolkata")
# The clocks of Chicago go back on 1 November; days there have 23, 24 and 25 hours.
FIRST = datetime(2026, 10, 28, 4, 55, tzinfo=UTC)
_RECOMPUTED = f"""
SELECT CAST(o.placed_at AT TIME ZONE :zone AS date) AS day, count(*) AS orders
FROM store_order o {states.JOIN_STORE}
WHERE o.workspace_id = :workspace AND o.account = :account AND o.placed_at >= :since
    AND NOT o.cancelled AND {states.ON_SHOP_SIDE} GROUP BY day
"""  # noqa: S608 - constants


async def recomputed(shop: Shop, zone: ZoneInfo, first: date) -> dict[date, int]:
    """Counted from the orders, as the feed decides about them."""
    since = datetime.combine(first, datetime.min.time(), zone)
    async with shop.database.transaction(shop.id) as session:
        link = await get_active_link(session, shop.id)
        values = {
            "workspace": shop.id, "account": ACCOUNT, "zone": zone.key, "since": since,
            **states.window_values(states.window_of(link)),
        }  # fmt: skip
        return {row.day: row.orders for row in await session.execute(text(_RECOMPUTED), values)}


async def counted(shop: Shop, zone: ZoneInfo, first: date, **more: Any) -> dict[date, int]:
    async with shop.database.transaction(shop.id) as session:
        link = await get_active_link(session, shop.id)
        found = await count_days(session, shop.id, link, zone=zone, first=first, **more)
    return {day: orders for day, orders in found.items() if orders}


async def fold(shop: Shop, zone: ZoneInfo) -> bool:
    async with shop.database.transaction(shop.id) as session:
        return await fold_days(session, shop.id, ACCOUNT, zone=zone.key)


class Life:
    """A workspace in which everything happens to orders that can, in an order that the seed decides."""

    def __init__(self, shop: Shop, stores: list[UUID], seed: int) -> None:
        self.shop = shop
        self.luck = Random(seed)  # noqa: S311 - a test's own luck
        self.stores = stores
        self.orders: list[UUID] = []

    def moment(self) -> datetime:
        """Often beside a midnight of one of the zones."""
        at = FIRST + timedelta(
            days=self.luck.randint(0, 20), minutes=self.luck.choice((0, 4, 5, 6, 59, 61, 700))
        )
        return at + timedelta(seconds=self.luck.randint(0, 59))

    async def place(self) -> None:
        attached: dict[str, Any] = (
            {"attach_state": "attached", "invoice_id": new_id()} if self.luck.random() < 0.2 else {}
        )
        draft = OrderDraft(
            str(len(self.orders)),
            placed_at=self.moment(),
            origin=self.luck.choice(("store", "proposal", "staff")),
            approval=self.luck.choice(("approved", "approved", "pending", "unknown")),
            cancelled=self.luck.random() < 0.1,
            amount=self.luck.choice((0, 2500)),
            **attached,
        )
        self.orders += await make_orders(
            self.shop.database, self.shop.id, self.luck.choice(self.stores), draft
        )

    async def change(self) -> None:
        if not self.orders:
            return
        async with self.shop.database.transaction(self.shop.id) as session:
            held = await lock_rows(
                session, self.shop.id, self.luck.sample(self.orders, k=min(3, len(self.orders)))
            )
            changes = []
            for row in held.values():
                news: dict[str, Any] = self.luck.choice((
                    {"cancelled": not row.cancelled, "status": "processing" if row.cancelled else "cancelled"},
                    {"approval": self.luck.choice(("approved", "pending"))},
                    {"placed_at": self.moment()},
                    {"total_amount": 0 if row.total_amount else 900},
                    {"origin": "store" if row.origin == "staff" else "staff"},
                    {"production_status": "Printed"},
                ))  # fmt: skip
                changes.append(Change(row, replace(row, version=row.version + 1, **news)))
            await write_changes(session, self.shop.id, changes, now=FIRST)

    async def attach(self) -> None:
        async with self.shop.database.transaction(self.shop.id) as session:
            rows = await session.execute(
                text("SELECT id FROM store_order WHERE open ORDER BY number LIMIT 3")
            )
            ids = list(rows.scalars())
            await mark_attaching(
                session, self.shop.id, ids, invoice_id=new_id(), number=None, by="Dana", at=FIRST
            )

    async def share(self) -> None:
        await set_mode(self.shop.database, self.shop.id, self.luck.choice(("all", "selected", "none")))

    async def embed(self) -> None:
        async with self.shop.database.transaction(self.shop.id) as session:
            await session.execute(text("UPDATE store SET is_embedded = NOT is_embedded WHERE name = 'A'"))

    async def move_the_share_date(self) -> None:
        day = datetime(2026, 10, 30, tzinfo=CHICAGO) + timedelta(days=self.luck.randint(0, 8))
        at = day + timedelta(hours=self.luck.choice((0, 0, 11)))
        async with self.shop.database.transaction(self.shop.id) as session:
            await session.execute(text("UPDATE link SET share_orders_from = :at"), {"at": at})


@pytest.mark.rule("F2")
class TestOrdersPerDay:
    @pytest.mark.parametrize("seed", range(4))
    async def test_are_what_counting_the_orders_gives_whatever_happens(self, shop: Shop, seed: int) -> None:
        stores = [
            await make_store(shop.database, shop.id, name, selected=name == "B", embedded=name == "C")
            for name in ("A", "B", "C")
        ]
        await set_mode(shop.database, shop.id, "all")
        life = Life(shop, stores, seed)
        steps = (life.place, life.place, life.place, life.change, life.change, life.attach, life.share, life.embed,
                 life.move_the_share_date)  # fmt: skip
        zone, seen = CHICAGO, 0
        for number in range(120):
            await life.luck.choice(steps)()
            if life.luck.random() < 0.3:
                zone = KOLKATA if life.luck.random() < 0.1 else CHICAGO
                await fold(shop, zone)
            if number % 6 == 0 and await fold(shop, zone) is not None:
                first = date(2026, 10, 25)
                expected = await recomputed(shop, zone, first)
                assert await counted(shop, zone, first) == expected, number
                await life.place()
                expected = await recomputed(shop, zone, first)
                assert await counted(shop, zone, first) == expected, f"{number}, not folded yet"
                per_store: Counter[date] = Counter()
                for store in stores:
                    per_store.update(await counted(shop, zone, first, store_id=store))
                assert per_store == Counter(expected)
                seen += sum(expected.values())
        assert seen > 100

    async def test_are_the_shops_own_days(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A", selected=True)
        await set_mode(shop.database, shop.id, "all")
        late = datetime(2026, 11, 20, 5, 59, tzinfo=UTC)
        await make_orders(shop.database, shop.id, store, OrderDraft("1", placed_at=late))
        await fold(shop, CHICAGO)
        assert await counted(shop, CHICAGO, date(2026, 11, 1)) == {date(2026, 11, 19): 1}
        await fold(shop, KOLKATA)
        assert await counted(shop, KOLKATA, date(2026, 11, 1)) == {date(2026, 11, 20): 1}

    async def test_of_another_account_are_counted_apart(self, shop: Shop) -> None:
        other = await make_store(shop.database, shop.id, "Other", account="other")
        await make_orders(shop.database, shop.id, other, OrderDraft("1"), account="other")
        await set_mode(shop.database, shop.id, "all")
        assert await fold(shop, CHICAGO)
        assert await counted(shop, CHICAGO, date(2026, 11, 1)) == {}

    async def test_lose_nothing_while_counted_anew_beside_writers(self, shop: Shop) -> None:
        """A change that commits during the count is either in the count or still to be folded, never both or neither."""
        store = await make_store(shop.database, shop.id, "A", selected=True)
        await set_mode(shop.database, shop.id, "all")
        zones = [CHICAGO, KOLKATA]

        async def write(start: int) -> None:
            for number in range(15):
                await make_orders(shop.database, shop.id, store, OrderDraft(str(start + number)))

        async def count_anew() -> None:
            for number in range(12):
                await fold(shop, zones[number % 2])

        await asyncio.gather(write(0), write(100), write(200), count_anew(), count_anew())
        await fold(shop, CHICAGO)
        assert sum((await counted(shop, CHICAGO, date(2026, 11, 1))).values()) == 45

    async def test_are_folded_once_by_two_at_a_time(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A", selected=True)
        await set_mode(shop.database, shop.id, "all")
        await fold(shop, CHICAGO)
        await make_orders(shop.database, shop.id, store, *(OrderDraft(str(number)) for number in range(9)))
        assert sorted(await asyncio.gather(*(fold(shop, CHICAGO) for _ in range(4)))) == [
            False,
            False,
            False,
            True,
        ]
        assert sum((await counted(shop, CHICAGO, date(2026, 11, 1))).values()) == 9

    async def test_append_one_row_a_quarter_and_none_that_changes_nothing(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A")
        at = datetime(2026, 11, 20, 12, 1, tzinfo=UTC)
        one = DayDelta(store, at, "store", is_free=False, orders=1, attached=0)
        async with shop.database.transaction(shop.id) as session:
            await append_day_deltas(
                session,
                shop.id,
                [one, replace(one, placed_at=at + timedelta(minutes=13)), replace(one, orders=0)],
            )
            gone = replace(one, placed_at=at + timedelta(hours=1))
            await append_day_deltas(session, shop.id, [gone, replace(gone, orders=-1)])
            rows = (await session.execute(text("SELECT placed_at, orders FROM order_day_delta"))).all()
        assert [(row.placed_at, row.orders) for row in rows] == [(at.replace(minute=0), 2)]

    async def test_ask_for_no_fold_when_a_change_moves_none(self, shop: Shop) -> None:
        store = await make_store(shop.database, shop.id, "A")
        ids = await make_orders(shop.database, shop.id, store, OrderDraft("1"))
        async with shop.database.transaction(shop.id) as session:
            await session.execute(text("DELETE FROM workspace_work"))
            await session.execute(text("DELETE FROM order_day_delta"))
            (row,) = (await lock_rows(session, shop.id, ids)).values()
            printed = replace(row, production_status="Printed", version=row.version + 1)
            await write_changes(session, shop.id, [Change(row, printed)], now=FIRST)
            gone = replace(printed, cancelled=True, version=printed.version + 1)
            assert (await session.execute(text("SELECT kind FROM workspace_work"))).all() == []
            await write_changes(session, shop.id, [Change(printed, gone)], now=FIRST)
            (delta,) = (await session.execute(text("SELECT orders FROM order_day_delta"))).all()
        assert delta.orders == -1

    async def test_read_no_order(self, shop: Shop) -> None:
        await make_store(shop.database, shop.id, "A", selected=True)
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            sent.append(statement)

        engine = shop.app.state.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            shown = await shop.browser.get("/v1/storefronts", days=90)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        assert len(shown.json()["orders_per_day"]) == 90
        (per_day,) = [statement for statement in sent if "order_day" in statement]
        assert "store_order" not in per_day
        # The totals look into store_order through their index of open orders only: what is before the share date, the oldest.
        (totals,) = [statement for statement in sent if "store_order" in statement]
        assert totals.count("FROM store_order o WHERE") == totals.count("o.open") == 2


async def test_another_link_counts_its_own_account(shop: Shop) -> None:
    async with shop.database.transaction(shop.id) as session:
        await session.execute(text("UPDATE link SET ended_at = now()"))
        await session.execute(text("UPDATE connection SET state = 'closed'"))
    await make_link(shop.database, shop.id, account="other")
    other = await make_store(shop.database, shop.id, "Other", account="other", selected=True)
    await make_orders(shop.database, shop.id, other, OrderDraft("1"), account="other")
    await set_mode(shop.database, shop.id, "all", account="other")
    assert sum((await counted(shop, CHICAGO, date(2026, 11, 1))).values()) == 1
