"""Everything the simulated vendor holds: records by kind and id, numbers, and what was done to the outside."""

import hashlib
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any, TypeVar

from api.sandbox.anchor import Anchor
from api.sandbox.printavo import orders, records
from api.sandbox.printavo.records import Account, Stamped, User
from api.sandbox.simulator import Refused
from api.sandbox.switches import Switches

K = TypeVar("K", bound=Stamped)

# Ids are per kind, as the vendor's are. What the first one is called by kind, and what people call the kind.
_FIRST: dict[type[Stamped], tuple[int, str]] = {
    Account: (7001, "Account"),
    records.Status: (256_601, "Status"),
    records.TypeOfWork: (11_801, "Type of work"),
    records.Category: (4_101, "Category"),
    records.Customer: (30_001, "Customer"),
    records.Contact: (50_001, "Contact"),
    orders.Order: (900_001, "Order"),
    orders.Group: (400_001, "Line item group"),
    orders.Line: (700_001, "Line item"),
    orders.Imprint: (600_001, "Imprint"),
    orders.Mockup: (650_001, "Mockup"),
    orders.Fee: (810_001, "Fee"),
    orders.ProductionFile: (820_001, "Production file"),
    orders.Transaction: (830_001, "Transaction"),
    orders.PurchaseOrder: (840_001, "Purchase order"),
}


def label(kind: type[Stamped]) -> str:
    """What people call this kind of record."""
    return _FIRST.get(kind, (0, kind.__name__))[1]


class World:
    """All accounts. ``violations`` lists calls that act on the outside, which Platen must never make."""

    def __init__(self, anchor: Anchor, switches: Switches, time_scale: float = 1.0) -> None:
        self.anchor = anchor
        self.switches = switches
        self.time_scale = time_scale
        self.violations: list[dict[str, Any]] = []
        self._kept: defaultdict[type[Stamped], dict[str, Any]] = defaultdict(dict)
        self._next: dict[type[Stamped], int] = {}

    def new_id(self, kind: type[Stamped]) -> str:
        number = self._next.get(kind, _FIRST.get(kind, (1, ""))[0])
        self._next[kind] = number + 1
        return str(number)

    def stamped(self, kind: type[Stamped], account: Account, at: datetime) -> dict[str, Any]:
        """What every new record of an account starts with: a fresh id, its account, its instants."""
        local = at.astimezone(account.zone)
        return {"id": self.new_id(kind), "account": account, "made_at": local, "changed_at": local}

    def keep(self, record: K) -> K:
        """Make a record findable by its id."""
        self._kept[type(record)][record.id] = record
        return record

    def drop(self, record: Stamped) -> None:
        self._kept[type(record)].pop(record.id, None)

    def rename(self, record: Stamped) -> None:
        """Give a record another id; the old one is not found any more."""
        self.drop(record)
        record.id = self.new_id(type(record))
        self.keep(record)

    def every(self, kind: type[K]) -> list[K]:
        return list(self._kept[kind].values())

    def find(self, kind: type[K], record_id: str | None, account: Account | None = None) -> K | None:
        """The record, unless it is not there or belongs to another account than the one given."""
        record: Any = self._kept[kind].get(record_id or "")
        if record is None or (account is not None and record.account is not account):
            return None
        return record  # type: ignore[no-any-return]  # kept by its own type

    def get(self, kind: type[K], record_id: str | None, account: Account | None = None) -> K:
        """As ``find``, but raises Refused with 404."""
        record = self.find(kind, record_id, account)
        if record is None:
            raise Refused(f"{label(kind)} not found", 404)
        return record

    def account(self, account_id: str) -> Account:
        return self.get(Account, account_id)

    def touch(self, at: datetime, *touched: records.Record) -> None:
        """Move ``updatedAt``. Answers carry whole seconds; unless the switch says clock, every edit shows in them."""
        for record in touched:
            changed = at.astimezone(record.account.zone)
            if self.switches["updated_at"] == "always_moves":
                changed = max(changed, record.changed_at + timedelta(seconds=1))
            record.changed_at = changed

    def user_of(self, email: str) -> User | None:
        wanted = email.strip().lower()
        return next((user for user in self.every(User) if user.email == wanted), None)

    def secret(self, *parts: str) -> str:
        """A string that looks random and is the same after a replay."""
        text = "/".join((str(self.anchor.number), self.anchor.at.isoformat(), *parts))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def violate(self, at: datetime, op: str, account: Account, order: orders.Order) -> None:
        """Remember a call that acts on the outside."""
        self.violations.append(
            {"at": at.isoformat(), "op": op, "account_id": account.id, "order_id": order.id}
        )
