"""The whole state of the simulated InkSoft, and how things are found in it."""

from bisect import insort
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from api.sandbox.inksoft.world.account import Account, Session, Store
from api.sandbox.inksoft.world.money import settle
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.product import Product, Size, Style
from api.sandbox.simulator import Refused
from api.sandbox.switches import Switches

PROPOSALS_STORE_ID = 0


def _by_number(order: Order) -> tuple[int, int]:
    return order.id, order.store_id


@dataclass(slots=True)
class World:
    """``orders`` holds each account's orders by (ID, StoreId), ascending. ``shapes`` names what the seed contains.

    ``walks``, ``recent_calls`` and ``calls_limited`` are about callers, not about the shop: no ledger holds them.
    """

    switches: Switches
    accounts: dict[int, Account] = field(default_factory=dict)
    stores: dict[int, Store] = field(default_factory=dict)
    proposals: dict[int, Store] = field(default_factory=dict)
    products: Mapping[int, Product] = field(default_factory=dict)
    orders: dict[int, list[Order]] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    shapes: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    mails: int = 0
    last_id: int = 3_000_000
    walks: Counter[int] = field(default_factory=Counter)
    recent_calls: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    calls_limited: int = 0
    _numbers: dict[int, dict[int, list[Order]]] = field(default_factory=dict)
    _paths: dict[str, Store] = field(default_factory=dict)

    def fresh_id(self) -> int:
        """An id for anything but orders and stores; never given twice."""
        self.last_id += 1
        return self.last_id

    def add_account(self, account: Account) -> None:
        self.accounts[account.publisher_id] = account
        self.orders[account.publisher_id] = []
        self._numbers[account.publisher_id] = {}

    def add_store(self, store: Store) -> None:
        """Register a store under its path; the proposals' store (id 0) has none."""
        if store.id == PROPOSALS_STORE_ID:
            self.proposals[store.publisher_id] = store
            return
        self.stores[store.id] = store
        self._paths[store.uri.lower()] = store

    def store_at(self, uri: str) -> Store | None:
        """The store of a path segment, whatever its case."""
        return self._paths.get(uri.lower())

    def store_of(self, order: Order) -> Store:
        return self.stores[order.store_id] if order.store_id else self.proposals[order.publisher_id]

    def account_of(self, thing: Store | Order) -> Account:
        return self.accounts[thing.publisher_id]

    def stores_of(self, publisher_id: int) -> list[Store]:
        """The account's stores with a path, main store first."""
        return [store for store in self.stores.values() if store.publisher_id == publisher_id]

    def add_orders(self, orders: Iterable[Order]) -> None:
        """Take orders in, with their totals. Their numbers must be free within their store."""
        for order in orders:
            settle(order)
            same = self._numbers[order.publisher_id].setdefault(order.id, [])
            if any(other.store_id == order.store_id for other in same):
                raise Refused(f"order {order.id} exists in that store already")
            same.append(order)
            insort(self.orders[order.publisher_id], order, key=_by_number)
            account = self.accounts[order.publisher_id]
            account.next_order_id = max(account.next_order_id, order.id + 1)

    def drop_order(self, order: Order) -> None:
        """Forget an order. Its number is never given again."""
        self.orders[order.publisher_id].remove(order)
        self._numbers[order.publisher_id][order.id].remove(order)

    def numbered(self, publisher_id: int, order_id: int) -> list[Order]:
        """The account's orders with that number: mostly one, several when two stores count alike."""
        return self._numbers[publisher_id].get(order_id, [])

    def goods(self, product_id: int, style_id: int) -> tuple[Product, Style]:
        """A product and one of its styles. Raises KeyError."""
        product = self.products[product_id]
        return product, product.style(style_id)

    def size(self, product_id: int, style_id: int, size_id: int) -> Size | None:
        """A size by id, or None when the style has no such size."""
        if product_id not in self.products:
            return None
        styles = [style for style in self.products[product_id].styles if style.id == style_id]
        return next((size for style in styles for size in style.sizes if size.id == size_id), None)

    def session(self, token: str) -> Session | None:
        return self.sessions.get(digest(token))


def digest(token: str) -> str:
    """Tokens are kept and written down only as digests."""
    return sha256(token.upper().encode()).hexdigest()
