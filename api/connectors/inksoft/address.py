"""Where a method lives: `/<store_uri>/Api2/<Method>`. A store's address is a path segment and never a host."""

import re
from typing import Final

from api.connectors.vendor_errors import Refused

_STORE_URI: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


def method_path(store_uri: str, method: str) -> str:
    """Raises `Refused` for an address that could be anything but one segment, before any byte leaves."""
    if _STORE_URI.fullmatch(store_uri) is None:
        raise Refused("inksoft", "a store address is 1 to 100 letters, digits, _ or -")
    return f"/{store_uri}/Api2/{method}"
