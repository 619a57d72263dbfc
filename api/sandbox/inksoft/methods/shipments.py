"""``CreateOrderShipments``: the one known write on orders. It has no idempotency: a repeat is a second shipment."""

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.wire.envelope import Problem, Reply
from api.sandbox.inksoft.world.order import Order


def create_order_shipments(call: Call) -> Reply:
    """One parcel on each order, all or none."""
    references = call.params.words("OrderIds")
    if not references:
        raise Problem("BadRequest", "OrderIds is required")
    orders = [_find(call, reference) for reference in references]
    call.write(
        "create_order_shipments",
        {
            "publisher_id": call.account.publisher_id,
            "orders": [{"store_id": order.store_id, "id": order.id} for order in orders],
            "tracking": call.params.text("TrackingNumber") or "",
            "complete": call.params.flag("MarkOrderAsCompleted"),
            "notify": call.params.flag("NotifyCustomer"),
        },
    )
    return Reply(data=True)


def _find(call: Call, reference: str) -> Order:
    publisher = call.account.publisher_id
    if reference.isdecimal():
        found = [order for order in call.world.numbered(publisher, int(reference)) if call.covers(order)]
    elif call.switches["shipment_unique_ids"]:
        found = [order for order in call.world.orders[publisher] if order.unique_id == reference.lower()]
    else:
        raise Problem("BadRequest", "OrderIds is not a list of numbers")
    if not found:
        raise Problem("NotFound", "Order not found")
    return found[0]
