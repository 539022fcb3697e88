"""Where citations stand on a page, and which citation template made each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.works.markup import CITATION_CLASSES, between, kind_of_classes
from wikiglean.cleaners.works.template_data import TemplateWork, works_of

__all__ = [
    "CitationPlace",
    "citations_in",
    "has_template_data",
    "language_of",
    "template_around",
    "template_of",
    "template_works",
]


@dataclass(slots=True)
class CitationPlace:
    """A citation on the page: its element, if it has one, its COinS, if there is some, and its stretch."""

    start: int
    stop: int
    element: int | None = None
    coins: int | None = None


def citations_in(page: Page, start: int, stop: int) -> list[CitationPlace]:
    """Citations between two positions: elements of their classes with the COinS in or behind them, COinS alone."""
    marked = [(at, True) for name in CITATION_CLASSES for at in _between(page, name, start, stop)]
    # before 2008 the class of the kind stood alone: <cite class="book">
    marked += [(at, True) for at in between(page.tagged("cite"), start, stop) if _is_old_citation(page, at, start)]
    marked += [(at, False) for at in _between(page, "Z3988", start, stop)]
    found: list[CitationPlace] = []
    for at, is_element in sorted(marked):
        last = found[-1] if found else None
        if is_element:
            if last is None or last.element is None or at >= page.ends[last.element]:
                found.append(CitationPlace(at, stop, element=at))
        elif last is not None and last.coins is None:
            last.coins = at
        else:
            found.append(
                CitationPlace(page.ends[last.coins] if last is not None and last.coins else start, stop, coins=at)
            )
    for one, following in pairwise(found):
        one.stop = following.start
    return found


def _between(page: Page, name: str, start: int, stop: int) -> Iterator[int]:
    """Elements of a class between two positions, but for those of a note inside the note."""
    for at in between(page.classed(name), start, stop):
        if not _in_other_note(page, at, start):
            yield at


def _is_old_citation(page: Page, at: int, start: int) -> bool:
    classes = page.classes.get(at, "")
    if not classes or "citation" in classes or kind_of_classes(classes) is None:
        return False
    return not _in_other_note(page, at, start)


def _in_other_note(page: Page, at: int, start: int) -> bool:
    for up in page.ancestors(at):
        if up <= start:
            return False
        claim = page.claims.get(up)
        if claim is not None and claim.destination == "references":
            return True
    return False


def has_template_data(page: Page, citations: list[CitationPlace]) -> bool:
    """Whether Parsoid made the page, by its notes and sections, or a citation that was copied from such a page."""
    if "mw-reference-text" in page.by_class:
        return True
    if any(page.attribute(at, "data-mw-section-id") for at in page.tagged("section")[:1]):
        return True
    return any(c.element is not None and page.attribute(c.element, "data-mw") for c in citations)


def template_works(page: Page, start: int, stop: int) -> dict[int, list[TemplateWork]]:
    """What Parsoid's data tell of citation templates, by the position of the element that carries them."""
    found: dict[int, list[TemplateWork]] = {}
    for at in range(start, stop):
        data = page.attribute(at, "data-mw") if page.tags[at] else None
        if data and '"template"' in data and (works := works_of(data, language_of(page))):
            found[at] = list(works)
    return found


def template_of(
    page: Page, citation: CitationPlace, data: dict[int, list[TemplateWork]], title: str | None
) -> TemplateWork | None:
    """The template that a citation was made by: that of its element, or of one with the same `about`.

    Where one element tells of several templates, the title of the work says which it is.
    """
    own = citation.element if citation.element is not None else citation.coins
    about = page.attribute(own, "about") if own is not None else None
    for at, works in data.items():
        same = about is not None and page.attribute(at, "about") == about
        if works and (same or citation.start <= at < citation.stop or (own is not None and page.contains(at, own))):
            alone = works[0] if len(works) == 1 or title is None else None
            found = next((work for work in works if work.csl["title"] == title), alone)
            if found is not None:
                works.remove(found)
            return found
    return None


def template_around(page: Page, citation: CitationPlace, title: str) -> TemplateWork | None:
    """The template among those of a whole list, which Parsoid joins where it begins and ends with one.

    The first element of the list tells of all of them, so that only the title says which is this citation's.
    """
    own = citation.element if citation.element is not None else citation.coins
    for up in page.ancestors(own) if own is not None else ():
        about = page.attribute(up, "about")
        if about and about.startswith("#mwt"):
            works = works_of(_data_of_group(page, up, about), language_of(page))
            return next((work for work in works if work.csl["title"] == title), None)
    return None


def _data_of_group(page: Page, at: int, about: str) -> str:
    """The data of the first element of those siblings that one transclusion made."""
    sibling = page.parents[at] + 1
    while sibling <= at:
        if page.tags[sibling] and page.attribute(sibling, "about") == about:
            return page.attribute(sibling, "data-mw") or ""
        sibling = page.ends[sibling]
    return ""


def language_of(page: Page) -> str | None:
    """The language that the page says it is in."""
    html = page.tagged("html")
    return page.attribute(html[0], "lang") if html else None
