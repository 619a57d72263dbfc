"""Where a request comes from, as limits count it. Behind a proxy the door has put the client's own address in place."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from starlette.types import Scope

# Whoever has one IPv6 address has its whole /64: counting single addresses would count nobody.
_IPV6_PREFIX = 64


def address_of(scope: Scope) -> str:
    """The network address of the caller: an IPv4 address, or the /64 network of an IPv6 one; empty when unknown."""
    client = scope.get("client")
    if not client:
        return ""
    try:
        found = ip_address(client[0])
    except ValueError:
        return str(client[0])[:100]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, _IPV6_PREFIX), strict=False))
    return str(found)


def _address(request: Request) -> str:
    return address_of(request.scope)


Address = Annotated[str, Depends(_address)]
