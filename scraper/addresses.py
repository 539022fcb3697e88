"""Which addresses may be connected to: checked on the address itself, after the name was looked up."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from wikiglean.errors import NotAllowed

if TYPE_CHECKING:
    import requests

__all__ = ["guarded_session", "is_private_host", "is_public"]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to a public host: not private, loopback, link-local, multicast or reserved."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    return parsed.is_global and not parsed.is_multicast


def is_private_host(host: str) -> bool:
    """Whether a host's name leads to private addresses only."""
    with suppress(OSError, UnicodeError):
        found = {str(info[4][0]) for info in socket.getaddrinfo(host.strip("[]"), None)}
        return bool(found) and not any(is_public(address) for address in found)
    return False


def guarded_session(named_hosts: frozenset[str], *, trust_environment: bool) -> requests.Session:
    """A session whose connections refuse private addresses, unless the user named the host.

    The check is made on the connected socket, for names may answer differently from one look-up to the next (DNS
    rebinding). Certificates are always verified.
    """
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import PoolManager
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    def checked(connection: HTTPConnection, opened: socket.socket) -> socket.socket:
        host = connection.host.strip("[]").lower()
        address = str(opened.getpeername()[0])
        if host not in named_hosts and not is_public(address):
            opened.close()
            raise NotAllowed(
                f"leads to the private address {address}; name the host yourself to allow it",
                url=f"//{connection.host}",
                rule="private address",
            )
        return opened

    class PlainConnection(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return checked(self, super()._new_conn())

    class SecureConnection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return checked(self, super()._new_conn())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = PlainConnection

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = SecureConnection

    class GuardedAdapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            manager: PoolManager = self.poolmanager
            manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    session = requests.Session()
    session.trust_env = trust_environment
    for scheme in ("http://", "https://"):
        session.mount(scheme, GuardedAdapter(max_retries=0))
    return session
