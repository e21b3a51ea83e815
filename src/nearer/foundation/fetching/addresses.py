"""Which network addresses lie out in the open."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

# What Python calls global although nothing of the public lives there, or not on each of its releases.
_CLOSED = (ip_network("192.0.0.0/24"), ip_network("192.88.99.0/24"))
# NAT64 (RFC 6052, RFC 8215): the last 32 bits are an IPv4 address that a gateway inside would call.
_GATEWAYS = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))
_LAST_32 = 0xFFFFFFFF


def is_public(text: str) -> bool:
    """Say whether an IP address, and every IPv4 address wrapped in it, may be called from inside.

    :raises ValueError: it is no IP address.
    """
    return all(_is_open(each) for each in _within(ip_address(text.partition("%")[0])))


def _within(address: Address) -> Iterator[Address]:
    """Return an address, and each IPv4 address that an IPv6 one carries: mapped, 6to4, Teredo, NAT64, compatible."""
    yield address
    if isinstance(address, IPv4Address):
        return
    for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())):
        if inner is not None:
            yield inner
    if any(address in network for network in _GATEWAYS) or int(address) >> 32 == 0:
        yield ip_address(int(address) & _LAST_32)


def _is_open(address: Address) -> bool:
    shut = (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or address.is_loopback
        or address.is_link_local
        or address.is_private
        or (isinstance(address, IPv6Address) and address.is_site_local)
        or any(address.version == network.version and address in network for network in _CLOSED)
    )
    return address.is_global and not shut
