"""What a method is given: the store of the path, the account behind it, the parameters, and who is calling."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.sandbox.inksoft.methods.params import Params
from api.sandbox.inksoft.wire.envelope import Problem
from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.account import Account, Session, Store
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Refused, Simulator
from api.sandbox.switches import Switches


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``session`` is the caller's, when a valid token came with it."""

    simulator: Simulator[World]
    store: Store
    account: Account
    params: Params
    session: Session | None
    at: datetime

    @property
    def world(self) -> World:
        return self.simulator.world

    @property
    def switches(self) -> Switches:
        return self.simulator.switches

    @property
    def pen(self) -> Pen:
        return Pen.of(self.simulator.switches)

    def covers(self, order: Order) -> bool:
        """Whether the path's store sees the order: a main store sees the whole account (a switch may narrow or widen it)."""
        scope = self.switches["summaries_scope"]
        whole = scope == "account" or (scope == "account_from_main" and self.store.is_main)
        return whole or order.store_id == self.store.id

    def write(self, op: str, args: Mapping[str, Any]) -> Any:
        """Do a write that the ledger holds. What the world refuses becomes a Problem."""
        try:
            return self.simulator.perform(op, args, by="api")
        except Refused as refused:
            word = "NotFound" if refused.status == 404 else "BadRequest"  # noqa: PLR2004 - HTTP's own number
            raise Problem(word, str(refused)) from refused

    def customer(self) -> Session:
        """The session a shopper's call needs. Raises Problem."""
        if self.session is None:
            raise Problem("BadRequest", "Session token is not valid")
        return self.session
