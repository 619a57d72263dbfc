"""Reads whole orders: in one package where the platform can, by e-mail one at a time where it cannot."""

import logging
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from api.connectors.inksoft.client import InkSoftClient
from api.connectors.inksoft.outcomes import TooLarge
from api.connectors.inksoft.wire.lenient import Unreadable, read
from api.connectors.inksoft.wire.order import WireIdentity, WireOrder
from api.connectors.print_shop import Lane
from api.connectors.store_platform import PlatformCredentials
from api.connectors.vendor_errors import Refused, Unexpected

log = logging.getLogger(__name__)

Wanted = tuple[str, str | None]
_WITH_CARDS: Final = {"IncludeProductionCards": "true"}


class OrderReader:
    """Orders as the wire has them. One broken order does not take the others with it."""

    def __init__(
        self, client: InkSoftClient, credentials: PlatformCredentials, *, lane: Lane = "background"
    ) -> None:
        self._client = client
        self._credentials = credentials
        self._lane = lane
        self.problem = ""

    async def read(self, wanted: Sequence[Wanted]) -> list[WireOrder]:
        """Those of the wanted (id, e-mail) that exist and can be read; what was wrong with another is in `problem`."""
        ids = list(dict.fromkeys(external_id for external_id, _ in wanted))
        orders = self._readable(await self._packages(ids), ids)
        if _hides_cards(orders):
            orders = [await self._with_cards(order) for order in orders]
        have = Counter(order.id for order in orders)
        for external_id, email in wanted:
            if have[external_id] > 0:
                have[external_id] -= 1
            elif email:
                orders += await self._by_email(external_id, email)
        return orders

    async def identify(self, external_ids: Sequence[str]) -> list[WireIdentity]:
        """Number and store of those that exist, whatever else of them can be read. Raises `Unexpected` for nameless ones."""
        rows = await self._packages(list(dict.fromkeys(external_ids)))
        try:
            return [read(WireIdentity, row) for row in rows]
        except Unreadable as error:
            raise Unexpected("inksoft", str(error)) from None

    async def _packages(self, ids: list[str]) -> list[Any]:
        """One call, or halves where the answer is too large or one id spoils the call for all."""
        if not ids:
            return []
        params = {**_WITH_CARDS, "OrderIds": f"[{','.join(ids)}]"}
        try:
            answer = await self._client.read(self._credentials, "GetOrderPackage", params, lane=self._lane)
        except (TooLarge, Refused) as error:
            if len(ids) == 1:
                if isinstance(error, TooLarge):
                    raise
                return []
            middle = len(ids) // 2
            return await self._packages(ids[:middle]) + await self._packages(ids[middle:])
        return _one_or_many(answer.data)

    async def _with_cards(self, order: WireOrder) -> WireOrder:
        """The same order by e-mail, if it has artwork and an e-mail; otherwise as it came."""
        if not (order.email and _has_artwork(order)):
            return order
        return next(iter(await self._by_email(order.id, order.email)), order)

    async def _by_email(self, external_id: str, email: str) -> list[WireOrder]:
        """`GetOrder` takes the e-mail as its key; with another order's e-mail it is not found."""
        params = {**_WITH_CARDS, "OrderId": external_id, "OrderEmail": email}
        try:
            answer = await self._client.read_without_key(
                self._credentials, "GetOrder", params, secrets=(email,), lane=self._lane
            )
        except Refused:
            return []
        return self._readable(_one_or_many(answer.data), [external_id])

    def _readable(self, rows: list[Any], ids: Sequence[str]) -> list[WireOrder]:
        orders: list[WireOrder] = []
        for row in rows:
            try:
                order = read(WireOrder, row)
            except Unreadable as error:
                self.problem = str(error)
                log.warning("an order could not be read: %s", error)
                continue
            orders.append(order)
        # Two stores may count alike; the same order twice is one.
        return list({(order.id, order.store_id): order for order in orders if order.id in ids}.values())


def _hides_cards(orders: Sequence[WireOrder]) -> bool:
    """Whether artwork is ordered and not one card came: cards may be made later, but this package may never have any."""
    return any(map(_has_artwork, orders)) and not any(order.production_cards for order in orders)


def _has_artwork(order: WireOrder) -> bool:
    return any(item.art_id or item.design_id for item in order.items)


def _one_or_many(data: Any) -> list[Any]:
    """An object for one order, a list for several, nothing for none."""
    if isinstance(data, list):
        return [row for row in data if row is not None]
    return [data] if isinstance(data, dict) else []
