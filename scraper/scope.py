"""Which URLs belong to a crawl: the same wiki, articles only, no traps."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit, urlunsplit

from wikiglean.errors import ConfigurationError
from wikiglean.scraper.options import SourceOptions

__all__ = ["Scope", "normalised"]

LONGEST_URL = 2000
QUERIES_A_PATH = 200
"""Different queries on one path after which the path is taken for a trap; index.php is the exception."""

# by name of the query's parameter: values that are no articles; None is any value
_QUERIES: dict[str, re.Pattern[str] | None] = {
    "action": re.compile(r"(?!view$|show$|render$)"),
    "do": re.compile(r"(?!show$)"),
    "oldid": None, "diff": None, "printable": None, "veaction": None, "redlink": None, "rev": None, "rcid": None,
    "mobileaction": None, "useskin": None, "uselang": None, "sort": None, "order": None, "replytocom": None,
    "phpsessid": None, "sid": None, "jsessionid": None, "share": None, "destination": None, "token": None,
    "curid": None, "dir": None, "limit": None, "offset": None, "month": None,
}  # fmt: skip
_PATHS = re.compile(
    r"/(?:special|spezial|spécial|especial|speciale|speciaal|служебная|özel|特別|特殊|خاص|ویژه|מיוחד|specjalna|speciál|ειδικό|특수|specialis)"
    r"(?::|%3a)|/(?:user|users)/(?:login|register|password|logout)|/comment/reply/|/filter/tips|/node/\d+/(?:edit|revisions)"
    r"|/calendar/\d|/(?:wp-login|wp-admin|xmlrpc)|/feed/?$|/tracker(?:/|$)|/aggregator(?:/|$)|/print/\d|/search/",
    re.I,
)
_TITLES = re.compile(
    r"^(?:special|spezial|spécial|especial|speciale|speciaal|служебная|özel|特別|特殊|خاص|ویژه|מיוחד|specjalna|speciál|ειδικό|특수|specialis):",
    re.I,
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|ico|bmp|tiff?|css|js|json|pdf|zip|gz|bz2|xz|7z|rar|tar|exe|dmg|deb|iso|mp[34]|og[gv]|oga|wav|webm|avi|"
    r"mov|woff2?|ttf|eot|rss|atom|xml|docx?|xlsx?|pptx?|odt|ods|epub)$",
    re.I,
)  # fmt: skip


def normalised(url: str, base: str | None = None) -> str | None:
    """A link's URL in one form: absolute, host in lower case, no fragment; `None` for what is no web address."""
    try:
        parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        port = f":{parts.port}" if parts.port and parts.port != {"http": 80, "https": 443}[parts.scheme] else ""
    except ValueError:
        return None
    host = parts.hostname.lower()
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, host + port, parts.path or "/", parts.query, ""))


@dataclass
class Scope:
    """The scope of a crawl from one start URL: its host, and its folder where that looks like a wiki's."""

    start: str
    options: SourceOptions
    _queries: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Reads the user's patterns. Raises `ConfigurationError` for one that is no regular expression."""
        self._origin = self._origin_of(self.start)
        path = urlsplit(self.start).path
        folder = path.rpartition("/")[0] + "/"
        self._folder = folder if re.search(r"/(?:wiki|title|w|view|pages?|doku\.php)/", folder, re.I) else "/"
        try:
            self._include = [re.compile(pattern) for pattern in self.options.include]
            self._exclude = [re.compile(pattern) for pattern in self.options.exclude]
        except re.error as error:
            raise ConfigurationError(f"--include/--exclude: {error.pattern!r} is no regular expression: {error}") from error

    @staticmethod
    def _origin_of(url: str) -> str:
        parts = urlsplit(url)
        host = parts.netloc.lower()
        return host.removeprefix("www.")

    def refusal(self, url: str) -> str | None:
        """Why a normalised URL is not fetched, or `None`."""
        parts = urlsplit(url)
        if self._origin_of(url) != self._origin:
            return "another host"
        if any(pattern.search(url) for pattern in self._exclude):
            return "--exclude"
        if self._include and not any(pattern.search(url) for pattern in self._include):
            return "not in --include"
        if not parts.path.startswith(self._folder) and not self._include:
            return f"outside {self._folder}"
        return _no_article(parts.path, parts.query) or self._trap(url, parts.path, parts.query)

    def _trap(self, url: str, path: str, query: str) -> str | None:
        if len(url) > LONGEST_URL:
            return "a URL of more than 2,000 characters"
        segments = Counter(segment for segment in path.split("/") if segment)
        if segments and max(segments.values()) > 2:
            return "a path that repeats itself"
        if query and not path.endswith((".php", ".cgi", ".pl")):
            self._queries[path] += 1
            if self._queries[path] > QUERIES_A_PATH:
                return "a path with endless queries"
        return None


def _no_article(path: str, query: str) -> str | None:
    """Built-in refusals: views, tools and files that are no articles."""
    if _FILES.search(path) and not re.search(r"/(?:wiki|title)/", path):
        return "a file"
    if _PATHS.search(unquote(path)) or _PATHS.search(path):
        return "a tool page"
    for name, value in parse_qsl(query, keep_blank_values=True):
        name = name.lower()
        if name == "title" and _TITLES.match(value):
            return "a tool page"
        if name in _QUERIES:
            pattern = _QUERIES[name]
            if pattern is None or pattern.match(value):
                return f"a view: {name}={value}"
    return None
