"""Keys, plans, sessions: what an owner or the vendor changes about an account."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from api.sandbox.inksoft.acts.target import OnAccount, find_account
from api.sandbox.inksoft.world.account import LOWER, UNLIMITED, Account
from api.sandbox.inksoft.world.world import World
from api.sandbox.simulator import Act


class NewKey(OnAccount):
    """A key to replace the account's present one."""

    api_key: str = Field(min_length=8, max_length=200)


class NewCurrency(OnAccount):
    """The currency in which the account bills from now on."""

    currency: Literal["USD", "CAD", "GBP", "EUR", "AUD"]


def _revoke_key(world: World, args: OnAccount, at: datetime) -> Any:
    del at
    account = find_account(world, args.account)
    account.key_active = False
    return _told(account)


def _restore_key(world: World, args: OnAccount, at: datetime) -> Any:
    del at
    account = find_account(world, args.account)
    account.key_active = True
    return _told(account)


def _replace_key(world: World, args: NewKey, at: datetime) -> Any:
    del at
    account = find_account(world, args.account)
    account.api_key, account.key_active = args.api_key, True
    return _told(account)


def _downgrade_plan(world: World, args: OnAccount, at: datetime) -> Any:
    del at
    account = find_account(world, args.account)
    account.plan = LOWER
    return _told(account)


def _upgrade_plan(world: World, args: OnAccount, at: datetime) -> Any:
    del at
    account = find_account(world, args.account)
    account.plan = UNLIMITED
    return _told(account)


def _change_currency(world: World, args: NewCurrency, at: datetime) -> Any:
    del at
    account = find_account(world, args.account)
    account.currency = args.currency
    return _told(account)


def _revoke_sessions(world: World, args: OnAccount, at: datetime) -> Any:
    del at
    account = find_account(world, args.account)
    gone = [
        token for token, session in world.sessions.items() if session.publisher_id == account.publisher_id
    ]
    for token in gone:
        del world.sessions[token]
    return {"account": account.handle, "sessions_ended": len(gone)}


def _told(account: Account) -> dict[str, Any]:
    return {
        "account": account.handle,
        "plan": account.plan,
        "key_active": account.key_active,
        "currency": account.currency,
    }


ACTS: Mapping[str, Act[World]] = {
    "revoke_key": Act(OnAccount, _revoke_key),
    "restore_key": Act(OnAccount, _restore_key),
    "replace_key": Act(NewKey, _replace_key),
    "downgrade_plan": Act(OnAccount, _downgrade_plan),
    "upgrade_plan": Act(OnAccount, _upgrade_plan),
    "change_currency": Act(NewCurrency, _change_currency),
    "revoke_sessions": Act(OnAccount, _revoke_sessions),
}
