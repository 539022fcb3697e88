"""A stretch of an article as HTML: its links, formulas, markers of citations and tags where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from wikiglean.article import Link, Math
from wikiglean.output.markup import Html, element, joined, web_address

__all__ = ["InlineHtml", "Mark", "link_to"]

T = TypeVar("T", Link, Math)


class Mark(NamedTuple):
    """Something of no width in the text: a marker or a tag, and its place."""

    place: int
    html: Html


def _place_of(mark: Mark) -> int:
    return mark.place


class InlineHtml:
    """A text of which any stretch can be had as HTML. Every mark is given once."""

    def __init__(
        self, text: str, links: Sequence[Link] = (), math: Sequence[Math] = (), marks: Sequence[Mark] = ()
    ) -> None:
        """Offsets are into `text`; their order does not matter."""
        self._text = text
        self._links = _apart(sorted(links, key=lambda link: (link.start, -link.end)))
        self._math = sorted(math, key=lambda formula: formula.start)
        self._marks = sorted(marks, key=_place_of)
        self._given = [False] * len(self._marks)
        self._first = 0

    def marks(self, start: int, end: int) -> Iterator[Html]:
        """The marks that stand from `start` up to `end` and were not given yet."""
        for n in range(bisect_left(self._marks, start, key=_place_of), bisect_right(self._marks, end, key=_place_of)):
            if not self._given[n]:
                self._given[n] = True
                yield self._marks[n].html

    def left_before(self, place: int) -> Iterator[Html]:
        """The marks before a place that no stretch held."""
        while self._first < len(self._marks) and self._marks[self._first].place < place:
            self._first += 1
            if not self._given[self._first - 1]:
                self._given[self._first - 1] = True
                yield self._marks[self._first - 1].html

    def html(self, start: int = 0, end: int | None = None) -> Html:
        """The characters from `start` to `end`, with the marks up to `end`."""
        end = len(self._text) if end is None else end
        links = _near(self._links, start, end)
        math = _near(self._math, start, end)
        parts: list[Html] = []
        for here, there in pairwise(self._cuts(start, end, [*links, *math])):
            parts += self.marks(here, here)
            words = self._words(here, there, _around(math, here))
            link = _around(links, here)
            parts.append(words if link is None else link_to(link.url, words, redlink=link.redlink))
        return joined([*parts, *self.marks(start, end)])

    def _cuts(self, start: int, end: int, spans: Sequence[Link | Math]) -> list[int]:
        """Where something begins or ends."""
        first = bisect_left(self._marks, start, key=_place_of)
        last = bisect_left(self._marks, end, key=_place_of)
        cuts = {start, end, *(mark.place for mark in self._marks[first:last])}
        cuts.update(max(start, min(end, place)) for span in spans for place in (span.start, span.end))
        return sorted(cuts)

    def _words(self, start: int, end: int, formula: Math | None) -> Html:
        words = self._text[start:end]
        if formula is not None:
            return element("code", words, class_="tex")
        lines = (joined(line.split("\t"), element("span", " │ ", class_="sep")) for line in re.split("\n+", words))
        return joined(lines, element("br"))


def link_to(url: str | None, words: str, *, redlink: bool = False) -> Html:
    """A link, if its address leads to the web; else the words, with the address to be seen by whoever asks."""
    address = web_address(url)
    if address is None:
        return element("span", words, class_="nolink", title=url)
    return element("a", words, href=address, rel="noreferrer noopener nofollow", class_="red" if redlink else None)


def _apart(links: list[Link]) -> list[Link]:
    """Links that don't overlap: HTML has none inside another."""
    kept: list[Link] = []
    for link in links:
        if link.end > link.start and (not kept or link.start >= kept[-1].end):
            kept.append(link)
    return kept


def _near(spans: Sequence[T], start: int, end: int) -> Sequence[T]:
    """The sorted spans that may reach into a stretch."""
    first = max(0, bisect_left(spans, start, key=lambda span: span.start) - 1)
    return spans[first : bisect_left(spans, end, key=lambda span: span.start)]


def _around(spans: Sequence[T], place: int) -> T | None:
    """The sorted span that holds the character at a place."""
    n = bisect_right(spans, place, key=lambda span: span.start)
    return spans[n - 1] if n and spans[n - 1].end > place else None
