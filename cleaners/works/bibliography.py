"""`bibliography` of the article, and what short notes cite of its works."""

from __future__ import annotations

import re

from msgspec.structs import replace

from wikiglean.article import BibliographyEntry, Reference
from wikiglean.cleaners.claims import Claim
from wikiglean.cleaners.page import Page
from wikiglean.cleaners.reading.sink import LinkRecord
from wikiglean.cleaners.reading.state import LocatedRecord, Reading
from wikiglean.cleaners.works.locators import cited_range
from wikiglean.cleaners.works.of_notes import csl_alone
from wikiglean.cleaners.works.short_notes import elder
from wikiglean.cleaners.works.works import Work, works_in

__all__ = ["bibliography_of", "with_cited_ranges"]

_GENERATED = re.compile(r"FOOTNOTE(.+?)(?:-\d+)?$")
"""The id of a note that {{sfn}} made: authors, year, and what it cites: https://en.wikipedia.org/wiki/Template:Sfn"""
_AFTER_LINK = " \t\n\u00a0,，、:："


def with_cited_ranges(page: Page, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The references, those that are short notes with the range that they cite; works that are not there are errors."""
    if not (page.short_notes.cited or page.short_notes.missing or any(note.parent_reference for note in references)):
        return references
    return tuple(_detail(note) if note.parent_reference else _short_note(page, note) for note in references)


def _detail(note: Reference) -> Reference:
    """A sub-reference that is nothing but the range that it cites of its parent's work: "p. 5." of `[1.1]`."""
    words = " ".join((note.text or "").split())
    found = cited_range(words, year=False)
    return replace(note, cited_range=found) if found and words in (found, f"{found}.") else note


def _short_note(page: Page, note: Reference) -> Reference:
    text, links = note.text or "", _links(page, note.identifier)
    if not links:
        return note
    missing = dict.fromkeys(page.short_notes.missing[link.at] for link in links if link.at in page.short_notes.missing)
    ends = [link.start for link in links[1:]] + [len(text)]
    ranges = [cited_range(text[link.end : end]) for link, end in zip(links, ends, strict=True)]
    if len(links) == 1:
        ranges = [_range_of_template(note.identifier, text[links[0].end :]) or ranges[0]]
    told = " ".join(note.errors)  # by the wiki's software
    errors = [f"no work {name} on this page" for name in missing if name not in told]
    return replace(note, cited_range="; ".join(filter(None, ranges)) or None, errors=(*note.errors, *errors))


def _range_of_template(identifier: str, rest: str) -> str | None:
    """All that {{sfn}} put behind its link, whatever the words are, if the note's id ends with the same."""
    made = _GENERATED.search(identifier)
    words = " ".join(rest.strip(_AFTER_LINK).split()).removesuffix(".")
    if made is None or not words or cited_range(rest) == f"{words}.":
        return None
    stem = _letters(made[1])
    same = any(letters and stem.endswith(letters) for letters in map(_letters, (words, words.partition(" ")[2])))
    return words if same else None


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()


def _links(page: Page, identifier: str) -> list[LinkRecord]:
    """The links of a note that lead to works, there or missing, as they stand in its words."""
    claim = page.footnotes.notes[identifier].claim
    links = claim.sink.links if claim is not None and claim.sink is not None else []
    short = page.short_notes
    return sorted((link for link in links if link.at in short.cited or link.at in short.missing), key=_start)


def _start(link: LinkRecord) -> int:
    return link.start


def bibliography_of(
    page: Page, reading: Reading, references: tuple[Reference, ...], pointers: dict[Claim, str]
) -> tuple[BibliographyEntry, ...]:
    """The works that short notes point at, and those in the text that are marked up as works; in page order."""
    cited_by: dict[int, list[str]] = {}
    if page.short_notes.cited:
        for note in references:
            for link in _links(page, note.identifier) if note.resolved else ():
                names = cited_by.setdefault(page.short_notes.cited.get(link.at, -1), [])
                if note.identifier not in names:
                    names.append(note.identifier)
    entries: list[BibliographyEntry] = []
    names_given: dict[str, int] = {}
    for record in sorted(reading.located, key=_position):
        if record.kind != "work":
            continue
        pointer = _within(page, record, pointers)
        work = _work_of(page, record.at)
        citing = tuple(cited_by.get(record.at, ()))
        if (record.start is None and pointer is None) or (work is None and not citing):
            continue
        identifier = _name(page.short_notes.works[record.at], names_given)
        entries.append(
            BibliographyEntry(
                identifier=identifier,
                start=record.start,
                end=record.end,
                within=pointer,
                csl=csl_alone(work, identifier) if work is not None else None,
                cited_by=citing,
            )
        )
    return tuple(entries)


def _position(record: LocatedRecord) -> int:
    return record.at


def _within(page: Page, record: LocatedRecord, pointers: dict[Claim, str]) -> str | None:
    """The JSON pointer of the field that a work stands in, where that is not the text."""
    claim = page.claimed(record.at) if record.start is None else None
    while claim is not None and claim not in pointers:
        claim = claim.within
    return pointers[claim] if claim is not None else None


def _work_of(page: Page, at: int) -> Work | None:
    """What an entry says of its work for machines: in it, behind it (COinS), or before it (Parsoid's template)."""
    start, stop = at, page.ends[at]
    about = page.attribute(at, "about")
    while about and (before := elder(page, start)) is not None and page.attribute(before, "about") == about:
        start = before
    beside = stop
    while beside < page.ends[page.parents[at]] and not page.tags[beside] and not page.nodes[beside].strip():
        beside += 1
    if beside < page.ends[page.parents[at]] and page.has_class(beside, "Z3988"):
        stop = page.ends[beside]
    return next(iter(works_in(page, start, stop)), None)


def _name(identifier: str, given: dict[str, int]) -> str:
    """The identifier of an entry: the id that it has on the page, or a number; `given` has the last one of each."""
    name = first = identifier or "work"
    n = given.get(identifier, 1 if identifier else 0)
    while name in given or name == "work":
        n += 1
        name = f"{first}-{n}"
    given[identifier] = n
    given.setdefault(name, 1)
    return name
