"""Questions about connections and links. What rooms above ask is named here."""

from api.linking.queries.connections import ShopConnection, find_shop_connection
from api.linking.queries.credentials import NotConnected, get_platform_credentials, get_shop_credentials
from api.linking.queries.links import (
    LINK_PROBLEMS,
    ActiveLink,
    LinkedSide,
    LinkNeedsReauth,
    LinkSuspended,
    NotLinked,
    find_active_link,
    get_active_link,
    require_active_link,
)

__all__ = [
    "LINK_PROBLEMS",
    "ActiveLink",
    "LinkNeedsReauth",
    "LinkSuspended",
    "LinkedSide",
    "NotConnected",
    "NotLinked",
    "ShopConnection",
    "find_active_link",
    "find_shop_connection",
    "get_active_link",
    "get_platform_credentials",
    "get_shop_credentials",
    "require_active_link",
]
