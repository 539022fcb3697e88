"""A live site: one page, or a crawl over the links in scope, breadth first."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from wikiglean.capture import Capture
from wikiglean.errors import ConfigurationError, NotAllowed, SourceError, SourceUnavailable, TooManyRequests
from wikiglean.scraper.address import host_of
from wikiglean.scraper.fetch import Fetcher
from wikiglean.scraper.frontier import Frontier
from wikiglean.scraper.links import page_links
from wikiglean.scraper.options import SourceOptions
from wikiglean.scraper.scope import Patterns, Scope
from wikiglean.scraper.urls import normalized

__all__ = ["open_site", "start_url"]

_MOST_FAILURES = 10
"""So many pages without an answer, one after the other, mean that the host has gone."""


def open_site(spec: str, options: SourceOptions) -> Iterator[Capture | SourceError]:
    """The page at `spec`, and those it leads to unless `follow_links` is off; what could not be had, as its error.

    `limit` counts the pages asked for, whatever came of them. Raises `ConfigurationError`.
    """
    start = start_url(spec)
    patterns = Patterns(options.include, options.exclude)
    named = frozenset({host_of(urlsplit(start).hostname or "")})
    with Fetcher(options, named_hosts=named) as fetcher:
        if options.follow_links:
            yield from _Crawl(start, fetcher, options, patterns).run()
        else:
            yield _obtained(fetcher, start, None)


def start_url(spec: str) -> str:
    """The address that the user named, in its normal form. Raises `ConfigurationError` where it is none."""
    try:
        url = normalized(spec)
        if urlsplit(url).hostname:
            return url
    except ValueError:
        pass
    raise ConfigurationError(f"{spec}: is no web address; give one like https://wiki.example.org/wiki/Main_Page")


def _obtained(fetcher: Fetcher, url: str, scope: Scope | None) -> Capture | SourceError:
    """The page, or why there is none."""
    try:
        return fetcher.fetch(url, admit=scope.check if scope else None)
    except SourceError as error:
        return error


class _Crawl:
    """One crawl on its way."""

    def __init__(self, start: str, fetcher: Fetcher, options: SourceOptions, patterns: Patterns) -> None:
        self._fetcher = fetcher
        self._options = options
        self._patterns = patterns
        self._scope = Scope(start, patterns)
        self._frontier = Frontier()
        self._frontier.add(start, 0)
        self._start = start
        self._asked = 0
        self._failures = 0

    def run(self) -> Iterator[Capture | SourceError]:
        """Every page once."""
        while not self._full() and (entry := self._frontier.take()) is not None:
            url, depth = entry
            # The start page may lead anywhere, since the user named it; what it leads to is then the site.
            found = _obtained(self._fetcher, url, self._scope if depth else None)
            self._count(found)
            if isinstance(found, Capture):
                if self._settled(found, url, depth):
                    self._follow(found, depth)
                else:
                    found = NotAllowed(f"redirects to {found.url}, which is taken already", url=url, rule="redirect")
            yield found
            if isinstance(found, TooManyRequests) or self._failures >= _MOST_FAILURES:
                if (left := len(self._frontier)) > 0:
                    yield SourceUnavailable(f"stopped with {left} pages unasked; try later", url=self._start)
                return

    def _full(self) -> bool:
        return self._options.limit is not None and self._asked >= self._options.limit

    def _count(self, found: Capture | SourceError) -> None:
        """Nothing was sent for a page that is not allowed, so it costs none of the limit."""
        if not isinstance(found, NotAllowed):
            self._asked += 1
        self._failures = self._failures + 1 if isinstance(found, SourceUnavailable) else 0

    def _settled(self, page: Capture, url: str, depth: int) -> bool:
        """Notes where redirects led; says whether the page there is a new one."""
        target = page.url or url
        if target == url:
            return True
        if depth == 0:
            self._scope = self._scope if self._scope.refusal(target) is None else Scope(target, self._patterns)
        return self._frontier.visit(target)

    def _follow(self, page: Capture, depth: int) -> None:
        """Queues the page's links, and passes over the canonical spelling of what it already is."""
        if self._options.depth is not None and depth >= self._options.depth:
            return
        links = page_links(page)
        if links.canonical and self._scope.refusal(links.canonical) is None:
            self._frontier.settle(links.canonical)
        for url in links.urls:
            if self._frontier.met(url) or self._scope.refusal(url) is not None:
                continue
            if self._scope.crowded(url):
                self._frontier.settle(url)
            else:
                self._frontier.add(url, depth + 1)
