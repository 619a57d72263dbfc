"""Printavo Merch as the `MerchStores` port."""

from api.connectors.merch import MerchOrderPage, MerchStore
from api.connectors.pacing import Pace
from api.connectors.print_shop import ShopCredentials
from api.connectors.printavo.client import PrintavoClient
from api.connectors.printavo.merch import mapping, wire
from api.connectors.printavo.pages import parse, walk
from api.connectors.printavo.wire import Page
from api.connectors.vendor_errors import Unexpected
from api.core.http import HttpDoor


class PrintavoMerch:
    """One instance serves all shops, at the same pace as the books: Printavo counts calls by user, whatever they are for."""

    def __init__(self, door: HttpDoor, pace: Pace, *, egress: str = "default") -> None:
        self._client = PrintavoClient(door, pace, egress=egress)

    async def list_stores(self, credentials: ShopCredentials) -> list[MerchStore]:
        async def page(cursor: str | None) -> Page[wire.MerchStore]:
            raw = await self._client.ask(credentials, "merch_stores", {"after": cursor})
            return parse(Page[wire.MerchStore], raw)

        return [mapping.to_store(store) for store in await walk(await page(None), page)]

    async def list_orders(
        self, credentials: ShopCredentials, *, store_id: str, cursor: str | None
    ) -> MerchOrderPage | None:
        raw = await self._client.ask(credentials, "merch_orders", {"store": store_id, "after": cursor})
        if raw is None:
            return None
        page = parse(wire.StoreOrders, raw).orders
        info = page.page_info
        if info.has_next_page and not (info.end_cursor and page.nodes):
            raise Unexpected("printavo", "a further page without a cursor, or behind an empty one")
        if page.total_nodes is None:
            raise Unexpected("printavo", "merch orders that are not counted")
        return MerchOrderPage(
            orders=tuple(mapping.to_order(order) for order in page.nodes),
            total=page.total_nodes,
            next_cursor=info.end_cursor if info.has_next_page else None,
        )
