"""InkSoft as a store platform."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from api.connectors.inksoft.catalogue import Catalogue
from api.connectors.inksoft.client import InkSoftClient
from api.connectors.inksoft.details import OrderReader
from api.connectors.inksoft.listing import (
    NEWEST_FIRST,
    listing_params,
    placed_since_params,
    rows_of,
    to_page,
)
from api.connectors.inksoft.mapping.media import Media
from api.connectors.inksoft.mapping.order import to_snapshot, uncarded_products
from api.connectors.inksoft.offset import measure_offset
from api.connectors.inksoft.wire.account import WireSession, WireStore
from api.connectors.inksoft.wire.lenient import Lenient, Unreadable, read
from api.connectors.inksoft.wire.summary import WireSummary
from api.connectors.pacing import Pace
from api.connectors.store_platform import (
    OrderSnapshot,
    PlatformAccount,
    PlatformCredentials,
    PlatformStore,
    SummaryPage,
    SummaryQuery,
)
from api.connectors.vendor_errors import LinkBroken, Refused, Unexpected
from api.core.http import HttpDoor

MAX_BATCH: Final = 50
# Nothing else is answered at all, and no field names the plan.
_PLAN_THAT_IS_ANSWERED: Final = "unlimited"

Model = TypeVar("Model", bound=Lenient)


class InkSoft:
    """The `StorePlatform` port over Api2. Keeps nothing between calls; safe for concurrent use.

    `media_url` is what relative picture addresses belong to and ends with a slash.
    """

    def __init__(self, door: HttpDoor, pace: Pace, *, media_url: str = "https://stores.inksoft.com/") -> None:
        self._client = InkSoftClient(door, pace)
        self._media = Media(media_url)

    async def sign_in(self, *, store_uri: str, email: str, password: str) -> PlatformCredentials:
        """Wrong password, unknown person and unknown store read the same (L4)."""
        try:
            answer = await self._client.sign_in(store_uri, email=email, password=password)
        except Refused:
            raise LinkBroken("inksoft", "the credentials were not accepted") from None
        session = _read(WireSession, answer.data)
        return PlatformCredentials(store_uri=store_uri, session_token=session.token)

    async def verify(self, credentials: PlatformCredentials) -> PlatformAccount:
        """Also lists orders: a store's data may be public, only orders prove the key and the plan (L2).

        The currency is that of the newest readable order. The offset from UTC, when the credentials do not know it yet,
        is measured at the newest order.
        """
        store = await self._store(credentials, credentials.store_uri)
        newest = rows_of(
            await self._client.read(credentials, "GetOrderSummaries", NEWEST_FIRST, lane="interactive")
        )
        wanted = [(row.id, row.email or None) for row in newest]
        orders = await OrderReader(self._client, credentials, lane="interactive").read(wanted)
        currencies = {order.id: order.currency_code.upper() for order in orders}
        return PlatformAccount(
            external_id=store.publisher_id,
            account_name=store.publisher_name or store.name,
            store_uri=store.store_uri or credentials.store_uri,
            plan=_PLAN_THAT_IS_ANSWERED,
            currency=next((currencies[order_id] for order_id, _ in wanted if order_id in currencies), None),
            is_main_store=store.is_main_store,
            utc_offset=await self._offset(credentials, newest),
        )

    async def get_store(self, credentials: PlatformCredentials, *, store_uri: str) -> PlatformStore:
        """The account's id comes with it: whose store it is, is the caller's to compare."""
        store = await self._store(credentials, store_uri)
        return PlatformStore(
            external_id=store.store_id,
            account_external_id=store.publisher_id,
            name=store.name,
            store_uri=store.store_uri or store_uri,
        )

    async def list_summaries(self, credentials: PlatformCredentials, query: SummaryQuery) -> SummaryPage:
        """Raises `Unreachable` for an empty page before the end: taking it for the end would lose orders (I9)."""
        answer = await self._client.read(credentials, "GetOrderSummaries", listing_params(query))
        return to_page(answer, query, offset=credentials.utc_offset or timedelta(0))

    async def get_orders(
        self, credentials: PlatformCredentials, orders: Sequence[tuple[str, str | None]]
    ) -> list[OrderSnapshot]:
        """One package call, plus `GetOrder` for each order it lacks, plus `GetProduct` for each product without a card.

        An order that cannot be read is left out. Raises `Unexpected` when some came and none could be read. Origin
        `staff` is not visible in a whole order, only in its summary.
        """
        if len(orders) > MAX_BATCH:
            raise ValueError(f"at most {MAX_BATCH} orders a call")
        reader, catalogue = OrderReader(self._client, credentials), Catalogue(self._client, credentials)
        found = await reader.read(orders)
        if reader.problem and not found:
            raise Unexpected("inksoft", reader.problem)
        snapshots: list[OrderSnapshot] = []
        for order in found:
            products = await catalogue.products(uncarded_products(order))
            snapshots.append(
                to_snapshot(order, products, media=self._media, offset=credentials.utc_offset or timedelta(0))
            )
        return snapshots

    async def list_existing(
        self, credentials: PlatformCredentials, external_ids: Sequence[str]
    ) -> set[tuple[str, str | None]]:
        """One package call where all exist; an id that does not may cost more, because it can spoil a whole batch."""
        if len(external_ids) > MAX_BATCH:
            raise ValueError(f"at most {MAX_BATCH} orders a call")
        found = await OrderReader(self._client, credentials).identify(external_ids)
        return {(order.id, order.store_id or None) for order in found}

    async def _offset(
        self, credentials: PlatformCredentials, newest: Sequence[WireSummary]
    ) -> timedelta | None:
        """Measured by asking whether the newest order was placed since a moment that names its offset."""
        if credentials.utc_offset is not None or not newest:
            return credentials.utc_offset
        order = newest[0]

        async def is_placed_since(moment: datetime) -> bool:
            params = placed_since_params(moment)
            rows = rows_of(
                await self._client.read(credentials, "GetOrderSummaries", params, lane="interactive")
            )
            return any((row.id, row.store_id) == (order.id, order.store_id) for row in rows)

        return await measure_offset(order.date_created, is_placed_since)

    async def _store(self, credentials: PlatformCredentials, store_uri: str) -> WireStore:
        answer = await self._client.read(credentials, "GetStoreData", store_uri=store_uri, lane="interactive")
        return _read(WireStore, answer.data)


def _read(model: type[Model], data: Any) -> Model:
    try:
        return read(model, data)
    except Unreadable as error:
        raise Unexpected("inksoft", str(error)) from None
