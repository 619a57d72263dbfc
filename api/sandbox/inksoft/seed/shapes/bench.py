"""Where odd orders are put together: a store, a numbering, an instant, and a register of what was made."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from api.sandbox.inksoft.seed.artworks import make_artwork
from api.sandbox.inksoft.seed.catalogue import by_sku
from api.sandbox.inksoft.seed.parts import GROUND, make_item, start_order
from api.sandbox.inksoft.world.account import Store
from api.sandbox.inksoft.world.artwork import Offer
from api.sandbox.inksoft.world.order import Delivery, Order, RetailItem
from api.sandbox.inksoft.world.world import World


@dataclass(slots=True)
class Bench:
    """Numbers odd orders from ``next_id`` and places each an hour after the one before.

    ``finish`` must be called once for each order: it takes it into the world under its shape's name.
    """

    world: World
    store: Store
    next_id: int
    next_at: datetime
    seen_at: datetime

    def order(
        self,
        *,
        store: Store | None = None,
        order_id: int | None = None,
        order_type: str = "WebOrder",
        delivery: Delivery = GROUND,
    ) -> Order:
        """An order without goods in the bench's store (or another), at the next number and hour."""
        if order_id is None:
            order_id, self.next_id = self.next_id, self.next_id + 1
        self.next_at += timedelta(hours=1)
        where = store or self.store
        random = Random(order_id + where.publisher_id)
        return start_order(
            self.world, where, order_id, self.next_at, random, order_type=order_type, delivery=delivery
        )

    def item(
        self, sku: str, sizes: Mapping[str, int], kit: str | None = "front", *, color: int = 0
    ) -> RetailItem:
        """Goods by style number, in the product's n-th colour, decorated with a kit (None = blank)."""
        product = by_sku(self.world.products, sku)
        artwork = make_artwork(self.store.id * 10 + 500 + sum(map(ord, kit)), "Shapes", kit) if kit else None
        offer = Offer(product.id, product.styles[color].id, artwork, product.price + 400)
        return make_item(self.world, offer, sizes)

    def finish(self, shape: str, order: Order) -> Order:
        """Take the order in and remember it under the shape's name."""
        self.world.add_orders([order])
        store = self.world.store_of(order)
        entry: dict[str, object] = {
            "account": self.world.account_of(order).handle,
            "store_id": store.id,
            "store_uri": store.uri,
            "order": order.id,
        }
        self.world.shapes.setdefault(shape, []).append(entry)
        return order

    def moved(self, store: Store) -> "Bench":
        """The same bench in another store."""
        return replace(self, store=store)
