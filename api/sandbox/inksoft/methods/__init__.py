"""The methods of Api2, by noun; each takes a ``Call`` and returns a ``Reply`` or raises a ``Problem``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from api.sandbox.inksoft.methods.call import Call
from api.sandbox.inksoft.methods.carts import get_cart_package, save_cart_order, set_cart
from api.sandbox.inksoft.methods.catalogue import get_product, get_product_base_list
from api.sandbox.inksoft.methods.orders import get_order, get_order_package
from api.sandbox.inksoft.methods.sessions import get_or_create_session, get_session, sign_in
from api.sandbox.inksoft.methods.shipments import create_order_shipments
from api.sandbox.inksoft.methods.stores import get_store_data
from api.sandbox.inksoft.methods.summaries import get_order_summaries
from api.sandbox.inksoft.wire.envelope import Reply

Door = Literal["staff", "open", "store_data", "catalogue"]


@dataclass(frozen=True, slots=True)
class Method:
    """``door`` says who may call: staff (key or staff session), anybody, or as a switch of that name decides."""

    run: Callable[[Call], Reply]
    door: Door = "staff"
    post_only: bool = False


METHODS: Mapping[str, Method] = {
    "GetStoreData": Method(get_store_data, "store_data"),
    "GetOrderSummaries": Method(get_order_summaries),
    "GetOrder": Method(get_order, "open"),
    "GetOrderPackage": Method(get_order_package),
    "GetProduct": Method(get_product, "catalogue"),
    "GetProductBaseList": Method(get_product_base_list, "catalogue"),
    "SignIn": Method(sign_in, "open", post_only=True),
    "GetSession": Method(get_session, "open"),
    "GetOrCreateSessionWithApiKey": Method(get_or_create_session, post_only=True),
    "CreateOrderShipments": Method(create_order_shipments, post_only=True),
    "SetCart": Method(set_cart, "open", post_only=True),
    "GetCartPackage": Method(get_cart_package, "open"),
    "SaveCartOrder": Method(save_cart_order, "open", post_only=True),
}
BY_LOWER_NAME = {name.lower(): name for name in METHODS}
