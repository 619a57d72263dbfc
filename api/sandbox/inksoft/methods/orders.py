"""``GetOrder`` (the e-mail is the second factor) and ``GetOrderPackage`` (several by id)."""

from typing import Any

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.wire.detail import detail
from api.sandbox.inksoft.wire.envelope import Problem, Reply
from api.sandbox.inksoft.world.order import Order

_NOT_FOUND = "Order not found"
_THIN = ("ID", "StoreId", "Items", "ProductionStatus", "TotalAmount")


def get_order(call: Call) -> Reply:
    """One order by number and e-mail, without a key. An order without an e-mail cannot be read this way."""
    number, email = call.params.number("OrderId", 0), call.params.required("OrderEmail").lower()
    with_cards = call.params.flag("IncludeProductionCards")
    for order in _visible(call, number):
        if order.person.email.lower() == email:
            return Reply(detail(call.world, order, call.pen, with_cards=with_cards))
    raise Problem("NotFound", _NOT_FOUND)


def get_order_package(call: Call) -> Reply:
    """One object when one order answers, a list when several do (also when two stores count alike)."""
    numbers = call.params.numbers("OrderIds")
    if not numbers:
        raise Problem("BadRequest", "OrderIds is required")
    if len(numbers) > call.switches["package_ids"]:
        raise Problem("BadRequest", f"OrderIds holds more than {call.switches['package_ids']} ids")
    orders: list[Order] = []
    for number in dict.fromkeys(numbers):
        found = _visible(call, number)
        if not found and call.switches["package_unknown_ids"] == "refuse":
            raise Problem("NotFound", _NOT_FOUND)
        orders += found
    if not orders:
        raise Problem("NotFound", _NOT_FOUND)
    packages = [_package(call, order) for order in orders]
    return Reply(packages[0] if len(packages) == 1 and len(numbers) == 1 else packages)


def _package(call: Call, order: Order) -> dict[str, Any]:
    cards = call.switches["package_cards"]
    with_cards = cards == "always" or (cards == "when_asked" and call.params.flag("IncludeProductionCards"))
    whole = detail(call.world, order, call.pen, with_cards=with_cards)
    return whole if call.switches["package_fields"] == "full" else {name: whole[name] for name in _THIN}


def _visible(call: Call, number: int) -> list[Order]:
    return [order for order in call.world.numbered(call.account.publisher_id, number) if call.covers(order)]
