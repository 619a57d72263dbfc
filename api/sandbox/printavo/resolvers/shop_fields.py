"""Fields of accounts, users, customers, merch stores and messages that are not simply what the record holds."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from api.sandbox.printavo.merch import MerchOrder, MerchStore
from api.sandbox.printavo.money import to_dollars
from api.sandbox.printavo.orders import Columns
from api.sandbox.printavo.records import SIZES, Account, Contact, Customer, User
from api.sandbox.printavo.resolvers.caller import Caller
from api.sandbox.printavo.resolvers.queries import statuses_page, window_of
from api.sandbox.printavo.searching import orders_of

Resolver = Callable[..., Any]
WEB = "https://www.printavo.invalid"
_RAILS_ZONES = {
    "America/Chicago": "Central Time (US & Canada)",
    "America/New_York": "Eastern Time (US & Canada)",
    "America/Denver": "Mountain Time (US & Canada)",
    "America/Los_Angeles": "Pacific Time (US & Canada)",
}
_PERMISSIONS = (
    ("orders", "Manage orders"),
    ("customers", "Manage customers"),
    ("payments", "Record payments"),
    ("merch", "Manage merch stores"),
)


def _invoice_information(account: Account, _: Any) -> dict[str, Any]:
    return {
        "currency": account.currency,
        "invoice_commentary": "Thank you for your business!",
        "sales_tax": float(account.sales_tax),
        "show_invoice_po_number": True,
        "terms_and_conditions": None,
    }


def _group_sizes(_: Account, __: Any) -> list[dict[str, str]]:
    codes = (size.removeprefix("size_") for size in SIZES)
    return [{"code": code, "name": code.upper(), "size": f"size_{code}"} for code in codes]


def _features(account: Account, _: Any) -> list[dict[str, Any]]:
    keys = ("api", "merch", "purchase_orders") if account.plan == "premium" else ("purchase_orders",)
    return [{"key": key, "restriction": None} for key in keys]


def _time_zone(user: User, info: Any) -> str:
    caller: Caller = info.context
    name = user.account.zone.key
    return _RAILS_ZONES.get(name, name) if caller.world.switches["time_zone_form"] == "rails" else name


def _customer_orders(customer: Customer, info: Any, **window: Any) -> Any:
    caller: Caller = info.context
    return caller.page([order for contact in customer.contacts for order in orders_of(contact)], window)


def _contact_orders(contact: Contact, info: Any, **window: Any) -> Any:
    caller: Caller = info.context
    return caller.page(orders_of(contact), window)


def _merch_orders(store: MerchStore, info: Any, **wanted: Any) -> Any:
    caller: Caller = info.context
    after, before = (
        datetime.fromisoformat(text) if (text := wanted.get(name)) else None
        for name in ("completed_after", "completed_before")
    )
    found = [
        order
        for order in store.orders
        if wanted.get("status") in (None, order.status)
        and (after is None or order.completed_at > after)
        and (before is None or order.completed_at < before)
    ]
    found.sort(key=lambda order: order.completed_at, reverse=True)
    return caller.page(found, window_of(wanted))


def _merch_summary(store: MerchStore, info: Any) -> dict[str, Any]:
    caller: Caller = info.context
    return {
        "items_sold": sum(order.quantity for order in store.orders),
        "total_sales": caller.money(sum(order.total_cents for order in store.orders)),
        "total_tax": caller.money(sum(order.tax_cents for order in store.orders)),
    }


def _delivery(order: MerchOrder, _: Any) -> dict[str, Any]:
    dollars = to_dollars(order.delivery_cents)
    return {"flat_rate": True, "method": order.delivery_method, "total": dollars, "total_actual": dollars}


def _cents(name: str) -> Resolver:
    """A field of the record in cents, as dollars."""

    def resolve(record: Any, _: Any) -> float:
        return to_dollars(getattr(record, name))

    return resolve


def _merch_total(order: MerchOrder, info: Any) -> float:
    caller: Caller = info.context
    return caller.money(order.total_cents)


SHOP_FIELDS: dict[str, dict[str, Resolver]] = {
    "Account": {
        "catalogInformation": lambda *_: {"alphabroder": False, "sanmar": True, "ss_activewear": True},
        "enabledLineItemGroupColumns": lambda *_: Columns(sizes=["size_s", "size_m", "size_l", "size_xl"]),
        "features": _features,
        "invoiceInformation": _invoice_information,
        "lineItemGroupSizes": _group_sizes,
        "locale": lambda *_: "en-US",
        "orderStatuses": statuses_page,
        "paymentProcessorPresent": lambda *_: False,
        "website": lambda *_: None,
    },
    "User": {
        "permissions": lambda *_: [{"key": key, "name": name, "enabled": True} for key, name in _PERMISSIONS],
        "timeZone": _time_zone,
    },
    "Customer": {
        "orderCount": lambda customer, _: sum(len(orders_of(each)) for each in customer.contacts),
        "orders": _customer_orders,
        "publicUrl": lambda customer, _: f"{WEB}/customers/{customer.id}",
        "salesTax": lambda customer, _: None if customer.sales_tax is None else float(customer.sales_tax),
    },
    "Contact": {"orderCount": lambda contact, _: len(orders_of(contact)), "orders": _contact_orders},
    "MerchStore": {"orders": _merch_orders, "summary": _merch_summary},
    "MerchOrder": {
        "delivery": _delivery,
        "itemTotal": _cents("item_cents"),
        "promoTotal": _cents("promo_cents"),
        "tax": _cents("tax_cents"),
        "total": _merch_total,
    },
    "EmailMessage": {
        "from": lambda message, _: message.sender,
        "incoming": lambda *_: False,
        "status": lambda *_: "PENDING",
    },
    "PaymentRequest": {
        "amount": _cents("amount_cents"),
        "requestedAt": lambda request, _: request.made_at,
        "status": lambda *_: "OPEN",
    },
}
