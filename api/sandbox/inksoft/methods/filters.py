"""The documented filters of ``GetOrderSummaries``. What is not among them is ignored, as the vendor does."""

from collections.abc import Callable, Iterator

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.methods.params import Period
from api.sandbox.inksoft.world.order import ORDER_TYPES, PRODUCTION_STATUSES, Order

Test = Callable[[Order], bool]

_STATUSES = ("Canceled", "Processing", "Fulfilled", "Shipped")
_PAYMENT_STATUSES = ("Paid", "NotPaid", "PartiallyPaid", "RefundDue", "Refunded")
_DELIVERY_METHODS = ("Pickup", "Shipping", "None")


def matching(call: Call) -> list[Order]:
    """The orders that the path covers and every given filter lets through, by number ascending."""
    tests = [*_visibility(call), *_dates(call), *_words(call), *_people(call), *_delivery(call)]
    orders = call.world.orders[call.account.publisher_id]
    return [order for order in orders if all(test(order) for test in tests)]


def _visibility(call: Call) -> Iterator[Test]:
    if not call.switches["pending_in_summaries"]:
        yield lambda order: not order.pending
    yield call.covers
    store_ids = call.params.numbers("StoreIds")
    if store_ids is not None:
        wanted = frozenset(store_ids)
        yield lambda order: order.store_id in wanted


def _dates(call: Call) -> Iterator[Test]:
    created = _period(call, "DateCreatedRange")
    if created:
        yield lambda order: created.holds(order.created_at)
    modified = _period(call, "DateModifiedRange")
    if modified:
        yield lambda order: modified.holds(order.modified_at)
    due = _period(call, "DueDateRange")
    if due:
        yield lambda order: due.holds(order.due_at)
    estimated = _period(call, "EstimatedShipDateRange")
    if estimated:
        yield lambda order: estimated.holds(order.due_at)
    shipped = _period(call, "ConfirmedShipDateRange")
    if shipped:
        yield lambda order: any(shipped.holds(shipment.at) for shipment in order.shipments)


def _period(call: Call, name: str) -> Period | None:
    return call.params.period(
        name,
        javascript_sign=call.switches["utc_offset_hours"] == "javascript",
        ignore_offsets=call.switches["range_offsets"] == "ignored",
    )


def _words(call: Call) -> Iterator[Test]:
    status = call.params.one_of("Status", _STATUSES)
    if status is not None:
        yield lambda order: order.status == status
    stages = call.params.words("ProductionStatuses", PRODUCTION_STATUSES)
    if stages is not None:
        yield lambda order: order.production_status in stages
    types = call.params.words("OrderTypes", ORDER_TYPES)
    if types is not None:
        yield lambda order: order.order_type in types
    payments = _payment_statuses(call)
    if payments is not None:
        yield lambda order: order.totals.payment_status in payments


def _payment_statuses(call: Call) -> list[str] | None:
    """Under the spelling that counts; the other one does nothing, without a word."""
    spelling = call.switches["payment_statuses_parameter"]
    names = ("PaymentSatuses", "PaymentStatuses") if spelling == "both" else (spelling,)
    found = [call.params.words(name, _PAYMENT_STATUSES) for name in names]
    return next((words for words in found if words is not None), None)


def _people(call: Call) -> Iterator[Test]:
    text = (call.params.text("SearchText") or "").lower()
    if text:
        yield lambda order: text in f"{order.id} {order.person.name} {order.person.email}".lower()
    organizations = call.params.words("Organizations")
    if organizations is not None:
        yield lambda order: order.person.company in organizations
    assignees = call.params.numbers("AssigneeIds")
    if assignees:
        yield lambda _: False  # the sandbox assigns orders to nobody


def _delivery(call: Call) -> Iterator[Test]:
    methods = call.params.words("DeliveryMethods", _DELIVERY_METHODS)
    if methods is not None:
        yield lambda order: _delivery_method(order) in methods
    ids = call.params.numbers("ShippingMethodIds")
    if ids is not None:
        yield lambda order: order.delivery is not None and order.delivery.id in ids
    vendors = call.params.words("ShippingVendorNames")
    if vendors is not None:
        yield lambda order: order.delivery is not None and order.delivery.vendor in vendors


def _delivery_method(order: Order) -> str:
    if order.delivery is None:
        return "None"
    return "Pickup" if order.delivery.pickup else "Shipping"
