"""One spelling for each URL.

Written by hand, since libraries for link lists change what a wiki means: courlan 1.4 sorts the query, escapes the
brackets of `A_(b)` and the slash of `?q=node/12`, each of which is another page somewhere.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

__all__ = ["normalized"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_KEPT = "!#$%&'()*+,/:;=?@[]~"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_TRACKING = re.compile(r"(?:utm_[a-z]+|fbclid|gclid)=[^&]*(?:&|$)", re.IGNORECASE)


def normalized(url: str) -> str:
    """`url` without fragment, default port, dot segments and tracking, escapes after RFC 3986, 6.2.2.

    The order of the query stays, and all that a wiki could mean by it. Raises `ValueError` where it is no URL.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    path = _escaped(_without_dots(parts.path or "/"))
    query = _TRACKING.sub("", parts.query).rstrip("&") if "=" in parts.query else parts.query
    return urlunsplit((scheme, _place(parts.netloc, scheme), path, _escaped(query), ""))


def _place(netloc: str, scheme: str) -> str:
    """Host and port; names of other alphabets as the DNS has them."""
    user, at, place = netloc.rpartition("@")
    host, colon, port = place.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = place, ""
    if port and not 0 < int(port) < 65536:
        raise ValueError(f"{port} is no port")
    host = host.lower()
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    keeps_port = port and int(port) != _DEFAULT_PORTS.get(scheme)
    return f"{user}{at}{host}:{int(port)}" if keeps_port else f"{user}{at}{host}"


def _escaped(text: str) -> str:
    """Escapes in upper case, none where there is no need, and one for everything that must not stand bare."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(_ESCAPE.sub(_unescaped, text), safe=_KEPT)


def _unescaped(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0].upper()


def _without_dots(path: str) -> str:
    """RFC 3986, 5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for index, segment in enumerate(segments):
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
            continue
        if index == len(segments) - 1:
            kept.append("")
    return "/".join(kept)
