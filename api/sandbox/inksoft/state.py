"""``GET /_control/accounts`` and ``/_control/state/...``: the sandbox's truth, for people and checkers."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from api.sandbox.clock import stamp
from api.sandbox.control import Handler
from api.sandbox.inksoft.acts.target import OnOrder, OnStore, facts, find_account, find_order, find_store
from api.sandbox.inksoft.wire.detail import detail
from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.account import Store
from api.sandbox.inksoft.world.money import row_total
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Refused, Simulator


class State:
    """Answers questions about a simulator's world."""

    def __init__(self, simulator: Simulator[World]) -> None:
        self._simulator = simulator

    def routes(self) -> Mapping[str, Handler]:
        """Paths below ``/_control`` and what answers them."""
        return {
            "accounts": self.accounts,
            "state/stores": self.stores,
            "state/orders": self.orders,
            "state/orders/{order}": self.order,
            "state/shapes": self.shapes,
            "state/totals": self.totals,
        }

    async def accounts(self, request: Request) -> Any:
        """The demo accounts with their credentials: invented, and public."""
        del request
        return [
            {
                "account": account.handle,
                "publisher_id": account.publisher_id,
                "name": account.name,
                "store_uri": f"{account.handle}_main",
                "api_key": account.api_key,
                "key_active": account.key_active,
                "email": account.email,
                "password": account.password,
                "plan": account.plan,
                "currency": account.currency,
            }
            for account in self._world.accounts.values()
        ]

    async def stores(self, request: Request) -> Any:
        """Every store, of one account when ``?account=`` says so."""
        wanted = request.query_params.get("account")
        accounts = [find_account(self._world, wanted)] if wanted else list(self._world.accounts.values())
        return [
            self._store(store)
            for account in accounts
            for store in (
                *self._world.stores_of(account.publisher_id),
                self._world.proposals[account.publisher_id],
            )
        ]

    async def orders(self, request: Request) -> Any:
        """The facts of orders, filtered by ``account`` and ``store``."""
        account, store = request.query_params.get("account"), request.query_params.get("store")
        publishers = (
            [find_account(self._world, account).publisher_id] if account else list(self._world.accounts)
        )
        orders = [order for publisher in publishers for order in self._world.orders[publisher]]
        if store is not None:
            target = find_store(self._world, OnStore(store=_reference(store), account=account))
            orders = [o for o in orders if (o.publisher_id, o.store_id) == (target.publisher_id, target.id)]
        return [facts(self._world, order) for order in orders]

    async def order(self, request: Request) -> Any:
        """Everything about one order: facts, rows in cents, and the detail as Api2 would give it."""
        number, store = request.path_params["order"], request.query_params.get("store")
        if not number.isdecimal():
            raise Refused("an order is addressed by its number", 400)
        target = OnOrder(
            order=int(number),
            store=None if store is None else _reference(store),
            account=request.query_params.get("account"),
        )
        order = find_order(self._world, target)
        wire = detail(self._world, order, Pen.of(self._simulator.switches), with_cards=True)
        return facts(self._world, order) | {
            "mails_sent": order.mails_sent,
            "rows": _rows(order),
            "wire": wire,
        }

    async def shapes(self, request: Request) -> Any:
        """Which orders carry which odd shape."""
        del request
        return self._world.shapes

    async def totals(self, request: Request) -> Any:
        """Counts over everything, for quick comparisons."""
        del request
        orders = [order for found in self._world.orders.values() for order in found]
        return {
            "seed": self._simulator.anchor.seed,
            "seeded_at": stamp(self._simulator.anchor.at),
            "stores": len(self._world.stores),
            "orders": len(orders),
            "lines": sum(len(order.rows()) for order in orders),
            "pieces": sum(order.pieces for order in orders),
            "total_cents": sum(order.totals.total for order in orders),
            "mails": self._world.mails,
            "sessions": len(self._world.sessions),
            "calls_limited": self._world.calls_limited,
        }

    @property
    def _world(self) -> World:
        return self._simulator.world

    def _store(self, store: Store) -> dict[str, Any]:
        orders = [order for order in self._world.orders[store.publisher_id] if order.store_id == store.id]
        return {
            "account": self._world.account_of(store).handle,
            "store_id": store.id,
            "uri": store.uri,
            "name": store.name,
            "kind": store.kind,
            "is_main": store.is_main,
            "approves": store.approves,
            "closed": store.closed_at is not None,
            "orders": len(orders),
        }


def _reference(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def _rows(order: Order) -> list[dict[str, Any]]:
    return [
        {
            "row": row.id,
            "item": item.id,
            "size": row.size,
            "quantity": row.quantity,
            "unit_price_cents": row.unit_price,
            "total_cents": row_total(row),
            "purchasing": row.purchasing or {},
        }
        for item in order.items
        for row in item.rows
    ]
