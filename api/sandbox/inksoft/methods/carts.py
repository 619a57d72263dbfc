"""Carts of the embedded designer: ``SetCart``, ``GetCartPackage``, and ``SaveCartOrder`` that makes an order of one."""

from typing import Any

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.wire.envelope import Problem, Reply
from api.sandbox.inksoft.wire.pen import Pen
from api.sandbox.inksoft.world.world import digest

_ID_FIELDS = ("ProductId", "ProductStyleId", "ProductStyleSizeId", "Quantity")


def set_cart(call: Call) -> Reply:
    """Replace the session's cart: ``{"Items": [{ProductId, ProductStyleId, ProductStyleSizeId, Quantity}]}``."""
    call.customer()
    cart = call.params.json("Cart")
    rows = cart.get("Items") if isinstance(cart, dict) else None
    if not isinstance(rows, list):
        raise Problem("BadRequest", "Cart cannot be read")
    items = [_row(row) for row in rows]
    call.write("set_cart", {"token": digest(call.params.required("SessionToken")), "items": items})
    return Reply(_cart(call))


def get_cart_package(call: Call) -> Reply:
    """The session's cart."""
    call.customer()
    return Reply({"Cart": _cart(call), "Products": [], "DesignSummaries": []})


def save_cart_order(call: Call) -> Reply:
    """An order of the cart, with the shop's own ``ExternalOrderId``. Data is the new order's number."""
    if not call.customer().cart:
        raise Problem("BadRequest", "Cart is empty")
    number = call.write(
        "save_cart_order",
        {
            "token": digest(call.params.required("SessionToken")),
            "store_id": call.store.id,
            "external_id": call.params.required("ExternalOrderId"),
            "purchase_order": call.params.text("PurchaseOrderNumber") or "",
        },
    )
    return Reply(number["order"])


def _row(raw: Any) -> dict[str, int]:
    if not isinstance(raw, dict) or any(type(raw.get(name)) is not int for name in _ID_FIELDS):
        raise Problem("BadRequest", "Cart holds an item that cannot be read")
    return {name: raw[name] for name in _ID_FIELDS}


def _cart(call: Call) -> dict[str, Any]:
    rows = call.customer().cart
    total = 0
    for row in rows:
        size = call.world.size(row["ProductId"], row["ProductStyleId"], row["ProductStyleSizeId"])
        price = call.world.products[row["ProductId"]].price + (size.upcharge if size else 0)
        total += price * row["Quantity"]
    return {
        "Items": rows, "ItemTotal": Pen.money(total), "ShippingAmount": 0.0, "TotalDue": Pen.money(total),
        "SessionToken": call.params.text("SessionToken"), "DesignSummaries": [],
    }  # fmt: skip
