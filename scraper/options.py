"""What a user can ask of a source."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SourceOptions"]


@dataclass(frozen=True, kw_only=True)
class SourceOptions:
    """How pages are to be obtained, and which.

    `contact` is an address or URL at which an operator reaches the person behind the requests; without it nothing is
    asked of a public host. `rate` is in requests a second and host; `None`, no limit, is only for private hosts that
    the user named. `limit` is a number of pages, `depth` of links from the start page. `include` and `exclude` are
    regular expressions, searched in the URL (in the path of a file that has none); with `include`, a link must match
    one of them and need not stand below the start page. `base_url` is the address that a folder was saved from.
    `deadline` is in seconds a page, over name lookup, TLS, headers, body and redirects, pauses for the host's sake
    not counted. `max_bytes` holds before and after decompression.
    """

    contact: str | None = None
    rate: float | None = 1.0
    limit: int | None = None
    depth: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    base_url: str | None = None
    deadline: float = 60.0
    max_bytes: int = 32 * 1024 * 1024
    max_redirects: int = 10
    follow_links: bool = True
    use_environment_proxies: bool = False
