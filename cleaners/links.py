"""Links of the page, absolute where a base is known, and of what kind they are."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from wikiglean.article import Link, LinkType
from wikiglean.cleaners.in_force import rules_in_force
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.sink import LinkRecord
from wikiglean.cleaners.selectors import select

__all__ = ["Linker"]

_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


class Linker:
    """Makes the links of one page. Joining every link by the standard would cost more than parsing the page does, so
    the common forms are joined by hand: `https://…`, `/path`, `#anchor`.
    """

    def __init__(self, page: Page) -> None:
        """For the links of `page`."""
        self._page = page
        self._base = page.base_url
        parts = _split(page.base_url)
        self._host = (parts.netloc.lower() if parts else "") or None
        self._root = f"{parts.scheme}://{parts.netloc}" if parts and parts.netloc else None
        self._scheme = parts.scheme if parts else ""
        self._folder = self._root + (parts.path.rpartition("/")[0] or "") + "/" if self._root and parts else ""
        self._page_address = (page.base_url or "").partition("#")[0]
        self._known: dict[str, str] = {}
        self._redlinks, self._interwiki, self._external = _marked_links(page)

    def absolute(self, href: str) -> str:
        """A link's address against the page's base; as written where no base is known or it can't be joined."""
        known = self._known.get(href)
        if known is None:
            known = self._known[href] = self._join(self._page.original(href.strip()))
        return known

    def _join(self, href: str) -> str:
        if self._base is None or href.startswith(("https://", "http://")):
            return href
        if href.startswith("#"):
            return self._page_address + href
        if self._root and (joined := self._join_path(href)) is not None:
            return joined
        try:
            return urljoin(self._base, href)
        except ValueError:
            return href

    def _join_path(self, href: str) -> str | None:
        """`/path`, `path`, `./path`, `../path` and `//host/path` joined; `None` for all else."""
        if href.startswith("//"):
            return f"{self._scheme}:{href}"
        path, folder = href, self._folder
        while path.startswith(("./", "../")):
            step, _, path = path.partition("/")
            if step == ".." and folder != f"{self._root}/":
                folder = folder[: folder.rindex("/", 0, -1) + 1]
        if not path or path[0] in ".?/#" or "/." in path:
            plain = path == href and path[:1] == "/" and "/." not in path
            return f"{self._root}{path}" if plain else None
        return None if path == href and _ABSOLUTE.match(path) else folder + path

    def link(self, record: LinkRecord) -> Link | None:
        """The link of a record, or `None` for what leads nowhere (`javascript:`, an anchor without address)."""
        page, at = self._page, record.at
        attribute = page.element(at).attr
        href = attribute("href")
        if not href or href.startswith(("javascript:", "data:", "about:")):
            return None
        href = page.original(href)
        return Link(
            type=self._type(href, at),
            url=self.absolute(href),
            title=attribute("title"),
            start=record.start,
            end=record.end,
            redlink=at in self._redlinks or "redlink=1" in href,
        )

    def _type(self, href: str, at: int) -> LinkType:
        if at in self._interwiki:
            return "interwiki"
        if at in self._external:
            return "external"
        if href.startswith("//") or _ABSOLUTE.match(href):
            host = href.partition("//")[2].partition("/")[0].lower()
            return "internal" if host and host == self._host else "external"
        return "internal"


def _marked_links(page: Page) -> tuple[set[int], set[int], set[int]]:
    """The links that profiles say are red, to other wikis, to elsewhere; a selector may match an element around."""
    marked: tuple[set[int], set[int], set[int]] = (set(), set(), set())
    for profile, outer in rules_in_force(page):
        rules = profile.links
        for found, selectors in zip(marked, (rules.redlinks, rules.interwiki, rules.external), strict=True):
            for selector in selectors:
                for at in select(page, selector, outer):
                    found.update([at] if page.tags[at] == "a" else page.tagged("a", at))
    return marked


def _split(url: str | None) -> SplitResult | None:
    """The parts of a URL, `None` for what is none: a base of nonsense leaves links as they are written."""
    try:
        return urlsplit(url) if url else None
    except ValueError:
        return None
