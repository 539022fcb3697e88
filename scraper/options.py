"""How sources are to be read. Honest defaults, the reason beside each number."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SourceOptions"]


@dataclass(frozen=True, kw_only=True)
class SourceOptions:
    """Settings of every source; each source takes the ones that concern it.

    `contact` is an address or URL that a site's operator can write to; without it no public host is asked. `rate` is
    requests a second and host; `None`, no limit, holds for hosts of private networks that the user named. `limit`
    bounds the pages, `depth` the links from the start page; `include` and `exclude` are regular expressions on the
    URL. `base_url` is where the files of a folder were on the web. `deadline` is seconds for a page, over name
    look-up, connection, headers and body; `max_bytes` holds before and after decompression.
    """

    contact: str | None = None
    rate: float | None = 1.0  # what wikis' own etiquette pages ask of a crawler that nobody watches
    limit: int | None = None
    depth: int | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    base_url: str | None = None
    deadline: float = 60.0
    max_bytes: int = 32 * 1024 * 1024  # the longest articles are 5 MB of HTML; 32 leave room
    max_redirects: int = 10
    follow_links: bool = True
    use_environment_proxies: bool = False
