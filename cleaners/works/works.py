"""The works that a stretch of a page cites: a note's, or an entry's of a bibliography.

COinS says most, and says it for machines. What it lacks is added from the parameters of the template, where Parsoid
tells them, then from the markup: the kind of work, addresses, copies in archives, the day of access, the language. What
is not marked up as a work gives no CSL: nothing is guessed from words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.works.addresses import address_of_work, archived_copy, is_archived, original_address
from wikiglean.cleaners.works.coins import Fields, csl_of, fields_of, identifiers_of
from wikiglean.cleaners.works.identifiers import identifiers_in, is_identifier_address
from wikiglean.cleaners.works.languages import language_code, spoken_language
from wikiglean.cleaners.works.markup import (
    CITATION_CLASSES,
    accessed_in,
    between,
    kind_of_classes,
    links_in,
    titles_in,
    words_in,
)
from wikiglean.cleaners.works.template_data import TemplateWork, works_of

__all__ = ["Work", "works_in"]

_OF_CSL = ("DOI", "ISBN", "ISSN", "PMID", "PMCID")
"""Identifiers that are variables of CSL."""
_COARSE = frozenset(["article-journal", "book", "document", "webpage"])
"""Types of COinS that may stand for another: journals for all periodicals, books for all else."""
_ATTRIBUTES = frozenset(["class", "title", "style", "id", "about", "typeof", "lang", "dir", "aria-hidden", "hidden"])


@dataclass(frozen=True, slots=True)
class Work:
    """A work that a page cites: CSL-JSON without `id`, and what of it has fields of its own in a reference.

    `start` and `stop` are the positions on the page that it was read from. `identifiers` has also those that CSL has no
    variable for.
    """

    start: int
    stop: int
    csl: dict[str, Any]
    identifiers: dict[str, str] = field(default_factory=dict)
    url: str | None = None
    archive_url: str | None = None


@dataclass(slots=True)
class _Citation:
    """A citation on the page: its element, if it has one, its COinS, if there is some, and its stretch."""

    start: int
    stop: int
    element: int | None = None
    coins: int | None = None


def works_in(page: Page, start: int, stop: int) -> tuple[Work, ...]:
    """The works that are marked up as such between two positions, in page order.

    The caller says what is theirs: `csl` has no `id` yet, which CSL-JSON asks for.
    """
    citations = _citations(page, start, stop)
    data = _template_works(page, start, stop) if _has_template_data(page, citations) else {}
    if not citations and not data:
        return ()
    if not citations:
        citations = [_Citation(at, stop) for at in sorted(data)]
    if len(citations) == 1:
        citations[0].start, citations[0].stop = start, stop
    works: list[Work] = []
    for citation in citations:
        work = _work(page, citation, _template_of(page, citation, data))
        if work is not None:
            works.append(work)
    return tuple(works)


# -- where citations stand -------------------------------------------------------------------------------------------


def _citations(page: Page, start: int, stop: int) -> list[_Citation]:
    """Citations between two positions: elements of their classes with the COinS in or behind them, COinS alone."""
    marked = [(at, True) for name in CITATION_CLASSES for at in _between(page, name, start, stop)]
    marked += [(at, False) for at in _between(page, "Z3988", start, stop)]
    found: list[_Citation] = []
    for at, is_element in sorted(marked):
        last = found[-1] if found else None
        if is_element:
            if last is None or last.element is None or at >= page.ends[last.element]:
                found.append(_Citation(at, stop, element=at))
        elif last is not None and last.coins is None:
            last.coins = at
        else:
            found.append(_Citation(page.ends[last.coins] if last is not None and last.coins else start, stop, coins=at))
    for one, following in pairwise(found):
        one.stop = following.start
    return found


def _between(page: Page, name: str, start: int, stop: int) -> Iterator[int]:
    """Elements of a class between two positions, but for those of a note inside the note."""
    for at in between(page.classed(name), start, stop):
        if not _in_other_note(page, at, start):
            yield at


def _in_other_note(page: Page, at: int, start: int) -> bool:
    for up in page.ancestors(at):
        if up <= start:
            return False
        claim = page.claims.get(up)
        if claim is not None and claim.destination == "references":
            return True
    return False


def _has_template_data(page: Page, citations: list[_Citation]) -> bool:
    """Whether Parsoid made the page, by its notes and sections, or a citation that was copied from such a page."""
    if "mw-reference-text" in page.by_class:
        return True
    if any(page.attribute(at, "data-mw-section-id") for at in page.tagged("section")[:1]):
        return True
    return any(c.element is not None and page.attribute(c.element, "data-mw") for c in citations)


def _template_works(page: Page, start: int, stop: int) -> dict[int, list[TemplateWork]]:
    """What Parsoid's data tell of citation templates, by the position of the element that carries them."""
    found: dict[int, list[TemplateWork]] = {}
    for at in range(start, stop):
        data = page.attribute(at, "data-mw") if page.tags[at] else None
        if data and '"template"' in data and (works := works_of(data, _language(page))):
            found[at] = works
    return found


def _template_of(page: Page, citation: _Citation, data: dict[int, list[TemplateWork]]) -> TemplateWork | None:
    """The template that a citation was made by: that of its element, or of one with the same `about`."""
    if not data:
        return None
    own = citation.element if citation.element is not None else citation.coins
    about = page.attribute(own, "about") if own is not None else None
    for at, works in data.items():
        same = about is not None and page.attribute(at, "about") == about
        if works and (same or citation.start <= at < citation.stop or (own is not None and page.contains(at, own))):
            return works.pop(0)
    return None


# -- what they say ---------------------------------------------------------------------------------------------------


def _work(page: Page, citation: _Citation, template: TemplateWork | None) -> Work | None:
    fields = _fields(page, citation.coins) if citation.coins is not None else {}
    language = _language(page)
    csl = csl_of(fields, language) or {}
    identifiers, addresses = identifiers_of(fields)
    inner = citation.element if citation.element is not None else citation.start
    end = page.ends[inner] if citation.element is not None else citation.stop
    cs1 = citation.element is not None and page.has_class(citation.element, "citation")
    words = words_in(page, inner, end)
    if template is not None:
        csl = {**template.csl, **csl, "type": _finer(csl.get("type"), template.csl["type"])}
        identifiers = {**template.identifiers, **identifiers}
        addresses = addresses or [url for url in (template.url,) if url]
    kind = kind_of_classes(page.classes.get(citation.element, "")) if citation.element is not None else None
    if not csl and kind is not None:
        csl = {"type": kind, **titles_in(page, inner, end, words)}
    if "title" not in csl and "container-title" not in csl:
        return None
    csl["type"] = _type(csl, kind, bool(addresses))
    links = list(links_in(page, citation.start, citation.stop))
    # CS1 writes all identifiers into its COinS
    found = identifiers_in(_hrefs(page, inner, end), "" if cs1 and fields else words)
    identifiers = {**found, **identifiers}
    url, archive_url = _addresses(page, addresses, template, links, csl.get("title", "") if cs1 else None)
    _complete(page, csl, identifiers, url, archive_url)
    if "accessed" not in csl and (
        accessed := accessed_in(page, citation.start, citation.stop, "" if cs1 else words, language)
    ):
        csl["accessed"] = accessed
    if "language" in csl:
        csl["language"] = language_code(csl["language"], language)
    elif spoken := spoken_language(words, language):
        csl["language"] = spoken
    return Work(citation.start, citation.stop, csl, identifiers, url, archive_url)


def _fields(page: Page, coins: int) -> Fields:
    """The fields of a COinS span. Where a quotation mark in it cut it off, the rest of it became attributes."""
    names = page.element(coins).attrs
    cut = any(name not in _ATTRIBUTES and not name.startswith("data-") for name in names)
    return fields_of(page.attribute(coins, "title") or "", cut=cut)


def _language(page: Page) -> str | None:
    """The language that the page says it is in."""
    html = page.tagged("html")
    return page.attribute(html[0], "lang") if html else None


def _finer(kind: str | None, other: str) -> str:
    return other if kind is None or kind in _COARSE else kind


def _type(csl: dict[str, Any], kind: str | None, has_address: bool) -> str:
    """The type of a work: what its class names, where COinS is coarse; a document with an address is a page."""
    known: str = csl["type"]
    if kind == "entry-encyclopedia":
        return kind if "container-title" in csl else known
    if kind == "book" and known in ("chapter", "book"):
        return known
    if kind is not None and (known in _COARSE or known == "chapter"):
        return kind
    return "webpage" if known == "document" and has_address else known


def _hrefs(page: Page, start: int, stop: int) -> Iterator[str]:
    for at in between(page.tagged("a"), start, stop):
        if href := page.attribute(at, "href"):
            yield page.original(href)


def _addresses(
    page: Page, addresses: list[str], template: TemplateWork | None, links: list[tuple[str, int]], title: str | None
) -> tuple[str | None, str | None]:
    """The address of a work and that of its copy in an archive: COinS and the template know best, then its links.

    Templates of CS1's family lead from the title to the work, and from other words elsewhere; then `title`
    is given. Others, as German Wikipedia's, have a word of its own for the link.
    """
    archive_url = (template.archive_url if template is not None else None) or archived_copy(addresses)
    archive_url = archive_url or archived_copy(address for address, _ in links)
    url = address_of_work(addresses)
    if url is not None:
        return url, archive_url
    chosen = [address for address, at in links if title is None or _bears(page.words_of(at), title)]
    if any(is_archived(address) for address in chosen):  # the title leads to the copy, "the original" to the work
        chosen = [address for address, _ in links]
    url = next((address for address in chosen if not is_archived(address) and not is_identifier_address(address)), None)
    if url is None and archive_url is not None:
        url = original_address(archive_url)
    return url, archive_url


def _bears(words: str, title: str) -> bool:
    """Whether a link's words are a work's title, quotation marks and case aside."""
    said, title = _letters(words), _letters(title)
    return bool(said) and bool(title) and (said in title or title in said) and 2 * len(said) >= len(title)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def _complete(
    page: Page, csl: dict[str, Any], identifiers: dict[str, str], url: str | None, archive_url: str | None
) -> None:
    csl.update((name, identifiers[name]) for name in _OF_CSL if name in identifiers)
    if url:
        csl["URL"] = url
    if archive_url:
        csl["archive_location"] = archive_url
