"""The works that a stretch of a page cites: a note's, or an entry's of a bibliography.

COinS says most, and says it for machines. What it lacks is added from the parameters of the template, where Parsoid
tells them, then from the markup: the kind of work, addresses, copies in archives, the day of access, the language. What
is not marked up as a work gives no CSL: nothing is guessed from words.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from wikiglean.cleaners.page import Page
from wikiglean.cleaners.works.addresses import address_of_work, archived_copy, is_archived, original_address
from wikiglean.cleaners.works.citations import (
    CitationPlace,
    citations_in,
    has_template_data,
    language_of,
    template_around,
    template_of,
    template_works,
)
from wikiglean.cleaners.works.coins import chapter_is_book, csl_of, identifiers_of
from wikiglean.cleaners.works.context_objects import Fields, fields_of
from wikiglean.cleaners.works.identifiers import identifiers_in, is_identifier_address
from wikiglean.cleaners.works.languages import language_code, spoken_language
from wikiglean.cleaners.works.markup import (
    accessed_in,
    kind_of_classes,
    links_in,
    links_out,
    titles_in,
    words_in,
)
from wikiglean.cleaners.works.template_data import TemplateWork

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
    identifiers: dict[str, str] = field(default_factory=dict[str, str])
    url: str | None = None
    archive_url: str | None = None


def works_in(page: Page, start: int, stop: int) -> tuple[Work, ...]:
    """The works that are marked up as such between two positions, in page order.

    The caller says what is theirs: `csl` has no `id` yet, which CSL-JSON asks for.
    """
    citations = citations_in(page, start, stop)
    parsoid = has_template_data(page, citations)
    data = template_works(page, start, stop) if parsoid else {}
    if not citations:
        citations = [CitationPlace(at, stop) for at in sorted(data) for _ in data[at]]
    if len(citations) == 1:
        citations[0].start, citations[0].stop = start, stop
    works: list[Work] = []
    for citation in citations:
        work = _work(page, citation, data, parsoid)
        if work is not None:
            works.append(work)
    return tuple(works)


@dataclass(slots=True)
class _Told:
    """What machines are told of a work: by COinS, then by the template. `archive_url` is the template's."""

    csl: dict[str, Any]
    identifiers: dict[str, str]
    addresses: list[str]
    archive_url: str | None = None
    chapter_is_book: bool = False


def _told(page: Page, citation: CitationPlace, data: dict[int, list[TemplateWork]], parsoid: bool) -> _Told:
    fields = _fields(page, citation.coins) if citation.coins is not None else {}
    told = _Told(csl_of(fields, language_of(page)) or {}, *identifiers_of(fields))
    told.chapter_is_book = chapter_is_book(fields)
    title = told.csl.get("title")
    template = template_of(page, citation, data, title) if data else None
    if template is None and parsoid and title:
        template = template_around(page, citation, title)
    if template is not None:
        told.csl = _joined(told.csl, template.csl)
        told.identifiers = {**template.identifiers, **told.identifiers}
        told.addresses += [template.url] if template.url and not told.addresses else []
        told.archive_url = template.archive_url
    return told


def _work(page: Page, citation: CitationPlace, data: dict[int, list[TemplateWork]], parsoid: bool) -> Work | None:
    told = _told(page, citation, data, parsoid)
    csl: dict[str, Any] = told.csl
    element, language = citation.element, language_of(page)
    start, stop = (citation.start, citation.stop) if element is None else (element, page.ends[element])
    words = words_in(page, start, stop)
    kind = kind_of_classes(page.classes.get(element, "")) if element is not None else None
    if not csl and kind is not None:
        csl = {"type": kind, **titles_in(page, start, stop, words)}
    if "title" not in csl and "container-title" not in csl:
        return None
    if told.chapter_is_book and _bears(titles_in(page, start, stop, words).get("title", ""), csl["container-title"]):
        csl["title"], csl["container-title"] = csl["container-title"], csl["title"]
    csl["type"] = _type(csl, kind, bool(told.addresses))
    cs1 = element is not None and not page.has_class(element, "ouvrage")
    complete = cs1 and citation.coins is not None  # such templates tell COinS of all identifiers
    links = links_in(page, citation.start, citation.stop)
    identifiers = identifiers_in((href for href, _ in links), "" if complete else words) | told.identifiers
    own = [(href, at) for href, at in links if element is None or at > element or not is_archived(href)]
    url, archive_url = _addresses(page, told, links_out(page, own), csl.get("title", "") if cs1 else None)
    csl.update((name, identifiers[name]) for name in _OF_CSL if name in identifiers)
    csl.update((name, value) for name, value in (("URL", url), ("archive_location", archive_url)) if value)
    if "accessed" not in csl and (
        accessed := accessed_in(page, citation.start, citation.stop, "" if cs1 else words, language)
    ):
        csl["accessed"] = accessed
    if spoken := language_code(csl.get("language", ""), language) or spoken_language(words, language):
        csl["language"] = spoken
    if csl.get("abstract") == csl.get("title"):  # German templates describe a page by its title
        csl.pop("abstract", None)
    return Work(citation.start, citation.stop, csl, identifiers, url, archive_url)


def _fields(page: Page, coins: int) -> Fields:
    """The fields of a COinS span. Where a quotation mark in it cut it off, the rest of it became attributes."""
    names = page.element(coins).attrs
    cut = any(name not in _ATTRIBUTES and not name.startswith("data-") for name in names)
    return fields_of(page.attribute(coins, "title") or "", cut=cut)


def _joined(csl: dict[str, Any], added: dict[str, Any]) -> dict[str, Any]:
    """What COinS says and what the template adds to it. Titles of the two belong together, they are not mixed."""
    added = deepcopy(added)  # the data of a page's templates are remembered
    if not csl:
        return added
    finer = csl["type"] in _COARSE and added["type"] != "chapter"
    csl["type"] = added["type"] if finer else csl["type"]
    for name, value in added.items():
        if name not in ("title", "container-title"):
            csl.setdefault(name, value)
    return csl


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


def _addresses(
    page: Page, told: _Told, links: list[tuple[str, int]], title: str | None
) -> tuple[str | None, str | None]:
    """The address of a work and that of its copy in an archive: COinS and the template know best, then its links.

    Templates of CS1's family lead from the title to the work, and from other words elsewhere; then `title`
    is given. Others, as German Wikipedia's, have a word of its own for the link.
    """
    archive_url = told.archive_url or archived_copy(told.addresses) or archived_copy(address for address, _ in links)
    url = address_of_work(told.addresses)
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
