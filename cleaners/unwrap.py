"""What archives, caches and saving programs put around a page: taken off, and what they say goes to `provenance`.

The address of the page comes from here when the caller gave none, or gave that of the archive. Links that an archive
rewrote lead back to the original pages (`Page.original`); fragments are kept, so that markers still find their notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from turbohtml import Namespace

from wikiglean.cleaners.archived import Archived, archived_address, is_archive_today, moment_of, replay_stamp
from wikiglean.cleaners.page import Page

__all__ = ["unwrap"]

_FRAMES = {
    "toolbar of a web archive": (
        *(
            "wm-ipp-base",
            "wm-ipp",
            "wm-ipp-print",
            "wm-disclaim",
            "wm-toolbar",
            "donato",
        ),  # Wayback Machine, Archive-It
        *("_wb_plain_banner", "_wb_frame_top_banner", "rwp-web-archive-banner"),  # pywb and its kin
    ),
    "header of a search engine's cache": ("bN015htcoyT__google-cache-hdr", "google-cache-hdr", "bd_snap"),
}
"""Ids of what is put around pages."""
_LONGEST_FRAME = 5000
_ARCHIVED_ON = re.compile(
    r"FILE ARCHIVED ON (?:(?P<stamp>\d{14})"
    r"|(?P<time>\d{1,2}:\d\d:\d\d) (?P<month>[A-Z][a-z]{2})\w* (?P<day>\d{1,2}), (?P<year>\d{4}))"
)
_SAVED = (
    (
        "httrack",
        re.compile(r"\s*Mirrored from (?P<url>\S+) by HTTrack Website Copier/.*?,\s*(?P<date>\w{3}, \d.*)?$", re.S),
    ),
    ("saved-page", re.compile(r"\s*saved from url=\(\d{4}\)(?P<url>https?://\S+)(?P<date>)")),
    (
        "singlefile",
        re.compile(
            r"\s*(?:Page saved with|Archive processed by) SingleFile\s.*?"
            r"url: (?P<url>\S+)(?:\s+saved date: (?P<date>[^\n(]+))?",
            re.S,
        ),
    ),
    ("monolith", re.compile(r"\s*Saved from (?P<url>https?://\S+) at (?P<date>\S+) using monolith")),
)
"""Programs that save pages, by the comments they leave."""
_SCRIPT_WORDS = ("__wm.", "WB_wombat_Init", "sWayBackCGI", "wbCurrentUrl", "wbinfo.", "FILE ARCHIVED ON")
_SCRIPT_URL = re.compile(
    r"(?:__wm\.wombat\(|__wm\.bt\([\d,\s]*\"\w+\",|wbCurrentUrl = |wbinfo\.url\s*=\s*)\"(https?:[^\"\s]+)\""
)
_SCRIPT_COPY = re.compile(r"wbinfo\.top_url\s*=\s*\"(https?:[^\"\s]+)\"")
_SCRIPT_STAMP = re.compile(r"wbinfo\.timestamp\s*=\s*\"(\d{14})\"")
_STAMP = re.compile(r"(?<!\d)(\d{14})(?!\d)")
_CACHE_LINKS = ("q=cache:", "p=cached", "#cached", "cc.bingj.com/", "/search/cache?")
_CACHE_DATES = (
    re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})\w* (?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d) GMT"),
    re.compile(r"(?P<month>[A-Z][a-z]{2})\w* (?P<day>\d{1,2}), (?P<year>\d{4}) (?P<time>\d\d:\d\d:\d\d) GMT"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日 (?P<time>\d\d:\d\d:\d\d) GMT"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def unwrap(page: Page) -> None:
    """Takes off toolbars and headers, finds the page's own address, and leads links back to the original pages."""
    if page.plain or not page.tags:
        return
    found = Archived()
    if page.url and archived_address(page.url):
        _follow(found, page.url)
    _saving_programs(page, found)
    _archive_today(page, found)
    _replay(page, found)
    _cache(page, found)
    _claim_frames(page)
    _inner_documents(page)
    if found.wrappers:
        page.archived = found
        if found.url and (not page.url or archived_address(page.url) or is_archive_today(page.url)):
            page.url = found.url
        page.base_url = page.find_base()


def _follow(found: Archived, url: str, moment: str | None = None) -> None:
    """Notes the address of a copy: if that is in an archive, of which page it is a copy, and so on inwards.

    The moment nearest to the page counts: a copy saved today from an archive was captured when the archive did it.
    """
    if not url.startswith(("http://", "https://")):
        return
    while inner := archived_address(url):
        found.archive_url = found.archive_url or url
        found.add(inner.wrapper)
        if inner.wrapper == "wayback" and moment_of(inner.stamp):
            found.stamp = found.stamp or inner.stamp
        moment = moment_of(inner.stamp) or moment
        url = inner.url
    found.url = url
    found.captured_at = moment or found.captured_at


def _saving_programs(page: Page, found: Archived) -> None:
    for _, words in page.comments:
        for wrapper, pattern in _SAVED:
            if match := pattern.match(words):
                found.add(wrapper)
                url = match["url"] if "://" in match["url"] else f"http://{match['url']}"
                _follow(found, url, _moment(match["date"]))
    for at in page.tagged("meta"):
        if (page.attribute(at, "name") or "") == "savepage-url" and (url := page.attribute(at, "content")):
            found.add("save-page-we")
            _follow(found, url)
    for at in page.tagged("html")[:1]:
        if url := page.attribute(at, "data-scrapbook-source"):
            found.add("webscrapbook")
            _follow(found, url, moment_of((page.attribute(at, "data-scrapbook-create") or "")[:14]))


def _moment(date: str | None) -> str | None:
    """A date as programs write it, `Mon, 23 Dec 2013 16:17:01 GMT`, `Wed Mar 03 2021 10:10:10 GMT+0100`, in UTC."""
    words = " ".join((date or "").replace("GMT+", "+").replace("GMT-", "-").split())
    for read in (
        parsedate_to_datetime,
        datetime.fromisoformat,
        lambda text: datetime.strptime(text, "%a %b %d %Y %H:%M:%S %z"),
    ):
        try:
            moment = read(words)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.tzinfo is not None:
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None


# -- archive.today -------------------------------------------------------------------------------------------------


def _archive_today(page: Page, found: Archived) -> None:
    """archive.today shows pages below `#HEADER`, in `#CONTENT`, without scripts, classes and head."""
    header = page.by_id.get("HEADER")
    if header is None or "CONTENT" not in page.by_id:
        return
    addresses = list(_own_addresses(page))
    addresses += [page.attribute(at, "value") or "" for at in page.tagged("input", header)]
    known = [url for url in addresses if is_archive_today(url)]
    if not known and "SHARE_LONGLINK" not in page.by_id:
        return
    found.add("archive.today")
    found.rewritten = True
    full = next((url for url in known if archived_address(url)), None)
    if full:
        _follow(found, full)
    elif source := next((url for url in addresses if "://" in url and not is_archive_today(url)), None):
        found.archive_url = found.archive_url or (known[0] if known else None)
        _follow(found, source)
    for at in page.tagged("time", header):
        found.captured_at = found.captured_at or _moment((page.attribute(at, "datetime") or "").replace("Z", "+00:00"))
    page.claim(header, "removed", "header of a web archive")


def _own_addresses(page: Page) -> Iterator[str]:
    """What the head says of the page's address."""
    for at in page.tagged("link"):
        if (page.attribute(at, "rel") or "").lower() in ("canonical", "bookmark"):
            yield page.attribute(at, "href") or ""
    for at in page.tagged("meta"):
        if page.attribute(at, "property") == "og:url":
            yield page.attribute(at, "content") or ""


# -- the Wayback Machine and its kin -------------------------------------------------------------------------------


def _replay(page: Page, found: Archived) -> None:
    moment, says_archive_org = _banner_comment(page)
    scripts = _scripts(page)
    stamp = found.stamp or _stamp_of_links(page)
    if not (moment or scripts or stamp or "wm-ipp" in page.by_id or "wm-ipp-base" in page.by_id):
        return
    found.add("wayback")
    found.rewritten = True
    says_archive_org = says_archive_org or any("archive.org" in script for script in scripts)
    for script in scripts:
        stamp = stamp or next(iter(_STAMP.findall(script)), None)
        if match := _SCRIPT_URL.search(script.replace("\\/", "/")):
            found.url = found.url or match[1]
        if match := _SCRIPT_COPY.search(script):
            found.archive_url = found.archive_url or match[1]
        if match := _SCRIPT_STAMP.search(script):  # links have the moment that was asked for
            moment = moment or moment_of(match[1])
    for at in page.tagged("input", page.by_id["wmtb"]) if "wmtb" in page.by_id else ():
        value = page.attribute(at, "value") or ""
        if page.attribute(at, "name") == "url" and "://" in value:
            found.url = found.url or value
        elif page.attribute(at, "name") == "date" and moment_of(value):
            stamp = stamp or value
    if printed := page.by_id.get("wm-ipp-print"):
        _follow_words(found, page.words_of(printed))
    found.stamp = stamp = found.stamp or stamp or (re.sub(r"\D", "", moment) if moment else None)
    found.captured_at = moment or moment_of(stamp) or found.captured_at
    if found.url is None:
        canonical = next(_own_addresses(page), "")
        inner = archived_address(canonical)
        found.url = inner.url if inner else page.url
    if found.archive_url is None and found.url and stamp and says_archive_org:
        found.archive_url = f"https://web.archive.org/web/{stamp}/{found.url}"


def _follow_words(found: Archived, words: str) -> None:
    """The address that archives print on paper: "The Wayback Machine - https://web.archive.org/web/2014…/http://…"."""
    for word in words.split():
        if archived_address(word):
            _follow(found, word)


def _banner_comment(page: Page) -> tuple[str | None, bool]:
    """When the page was archived, as the comment at its end says, and whether that is the Internet Archive's."""
    for _, words in page.comments:
        if match := _ARCHIVED_ON.search(words):
            return _date_of(match), "INTERNET ARCHIVE" in words
    return None, False


def _date_of(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts.get("stamp"):
        return moment_of(parts["stamp"])
    month = _MONTHS.index(parts["month"]) + 1 if parts["month"] in _MONTHS else parts["month"]
    if not str(month).isdigit():
        return None
    time = parts["time"].replace(":", "")
    return moment_of(f"{parts['year']}{int(month):02}{int(parts['day']):02}{int(time):06}")


def _scripts(page: Page) -> list[str]:
    """The scripts of replay programs. They stand in the head, or before the body's content, or are the last."""
    scripts = page.tagged("script")
    near = page.body + 40
    found = []
    for n, at in enumerate(scripts):
        if (at < near and n < 40) or n >= len(scripts) - 2:
            words = page.element(at).text
            if any(word in words for word in _SCRIPT_WORDS):
                found.append(words)
    return found


def _stamp_of_links(page: Page) -> str | None:
    """The moment in links of the page's frame that are rewritten; a live page has none for its style sheets."""
    for tag, name in (("link", "href"), ("script", "src"), ("img", "src")):
        for at in page.tagged(tag)[:20]:
            address = page.attribute(at, name)
            if address and "_/http" in address and (stamp := replay_stamp(address)):
                return stamp
    for at in page.tagged("a")[:30]:
        address = page.attribute(at, "href")
        if address and address.startswith("/") and "/http" in address and (stamp := replay_stamp(address)):
            return stamp
    return None


# -- caches of search engines --------------------------------------------------------------------------------------


def _cache(page: Page, found: Archived) -> None:
    header = next(
        (page.by_id[name] for name in _FRAMES["header of a search engine's cache"] if name in page.by_id), None
    )
    if header is None:
        header = _header_by_links(page)
    if header is None:
        return
    page.claim(header, "removed", "header of a search engine's cache")
    words = page.words_of(header)
    links = [page.attribute(at, "href") or "" for at in page.tagged("a", header)]
    found.add("bing-cache" if "b_cpb" in page.by_id else "google-cache")
    cached = next((url for url in links if archived_address(url)), "")
    found.archive_url = found.archive_url or cached.partition("&strip=")[0] or None
    own = [url for url in links if url.startswith("http") and not archived_address(url) and not _is_help(url)]
    if own:
        found.url = own[0]
    match = next((match for pattern in _CACHE_DATES if (match := pattern.search(words))), None)
    if match:
        found.captured_at = _date_of(match) or found.captured_at


def _header_by_links(page: Page) -> int | None:
    """Headers without an id: the first element of the body, short, with a link to the cache or its help."""
    at, end = page.body + 1, page.ends[page.body]
    while at < min(end, page.body + 60):
        if page.tags[at] in ("table", "div", "center"):
            links = page.tagged("a", at)[:12]
            addresses = [page.attribute(link, "href") or "" for link in links]
            if any(sign in url for url in addresses for sign in _CACHE_LINKS) or "b_cpb" in page.by_id:
                return at if len(page.text_of(at)) < _LONGEST_FRAME else None
            return None
        at = page.ends[at]
    return None


def _is_help(url: str) -> bool:
    return any(sign in url for sign in _CACHE_LINKS) or "://www.google." in url or "://support.google." in url


# -- what is taken off ---------------------------------------------------------------------------------------------


def _claim_frames(page: Page) -> None:
    for reason, names in _FRAMES.items():
        for name in names:
            at = page.by_id.get(name)
            if at is not None and len(page.text_of(at)) < _LONGEST_FRAME:
                page.claim(at, "removed", reason)
    begin = next((at for at, words in page.comments if words.strip() == "BEGIN WAYBACK TOOLBAR INSERT"), None)
    end = next((at for at, words in page.comments if words.strip() == "END WAYBACK TOOLBAR INSERT"), None)
    if begin is not None and end is not None:
        _claim_between(page, begin, end)


def _claim_between(page: Page, begin: int, end: int) -> None:
    """Claims what stands between two comments, if it is as short as a toolbar is."""
    if sum(len(page.nodes[at]) for at in range(begin, end) if not page.tags[at]) > _LONGEST_FRAME:
        return
    at = max(begin, page.body + 1)
    while at < end:
        if page.ends[at] > end:
            at += 1
            continue
        if not page.tags[at] and page.nodes[at].strip():
            page.claim_text(at, 0, len(page.nodes[at]), "removed", "toolbar of a web archive")
        elif page.tags[at]:
            page.claim(at, "removed", "toolbar of a web archive")
        at = page.ends[at]


def _inner_documents(page: Page) -> None:
    """The `<title>` of a second document inside the page is shown nowhere; nor are the names of drawings."""
    titles = page.tagged("title")
    for at in titles[bisect_left(titles, page.body) :]:
        drawing = page.element(at).namespace is Namespace.SVG
        page.claim(at, "removed", "name of a drawing" if drawing else "title of the document")
