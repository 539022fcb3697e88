"""The works that articles cite, as CSL-JSON: each once, in the order of first citation, under a key of its own.

A work is what a note or an entry of a bibliography has in `csl` or `further_works`; also a note without these that
names an identifier, because a DOI tells of one work and no other. Such an entry has the note's words as its `note`, and
no title, for nobody said what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from wikiglean.article import Article, Reference
from wikiglean.output.citation_keys import CitationKeys

__all__ = ["to_csl_json", "works_of"]

_IDENTIFIERS = ("DOI", "PMID", "PMCID", "ISBN")
_OF_ONE_CITATION = frozenset({"id", "accessed", "archive_location", "page"})
"""What two citations of the same work may say each in its own way."""


def to_csl_json(articles: Iterable[Article]) -> str:
    """The works of all articles as one array of CSL-JSON, as Zotero, Pandoc and citeproc read it; ends with a newline.

    https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types
    """
    return msgspec.json.format(msgspec.json.encode(works_of(articles)), indent=2).decode() + "\n"


def works_of(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """The works of all articles. `id` is a citation key: the same articles in the same order give the same keys.

    Citations are of the same work if they have a DOI, PMID, PMCID or ISBN in common and no title speaks against it; if
    they have an address and a title in common; or if they differ in nothing but page, day of access and archived copy.
    The first one counts, later ones add what it lacks. Where pages of a book differ they are places that were cited, no
    part of the work, and go.
    """
    collected = _Collected()
    for article in articles:
        for work in _cited(article):
            collected.add(work)
    keys = CitationKeys()
    return [{"id": keys.key_of(work), **work} for work in collected.works]


class _Collected:
    """Works without `id`, and how to find them again."""

    def __init__(self) -> None:
        self.works: list[dict[str, Any]] = []
        self._by_identifier: dict[tuple[str, str], list[int]] = {}
        self._by_words: dict[bytes, int] = {}

    def add(self, work: dict[str, Any]) -> None:
        """Takes a work in, or what it adds to one that is known."""
        number = self._known(work)
        if number is None:
            number = len(self.works)
            self.works.append({name: value for name, value in work.items() if name != "id"})
        else:
            self.works[number] = _merged(self.works[number], work)
        self._by_words.setdefault(_words(work), number)
        for identifier in _identifiers(self.works[number]):
            numbers = self._by_identifier.setdefault(identifier, [])
            if number not in numbers:
                numbers.append(number)

    def _known(self, work: dict[str, Any]) -> int | None:
        title = _folded(work.get("title"))
        for identifier in _identifiers(work):
            for number in self._by_identifier.get(identifier, ()):
                other = _folded(self.works[number].get("title"))
                if not title or not other or title == other:
                    return number
        return self._by_words.get(_words(work))


def _merged(first: dict[str, Any], again: dict[str, Any]) -> dict[str, Any]:
    added = {name: value for name, value in again.items() if name not in first and name not in ("id", "note")}
    merged = {**first, **added}
    if first.get("type") == "book" and "page" in first and first["page"] != again.get("page", first["page"]):
        del merged["page"]
    return merged


def _words(work: dict[str, Any]) -> bytes:
    return msgspec.json.encode(
        {name: value for name, value in work.items() if name not in _OF_ONE_CITATION}, order="sorted"
    )


def _identifiers(work: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in _IDENTIFIERS:
        if value := work.get(name):
            yield name, str(value).casefold().replace("-", "") if name == "ISBN" else str(value).casefold()
    if (title := _folded(work.get("title"))) and (url := work.get("URL")):
        yield "URL", f"{url} {title}"


def _folded(title: object) -> str:
    return re.sub(r"[\W_]+", "", str(title or "")).casefold()


# -- the works of a page -----------------------------------------------------------------------------------------------


def _cited(article: Article) -> Iterator[dict[str, Any]]:
    """Every work as often as it is cited: notes in the order of their first markers, then what has none."""
    references = {reference.identifier: reference for reference in article.references}
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in article.bibliography:
        for note in entry.cited_by if entry.csl else ():
            entries.setdefault(note, []).append(entry.csl or {})
    cited = (citation.reference for citation in article.citations)
    for identifier in dict.fromkeys([*(name for name in cited if name in references), *references]):
        yield from _of_note(references[identifier])
        yield from entries.get(identifier, ())
    for entry in article.bibliography:
        if entry.csl:
            yield entry.csl


def _of_note(reference: Reference) -> Iterator[dict[str, Any]]:
    """The works of a note. Identifiers that CSL has no variable for are lines of `note`, as Zotero writes them."""
    work = reference.csl
    if work is None and not reference.further_works and reference.identifiers:
        work = {"type": "document", **({"URL": reference.url} if reference.url else {})}
        work |= {name: value for name, value in reference.identifiers.items() if name in (*_IDENTIFIERS, "ISSN")}
        work |= {"note": reference.text} if reference.text else {}
    if work is not None:
        known = str(work.get("note", ""))
        lines = [f"{name}: {value}" for name, value in reference.identifiers.items() if name not in work]
        lines = [line for line in lines if line not in known]
        yield {**work, "note": "\n".join(filter(None, [known, *lines]))} if lines else work
    yield from reference.further_works
