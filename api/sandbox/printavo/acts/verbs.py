"""How a mutation becomes an act of the ledger: one check that changes nothing, one write that cannot fail after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import create_model

from api.sandbox.printavo.orders import Order
from api.sandbox.printavo.records import Account, Stamped
from api.sandbox.printavo.world import World
from api.sandbox.simulator import Act, Args, Refused

G = TypeVar("G", bound=Args)


@dataclass(frozen=True, slots=True)
class Verb(Generic[G]):
    """``check`` raises Refused; ``write`` returns the id. ``returns`` is the kind the mutation answers with, None = the id.

    ``many`` is the name of the batch form, and whether that takes ids or inputs.
    """

    given: type[G]
    check: Callable[[World, Account, G], None]
    write: Callable[[World, Account, G, datetime], str]
    returns: type[Stamped] | None = None
    many: str | None = None


def acts_of(verbs: Mapping[str, Verb[Any]]) -> dict[str, Act[World]]:
    """The ledger's acts for these mutations and their batch forms."""
    acts = {name: _one(name, verb) for name, verb in verbs.items()}
    return acts | {verb.many: _many(verb.many, verb) for verb in verbs.values() if verb.many}


def _one(name: str, verb: Verb[Any]) -> Act[World]:
    def run(world: World, args: Any, at: datetime) -> dict[str, str]:
        account = world.account(args.account_id)
        verb.check(world, account, args.given)
        return {"id": verb.write(world, account, args.given, at)}

    model = create_model(name, __base__=Args, account_id=(str, ...), given=(verb.given, ...))
    return Act(model, run, personal=False)


def _many(name: str, verb: Verb[Any]) -> Act[World]:
    def run(world: World, args: Any, at: datetime) -> dict[str, list[str]]:
        account = world.account(args.account_id)
        for one in args.given:
            verb.check(world, account, one)
        if verb.returns is None and len({one.id for one in args.given}) < len(args.given):
            raise Refused("The same record was given twice", 404)
        return {"ids": [verb.write(world, account, one, at) for one in args.given]}

    model = create_model(name, __base__=Args, account_id=(str, ...), given=(list[verb.given], ...))  # type: ignore[name-defined]  # built from data
    return Act(model, run, personal=False)


def order_of(world: World, account: Account, order_id: str | None) -> Order:
    """A quote or an invoice of this account. Raises Refused."""
    return world.get(Order, order_id, account)
