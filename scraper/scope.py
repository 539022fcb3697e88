"""Which links a crawl follows. The refusals are tables; each says whose pages need it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from wikiglean.errors import ConfigurationError, NotAllowed
from wikiglean.scraper.address import host_of

__all__ = ["Patterns", "Scope"]

_LONGEST_URL = 2000
_MOST_QUERIES = 5000
_MOST_REPEATS = 2

# MediaWiki: old revisions, differences, forms, other looks of the same page.
# DokuWiki, from `rev` on: revisions, the index tree. From `phpsessid` on: sessions of PHP, Java and forums.
# From `sort` on: sorted tables and forms of Drupal, comment forms of WordPress, calendars.
_REFUSED_KEY_NAMES = """
    oldid diff curdiff undo undoafter printable veaction redlink mobileaction useskin uselang returnto returntoquery
    preload
    rev rev2 idx difftype sectok
    phpsessid jsessionid sid sessionid session_id
    sort order tablesort destination replytocom share ical
"""
_REFUSED_KEYS = frozenset(_REFUSED_KEY_NAMES.split())
"""Names of query parameters, in lower case, that make no page of their own."""

_PLAIN_VIEWS = {"action": frozenset({"view", "show", ""}), "do": frozenset({"show", ""})}
"""MediaWiki, MoinMoin and PmWiki (`action`), DokuWiki (`do`): only these values are the page itself."""

_SPECIAL_NAMES = """
    Special Spezial Spécial Especial Espezial Speciale Speciaal Speciel Spesial Specjalna Toiminnot Speciální
    Špeciálne Speciális Posebno Посебно Специјална Специални Служебная Спеціальна Спецыяльныя Адмысловае Арнайы
    Ειδικό Özel Xüsusi Maxsus Speciala Specialaĵo Specialine Specialus Eri Kerfissíða Serstakt Arbednig Dibar
    Istimewa Khas Natatangi Specialis Սպասարկող სპეციალური מיוחד خاص ویژه विशेष বিশেষ சிறப்பு ప్రత్యేక പ്രത്യേകം
    พิเศษ Đặc_biệt 特別 特殊 特殊页面 특수
"""
_SPECIAL = frozenset(_SPECIAL_NAMES.split())
"""The namespace of pages that MediaWiki makes up on the spot, as the languages call it."""

_REFUSED_PATHS = re.compile(
    r"""
      ^/(?:[^/]+/)?user/(?:login|register|password|logout)(?:/|$)     # Drupal, also below a language
    | ^/(?:[^/]+/)?(?:comment/reply|filter/tips|node/add|book/export|print|printpdf|printmail)(?:/|$)
    | ^/(?:[^/]+/)?node/\d+/(?:edit|revisions|delete)(?:/|$)
    | /(?:wp-login\.php|wp-admin|xmlrpc\.php|cgi-sys)(?:/|$)          # WordPress, hosting panels
    | /(?:calendar|archive)/\d{4}(?:[-/]|$)                           # calendars have no end
    | ;(?:jsessionid|phpsessid)=                                      # Java servers put sessions into the path
    """,
    re.VERBOSE | re.IGNORECASE,
)

_FILE_ENDINGS = """
    7z avi bmp bz2 css csv djvu doc docx eot epub exe flac flv gif gz ico iso jar jpeg jpg js json m4a m4v mid mkv mov
    mp3 mp4 mpeg mpg odp ods odt oga ogg ogv opus pdf png ppt pptx ps rar rdf rss rtf svg swf tar tgz tif tiff ttf wav
    webm webp wmv woff woff2 xls xlsx xml xz zip zst
"""
_NO_PAGES = frozenset(_FILE_ENDINGS.split())
"""Endings of files that are no pages. On MediaWiki a page may be named so too (`/wiki/File:X.jpg`, `/wiki/Node.js`)."""

_WIKI_PATH = re.compile(r"^(?:/[^/]+)*?/wiki/")


class Patterns:
    """What the user asked to include and exclude."""

    def __init__(self, include: Iterable[str], exclude: Iterable[str]) -> None:
        """Raises `ConfigurationError` for what is no regular expression."""
        self.include = [_compiled(pattern, "include") for pattern in include]
        self.exclude = [_compiled(pattern, "exclude") for pattern in exclude]

    def refusal(self, name: str) -> str | None:
        """Why the URL or path `name` is not wanted, or `None`."""
        for pattern in self.exclude:
            if pattern.search(name):
                return f"excluded by {pattern.pattern!r}"
        if self.include and not any(pattern.search(name) for pattern in self.include):
            return "not among the included"
        return None


class Scope:
    """The part of one host that a crawl is about, as its start page tells.

    A start below `/wiki/` means all of `/wiki/`; one in another folder, that folder; one at the top, the host.
    """

    def __init__(self, start: str, patterns: Patterns) -> None:
        """`start` is a normalised URL."""
        parts = urlsplit(start)
        self._place = _place(start)
        self._patterns = patterns
        self._below = "/" if patterns.include else _folder(parts.path)
        self._scripts = _script(parts.path, parts.query)
        self._queries: Counter[str] = Counter()
        self._start = start

    def refusal(self, url: str) -> str | None:
        """The rule of ours that keeps the normalised `url` out, or `None`. The same answer whenever it is asked."""
        if url == self._start:
            return None
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or _place(url) != self._place:
            return "another host"
        if parts.username is not None or parts.password is not None:
            return "a user name in the address"
        if not (parts.path.startswith(self._below) or parts.path == self._scripts):
            return f"not below {self._below}"
        return _unwanted(url, parts.path, parts.query) or self._patterns.refusal(url)

    def crowded(self, url: str) -> bool:
        """Counts a new link, and says whether its path has been met with too many queries to be anything but a trap."""
        parts = urlsplit(url)
        if not parts.query:
            return False
        self._queries[parts.path] += 1
        return self._queries[parts.path] > _MOST_QUERIES

    def check(self, url: str) -> None:
        """Raises `NotAllowed` for a redirect's target that is out of scope."""
        if (rule := self.refusal(url)) is not None:
            raise NotAllowed(f"redirects out of scope: {rule}", url=url, rule="scope")


def _compiled(pattern: str, option: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ConfigurationError(f"{option}: {pattern!r} is no regular expression ({error}); correct it") from error


def _place(url: str) -> tuple[str, int | None]:
    """Host and port; http and https of one host are the same wiki, and so it is with www."""
    parts = urlsplit(url)
    return host_of(parts.hostname or "").removeprefix("www."), parts.port


def _folder(path: str) -> str:
    wiki = _WIKI_PATH.match(path)
    return wiki[0] if wiki else path[: path.rindex("/") + 1]


def _script(path: str, query: str) -> str | None:
    """The program that serves the pages, where the start names its page in the query: `/w/index.php?title=X`."""
    return path if query else None


def _unwanted(url: str, path: str, query: str) -> str | None:
    """The built-in refusal that a URL meets, or `None`."""
    if len(url) > _LONGEST_URL:
        return "a very long address"
    if _REFUSED_PATHS.search(path):
        return "no page: a form or an endless list"
    segments = [segment for segment in path.split("/") if segment]
    if segments and max(Counter(segments).values()) > _MOST_REPEATS:
        return "a path that repeats itself"
    name = unquote(segments[-1]) if segments else ""
    if _is_special(path) or _is_file(name, path):
        return "no page: special, or a file"
    return _unwanted_query(query)


def _unwanted_query(query: str) -> str | None:
    for key, value in parse_qsl(query.replace(";", "&"), keep_blank_values=True, max_num_fields=None):
        key = key.lower()
        if key in _REFUSED_KEYS or value not in _PLAIN_VIEWS.get(key, (value,)):
            return f"no page of its own: {key}="
        if key in ("title", "page", "search") and (key == "search" or _is_special(value)):
            return "no page: special, or a search"
    return None


def _is_special(title: str) -> bool:
    """Whether any part of the path or title is in the namespace of special pages; `special:` in DokuWiki is none."""
    for segment in unquote(title).split("/"):
        namespace, colon, _ = segment.partition(":")
        if colon and namespace.replace(" ", "_") in _SPECIAL:
            return True
    return False


def _is_file(name: str, path: str) -> bool:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return ending in _NO_PAGES and not _WIKI_PATH.match(path)
