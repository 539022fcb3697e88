"""A crawl that follows links: breadth first from the start page, each URL once, in the order of the pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from wikiglean.capture import Capture
from wikiglean.errors import NotAllowed, SourceError
from wikiglean.scraper.fetch import Fetcher
from wikiglean.scraper.options import SourceOptions
from wikiglean.scraper.scope import Scope, normalised

__all__ = ["crawl_site", "links_of"]


class Frontier:
    """The URLs that are still to be fetched, each with its depth; a URL enters once."""

    def __init__(self) -> None:
        """Empty."""
        self._queue: deque[tuple[str, int]] = deque()
        self._seen: set[str] = set()

    def add(self, url: str, depth: int) -> None:
        """Takes a URL, unless it was taken before."""
        if url not in self._seen:
            self._seen.add(url)
            self._queue.append((url, depth))

    def saw(self, url: str) -> bool:
        """Notes a URL that was reached by a redirect; whether it was known."""
        known = url in self._seen
        self._seen.add(url)
        return known

    def __iter__(self) -> Iterator[tuple[str, int]]:
        """Gives the next URL until none is left; more may be added meanwhile."""
        while self._queue:
            yield self._queue.popleft()


def links_of(capture: Capture) -> list[str]:
    """The addresses of a page's links, normalised, in page order, each once."""
    import turbohtml

    if (capture.content_type or "").lower().startswith("text/plain"):
        return []
    tree = turbohtml.parse(capture.body)
    base = tree.base_url(capture.url or "")
    links = (normalised(element.attr("href") or "", base) for element in tree.select("a[href], area[href]"))
    return list(dict.fromkeys(link for link in links if link))


def crawl_site(start: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    """The pages of a site, from its start page on; a page that can't be had is given as its error."""
    first = normalised(start)
    if first is None:
        raise NotAllowed("is no web address", url=start, rule="scheme")
    scope = Scope(first, options)
    frontier = Frontier()
    frontier.add(first, 0)
    pages = 0
    with Fetcher(options, named_hosts=frozenset({urlsplit(first).hostname or ""})) as fetcher:
        for url, depth in frontier:
            try:
                capture = fetcher.fetch(url)
            except SourceError as error:
                yield error
                continue
            final = normalised(capture.url or url) or url
            if final != url:
                if refused := scope.refusal(final):
                    yield NotAllowed(f"redirects out of scope to {final}: {refused}", url=url, rule="scope")
                    continue
                if frontier.saw(final):
                    yield NotAllowed(f"redirects to {final}, which is taken already", url=url, rule="redirect")
                    continue
            if options.follow_links and (options.depth is None or depth < options.depth):
                for link in links_of(capture):
                    if scope.refusal(link) is None:
                        frontier.add(link, depth + 1)
            yield capture
            pages += 1
            if options.limit is not None and pages >= options.limit:
                return
