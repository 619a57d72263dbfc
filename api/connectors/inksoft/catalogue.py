"""Looks up products that no production card names; each once per call of the port."""

from collections.abc import Iterable

from api.connectors.inksoft.client import InkSoftClient
from api.connectors.inksoft.wire.lenient import Unreadable, read
from api.connectors.inksoft.wire.product import WireProduct
from api.connectors.store_platform import PlatformCredentials
from api.connectors.vendor_errors import Refused


class Catalogue:
    """Lives as long as one batch of orders. A product that is gone or unreadable is left out: names come from texts then.

    An outage is raised instead: falling back then would make the same order look changed.
    """

    def __init__(self, client: InkSoftClient, credentials: PlatformCredentials) -> None:
        self._client = client
        self._credentials = credentials
        self._known: dict[str, WireProduct | None] = {}

    async def products(self, ids: Iterable[str]) -> dict[str, WireProduct]:
        """The products of these ids that exist, by id."""
        found: dict[str, WireProduct] = {}
        for product_id in sorted(ids):
            if product_id not in self._known:
                self._known[product_id] = await self._get(product_id)
            product = self._known[product_id]
            if product is not None:
                found[product_id] = product
        return found

    async def _get(self, product_id: str) -> WireProduct | None:
        try:
            answer = await self._client.read(self._credentials, "GetProduct", {"ProductId": product_id})
            return read(WireProduct, answer.data)
        except (Refused, Unreadable):
            return None
