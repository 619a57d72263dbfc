"""Stores opened, renamed, closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from api.sandbox.inksoft.acts.target import OnAccount, OnStore, find_account, find_store
from api.sandbox.inksoft.seed.stores import make_store
from api.sandbox.inksoft.world.account import Store
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act, Refused

_FIRST_NUMBER = 700  # above the numbers that the seed uses


class NewStore(OnAccount):
    """A store with goods of its kind; ``uri`` is its path (made from the name when missing)."""

    name: str = Field(min_length=1, max_length=120)
    uri: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{1,80}$")
    kind: Literal["spirit", "team", "company", "popup", "family"] = "spirit"
    approves: bool = False


class NewName(OnStore):
    """The store's new name; its path stays."""

    name: str = Field(min_length=1, max_length=120)


def _create(world: World, args: NewStore, at: datetime) -> Any:
    account = find_account(world, args.account)
    number = _FIRST_NUMBER + len(world.stores)
    store = make_store(world, account, number, at, kind=args.kind, name=args.name)
    store.uri, store.approves, store.created_at = args.uri or store.uri, args.approves, at
    if world.store_at(store.uri) is not None:
        raise Refused(f"a store has the path {store.uri!r} already")
    world.add_store(store)
    return _told(store)


def _rename(world: World, args: NewName, at: datetime) -> Any:
    del at
    store = find_store(world, args)
    store.name = args.name
    return _told(store)


def _close(world: World, args: OnStore, at: datetime) -> Any:
    store = find_store(world, args)
    store.closed_at = at
    return _told(store)


def _open(world: World, args: OnStore, at: datetime) -> Any:
    del at
    store = find_store(world, args)
    store.closed_at = None
    return _told(store)


def _told(store: Store) -> dict[str, Any]:
    return {"store_id": store.id, "uri": store.uri, "name": store.name, "closed": store.closed_at is not None}


ACTS: Mapping[str, Act[World]] = {
    "create_store": Act(NewStore, _create),
    "rename_store": Act(NewName, _rename),
    "close_store": Act(OnStore, _close),
    "open_store": Act(OnStore, _open),
}
