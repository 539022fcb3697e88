"""Which network addresses a page may come from."""

from __future__ import annotations

import ipaddress

__all__ = ["host_of", "is_public"]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are the IPv4 address that is really reached."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet's: not private, loopback, link-local, multicast, reserved.

    IPv4 addresses inside IPv6 ones (mapped, 6to4, NAT64) count as what they lead to. Raises `ValueError` for names.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(ip.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def host_of(name: str) -> str:
    """A host name as hosts are compared: lower case, without the brackets of IPv6 and the root's dot."""
    return name.lower().strip("[]").rstrip(".")
