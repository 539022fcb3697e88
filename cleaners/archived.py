"""Addresses in web archives: what they are the address of, when that was captured, and back from rewritten links.

Replay addresses are those of the Wayback Machine and of all that learned from it (OpenWayback, pywb, Archive-It,
national archives): `https://HOST/COLLECTION/20150102030405im_/http://site/page`. archive.today has its own
(`/20150102030405/http://…`, `/o/CODE/http://…`), caches of search engines carry the address as a parameter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

__all__ = [
    "Archived",
    "ArchivedAddress",
    "archived_address",
    "is_archive_today",
    "moment_of",
    "original_of",
    "replay_stamp",
]

_REPLAY = re.compile(
    r"(?P<host>(?:https?:)?//[^/?#]+)?/(?:[\w.~-]+/){0,3}?"
    r"(?P<stamp>\d{4,14})(?P<mode>[a-z]{2}_|\*)?/(?P<url>(?:https?|ftp):/.*)",
    re.I | re.S,
)
_TODAY = re.compile(
    r"https?://(?:www\.)?archive\.(?:today|is|ph|md|li|fo|vn|ec)/"
    r"(?:(?P<stamp>\d{14}|\d{4}\.\d\d\.\d\d-\d{6})|o/\w+|\w{4,6})/(?P<url>https?:/.*)",
    re.I | re.S,
)
_BARE = re.compile(
    r"(?:https?:)?//web\.archive\.org/web/(?P<stamp>\d{4,14})(?:[a-z]{2}_|\*)?/(?P<url>[\w-]+\.[\w.-]+.*)", re.I | re.S
)
_GOOGLE_CACHE = re.compile(r"cache:(?:[\w-]{12}:)?(.+)")
_SLASHES = re.compile(r"^(https?|ftp):/+", re.I)
_PORT = re.compile(r"^(?:(http)://([^/:?#]+):80|(https)://([^/:?#]+):443)(?=[/?#]|$)", re.I)
_ARCHIVE_TODAY = re.compile(r"https?://(?:www\.)?archive\.(?:today|is|ph|md|li|fo|vn|ec)/", re.I)


@dataclass(frozen=True, slots=True)
class ArchivedAddress:
    """The address of a page in an archive, taken apart: whose it is, and the 14 digits (or fewer) of the moment."""

    wrapper: str
    url: str
    stamp: str | None = None


@dataclass(slots=True)
class Archived:
    """What wrappers say of a page: who wrapped it, outermost first; of what page it is a copy; when that was made.

    `rewritten` says that the archive rewrote the page's links; `stamp` is the moment in them.
    """

    wrappers: list[str] = field(default_factory=list)
    url: str | None = None
    archive_url: str | None = None
    captured_at: str | None = None
    stamp: str | None = None
    rewritten: bool = False

    def add(self, wrapper: str) -> None:
        """One more wrapper, inside those that are known."""
        if wrapper not in self.wrappers:
            self.wrappers.append(wrapper)

    def original(self, href: str) -> str:
        """A link of the copy as the page itself had it."""
        if "httrack" in self.wrappers and "external.html?link=" in href:  # its page for links that it did not follow
            return href.partition("external.html?link=")[2]
        return original_of(href, self.stamp) if self.rewritten else href


def archived_address(url: str) -> ArchivedAddress | None:
    """What an address in an archive is the address of, or `None` for one that is in none."""
    if match := _TODAY.match(url):
        stamp = re.sub(r"\D", "", match["stamp"] or "") or None
        return ArchivedAddress("archive.today", _tidy(match["url"]), stamp)
    if (match := _REPLAY.match(url)) and match["host"]:
        return ArchivedAddress("wayback", _tidy(match["url"]), match["stamp"])
    if match := _BARE.match(url):
        return ArchivedAddress("wayback", "http://" + match["url"], match["stamp"])
    return _cached_address(url)


def _cached_address(url: str) -> ArchivedAddress | None:
    """The page that a search engine's cache shows."""
    if "cache" not in url and "bingj" not in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, query = parts.netloc.lower(), parse_qs(parts.query)
    if host == "webcache.googleusercontent.com" or (".google." in f".{host}" and parts.path == "/search"):
        match = _GOOGLE_CACHE.match(query.get("q", [""])[0])
        words = match[1].split()[0] if match and match[1].split() else ""
        return ArchivedAddress("google-cache", words if "://" in words else f"http://{words}") if words else None
    if host.endswith("cc.bingj.com") and (found := query.get("u") or query.get("url")):
        return ArchivedAddress("bing-cache", found[0])
    return None


def is_archive_today(url: str) -> bool:
    """Whether an address is one of archive.today, also a short one that does not say of what page."""
    return _ARCHIVE_TODAY.match(url) is not None


def replay_stamp(href: str) -> str | None:
    """The moment in a link that a replay program rewrote."""
    match = _REPLAY.match(href)
    return match["stamp"] if match else None


def original_of(href: str, stamp: str | None) -> str:
    """A link that an archive rewrote, as it was.

    A full address of another moment than the page's own was put there by the page, which cites the archive: it stays.
    """
    if "/http" not in href and "/ftp:" not in href:
        return href
    if match := _TODAY.match(href):
        return _tidy(match["url"])
    match = _REPLAY.match(href)
    if match is None or (match["host"] and match["stamp"] != stamp):
        return href
    return _tidy(match["url"])


def _tidy(url: str) -> str:
    """An address as archives hold it, with the slashes that servers merge, without the port that is understood."""
    url = _SLASHES.sub(r"\1://", url)
    return _PORT.sub(lambda m: f"{m[1] or m[3]}://{m[2] or m[4]}", url)


def moment_of(stamp: str | None) -> str | None:
    """The date and time of 14 digits, `2012-01-05T04:12:33Z`; `None` for fewer, or for no moment that there was."""
    if not stamp or len(stamp) != 14:
        return None
    year, month, day, hour, minute, second = stamp[:4], *(stamp[n : n + 2] for n in range(4, 14, 2))
    if not ("01" <= month <= "12" and "01" <= day <= "31" and hour < "24" and minute < "60" and second < "61"):
        return None
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
