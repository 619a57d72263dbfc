"""``OrderSummary``: thin. No prices per line, no tax, no address, nothing about approval."""

from typing import Any

from api.sandbox.inksoft.wire.cards import cards, count_cards
from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.order import Order
from api.sandbox.inksoft.world.world import World


def flags(order: Order) -> dict[str, bool]:
    """The eight flags of the old five stages."""
    stage = order.production_status
    prepared = stage not in {"Open", "Scheduled", "In Production"}
    return {
        "Authorized": order.authorized,
        "Paid": order.totals.payment_status in {"Paid", "RefundDue"},
        "Confirmed": order.approved_at is not None,
        "Ordered": stage != "Open",
        "Received": stage not in {"Open", "Scheduled"},
        "Prepared": prepared,
        "Shipped": bool(order.shipments),
        "Cancelled": order.cancelled,
    }


def summary(world: World, order: Order, pen: Pen, *, with_cards: bool) -> dict[str, Any]:
    """One row of ``GetOrderSummaries``."""
    person, delivery, store = order.person, order.delivery, world.store_of(order)
    shipped = order.shipments[-1].at if order.shipments else None
    return {
        "ID": order.id, "UserId": order.user_id, "Customer": person.name, "FirstName": person.first,
        "LastName": person.last, "CompanyName": person.company, "DateCreated": pen.date(order.created_at),
        "IpAddress": "", "PaymentMethod": order.payment_method, "PaymentStatus": order.totals.payment_status,
        "TotalDiscount": pen.money(order.totals.discount), "TotalAmount": pen.money(order.totals.total),
        "AmountDue": pen.money(order.totals.due), "ProposalId": order.proposal_id, "OrderType": order.order_type,
        "ProcessAmount": pen.money(order.process), "PaymentDueDate": None, "EstimatedShipDate": pen.date(order.due_at),
        "ConfirmedShipDate": pen.date(shipped), "EstimatedDeliveryDate_Min": None, "EstimatedDeliveryDate_Max": None,
        "ReadyForPickupNotificationSentDate": None, "Status": order.status, "Email": person.email,
    } | flags(order) | {
        "StoreName": store.name, "StoreId": store.id, "ProductionStatus": order.production_status,
        "ShippingMethodId": delivery and delivery.id, "ShippingMethodName": delivery.name if delivery else "",
        "ShippingVendorId": None, "VendorType": delivery.vendor if delivery else "", "ExportedToQuickBooks": False,
        "DateExportedToQuickBooks": None, "ProductionCardCount": count_cards(order), "JobCount": 0,
        "ProductionCards": cards(world, order, pen) if with_cards else [],
    }  # fmt: skip
