"""Addresses of works: which are copies in an archive, which only an identifier's, and which is the work's own.

As Wikipedia decides: the address of the work is the live one, also where its title leads to the copy; an address that
is nothing but an identifier's (doi.org, jstor.org …) counts only where there is no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from wikiglean.cleaners.archived import archived_address, is_archive_today
from wikiglean.cleaners.works.identifiers import is_identifier_address

__all__ = ["address_of_work", "archived_copy", "is_archived", "original_address"]

_ARCHIVES = frozenset(
    [
        "archive.wikiwix.com",
        "freezepage.com",
        "ghostarchive.org",
        "megalodon.jp",
        "perma.cc",
        "preserve.archive.org",
        "wayback.archive.org",
        "web.archive.org",
        "webarchive.org.uk",
        "webcitation.org",
        "webcite.org",
    ]
)
"""Hosts of which every page is a copy; `wikiglean.cleaners.archived` knows those whose addresses tell of what."""


def is_archived(url: str) -> bool:
    """Whether an address is that of a copy in a web archive."""
    host = url.partition("//")[2].partition("/")[0].lower().removeprefix("www.")
    if "http" not in url[8:] and host not in _ARCHIVES and not host.startswith("archive.") and "cache" not in url:
        return False
    return host in _ARCHIVES or is_archive_today(url) or archived_address(url) is not None


def original_address(url: str) -> str | None:
    """The address of which an archive's address is a copy, where it says so."""
    if (found := archived_address(url)) is not None:
        return found.url
    try:
        query = parse_qs(urlsplit(url).query)
    except ValueError:
        return None
    return next((value for value in query.get("url", ()) if "://" in value), None)


def address_of_work(addresses: Iterable[str]) -> str | None:
    """The work's own of the addresses in a note, in their order: a live one, else an identifier's, else an original."""
    live = [address for address in addresses if not is_archived(address)]
    own = next((address for address in live if not is_identifier_address(address)), None)
    if own is None and not live:
        own = next((original for address in addresses if (original := original_address(address))), None)
    return own or next(iter(live), None)


def archived_copy(addresses: Iterable[str]) -> str | None:
    """The first copy in an archive."""
    return next((address for address in addresses if is_archived(address)), None)
