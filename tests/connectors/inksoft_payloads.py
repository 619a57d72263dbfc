"""InkSoft's JSON as the published example shows it (values invented); each function takes what should differ."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from api.connectors.inksoft.mapping.media import Media
from api.connectors.inksoft.mapping.order import to_snapshot
from api.connectors.inksoft.wire.lenient import read
from api.connectors.inksoft.wire.order import WireOrder
from api.connectors.inksoft.wire.product import WireProduct
from api.connectors.store_platform import OrderSnapshot

Json = dict[str, Any]
MEDIA = Media("https://media.example/")


def summary(**changes: Any) -> Json:
    return {
        "ID": 880123, "UserId": 4411, "Customer": "Dana Reyes", "FirstName": "Dana", "LastName": "Reyes",
        "Email": "dana@example.test", "CompanyName": "", "DateCreated": "2030-04-01T14:03:22",
        "OrderType": "WebOrder", "Status": "Processing", "ProductionStatus": "Open", "PaymentStatus": "Paid",
        "PaymentMethod": "CreditCard", "TotalAmount": Decimal("68.4"), "AmountDue": 0, "TotalDiscount": 0,
        "Authorized": True, "Paid": True, "Confirmed": False, "Ordered": False, "Received": False,
        "Prepared": False, "Shipped": False, "Cancelled": False, "StoreId": 5123, "StoreName": "Falcons Shop",
        "ProposalId": None, "ShippingMethodId": 12, "ShippingMethodName": "Ground", "ProductionCardCount": 2,
        "JobCount": 0, "ProductionCards": [], **changes,
    }  # fmt: skip


def item(**changes: Any) -> Json:
    return {
        "OrderRetailItemId": 31001, "OrderRetailItemSizeId": 41001, "ProductId": 700, "ProductStyleId": 7001,
        "ProductStyleSizeId": 70012, "Quantity": 2, "ArtId": 9001, "DesignId": None, "UnitPrice": Decimal("30.0"),
        "ItemTotal": Decimal("60.0"), "FullName": "Fleece Hoodie - Navy - M", "PersonalizationValues": [],
        "NameNumberValues": [], "SidePreviews": [], "AddOns": [], "Notes": "", **changes,
    }  # fmt: skip


def card_item(**changes: Any) -> Json:
    return {
        "ID": 8801, "ProductionCardId": 6101, "OrderRetailItemSizeId": 41001, "Size": "M", "Quantity": 2,
        "Status": "", "PurchasingStatus": "", "IsChecked": False, "SortOrder": 1, **changes,
    }  # fmt: skip


def card(**changes: Any) -> Json:
    return {
        "ID": 6101, "OrderId": 880123, "OrderRetailItemId": 31001, "Number": "880123-1", "ProductSku": "ST100",
        "ProductManufacturer": "MillCo", "ProductSupplier": "SupplyCo", "ProductStyleName": "Navy",
        "ProductStyleId": 7001, "Side": "front", "RegionName": "Full Front", "PrintMethod": "Screen Print",
        "Quantity": 2, "ColorCount": 1, "Art": {"ID": 9001, "Name": "Falcon", "StitchCount": None},
        "Colors": [{"ID": 1, "Index": 0, "Name": "White", "PMS": "", "HtmlColor": "#FFFFFF"}],
        "Items": [card_item()], **changes,
    }  # fmt: skip


def back_card(**changes: Any) -> Json:
    """The second side over the same pieces."""
    return card(
        **{"ID": 6102, "Side": "back", "RegionName": "Full Back", "Items": [card_item(ID=8802)], **changes}
    )


def address(**changes: Any) -> Json:
    return {
        "ID": 71, "FirstName": "Dana", "LastName": "Reyes", "Street1": "9 Mill Rd", "Street2": "", "City": "Boise",
        "State": "ID", "PostCode": "83702", "CountryCode": "US", "Business": False, "Phone": "", **changes,
    }  # fmt: skip


def order(**changes: Any) -> Json:
    """Two hoodies, front and back, paid in full: 60.00 + 5.00 shipping + 3.40 tax."""
    return {
        "ID": 880123, "UniqueId": "b1c2-made-up", "StoreId": 5123, "StoreName": "Falcons Shop", "ProposalId": None,
        "Status": "Processing", "ProductionStatus": "Open", "PaymentStatus": "Paid", "CurrencyCode": "USD",
        "Email": "dana@example.test", "DateCreated": "2030-04-01T14:03:22", "DueDate": None,
        "ApprovalRequired": True, "ApprovalDate": "2030-04-01T16:00:00", "Authorized": True, "Paid": True,
        "Ordered": False, "Received": False, "Shipped": False, "Cancelled": False, "RetailAmount": Decimal("60.0"),
        "ShippingAmount": Decimal("5.0"), "ShippingTax": 0, "TaxRate": Decimal("0.0567"), "TaxAmount": Decimal("3.4"),
        "RetailDiscount": 0, "TotalDiscount": 0, "QuantityDiscountAmount": 0, "GiftCertificateAmount": 0,
        "ProcessAmount": 0, "TotalAmount": Decimal("68.4"), "AmountDue": 0, "ShippingAddress": address(),
        "BillingAddress": None, "ShippingMethod": {"ID": 12, "Name": "Ground", "Price": Decimal("5.0")},
        "Items": [item()], "ProductionCards": [card(), back_card()], "Shipments": [], "Payments": [],
        "TotalAdjustments": [], "CustomLineItems": [], "LineItemNotes": None, "Notes": None, **changes,
    }  # fmt: skip


def wire(**changes: Any) -> WireOrder:
    return read(WireOrder, order(**changes))


def snapshot(products: list[Json] | None = None, *, offset_hours: float = 0, **changes: Any) -> OrderSnapshot:
    """The order of these changes in our words; `products` is what the catalogue knows."""
    known = [read(WireProduct, each) for each in products or []]
    return to_snapshot(
        wire(**changes), {each.id: each for each in known}, media=MEDIA, offset=timedelta(hours=offset_hours)
    )
