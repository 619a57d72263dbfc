"""What is assumed about InkSoft, point by point. Reads only, a few dozen calls."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from api.connectors.inksoft.adapter import MAX_BATCH, InkSoft
from api.connectors.vendor_errors import LinkBroken, Refused
from api.orders.rules.sums import is_small, residual
from api.settings.rules.sizes import size_code
from api.vendor_checks.asking import NO_KEY, InkSoftDesk, Told
from api.vendor_checks.points import Check, Seen

PAGE: Final = 100
_NOBODY: Final = 2_147_483_647
_OFFSET: Final = re.compile(r"(Z|[+-]\d\d:?\d\d)$")


@dataclass(frozen=True, slots=True)
class InkSoftChecks:
    """The checks of one account. `newest` are the newest orders of its list, as they stand on the wire."""

    desk: InkSoftDesk
    adapter: InkSoft
    newest: Sequence[dict[str, Any]]
    total: int

    def all(self) -> tuple[Check, ...]:
        return (
            Check("bad_key", "A wrong key is recognised as one.", self.bad_key),
            Check("unknown_store", "An unknown store is recognised as one.", self.unknown_store),
            Check("scope", "The main store's key lists the orders of every store.", self.scope),
            Check("page", f"A page of {PAGE} orders is given whole.", self.page),
            Check("walking", "Two pages behind each other give what one longer page gives.", self.walking),
            Check("pending", "Orders that wait for approval are not listed.", self.pending),
            Check("dates", "Dates are written without an offset.", self.dates),
            Check("ranges", "Those dates are UTC: a range asked for in UTC finds the order.", self.ranges),
            Check("modified", "Changing an order moves its modified date.", self.modified),
            Check("batch", f"{MAX_BATCH} orders can be read with one call.", self.batch),
            Check("unknown_ids", "A batch with an unknown id is refused whole.", self.unknown_ids),
            Check("fields", "Orders read in a batch have their prices, taxes and addresses.", self.fields),
            Check("cards", "Orders read in a batch bring their production cards when asked.", self.cards),
            Check("totals", "The parts of an order make its total, to five cents.", self.totals),
            Check("tax_rate", "A tax rate is a fraction (0.07 is 7 %).", self.tax_rate),
            Check("sizes", "Every size is one that Printavo has.", self.sizes),
            Check("numbers", "No two stores use one order number.", self.numbers),
            Check("limits", "No limit is published in the answers.", self.limits),
        )

    async def bad_key(self) -> Seen:
        told = await self.desk.ask("GetOrderSummaries", key=NO_KEY, Index="0", MaxResults="1")
        wrong = self.desk.credentials.__class__(store_uri=self.desk.credentials.store_uri, api_key=NO_KEY)
        try:
            await self.adapter.verify(wrong)
        except LinkBroken as broken:
            return Seen.of(
                broken.reason == "credentials", f"{told.short}, read as a matter of the {broken.reason}"
            )
        return Seen.of(False, f"{told.short}, and the wrong key was accepted")

    async def unknown_store(self) -> Seen:
        told = await self.desk.ask("GetStoreData", store_uri="platen-check-no-such-store")
        try:
            await self.adapter.get_store(self.desk.credentials, store_uri="platen-check-no-such-store")
        except Refused:
            return Seen.of(True, told.short)
        return Seen.of(False, f"{told.short}, and a store was found")

    async def scope(self) -> Seen:
        rows = (await self.desk.list_orders(first=0, most=PAGE)).rows
        stores = {row.get("StoreId") for row in (*rows, *self.newest)}
        if len(stores) < 2:  # noqa: PLR2004 - more than one store
            return Seen.of(
                False,
                f"{len(rows)} orders, all of one store: only that store is covered, or it is the only one",
            )
        return Seen.of(True, f"orders of {len(stores)} stores in one list")

    async def page(self) -> Seen:
        wanted = min(PAGE, self.total)
        rows = (await self.desk.list_orders(first=0, most=PAGE)).rows
        if self.total < PAGE:
            return Seen.unclear(f"the account has only {self.total} orders")
        return Seen.of(len(rows) == wanted, f"{PAGE} asked for, {len(rows)} given")

    async def walking(self) -> Seen:
        """Walks twice: rows that move do so in one walk and not in the next."""
        whole = _ids(await self.desk.list_orders(first=0, most=20))
        if len(whole) < 20:  # noqa: PLR2004 - two pages of ten
            return Seen.unclear("fewer than 20 orders")
        walks = [await self._walk() for _ in range(2)]
        twice = sum(len(walk) - len(set(walk)) for walk in walks)
        left_out = sum(len(set(whole) - set(walk)) for walk in walks)
        return Seen.of(all(walk == whole for walk in walks), f"{twice} rows twice, {left_out} rows left out")

    async def _walk(self) -> list[Any]:
        return [id_ for first in (0, 10) for id_ in _ids(await self.desk.list_orders(first=first, most=10))]

    async def pending(self) -> Seen:
        orders = (await self.desk.package([row["ID"] for row in self.newest])).rows
        waiting = [
            order for order in orders if order.get("ApprovalRequired") and not order.get("ApprovalDate")
        ]
        if waiting:
            return Seen.of(
                False, f"{len(waiting)} of the {len(orders)} newest listed orders wait for approval"
            )
        asked = [order for order in orders if "ApprovalRequired" in order]
        return Seen.unclear(
            f"none of the {len(asked)} newest listed orders waits for approval: place one that does, and run this again"
        )

    async def dates(self) -> Seen:
        texts = [str(row["DateCreated"]) for row in self.newest]
        with_offset = [text for text in texts if _OFFSET.search(text)]
        return Seen.of(not with_offset, f"such as {_shape(texts[0])}")

    async def ranges(self) -> Seen:
        newest = self.newest[0]
        moment = datetime.fromisoformat(str(newest["DateCreated"]))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        around = {
            "UtcOffsetHours": 0,
            "Begin": _wire(moment - timedelta(minutes=1)),
            "End": _wire(moment + timedelta(minutes=1)),
        }
        found = _ids(await self.desk.list_orders(first=0, most=PAGE, DateCreatedRange=_json(around)))
        return Seen.of(
            newest["ID"] in found, f"{len(found)} orders within a minute of the newest one's own date"
        )

    async def modified(self) -> Seen:
        """Needs a change within the last hour, so that a person can make one and see what comes of it."""
        begin = datetime.now(UTC) - timedelta(hours=1)
        rows = (
            await self.desk.list_orders(
                first=0, most=PAGE, DateModifiedRange=_json({"UtcOffsetHours": 0, "Begin": _wire(begin)})
            )
        ).rows
        older = [row for row in rows if str(row["DateCreated"])[:19] < begin.strftime("%Y-%m-%dT%H:%M:%S")]
        if older:
            return Seen.of(True, f"{len(older)} orders that are older than an hour changed within it")
        return Seen.unclear(
            "no older order changed within the last hour: change one in InkSoft, and run this again"
        )

    async def batch(self) -> Seen:
        ids = list(dict.fromkeys(_ids(await self.desk.list_orders(first=0, most=PAGE))))[:MAX_BATCH]
        told = await self.desk.package(ids)
        if len(ids) < MAX_BATCH:
            return Seen.unclear(f"the first page of the list gave only {len(ids)} order numbers")
        return Seen.of(
            len({row.get("ID") for row in told.rows}) == len(ids), f"{len(ids)} asked for, {told.short}"
        )

    async def unknown_ids(self) -> Seen:
        told = await self.desk.package([self.newest[0]["ID"], _NOBODY])
        left_out = "the others were given" if told.ok else "nothing was given"
        return Seen.of(not told.ok, f"{told.short}: {left_out}")

    async def fields(self) -> Seen:
        (order, *_) = (await self.desk.package([self.newest[0]["ID"]])).rows
        wanted = ("TotalAmount", "AmountDue", "TaxAmount", "ShippingAddress", "Items", "CurrencyCode")
        lacking = [name for name in wanted if order.get(name) is None]
        return Seen.of(not lacking, f"lacking: {', '.join(lacking)}" if lacking else "all of them are there")

    async def cards(self) -> Seen:
        ids = [row["ID"] for row in self.newest]
        asked, bare = (await self.desk.package(ids)).rows, (await self.desk.package(ids, cards=False)).rows
        with_cards = [order for order in asked if order.get("ProductionCards")]
        unasked = [order for order in bare if order.get("ProductionCards")]
        if not with_cards:
            return Seen.of(False, f"none of the {len(asked)} newest orders came with cards (or none has any)")
        return Seen.of(
            True,
            f"{len(with_cards)} of {len(asked)} asked for have cards, {len(unasked)} that were not asked for",
        )

    async def totals(self) -> Seen:
        wanted = [(str(row["ID"]), row.get("Email") or None) for row in self.newest]
        orders = await self.adapter.get_orders(self.desk.credentials, wanted)
        off = [order for order in orders if not is_small(residual(order))]
        return Seen.of(not off, f"{len(orders) - len(off)} of {len(orders)} newest orders add up")

    async def tax_rate(self) -> Seen:
        orders = (await self.desk.package([row["ID"] for row in self.newest])).rows
        rates = [float(order["TaxRate"]) for order in orders if order.get("TaxRate")]
        if not rates:
            return Seen.unclear("none of the newest orders was taxed")
        return Seen.of(max(rates) < 1, f"from {min(rates)} to {max(rates)}")

    async def sizes(self) -> Seen:
        wanted = [(str(row["ID"]), row.get("Email") or None) for row in self.newest]
        orders = await self.adapter.get_orders(self.desk.credentials, wanted)
        texts = {item.size for order in orders for item in order.items if item.kind == "product"}
        unknown = sorted(text for text in texts if size_code(text, {}) is None)
        told = ", ".join(f"“{text[:20]}”" for text in unknown[:10])
        return Seen.of(not unknown, f"{len(texts)} sizes" if not unknown else f"not among them: {told}")

    async def numbers(self) -> Seen:
        """In the oldest and the newest orders; a number that is used twice stands side by side in a list by number."""
        newest = await self.desk.list_orders(first=0, most=PAGE, descending=True)
        rows = [*(await self.desk.list_orders(first=0, most=PAGE)).rows, *newest.rows]
        places = {(row["ID"], row["StoreId"]) for row in rows}
        stores = {store for _, store in places}
        if len(stores) < 2:  # noqa: PLR2004 - more than one store
            return Seen.unclear("all orders that were looked at are of one store")
        twice = len(places) - len({number for number, _ in places})
        return Seen.of(
            not twice, f"{len(places)} orders of {len(stores)} stores, {twice} numbers used by two"
        )

    async def limits(self) -> Seen:
        told = await self.desk.list_orders(first=0, most=1)
        named = sorted(name for name in told.headers if "limit" in name or "retry" in name)
        return Seen.of(not named, f"headers: {', '.join(named)}" if named else "no such header")


async def look_at_inksoft(desk: InkSoftDesk, adapter: InkSoft) -> InkSoftChecks | None:
    """The checks of this account; None when it has no orders to look at. Raises `VendorError` for broken credentials."""
    await adapter.verify(desk.credentials)
    told = await desk.list_orders(first=0, most=10, descending=True)
    return InkSoftChecks(desk, adapter, told.rows, told.total or len(told.rows)) if told.rows else None


def _ids(told: Told) -> list[Any]:
    return [row["ID"] for row in told.rows]


def _shape(text: str) -> str:
    """A date with its digits blurred: its form is asked for, not when somebody ordered."""
    return re.sub(r"\d", "0", text)


def _wire(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
