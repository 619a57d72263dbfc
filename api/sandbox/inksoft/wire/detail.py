"""``Order``: everything about one order, as ``GetOrder`` and ``GetOrderPackage`` give it."""

from typing import Any

from api.sandbox.inksoft.wire.cards import cards
from api.sandbox.inksoft.wire.goods import custom_items, items, size_prices
from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.wire.people import address, contact
from api.sandbox.inksoft.wire.summary import flags
from api.sandbox.inksoft.world.account import CURRENCY_SYMBOLS
from api.sandbox.inksoft.world.order import Delivery, Order, Shipment
from api.sandbox.inksoft.world.world import World


def detail(world: World, order: Order, pen: Pen, *, with_cards: bool) -> dict[str, Any]:
    """The whole ``Order``. ``OrderType`` is not among its fields: only summaries carry it."""
    store, account, person = world.store_of(order), world.account_of(order), order.person
    ship_to = address(order.user_id * 10 + 1, order.ship_to, person, tax_exempt=order.tax_exempt)
    return {
        "ID": order.id, "UniqueId": order.unique_id, "ProposalId": order.proposal_id,
        "ProposalNumber": f"P-{order.proposal_id}" if order.proposal_id else "", "Status": order.status,
        "ProductionStatus": order.production_status, "CurrencyCode": account.currency,
        "CurrencySymbol": CURRENCY_SYMBOLS.get(account.currency, ""), "Email": person.email,
        "User": contact(order, pen), "AssigneeId": None, "GiftMessage": "", "IpAddress": "",
        "BillingAddress": ship_to, "ShippingAddress": ship_to, "ShippingMethod": _method(order.delivery),
        "DateCreated": pen.date(order.created_at), "DueDate": pen.date(order.due_at),
        "EstimatedShipDate": pen.date(order.due_at),
        "ConfirmedShipDate": pen.date(order.shipments[-1].at) if order.shipments else None,
        "EstimatedDeliveryDate_Min": None, "EstimatedDeliveryDate_Max": None, "PaymentRequestSentDate": None,
        "DisplayPricing": True, "StoreName": store.name, "StoreId": store.id, "Notes": order.notes,
        "ProductStyleSizePrices": size_prices(order), "Items": items(world, order, pen),
        "Shipments": [_shipment(order, shipment, pen) for shipment in order.shipments],
        "PurchasedGiftCertificates": [], "NameNumberSettings": [], "CheckoutFieldValues": order.checkout,
        "ProductStyleSizeInventoryStat": {}, "ShortCodes": {}, "Timeline": None, "ExportedToQuickbooks": False,
        "DateExportedToQuickbooks": None, "ContactEmailAddresses": [person.email] if person.email else [],
        "ProductionCards": cards(world, order, pen) if with_cards else [], "CustomLineItems": custom_items(order),
        "ReadyForPickupNotificationSentDate": None, "ApprovalRequired": order.approval_required,
        "ApprovalDate": pen.date(order.approved_at), "LineItemNotes": [],
    } | _amounts(order, pen) | _payments(world, order, pen) | flags(order)  # fmt: skip


def _amounts(order: Order, pen: Pen) -> dict[str, Any]:
    totals, coupon = order.totals, order.coupon
    return {
        "DiscountId": None, "DiscountCode": coupon.code if coupon else "", "CouponCode": coupon.code if coupon else "",
        "RetailAmount": pen.money(totals.retail), "ShippingAmount": pen.money(order.delivery.price if order.delivery else 0),
        "ShippingTax": pen.money(totals.shipping_tax), "DiscountTax": 0.0, "DiscountShipping": 0.0,
        "TaxRate": pen.rate(0 if order.tax_exempt else order.tax_ppm), "TaxAmount": pen.money(totals.tax),
        "TaxName": "" if order.tax_exempt or not order.tax_ppm else "Sales Tax", "TaxAreaId": None,
        "TotalAmount": pen.money(totals.total), "AmountDue": pen.money(totals.due),
        "RetailDiscount": pen.money(totals.coupon), "TotalDiscount": pen.money(totals.discount),
        "QuantityDiscountAmount": pen.money(totals.quantity_discount),
        "QuantityDiscountPercent": order.quantity_discount_percent, "ProcessAmount": pen.money(order.process),
    }  # fmt: skip


def _payments(world: World, order: Order, pen: Pen) -> dict[str, Any]:
    certificates = [payment for payment in order.payments if payment.event == "GiftCertificate"]
    sign = -1 if world.switches["refund_adjustments"] == "negative" else 1
    return {
        "PaymentMethod": order.payment_method, "PaymentMethodNote": order.purchase_order,
        "PaymentStatus": order.totals.payment_status, "CardType": order.payments[0].card if order.payments else "",
        "PurchaseOrderAttachmentUrl": "", "GiftCertificateAmount": pen.money(sum(gift.cents for gift in certificates)),
        world.switches["gift_certificates_key"]: [
            {"Amount": pen.money(gift.cents), "AppliedAmount": pen.money(gift.cents),
             "InitialPurchaseAmount": pen.money(gift.cents), "Created": pen.date(gift.at), "DateSent": None,
             "HasOrders": True, "Number": order.gift_certificate, "ToName": ""}
            for gift in certificates
        ],
        "Payments": [
            {"ID": payment.id, "OrderId": order.id, "ProposalId": order.proposal_id, "EventType": payment.event,
             "CardLast4": payment.last4, "CardType": payment.card, "ResponseCode": "1",
             "TransactionId": f"T{payment.id}", "OriginalTransactionId": "", "ApprovalCode": "", "AvsCode": "",
             "DateCreated": pen.date(payment.at), "DateVoided": None, "TestMode": False, "GatewayAccount": "",
             "GiftCertificateId": payment.id if payment in certificates else None,
             "Amount": pen.money(payment.cents), "ProcessingFee": None, "InkSoftFee": None, "GatewayName": "",
             "AttachmentFileName": "", "Notes": "", "BillingAddress": None}
            for payment in order.payments
        ],
        "TotalAdjustments": [
            {"ID": change.id, "Type": change.type, "Description": change.description, "Percentage": None,
             "Amount": pen.money(change.cents * (sign if change.type == "Refund" else 1)),
             "CreatedByName": change.by, "Created": pen.date(change.at), "ModifiedByName": change.by,
             "LastModified": pen.date(change.at)}
            for change in order.adjustments
        ],
    }  # fmt: skip


def _method(delivery: Delivery | None) -> dict[str, Any] | None:
    if delivery is None:
        return None
    return {
        "ID": delivery.id, "VendorId": None, "Name": delivery.name, "Description": "", "VendorName": delivery.vendor,
        "Price": Pen.money(delivery.price), "AllowShippingAddress": not delivery.pickup, "ProcessDays": None,
        "TransitDays_Min": None, "TransitDays_Max": None, "Address": None, "PickupNotes": "",
        "PickupDateStart": None, "PickupDateEnd": None, "OffsetGmt": None,
        "CalculationType": "Flat", "SortOrder": None, "ShipToStateIds": [], "IsProposalPickup": False,
    }  # fmt: skip


def _shipment(order: Order, shipment: Shipment, pen: Pen) -> dict[str, Any]:
    pickup = bool(shipment.picked_up_by)
    package = {
        "ID": shipment.package_id, "ShippedDate": pen.date(shipment.at), "TrackingNumber": shipment.tracking,
        "TrackingUrl": "", "ShippingServiceType": "", "Status": "", "CarrierName": shipment.carrier,
        "ShippingLabelFileName": "", "LabelCost": None,
        "Items": [
            {"ID": packed.id, "OrderRetailItemSizeId": packed.row_id, "Quantity": packed.quantity}
            for packed in shipment.items
        ],
    }  # fmt: skip
    to = None if pickup else address(order.user_id * 10 + 1, order.ship_to, order.person)
    return {
        "ID": shipment.id, "OrderId": order.id, "PackageCount": 1, "DateCreated": pen.date(shipment.at),
        "LastModified": pen.date(shipment.at), "Notes": shipment.notes, "PickedUpBy": shipment.picked_up_by,
        "Pickup": pickup, "ToAddress": to, "FromAddress": None, "Packages": [package],
    }  # fmt: skip
