"""The roots of queries."""

from collections.abc import Callable, Mapping
from typing import Any

from api.sandbox.printavo.merch import MerchOrder, MerchStore
from api.sandbox.printavo.orders import Group, Line, Order, Transaction
from api.sandbox.printavo.records import Contact, Customer, Record, Status
from api.sandbox.printavo.resolvers.caller import Caller
from api.sandbox.printavo.searching import find_contacts, find_orders

Resolver = Callable[..., Any]
WINDOW = ("first", "after", "last", "before")


def window_of(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The paging arguments among a field's arguments."""
    return {name: arguments[name] for name in WINDOW if name in arguments}


def _one(kind: type[Record]) -> Resolver:
    """A nullable root: null when there is none."""

    def resolve(_: Any, info: Any, id: str) -> Any:  # noqa: A002 - the argument's name in the API
        caller: Caller = info.context
        return caller.world.find(kind, id, caller.account)

    return resolve


def _sure(kind: type[Record]) -> Resolver:
    """A non-null root: an error when there is none."""

    def resolve(_: Any, info: Any, id: str) -> Any:  # noqa: A002 - the argument's name in the API
        caller: Caller = info.context
        return caller.world.get(kind, id, caller.account)

    return resolve


def _order(*, invoice: bool) -> Resolver:
    """``invoice(id)`` of a quote is null, and the reverse."""

    def resolve(_: Any, info: Any, id: str) -> Order | None:  # noqa: A002 - the argument's name in the API
        caller: Caller = info.context
        order = caller.world.find(Order, id, caller.account)
        return order if order and order.is_invoice == invoice else None

    return resolve


def _orders(*, kinds: tuple[bool, ...]) -> Resolver:
    def resolve(_: Any, info: Any, **wanted: Any) -> Any:
        caller: Caller = info.context
        found = [
            order for order in find_orders(caller.world, caller.account, wanted) if order.is_invoice in kinds
        ]
        return caller.page(found, window_of(wanted), cap="page_cap_orders")

    return resolve


def _contacts(_: Any, info: Any, **wanted: Any) -> Any:
    caller: Caller = info.context
    return caller.page(find_contacts(caller.account, wanted), window_of(wanted))


def _customers(_: Any, info: Any, **window: Any) -> Any:
    caller: Caller = info.context
    return caller.page(caller.account.customers, window)


def _merch_stores(_: Any, info: Any, **window: Any) -> Any:
    caller: Caller = info.context
    return caller.page(caller.account.merch_stores, window)


def statuses_page(_: Any, info: Any, **wanted: Any) -> Any:
    """Also ``account.orderStatuses``, which can be asked for one id."""
    caller: Caller = info.context
    status_id, kind = wanted.get("id"), wanted.get("type")
    found = [
        status
        for status in sorted(caller.account.statuses, key=lambda each: each.position)
        if kind in (None, status.type) and status_id in (None, status.id)
    ]
    return caller.page(found, window_of(wanted))


def _transactions(_: Any, info: Any, **window: Any) -> Any:
    caller: Caller = info.context
    entries = [entry for order in caller.account.orders for entry in order.transactions]
    return caller.page(sorted(entries, key=lambda each: int(each.id), reverse=True), window)


def _account(_: Any, info: Any) -> Any:
    caller: Caller = info.context
    return caller.account


def _user(_: Any, info: Any) -> Any:
    caller: Caller = info.context
    return caller.user


QUERIES: dict[str, Resolver] = {
    "account": _account,
    "user": _user,
    "contact": _one(Contact),
    "contacts": _contacts,
    "customer": _one(Customer),
    "customers": _customers,
    "invoice": _order(invoice=True),
    "invoices": _orders(kinds=(True,)),
    "quote": _order(invoice=False),
    "quotes": _orders(kinds=(False,)),
    "order": _one(Order),
    "orders": _orders(kinds=(True, False)),
    "lineItem": _sure(Line),
    "lineItemGroup": _sure(Group),
    "merchOrder": _one(MerchOrder),
    "merchStore": _one(MerchStore),
    "merchStores": _merch_stores,
    "status": _one(Status),
    "statuses": statuses_page,
    "transaction": _sure(Transaction),
    "transactions": _transactions,
}
