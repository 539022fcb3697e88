"""`bibliography` of the article, and what short notes cite of its works."""

from __future__ import annotations

from msgspec.structs import replace

from wikiglean.article import BibliographyEntry, Reference
from wikiglean.cleaners.page import Claim, Page
from wikiglean.cleaners.reading.sink import LinkRecord
from wikiglean.cleaners.reading.state import LocatedRecord, Reading
from wikiglean.cleaners.works.locators import cited_range
from wikiglean.cleaners.works.of_notes import csl_alone
from wikiglean.cleaners.works.short_notes import elder
from wikiglean.cleaners.works.works import Work, works_in

__all__ = ["bibliography_of", "with_cited_ranges"]

_GENERATED = "FOOTNOTE"
"""In the ids of notes that {{sfn}} made: https://en.wikipedia.org/wiki/Template:Sfn"""
_LONGEST = 80
_AFTER_LINK = " \t\n\u00a0,，、:："


def with_cited_ranges(page: Page, references: tuple[Reference, ...]) -> tuple[Reference, ...]:
    """The references, those that are short notes with the range that they cite; works that are not there are errors."""
    short = page.short_notes
    if not (short.cited or short.missing):
        return references
    return tuple(_short_note(page, note) if (note.text and note.links) else note for note in references)


def _short_note(page: Page, note: Reference) -> Reference:
    text, links = note.text or "", _links(page, note.identifier)
    if not links:
        return note
    missing = dict.fromkeys(page.short_notes.missing[link.at] for link in links if link.at in page.short_notes.missing)
    ends = [link.start for link in links[1:]] + [len(text)]
    generated = _GENERATED in note.identifier and len(links) == 1
    ranges = [_range(text[link.end : end], generated=generated) for link, end in zip(links, ends, strict=True)]
    return replace(
        note,
        cited_range="; ".join(filter(None, ranges)) or None,
        errors=(*note.errors, *(f"no work {name} on this page" for name in missing)),
    )


def _range(rest: str, *, generated: bool) -> str | None:
    """The range that the words behind the link to a work name; all of them where a template put nothing else there."""
    found = cited_range(rest)
    words = " ".join(rest.strip(_AFTER_LINK).split())
    if generated and len(words) <= _LONGEST and words != f"{found}." and ". " not in words.removeprefix(found or ""):
        return words.removesuffix(".") or None
    return found


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
    names_given: set[str] = set()
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


def _name(identifier: str, given: set[str]) -> str:
    """The identifier of an entry: the id that it has on the page, or a number."""
    name = first = identifier or "work"
    n = 1 if identifier else 0
    while name in given or name == "work":
        n += 1
        name = f"{first}-{n}"
    given.add(name)
    return name
