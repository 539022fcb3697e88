"""What the markup of a citation says besides COinS: its kind, the day of access, the language, links.

Classes are those of Wikipedia's citation templates (Module:Citation/CS1, and the templates before it), which hundreds
of wikis have copied: `<cite class="citation book cs1">`, `span.reference-accessdate`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.works.dates import Date, date_of
from wikiglean.cleaners.works.tables import accessed_words, folded, inverted

__all__ = [
    "CITATION_CLASSES",
    "accessed_in",
    "between",
    "kind_of_classes",
    "links_in",
    "links_out",
    "titles_in",
    "words_in",
]

CITATION_CLASSES = ("citation", "ouvrage")
"""Classes of the element around one citation; `ouvrage` is French Wikipedia's."""

_QUOTED = re.compile('["“„«「『](?P<words>[^"“”«»「」『』]+(?:["“][^"“”]+["”][^"“”]*)?)["”»」』]')
_WORDS_OF_DATE = 9
_OUT = ("https://", "http://", "//", "ftp://")
_BRACKETS = str.maketrans("()[]（）［］", "        ")


@lru_cache(maxsize=256)
def kind_of_classes(classes: str) -> str | None:
    """The CSL type that the classes of a citation's element name."""
    kinds = inverted("classes")
    return next((kinds[name] for name in map(folded, classes.split()) if name in kinds), None)


def between(positions: list[int], start: int, stop: int) -> list[int]:
    """Those of the sorted positions that are in `range(start, stop)`."""
    return positions[bisect_left(positions, start) : bisect_left(positions, stop)]


def links_in(page: Page, start: int, stop: int) -> list[tuple[str, int]]:
    """The links between two positions: their addresses as the page had them, and where they stand."""
    archived = page.archived
    found: list[tuple[str, int]] = []
    for at in between(page.tagged("a"), start, stop):
        if href := page.attribute(at, "href"):
            found.append((href if archived is None else page.original(href), at))
    return found


def links_out(page: Page, links: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Those links that lead out of the wiki. Where it marks such links, all others stay inside."""
    marked = "external" in page.by_class
    here = _host(page.url or "")
    return [
        (f"https:{href}" if href[:2] == "//" else href.strip(), at)
        for href, at in links
        if href.lstrip().startswith(_OUT) and (page.has_class(at, "external") if marked else _host(href) != here)
    ]


def _host(href: str) -> str:
    return href.partition("//")[2].partition("/")[0].lower()


def words_in(page: Page, start: int, stop: int) -> str:
    """The words between two positions, white space folded."""
    tags, nodes = page.tags, page.nodes
    return " ".join("".join([nodes[at] for at in range(start, stop) if not tags[at]]).split())


def accessed_in(page: Page, start: int, stop: int, words: str, language: str | None) -> Date | None:
    """The day of access that a citation names, by its class or in `words`: "Retrieved 27 June 2016"."""
    for at in between(page.classed("reference-accessdate"), start, stop):
        return _date_among(page.words_of(at), language)
    for match in reversed(list(accessed_words().finditer(words))):
        before = words[max(0, match.start() - 24) : match.start()] if match[0] >= "\u3000" else ""
        if date := _date_among(words[match.end() : match.end() + 48], language) or _date_among(before, language):
            return date
    return None


def _date_among(words: str, language: str | None) -> Date | None:
    """The first day that some words name, whatever stands before and behind it."""
    parts = _day_among(words, language)
    return {"date-parts": [list(parts)]} if parts else None


@lru_cache(maxsize=4096)
def _day_among(words: str, language: str | None) -> tuple[int, ...] | None:
    """Year, month and day. Citations of one page were mostly read on a few days."""
    tokens = words.translate(_BRACKETS).split()
    for start in range(min(len(tokens), _WORDS_OF_DATE)):
        if not any(c.isdecimal() for c in "".join(tokens[start : start + 2])):
            continue
        for stop in range(min(len(tokens), start + 7), start, -1):
            date = date_of(" ".join(tokens[start:stop]).strip(".,;:"), language) or {}
            parts = date.get("date-parts", ())
            if len(parts) == 1 and len(parts[0]) == 3:
                return tuple(parts[0])
    return None


def titles_in(page: Page, start: int, stop: int, words: str) -> dict[str, str]:
    """Titles as CS1 sets them: a part in quotation marks, the whole in italics."""
    italic = next((page.words_of(at) for at in between(page.tagged("i"), start, stop)), "")
    quoted = _QUOTED.search(words)
    if quoted and italic and 0 <= words.find(italic) < quoted.start():  # words quoted from the work
        quoted = None
    part = quoted["words"].strip(" .,") if quoted else ""
    titles = {"title": part or italic, "container-title": italic if part else ""}
    return {name: title for name, title in titles.items() if title}
