"""``GetOrderSummaries``: the list of orders, filtered, sorted, a page at a time."""

from collections.abc import Callable
from typing import Any

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.methods.filters import matching
from api.sandbox.inksoft.wire.envelope import Page, Reply
from api.sandbox.inksoft.wire.summary import summary
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.world import World

_Key = Callable[[World, Order], Any]


def _shipped_at(world: World, order: Order) -> float:
    del world
    return order.shipments[-1].at.timestamp() if order.shipments else 0.0


_SORT_KEYS: dict[str, _Key] = {
    "ID": lambda _, order: order.id,
    "Name": lambda _, order: order.person.name.lower(),
    "FirstName": lambda _, order: order.person.first.lower(),
    "LastName": lambda _, order: order.person.last.lower(),
    "CompanyName": lambda _, order: order.person.company.lower(),
    "ShippingMethod": lambda _, order: order.delivery.name if order.delivery else "",
    "EstimatedShipDate": lambda _, order: order.due_at.timestamp() if order.due_at else 0.0,
    "ConfirmedShipDate": _shipped_at,
    "StoreName": lambda world, order: world.store_of(order).name.lower(),
    "DateCreated": lambda _, order: order.created_at,
    "DateShipped": _shipped_at,
    "TotalAmount": lambda _, order: order.totals.total,
    "StatusDesription": lambda _, order: order.status,
    "StatusDescription": lambda _, order: order.status,
    "PaymentStatus": lambda _, order: order.totals.payment_status,
    "Organization": lambda _, order: order.person.company.lower(),
    "ProductionStatus": lambda _, order: order.production_status,
    "Email": lambda _, order: order.person.email.lower(),
}


def get_order_summaries(call: Call) -> Reply:
    """Thin rows of the orders this store's path covers, at most ``max_results`` of them whatever was asked for."""
    params = call.params
    orders = _sorted(call, matching(call))
    index = params.number("Index", 0)
    size = min(
        params.number("MaxResults", call.switches["default_results"], low=1), call.switches["max_results"]
    )
    start, total = _shift(call, index, len(orders))
    with_cards = params.flag("IncludeProductionCards")
    pen = call.pen
    rows = [summary(call.world, order, pen, with_cards=with_cards) for order in orders[start : start + size]]
    return Reply(rows, Page(total, len(rows), index))


def _sorted(call: Call, orders: list[Order]) -> list[Order]:
    """By number ascending unless asked otherwise; equal keys stay in number order."""
    wanted = call.params.one_of("OrderBy", _SORT_KEYS)
    descending = call.params.one_of("OrderByDirection", ("Ascending", "Descending")) == "Descending"
    spelling = call.switches["status_description_order"]
    if wanted in {"StatusDesription", "StatusDescription"} and spelling not in {"both", wanted}:
        wanted = None
    if wanted in {None, "ID"}:
        return orders[::-1] if descending else orders
    key = _SORT_KEYS[wanted or "ID"]
    return sorted(orders, key=lambda order: key(call.world, order), reverse=descending)


def _shift(call: Call, index: int, total: int) -> tuple[int, int]:
    """Where the page really starts and what it says the total is, when rows move between two pages of one walk.

    Every other walk is disturbed, as live lists are now and then: a row comes in at the front (the last row of the
    page before is repeated) or leaves there (a row is never seen).
    """
    kind, publisher = call.switches["pages_shift"], call.account.publisher_id
    if kind == "none":
        return index, total
    if index == 0:
        call.world.walks[publisher] += 1
        return 0, total
    if call.world.walks[publisher] % 2 == 0:
        return index, total
    return (index - 1, total + 1) if kind == "repeat" else (index + 1, total - 1)
