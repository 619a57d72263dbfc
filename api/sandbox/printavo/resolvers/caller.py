"""The context of one operation: whose it is, and how it reads and writes the world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from api.sandbox.printavo.access import Visitor
from api.sandbox.printavo.money import to_dollars
from api.sandbox.printavo.pages import Page, Window, cut_page, silent_page
from api.sandbox.printavo.records import Account, Stamped, User
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Refused, Simulator


@dataclass(slots=True)
class Caller:
    """``visitor`` is None only for a document that does nothing but sign in. ``silent`` empties every page."""

    simulator: Simulator[World]
    visitor: Visitor | None
    silent: bool = False
    plan_refused: bool = False

    @property
    def world(self) -> World:
        return self.simulator.world

    @property
    def user(self) -> User:
        if self.visitor is None:
            raise Refused("Unauthorized", 401)
        return self.visitor.user

    @property
    def account(self) -> Account:
        return self.user.account

    def money(self, cents: int) -> float:
        """Dollars of a derived amount, with noise unless it is switched off."""
        return to_dollars(cents, noisy=self.world.switches["money_noise"] == "on")

    def page(self, items: Sequence[Any], window: Mapping[str, Any], *, cap: str = "page_cap_others") -> Page:
        """One page; ``cap`` names the switch that says what becomes of large ones. Raises Refused."""
        if self.silent:
            return silent_page(items, total=self.world.switches["silent_total_nodes"])
        switches = self.world.switches
        return cut_page(items, Window(**window), cap=switches[cap], cursors=switches["cursors"])

    def write(self, op: str, given: Any) -> Any:
        """Do a mutation's act for this account; returns its result. Raises Refused, with nothing changed."""
        account_id = self.account.id
        try:
            return self.simulator.perform(op, {"account_id": account_id, "given": given}, by="api")
        except ValidationError as invalid:
            first = invalid.errors(include_url=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"][1:])
            raise Refused(f"{op}: {place} is invalid ({first['msg']})", 400) from invalid

    def reread(self, kind: type[Stamped] | None, record_id: str) -> Any:
        """What a mutation answers with: the record as it is now, or only the id of what is gone."""
        return {"id": record_id} if kind is None else self.world.get(kind, record_id)
